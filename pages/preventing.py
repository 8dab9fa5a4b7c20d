"""Preventing: what was done before harm, from published figures."""

from vawg_metrics.ui.frame import chosen
from vawg_metrics.ui.priority import draw_heading, draw_measures, draw_rest, draw_take_away

selection = chosen()
draw_heading(selection, "preventing")
draw_measures(selection, "preventing")
draw_rest(selection, "preventing")
draw_take_away(selection, "preventing")
