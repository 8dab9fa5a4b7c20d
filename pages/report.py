"""Annual report: the published report of progress for a year, a place and an edition, in every format."""

from vawg_metrics.ui.frame import chosen
from vawg_metrics.ui.report import ask_report, draw_report

selection = chosen()
draw_report(ask_report(selection))
