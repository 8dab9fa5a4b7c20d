"""What changed: two editions compared in the order of an agenda, in words and in tables to take away."""

from vawg_metrics.ui.changes import ask_editions, draw_changes
from vawg_metrics.ui.frame import chosen

selection = chosen()
editions = ask_editions(selection)
draw_changes(selection, editions)
