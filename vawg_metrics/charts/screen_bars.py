"""Lying bars on the screen."""

from typing import Any, Final

from vawg_metrics.charts.lettering import LINE, NAME_CHARACTERS, wrapped
from vawg_metrics.charts.palette import Colours
from vawg_metrics.charts.plan import Bar, BarsPlan
from vawg_metrics.charts.screen_house import (
    house_layout,
    hover_text,
    marked_up,
    text_width,
    unit_annotation,
    unit_height,
)

ROW: Final = 42  # pixels from one bar to the next
SPACE: Final = 0.6  # of a row, between blocks
LONG: Final = 13  # characters of a value with its counts beyond which the counts go below it
INSIDE: Final = 140  # pixels of the longest bar on a phone


def bars_figure(plan: BarsPlan, tone: Colours) -> dict[str, Any]:
    """Data and layout of lying bars; the first stands at the top."""
    placed = placed_bars(plan)
    names = [wrapped(bar.name, NAME_CHARACTERS) for _, bar in placed]
    left = max(text_width(name) for name in names) + 12
    above = (LINE if plan.reference else 0) + 4
    top, rows = above + unit_height(plan.scale.words) + 6, placed[-1][0] + 1
    layout = house_layout(
        tone,
        rows * ROW + top + 8,
        {"l": left, "r": _right(plan), "t": top, "b": 8},
        xaxis={"range": [plan.scale.low, plan.scale.high], "visible": False, "fixedrange": True},
        yaxis={
            "range": [rows - 0.5, -0.5],
            "tickvals": [place for place, _ in placed],
            "ticktext": [_name(bar, name) for (_, bar), name in zip(placed, names, strict=True)],
            "ticks": "", "ticklabelstandoff": 4, "showgrid": False, "zeroline": False, "fixedrange": True,
        },
        shapes=[_foot(tone), *_reference_line(plan, tone)],
        annotations=[
            unit_annotation(plan.scale.words, tone, left, above),
            *_reference_name(plan, tone),
            *(_value(bar, place, tone) for place, bar in placed),
        ],
    )  # fmt: skip
    bars = _bars([bar for _, bar in placed], [place for place, _ in placed], tone)
    return {"data": [bars, *_whiskers(placed, tone)], "layout": layout}


def placed_bars(plan: BarsPlan) -> list[tuple[float, Bar]]:
    """Every bar with its row, counted from the top, with a space between blocks."""
    placed, row = [], 0.0
    for block in plan.blocks:
        placed += [(row + number, bar) for number, bar in enumerate(block)]
        row += len(block) + SPACE
    return placed


def _name(bar: Bar, lines: tuple[str, ...]) -> str:
    text = marked_up(lines)
    return f"<b>{text}</b>" if bar.role == "chosen" else text


def _right(plan: BarsPlan) -> float:
    """The margin for the words at the bars' ends, which begin where the bar or its limits end."""
    needed = [
        text_width(value_lines(bar.text)) + 14 - (1 - bar.end / plan.scale.high) * INSIDE
        for block in plan.blocks
        for bar in block
    ]
    return max(12.0, *needed)


def value_lines(text: str) -> tuple[str, ...]:
    """`9.9 %` over `1,749 of 17,603`, so that bars keep their length on a phone; short words stay on one line."""
    value, bracket, counts = text.partition(" (")
    return (value, counts.removesuffix(")")) if bracket and len(text) > LONG else (text,)


def _bars(bars: list[Bar], places: list[float], tone: Colours) -> dict[str, Any]:
    return {
        "type": "bar",
        "orientation": "h",
        "x": [bar.value or 0 for bar in bars],
        "y": places,
        "width": 0.62,
        "marker": {
            "color": [_fill(bar, tone) for bar in bars],
            "line": {"color": [_edge(bar, tone) for bar in bars], "width": 1.5},
        },
        "hovertext": [hover_text(bar.hover) for bar in bars],
        "hovertemplate": "%{hovertext}<extra></extra>",
    }


def _whiskers(placed: list[tuple[float, Bar]], tone: Colours) -> list[dict[str, Any]]:
    """The limits as thin lines with short ends, on a stroke of the page's colour that parts them from the bars."""
    limits = [(place, bar.whisker) for place, bar in placed if bar.whisker]
    if not limits:
        return []
    plain = {
        "type": "scatter",
        "mode": "lines+markers",
        "x": [value for _, ends in limits for value in (*ends, None)],
        "y": [value for place, _ in limits for value in (place, place, None)],
        "connectgaps": False,
        "cliponaxis": False,
        "hoverinfo": "skip",
    }
    return [
        {
            **plain,
            "line": {"color": colour, "width": width},
            "marker": {"symbol": "line-ns", "size": size, "line": {"color": colour, "width": width}},
        }
        for colour, width, size in ((tone.page, 4.5, 13), (tone.text, 1.5, 10))
    ]


def _value(bar: Bar, place: float, tone: Colours) -> dict[str, Any]:
    """The words beyond a bar and its limits, on the page's colour: LLR's line passes behind them."""
    return {
        "text": marked_up(value_lines(bar.text)), "align": "left",
        "x": bar.end, "xref": "x", "xanchor": "left", "xshift": 4,
        "y": place, "yref": "y", "yanchor": "middle", "showarrow": False, "bgcolor": tone.page, "borderpad": 1,
        "font": {"color": tone.text},
    }  # fmt: skip


def _fill(bar: Bar, tone: Colours) -> str:
    if bar.role == "chosen":
        return tone.chosen[bar.style]
    return {"plain": tone.plain, "whole": tone.whole, "beside": tone.page}[bar.role]


def _edge(bar: Bar, tone: Colours) -> str:
    return tone.plain if bar.role == "beside" else _fill(bar, tone)


def _foot(tone: Colours) -> dict[str, Any]:
    """The upright line at zero."""
    return {
        "type": "line", "xref": "x", "x0": 0, "x1": 0, "yref": "paper", "y0": 0, "y1": 1,
        "line": {"color": tone.axis, "width": 1.5},
    }  # fmt: skip


def _reference_line(plan: BarsPlan, tone: Colours) -> list[dict[str, Any]]:
    if plan.reference is None:
        return []
    value, last = plan.reference.value, len(plan.blocks[0]) - 0.5
    line = {"color": tone.mark, "width": 1.5, "dash": "dash"}
    return [{"type": "line", "x0": value, "x1": value, "y0": -0.5, "y1": last, "line": line, "layer": "above"}]


def _reference_name(plan: BarsPlan, tone: Colours) -> list[dict[str, Any]]:
    if plan.reference is None:
        return []
    return [
        {
            "text": marked_up([plan.reference.name]), "x": plan.reference.value, "xref": "x", "xanchor": "center",
            "y": 1, "yref": "paper", "yanchor": "bottom", "showarrow": False, "font": {"color": tone.text},
        }
    ]  # fmt: skip
