"""Not held: every measure without a figure, why it matters, who could supply it and by when; then by partner."""

from vawg_metrics.ui.frame import chosen
from vawg_metrics.ui.not_held import draw_by_partner, draw_by_priority, draw_file, draw_opening

selection = chosen()
draw_opening(selection)
draw_by_priority(selection)
draw_by_partner(selection)
draw_file(selection)
