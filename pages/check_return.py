"""Check a return: what is wrong with a file, in memory only; a page of the data steward's own server."""

from vawg_metrics.ui.check_return import draw_check, draw_promise
from vawg_metrics.ui.frame import chosen

selection = chosen()
draw_promise()
draw_check(selection)
