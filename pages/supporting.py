"""Supporting: who was helped, and how many could be."""

from vawg_metrics.ui.frame import chosen
from vawg_metrics.ui.priority import draw_heading, draw_measures, draw_rest, draw_take_away

selection = chosen()
draw_heading(selection, "supporting")
draw_measures(selection, "supporting")
draw_rest(selection, "supporting")
draw_take_away(selection, "supporting")
