"""A trend on the screen."""

from typing import Any, Final

from vawg_metrics.charts.lettering import LINE, WIDTH
from vawg_metrics.charts.palette import DASHES, GLYPHS, SIGNS, Colours
from vawg_metrics.charts.plan import Band, Line, Mark, Span, TrendPlan, alone
from vawg_metrics.charts.screen_house import (
    house_layout,
    hover_text,
    joined,
    marked_up,
    text_width,
    unit_annotation,
    unit_height,
)
from vawg_metrics.charts.screen_usual import calm_line, label_annotation, range_shapes

INSIDE: Final = 230  # pixels from the lowest to the highest value
BELOW: Final = 16  # besides the lines of the ticks
SYMBOLS: Final = {"circle": "circle", "diamond": "diamond", "square": "square", "triangle": "triangle-up"}
CROSSED: Final = "circle-x"


def trend_figure(plan: TrendPlan, tone: Colours) -> dict[str, Any]:
    """Data and layout of a trend."""
    left = text_width(text for _, text in plan.scale.ticks) + 14
    above = plan.label_rows * LINE + 10
    top = above + unit_height(plan.scale.words) + 6
    below = BELOW + LINE * max((len(text.split("\n")) for _, text in plan.span.ticks), default=1)
    margin = {"l": left, "r": _right(plan), "t": top, "b": below}
    data = [*([_band(plan.band, plan, tone)] if plan.band else [])]
    for line in plan.lines:
        data += [calm_line(line, tone) if line.calm else _line(line, tone), *_crossed(line, tone)]
    layout = house_layout(
        tone,
        INSIDE + top + below,
        margin,
        xaxis=_time_axis(plan.span, tone),
        yaxis=_value_axis(plan, tone),
        shapes=[*range_shapes(plan.ranges, tone), *(_upright(mark, tone) for mark in plan.marks)],
        annotations=[
            *(_mark_label(mark, tone) for mark in plan.every_mark),
            *(_line_label(line, plan, tone) for line in plan.lines if line.label),
            *(label_annotation(label, tone) for label in plan.every_label),
            unit_annotation(plan.scale.words, tone, left, above),
        ],
    )
    return {"data": data, "layout": layout}


def _time_axis(span: Span, tone: Colours) -> dict[str, Any]:
    return {
        "range": [span.first, span.last],
        "tickvals": [place for place, _ in span.ticks],
        "ticktext": [marked_up(text.split("\n")) for _, text in span.ticks],
        "tickangle": 0,
        "ticks": "",
        "ticklabelstandoff": 6,
        "minor": {"tickvals": list(span.lines), "ticks": "outside", "ticklen": 7, "tickcolor": tone.axis},
        "showgrid": False,
        "zeroline": False,
        "fixedrange": True,
    }


def _value_axis(plan: TrendPlan, tone: Colours) -> dict[str, Any]:
    return {
        "range": [plan.scale.low, plan.scale.high],
        "tickvals": [value for value, _ in plan.scale.ticks],
        "ticktext": [text for _, text in plan.scale.ticks],
        "ticks": "",
        "ticklabelstandoff": 5,
        "gridcolor": tone.grid,
        "zeroline": True,
        "zerolinecolor": tone.axis,
        "zerolinewidth": 1.5,
        "fixedrange": True,
    }


def _right(plan: TrendPlan) -> float:
    """The margin for the names at the lines' ends, less the room that the band gives them."""
    beside = [text_width([label.words]) + 16 for label in plan.every_label if not label.inside]
    needed = max([*(text_width(line.label) + 30 for line in plan.lines if line.label), *beside], default=0)
    free = (plan.span.last - _label_place(plan)) / (plan.span.last - plan.span.first) * WIDTH
    return max(12.0, needed - free)


def _label_place(plan: TrendPlan) -> float:
    """Where all names begin: beside the newest point of all lines."""
    return max((line.newest.place for line in plan.lines if line.newest), default=plan.span.last)


def _band(band: Band, plan: TrendPlan, tone: Colours) -> dict[str, Any]:
    """The hatched stretch: a closed line with a pattern, for shapes have none."""
    return {
        "type": "scatter",
        "x": [band.first, band.last, band.last, band.first],
        "y": [plan.scale.low, plan.scale.low, plan.scale.high, plan.scale.high],
        "fill": "toself",
        "mode": "lines",
        "line": {"width": 0},
        "fillpattern": {"shape": "/", "fgcolor": tone.band, "bgcolor": "rgba(0,0,0,0)", "size": 9, "solidity": 0.12},
        "hoverinfo": "skip",
    }


def _line(line: Line, tone: Colours) -> dict[str, Any]:
    colour, symbol = tone.chosen[line.style], SYMBOLS[SIGNS[line.style]]
    return {
        **joined(line),
        "line": {"color": colour, "width": 2.5, "dash": DASHES[line.style]},
        "marker": {
            "symbol": symbol,
            "size": [8 if point.marked else 0 for point in line.points],
            "color": [tone.page if point.hollow else colour for point in line.points],
            "opacity": 1,
            "line": {"color": colour, "width": 2},
        },
    }


def _crossed(line: Line, tone: Colours) -> list[dict[str, Any]]:
    """The incomplete points of a line, which stand alone."""
    points = [point for point in line.points if point.crossed and point.value is not None]
    if not points:
        return []
    edge = {"color": tone.axis if line.calm else tone.chosen[line.style], "width": 2}
    return [
        {
            "type": "scatter",
            "x": [point.place for point in points],
            "y": [point.value for point in points],
            "mode": "markers",
            "cliponaxis": False,
            "marker": {"symbol": CROSSED, "size": 11, "color": tone.page, "line": edge},
            "text": [hover_text(point.text) for point in points],
            "hovertemplate": "%{text}<extra></extra>",
        }
    ]


def _upright(mark: Mark, tone: Colours) -> dict[str, Any]:
    """A mark's line, from the foot of the chart up to its label."""
    return {
        "type": "line",
        "x0": mark.place, "x1": mark.place, "xref": "x",
        "yref": "paper", "ysizemode": "pixel", "yanchor": 0,
        "y0": 0, "y1": INSIDE + mark.row * LINE + 6,
        "line": {"color": tone.mark, "width": 1.5, "dash": "dash" if mark.dashed else "solid"},
        "layer": "below",
    }  # fmt: skip


def _mark_label(mark: Mark, tone: Colours) -> dict[str, Any]:
    return {
        "text": marked_up(mark.label),
        "x": mark.place, "xref": "x", "xanchor": "right" if mark.leftward else "left",
        "xshift": -3 if mark.leftward else 3,
        "y": 1, "yref": "paper", "yanchor": "bottom", "yshift": mark.row * LINE + 2,
        "showarrow": False, "align": "right" if mark.leftward else "left",
        "bgcolor": tone.page, "borderpad": 0, "font": {"color": tone.text},
    }  # fmt: skip


def _line_label(line: Line, plan: TrendPlan, tone: Colours) -> dict[str, Any]:
    """A line's name beside its end, after its sign in its colour: the words themselves keep the text's contrast.

    A line that is alone needs no sign, which would pass for a point in what is not held.
    """
    sign = "" if alone(plan) else f'<span style="color:{tone.chosen[line.style]}">{GLYPHS[SIGNS[line.style]]}</span> '
    return {
        "text": sign + marked_up(line.label),
        "x": _label_place(plan), "xref": "x", "xanchor": "left", "xshift": 9,
        "y": line.label_at, "yref": "y", "yanchor": "middle",
        "showarrow": False, "align": "left", "bgcolor": tone.page, "borderpad": 1, "font": {"color": tone.text},
    }  # fmt: skip
