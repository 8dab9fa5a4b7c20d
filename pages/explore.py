"""Explore: any measures, places and periods in one table, its chart, what to check, and views to keep."""

from vawg_metrics.ui.explore import draw_table
from vawg_metrics.ui.explore_more import draw_chart_of, draw_checks, draw_take_away, draw_year_to_date
from vawg_metrics.ui.frame import chosen
from vawg_metrics.ui.saved_views import draw_saved

selection = chosen()
shown = draw_table(selection)
draw_chart_of(selection, shown)
draw_year_to_date(selection, shown)
draw_checks(selection, shown)
draw_take_away(selection, shown)
draw_saved(selection)
