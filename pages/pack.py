"""Board pack: what a meeting is shown, picked and put in order, with the questions parked there; a small file."""

from vawg_metrics.ui.frame import chosen
from vawg_metrics.ui.pack import draw_pack

draw_pack(chosen())
