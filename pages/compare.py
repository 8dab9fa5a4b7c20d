"""Compare: one measure over every place, beside other forces and like places, and the core measures place by place."""

from vawg_metrics.ui.compare import draw_change, draw_choice, draw_over_time, draw_places
from vawg_metrics.ui.compare_beside import draw_beside, draw_neighbours
from vawg_metrics.ui.compare_page import draw_take_away
from vawg_metrics.ui.frame import chosen
from vawg_metrics.ui.matrix import draw_matrix

selection = chosen()
found = draw_choice(selection)
draw_places(selection, found)
draw_change(selection, found)
draw_over_time(selection, found)
draw_beside(selection, found)
draw_neighbours(selection, found)
draw_matrix(selection)
draw_take_away(selection, found)
