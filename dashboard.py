"""The front door: the frame, and the page that was asked for inside it."""

from vawg_metrics.ui.frame import show

show()
