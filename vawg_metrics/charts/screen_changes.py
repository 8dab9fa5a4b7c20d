"""Changes between two periods on the screen: a place's words over the track of its dot and its limits."""

import textwrap
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from vawg_metrics.charts.lettering import LINE
from vawg_metrics.charts.palette import SIGNS, Colours
from vawg_metrics.charts.plan import Scale
from vawg_metrics.charts.plan_places import ChangeRow, ChangesPlan
from vawg_metrics.charts.screen_house import house_layout, hover_text, marked_up, unit_annotation, unit_height
from vawg_metrics.charts.screen_trend import SYMBOLS
from vawg_metrics.wording import unbroken

CHARACTERS: Final = 46  # of a row's words on a page 350 pixels wide
BOLD_CHARACTERS: Final = 42
TRACK: Final = 24  # pixels that the dot and its limits have below their words
BARE: Final = 8  # and what is left free below words without a dot
SIDE: Final = 22  # pixels beside the scale: half a tick's words, and the arrows
DOT: Final = 12


@dataclass(frozen=True, slots=True)
class _Placed:
    """A row with its words in lines, and how many pixels down they begin and its dot stands."""

    row: ChangeRow
    lines: tuple[str, ...]
    top: float
    middle: float


def changes_figure(plan: ChangesPlan, tone: Colours) -> dict[str, Any]:
    """Data and layout of changes; the first row stands at the top."""
    placed, height = _placed(plan.rows)
    top = unit_height(plan.scale.words) + 8
    layout = house_layout(
        tone,
        height + top + LINE + 14,
        {"l": SIDE, "r": SIDE, "t": top, "b": LINE + 14},
        xaxis=_scale_axis(plan.scale, tone),
        yaxis={"range": [height, 0], "visible": False, "fixedrange": True},
        annotations=[
            unit_annotation(plan.scale.words, tone, SIDE, 4),
            *(_words(one, tone) for one in placed),
        ],
    )
    drawn = [one for one in placed if one.row.estimate is not None]
    whiskers = [_whiskers(drawn, plan.scale, tone)] if drawn else []
    return {"data": [*whiskers, *_arrows(drawn, plan.scale, tone), *_dots(drawn, plan.scale, tone)], "layout": layout}


def _placed(rows: Iterable[ChangeRow]) -> tuple[list[_Placed], float]:
    """Every row from the top down, and the height of all."""
    placed, down = [], 0.0
    for row in rows:
        lines = _lines(row)
        under = down + len(lines) * LINE
        room = BARE if row.estimate is None else TRACK
        placed.append(_Placed(row, lines, down, under + room / 2 - 1))
        down = under + room
    return placed, down


def _lines(row: ChangeRow) -> tuple[str, ...]:
    """A row's words in lines that part neither the limits nor, where it can be helped, the verdict."""
    width = BOLD_CHARACTERS if row.role == "chosen" else CHARACTERS
    found, semicolon, verdict = unbroken(row.text).replace(" to ", "\u00a0to\u00a0").partition("; ")
    lines = textwrap.wrap(f"{row.name}: {found}{semicolon}".rstrip(), width)
    if verdict and len(f"{lines[-1]} {verdict}") <= width:
        lines[-1] += f" {verdict}"
    elif verdict:
        lines += textwrap.wrap(verdict, width)
    return tuple(lines)


def _scale_axis(scale: Scale, tone: Colours) -> dict[str, Any]:
    return {
        "range": [scale.low, scale.high],
        "tickvals": [value for value, _ in scale.ticks],
        "ticktext": [text.replace(" ", "") for _, text in scale.ticks],
        "tickangle": 0, "ticks": "", "ticklabelstandoff": 4, "gridcolor": tone.grid,
        "zeroline": True, "zerolinecolor": tone.mark, "zerolinewidth": 2, "fixedrange": True,
    }  # fmt: skip


def _words(one: _Placed, tone: Colours) -> dict[str, Any]:
    """A row's name and its change on the page's colour, from the left edge; what was chosen is bold."""
    text = marked_up(one.lines)
    return {
        "text": f"<b>{text}</b>" if one.row.role == "chosen" else text, "align": "left", "showarrow": False,
        "x": 0, "xref": "paper", "xanchor": "left", "xshift": 4 - SIDE,
        "y": one.top, "yref": "y", "yanchor": "top", "borderpad": 0, "bgcolor": tone.page,
        "font": {"color": tone.text},
    }  # fmt: skip


def _within(value: float | None, scale: Scale) -> float:
    """A value, or the end of the scale that it lies beyond."""
    return max(scale.low, min(scale.high, value or 0.0))


def _whiskers(drawn: Sequence[_Placed], scale: Scale, tone: Colours) -> dict[str, Any]:
    """The limits as thin lines with short ends; an end that is cut has an arrow instead."""
    ends = [(one, (one.row.low, one.row.high)) for one in drawn]
    return {
        "type": "scatter", "mode": "lines+markers", "connectgaps": False, "cliponaxis": False, "hoverinfo": "skip",
        "x": [x for _, pair in ends for x in (*(_within(end, scale) for end in pair), None)],
        "y": [y for one, _ in ends for y in (one.middle, one.middle, None)],
        "line": {"color": tone.text, "width": 1.5},
        "marker": {
            "symbol": "line-ns",
            "size": [
                size
                for _, pair in ends
                for size in (*(9 if end is not None and end == _within(end, scale) else 0 for end in pair), 0)
            ],
            "line": {"color": tone.text, "width": 1.5},
        },
    }  # fmt: skip


def _arrows(drawn: Sequence[_Placed], scale: Scale, tone: Colours) -> list[dict[str, Any]]:
    """An arrow wherever a limit is cut at the end of the scale."""
    low = [one for one in drawn if one.row.low is not None and one.row.low < scale.low]
    high = [one for one in drawn if one.row.high is not None and one.row.high > scale.high]
    cut = [*((scale.low, one, "triangle-left") for one in low), *((scale.high, one, "triangle-right") for one in high)]
    if not cut:
        return []
    return [
        {
            "type": "scatter", "mode": "markers", "cliponaxis": False, "hoverinfo": "skip", "name": "arrows",
            "x": [end for end, _, _ in cut], "y": [one.middle for _, one, _ in cut],
            "marker": {"symbol": [symbol for _, _, symbol in cut], "size": 10, "color": tone.text, "opacity": 1},
        }
    ]  # fmt: skip


def _dots(drawn: Sequence[_Placed], scale: Scale, tone: Colours) -> list[dict[str, Any]]:
    """A sign for each change: filled where the test tells it from chance; beyond the scale the arrow stands alone."""
    inside = [one for one in drawn if one.row.estimate == _within(one.row.estimate, scale)]
    if not inside:
        return []
    return [
        {
            "type": "scatter", "mode": "markers", "cliponaxis": False, "name": "changes",
            "x": [one.row.estimate for one in inside], "y": [one.middle for one in inside],
            "marker": {
                "symbol": [_symbol(one.row) for one in inside],
                "size": DOT,
                "color": [_colour(one.row, tone) if one.row.told else tone.page for one in inside],
                "opacity": 1,
                "line": {"color": [_colour(one.row, tone) for one in inside], "width": 2.2},
            },
            "text": [hover_text(one.row.hover) for one in inside], "hovertemplate": "%{text}<extra></extra>",
        }
    ]  # fmt: skip


def _symbol(row: ChangeRow) -> str:
    return SYMBOLS[SIGNS[row.style]] if row.role == "chosen" else "circle"


def _colour(row: ChangeRow, tone: Colours) -> str:
    if row.role == "chosen":
        return tone.chosen[row.style]
    return tone.whole if row.role == "whole" else tone.plain
