"""About: what each measure means, how figures are computed and protected, the words used, licence, accessibility."""

from vawg_metrics.ui.explained import (
    draw_accessibility,
    draw_definitions,
    draw_intro,
    draw_language,
    draw_methods,
    draw_protection,
)
from vawg_metrics.ui.frame import chosen

selection = chosen()
draw_intro(selection)
draw_methods()
draw_protection()
draw_language()
draw_accessibility()
draw_definitions(selection)
