"""Small charts of one measure, a place each, on the screen: one figure with two columns of axes."""

from collections.abc import Iterable, Sequence
from typing import Any, Final

from vawg_metrics.charts.around import few_ticks
from vawg_metrics.charts.lettering import LINE
from vawg_metrics.charts.multiples_plan import end_of
from vawg_metrics.charts.palette import Colours
from vawg_metrics.charts.plan import Line
from vawg_metrics.charts.plan_places import MultiplesPlan
from vawg_metrics.charts.screen_grid import COLUMNS, HEAD, Grid, grid_of, set_in, years_in
from vawg_metrics.charts.screen_house import (
    HOVER_CHARACTERS,
    house_layout,
    marked_up,
    unit_annotation,
    unit_height,
)
from vawg_metrics.charts.screen_trend import CROSSED

EMPTY_CHARACTERS: Final = 44
POINT: Final = 5


def multiples_figure(plan: MultiplesPlan, tone: Colours) -> dict[str, Any]:
    """Data and layout of small charts; ticks of values stand at the left, of time at the foot of each column."""
    grid = grid_of(plan)
    ticks = years_in(plan, grid.panel)
    below = 16 + LINE * max((len(text.split("\n")) for _, text in ticks), default=1)
    empty = [line for one in plan.empty_panels for line in set_in(f"{one[0]}: {one[1]}.", EMPTY_CHARACTERS)]
    key = LINE if plan.behind_name else 0
    top = key + unit_height(plan.scale.words) + 8
    data: list[dict[str, Any]] = []
    axes: dict[str, Any] = {}
    shapes: list[dict[str, Any]] = []
    notes: list[dict[str, Any]] = []
    for number, (name, lines) in enumerate(plan.panels):
        mark = "" if number == 0 else str(number + 1)
        foot = number + COLUMNS >= len(plan.panels)
        axes[f"xaxis{mark}"] = {**_time_axis(plan, ticks if foot else (), tone), "domain": grid.across(number)}
        axes[f"xaxis{mark}"]["anchor"] = f"y{mark}"
        axes[f"yaxis{mark}"] = {**_value_axis(plan, number % COLUMNS == 0, tone), "domain": grid.down(number)}
        axes[f"yaxis{mark}"]["anchor"] = f"x{mark}"
        on = {"xaxis": f"x{mark}", "yaxis": f"y{mark}"}
        data += [{**trace, **on} for trace in _panel(plan, name, lines, tone)]
        shapes += _uprights(plan, mark, tone)
        notes += [_name(grid, number, mark, tone), *_newest(lines, mark, tone)]
    layout = house_layout(
        tone,
        grid.height + top + below + len(empty) * LINE,
        {"l": grid.left, "r": grid.right, "t": top, "b": below + len(empty) * LINE},
        shapes=shapes,
        annotations=[
            unit_annotation(plan.scale.words, tone, grid.left, key + 4),
            *([_key(plan, tone, grid.left)] if plan.behind_name else []),
            *notes,
            *([_sentences(empty, tone, grid.left, below)] if empty else []),
        ],
        **axes,
    )
    return {"data": data, "layout": layout}


def _time_axis(plan: MultiplesPlan, ticks: Sequence[tuple[float, str]], tone: Colours) -> dict[str, Any]:
    return {
        "range": [plan.span.first, plan.span.last],
        "tickvals": [place for place, _ in ticks],
        "ticktext": [marked_up(text.split("\n")) for _, text in ticks],
        "tickangle": 0, "ticks": "", "ticklabelstandoff": 5,
        "minor": {"tickvals": list(plan.span.lines), "ticks": "outside", "ticklen": 4, "tickcolor": tone.axis},
        "showgrid": False, "zeroline": False, "fixedrange": True,
    }  # fmt: skip


def _value_axis(plan: MultiplesPlan, lettered: bool, tone: Colours) -> dict[str, Any]:
    ticks = few_ticks(plan.scale)
    return {
        "range": [plan.scale.low, plan.scale.high],
        "tickvals": [value for value, _ in ticks],
        "ticktext": [text for _, text in ticks],
        "showticklabels": lettered,
        "ticks": "", "ticklabelstandoff": 5, "gridcolor": tone.grid,
        "zeroline": True, "zerolinecolor": tone.axis, "zerolinewidth": 1.5, "fixedrange": True,
    }  # fmt: skip


def _panel(plan: MultiplesPlan, name: str, lines: Iterable[Line], tone: Colours) -> list[dict[str, Any]]:
    """The hatched end, the whole behind, and the lines of a place."""
    behind = [_behind(line, tone) for line in plan.behind if name != plan.behind_name]
    return [*_band(plan, tone), *behind, *(trace for line in lines for trace in _line(line, tone))]


def _band(plan: MultiplesPlan, tone: Colours) -> list[dict[str, Any]]:
    if plan.band is None:
        return []
    first, last, low, high = plan.band.first, plan.band.last, plan.scale.low, plan.scale.high
    hatch = {"shape": "/", "fgcolor": tone.band, "bgcolor": "rgba(0,0,0,0)", "size": 9, "solidity": 0.12}
    return [
        {
            "type": "scatter", "mode": "lines", "x": [first, last, last, first], "y": [low, low, high, high],
            "fill": "toself", "line": {"width": 0}, "fillpattern": hatch, "hoverinfo": "skip",
        }
    ]  # fmt: skip


def _behind(line: Line, tone: Colours) -> dict[str, Any]:
    return {
        "type": "scatter", "mode": "lines", "x": [point.place for point in line.points], "y": line.joined,
        "connectgaps": False, "line": {"color": tone.axis, "width": 1.3}, "hoverinfo": "skip",
    }  # fmt: skip


def _line(line: Line, tone: Colours) -> list[dict[str, Any]]:
    """A line with its gaps open, its newest value as a larger point; incomplete points stand alone, crossed."""
    colour, end = tone.chosen[line.style], end_of(line)
    drawn = {
        "type": "scatter", "mode": "lines+markers", "name": line.name, "connectgaps": False, "cliponaxis": False,
        "x": [point.place for point in line.points], "y": line.joined, "line": {"color": colour, "width": 2},
        "marker": {
            "size": [(POINT + 3 if point is end else POINT) if point.marked else 0 for point in line.points],
            "color": [tone.page if point.hollow else colour for point in line.points],
            "opacity": 1, "line": {"color": colour, "width": 1.6},
        },
        "text": [_hover(point.text) for point in line.points], "hovertemplate": "%{text}<extra></extra>",
    }  # fmt: skip
    alone = [point for point in line.points if point.crossed and point.value is not None]
    if not alone:
        return [drawn]
    crossed = {
        "type": "scatter", "mode": "markers", "cliponaxis": False,
        "x": [point.place for point in alone], "y": [point.value for point in alone],
        "marker": {"symbol": CROSSED, "size": 9, "color": tone.page, "line": {"color": colour, "width": 1.6}},
        "text": [_hover(point.text) for point in alone], "hovertemplate": "%{text}<extra></extra>",
    }  # fmt: skip
    return [drawn, crossed]


def _hover(text: str) -> str:
    """A sentence in lines that fit a phone: with hundreds of points, textwrap would be most of a figure's cost."""
    lines = [""]
    for word in text.split(" "):
        longer = f"{lines[-1]} {word}" if lines[-1] else word
        if len(longer) > HOVER_CHARACTERS and lines[-1]:
            lines.append(word)
        else:
            lines[-1] = longer
    return marked_up(lines)


def _uprights(plan: MultiplesPlan, mark: str, tone: Colours) -> list[dict[str, Any]]:
    """The lines of the strategy's start and of recording changes, which the notes name."""
    return [
        {
            "type": "line", "xref": f"x{mark}", "yref": f"y{mark} domain", "x0": one.place, "x1": one.place,
            "y0": 0, "y1": 1, "layer": "below",
            "line": {"color": tone.mark, "width": 1.2, "dash": "dash" if one.dashed else "solid"},
        }
        for one in plan.marks
    ]  # fmt: skip


def _name(grid: Grid, number: int, mark: str, tone: Colours) -> dict[str, Any]:
    return {
        "text": f"<b>{marked_up(grid.names[number])}</b>", "showarrow": False, "align": "left",
        "x": 0, "xref": f"x{mark} domain", "xanchor": "left", "xshift": -1,
        "y": 1, "yref": f"y{mark} domain", "yanchor": "bottom", "yshift": HEAD - 2, "borderpad": 0,
        "font": {"color": tone.text},
    }  # fmt: skip


def _newest(lines: Iterable[Line], mark: str, tone: Colours) -> list[dict[str, Any]]:
    """The value beside the newest whole point."""
    ends = [(line, end) for line in lines if line.label and (end := end_of(line))]
    return [
        {
            "text": marked_up(line.label), "showarrow": False, "align": "left",
            "x": end.place, "xref": f"x{mark}", "xanchor": "left", "xshift": 5,
            "y": line.label_at, "yref": f"y{mark}", "yanchor": "middle", "bgcolor": tone.page, "borderpad": 0,
            "font": {"color": tone.text},
        }
        for line, end in ends
    ]  # fmt: skip


def _key(plan: MultiplesPlan, tone: Colours, left: float) -> dict[str, Any]:
    """What the grey line is."""
    words = marked_up([f"Grey line: {plan.behind_name}"])
    return {
        "text": f'<span style="color:{tone.axis}"><b>━━</b></span> {words}', "showarrow": False, "align": "left",
        "x": 0, "xref": "paper", "xanchor": "left", "xshift": 4 - left,
        "y": 1, "yref": "paper", "yanchor": "bottom", "yshift": 4, "font": {"color": tone.text},
    }  # fmt: skip


def _sentences(lines: Iterable[str], tone: Colours, left: float, below: float) -> dict[str, Any]:
    """The places without a panel and why, below all panels."""
    return {
        "text": marked_up(lines), "showarrow": False, "align": "left",
        "x": 0, "xref": "paper", "xanchor": "left", "xshift": 4 - left,
        "y": 0, "yref": "paper", "yanchor": "top", "yshift": -below, "font": {"color": tone.text},
    }  # fmt: skip
