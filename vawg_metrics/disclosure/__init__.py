"""Protection of small counts of people before they are published, and the proof of it: data and pure functions.

A quarter's returns are one linked grid (grid). It is rounded to base 5 with all its sums kept (rounding). Whatever a
reader receives is turned into bounds (heard), and what those bounds leave open is computed exactly (feasible).

Why this is enough, and when it is not: the shown values add up as counts would, so the truth may equal them. Add one
to four people to any cell and to every total above it: still everything that a reader was told holds. So each cell has
at least five candidates, its shown value and the four above, as long as every relation that a reader knows (a sum,
a part of a whole) also holds between the shown values. A relation that was left out of the grid is a leak.

SciPy is imported inside the functions that need it: a page that only reads published figures should not wait for it.
"""

from vawg_metrics.disclosure.grid import Cell, DisclosureError, Equation, Grid

__all__ = ["Cell", "DisclosureError", "Equation", "Grid"]
