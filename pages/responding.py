"""Responding: what happened to recorded offences, then how many were recorded."""

from vawg_metrics.ui.frame import chosen
from vawg_metrics.ui.priority import draw_heading, draw_measures, draw_rest, draw_take_away

selection = chosen()
draw_heading(selection, "responding")
draw_measures(selection, "responding")
draw_rest(selection, "responding")
draw_take_away(selection, "responding")
