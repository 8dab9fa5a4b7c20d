"""Lived experience: who has a say in the design of services, and what was done about what they said."""

from vawg_metrics.ui.frame import chosen
from vawg_metrics.ui.priority import draw_heading, draw_measures, draw_rest, draw_take_away
from vawg_metrics.ui.register import draw_register

selection = chosen()
draw_heading(selection, "lived_experience")
draw_measures(selection, "lived_experience")
draw_register()
draw_rest(selection, "lived_experience")
draw_take_away(selection, "lived_experience")
