"""One measure: its card at an address of its own, or who could supply it."""

from vawg_metrics.ui.frame import chosen
from vawg_metrics.ui.measure import draw_measure

draw_measure(chosen())
