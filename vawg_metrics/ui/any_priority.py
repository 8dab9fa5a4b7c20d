"""Run as a page: a priority that has no file in pages/, as a strategy of other priorities has them."""

from vawg_metrics.ui.frame import chosen
from vawg_metrics.ui.priority import draw_heading, draw_measures, draw_rest, draw_take_away

selection = chosen()
draw_heading(selection, selection.page)
draw_measures(selection, selection.page)
draw_rest(selection, selection.page)
draw_take_away(selection, selection.page)
