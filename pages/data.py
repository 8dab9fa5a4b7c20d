"""Data: what is held for which years, how old it is, where it came from, and what is known to be wrong with it."""

from vawg_metrics.ui.frame import chosen
from vawg_metrics.ui.holdings import (
    draw_faults,
    draw_freshness,
    draw_intro,
    draw_matrix,
    draw_provenance,
    draw_to_fetch,
)

selection = chosen()
draw_intro(selection)
draw_matrix(selection)
draw_freshness(selection)
draw_to_fetch(selection)
draw_faults(selection)
draw_provenance(selection)
