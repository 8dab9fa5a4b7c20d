"""Priority on a page: each priority as one printable side, from its core measures."""

from vawg_metrics.ui.frame import chosen
from vawg_metrics.ui.sheets import ask_priorities, draw_sheets

selection = chosen()
draw_sheets(selection, ask_priorities(selection))
