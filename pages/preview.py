"""Preview: made-up figures for measures that are not held, off until asked for; and the partners' templates."""

from vawg_metrics.ui.frame import chosen
from vawg_metrics.ui.preview import draw_every_template, draw_preview

selection = chosen()
draw_preview(selection)
draw_every_template(selection)
