"""Usual ranges and judged points on paper."""

from collections.abc import Iterable
from typing import Final

from matplotlib.axes import Axes

from vawg_metrics.charts.palette import LIGHT, SIGNAL_SHAPES, VEIL
from vawg_metrics.charts.plan import Line, Range

SHAPES: Final = {"diamond": "D", "square": "s", "hexagon": "h"}
SIZES: Final = {"diamond": 7.0, "square": 7.0, "hexagon": 8.5}  # of equal weight to the eye
USUAL: Final = 4.0
DASHED: Final = (0, (5, 3))
DOTTED: Final = (0, (1, 2))


def draw_ranges(axes: Axes, ranges: Iterable[Range]) -> None:
    """Each range as a filled band with thin lines at its ends, dotted where provisional, and a dashed mean."""
    for one in ranges:
        across = [one.first, one.last]
        axes.fill_between(across, one.lower, one.upper, color=LIGHT.axis, alpha=VEIL, linewidth=0, zorder=0.4)
        end = DOTTED if one.provisional else "-"
        for value, stroke in ((one.lower, end), (one.upper, end), (one.centre, DASHED)):
            wide = 1.3 if stroke == DOTTED else 0.9
            axes.plot(across, [value] * 2, color=LIGHT.mark, linewidth=wide, linestyle=stroke, zorder=2)


def draw_calm(axes: Axes, line: Line) -> None:
    """A grey line whose unusual points are larger, each in the shape and colour of what it means."""
    values = [float("nan") if value is None else value for value in line.joined]
    places = [point.place for point in line.points]
    axes.plot(places, values, color=LIGHT.axis, linewidth=1.2, clip_on=False, zorder=3)
    for point in line.points:
        if point.value is None:
            continue
        shape = SIGNAL_SHAPES.get(point.signal)
        fill = LIGHT.page if point.hollow else LIGHT.signals.get(point.signal, LIGHT.axis)
        edge = LIGHT.mark if shape else LIGHT.axis
        size = SIZES[shape] if shape else USUAL
        sign = SHAPES[shape] if shape else "o"
        at = ([point.place], [point.value])
        axes.plot(*at, sign, color=fill, markeredgecolor=edge, markersize=size, mew=1.0, clip_on=False, zorder=4)
        if point.crossed:
            axes.plot(*at, "x", color=edge, markersize=size, mew=1.2, clip_on=False, zorder=5)
