"""Overview: what is known about the five priorities, how far it reaches, and what it is not."""

from vawg_metrics.ui.frame import chosen
from vawg_metrics.ui.overview import draw_coverage, draw_opening, draw_priorities
from vawg_metrics.ui.unusual import draw_unusual

selection = chosen()
draw_opening(selection)
draw_priorities(selection)
draw_unusual(selection)
draw_coverage(selection)
