"""Usual ranges and judged points on the screen."""

from collections.abc import Iterable
from typing import Any, Final

from vawg_metrics.charts.palette import SIGNAL_SHAPES, VEIL, Colours
from vawg_metrics.charts.plan import Label, Line, Point, Range
from vawg_metrics.charts.screen_house import joined, marked_up

USUAL: Final = 5  # pixels of a usual point
UNUSUAL: Final = 11  # and of an unusual one


def range_shapes(ranges: Iterable[Range], tone: Colours) -> list[dict[str, Any]]:
    """Each range as a filled band with thin lines at its ends, dotted where provisional, and a dashed mean."""
    shapes: list[dict[str, Any]] = []
    for one in ranges:
        across = {"x0": one.first, "x1": one.last, "xref": "x", "yref": "y", "layer": "below"}
        fill = {"fillcolor": tone.axis, "opacity": VEIL, "line": {"width": 0}}
        shapes.append({**across, "type": "rect", "y0": one.lower, "y1": one.upper, **fill})
        end = "dot" if one.provisional else "solid"
        for value, dash in ((one.lower, end), (one.upper, end), (one.centre, "dash")):
            line = {"color": tone.mark, "width": 1.5 if dash == "dot" else 1, "dash": dash}
            shapes.append({**across, "type": "line", "y0": value, "y1": value, "line": line})
    return shapes


def calm_line(line: Line, tone: Colours) -> dict[str, Any]:
    """A grey line whose unusual points are larger, each in the shape and colour of what it means."""
    return {
        **joined(line),
        "line": {"color": tone.axis, "width": 1.5},
        "marker": {
            "symbol": [SIGNAL_SHAPES.get(point.signal, "circle") for point in line.points],
            "size": [(UNUSUAL if point.signal else USUAL) if point.marked else 0 for point in line.points],
            "color": [_fill(point, tone) for point in line.points],
            "opacity": 1,
            "line": {"color": [tone.mark if point.signal else tone.axis for point in line.points], "width": 1.3},
        },
    }


def _fill(point: Point, tone: Colours) -> str:
    if point.hollow:
        return tone.page
    return tone.signals.get(point.signal, tone.axis)


def label_annotation(label: Label, tone: Colours) -> dict[str, Any]:
    """A range's words on the page's colour: beside the newest point, or clear of the line inside the chart."""
    return {
        "text": marked_up([label.words]),
        "x": label.place, "xref": "x", "xanchor": "right" if label.leftward else "left",
        "xshift": -4 if label.leftward else 4 if label.inside else 9,
        "y": label.height, "yref": "y", "yanchor": "middle",
        "showarrow": False, "bgcolor": tone.page, "borderpad": 1, "font": {"color": tone.text},
    }  # fmt: skip
