"""The sector: is help reached equally, and what would tell us."""

from vawg_metrics.ui.frame import chosen
from vawg_metrics.ui.priority import draw_heading, draw_measures, draw_rest, draw_take_away

selection = chosen()
draw_heading(selection, "sector")
draw_measures(selection, "sector", opens_with="districts")
draw_rest(selection, "sector")
draw_take_away(selection, "sector", opens_with="districts")
