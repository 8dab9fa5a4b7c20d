"""Lived experience: who has a say in the design of services, and what was done about what they said."""

from vawg_metrics.ui.frame import chosen
from vawg_metrics.ui.priority import draw_beside_words, draw_heading, draw_take_away

selection = chosen()
draw_heading(selection, "lived_experience")
draw_beside_words(selection, "lived_experience")
draw_take_away(selection, "lived_experience")
