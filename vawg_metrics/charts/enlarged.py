"""A plan drawn to be read from across a room: every letter 24 pt, nothing that needs hovering, as high as its box.

The figure of a phone is taken and its letters, strokes and margins are grown by one factor, for a plan reckons its
labels for a phone; what is drawn stays the plan's own. Lying bars and maps need their room shared out anew.
"""

from typing import Any, Final

from vawg_metrics.charts.enlarged_room import (
    FLATTER,
    GROWTH,
    LETTERS,
    ROW,
    TALL,
    band_words,
    briefer,
    longest_bar,
    parted,
    refitted,
    shortened,
    width_of,
)
from vawg_metrics.charts.map_plan import BOUNDS
from vawg_metrics.charts.palette import Colours
from vawg_metrics.charts.plan import Bar, BarsPlan, MapPlan, Plan, StacksPlan, TrendPlan
from vawg_metrics.charts.screen_bars import placed_bars
from vawg_metrics.charts.screen_house import marked_up
from vawg_metrics.charts.screen_trend import INSIDE

STROKE: Final = 1.6
HEADROOM: Final = 0.05  # of the scale
THICK: Final = 0.88  # of the room from one bar of 100 % to the next
CAPS: Final = ((16, 6), (12, 2.5))  # pixels of the ends and the lines of limits: the stroke below, and their own
STILL: Final[dict[str, Any]] = {
    "staticPlot": True,
    "displayModeBar": False,
    "responsive": True,
    "topojsonURL": "app/static/topojson/",
}
MARGINS: Final = frozenset(("l", "r", "t", "b"))
PIXELS: Final = MARGINS | frozenset(("xshift", "yshift", "borderpad", "size", "ticklen", "thickness", "minsize"))
WHOLE: Final = "ticklabelstandoff"  # the only one that must be whole pixels
STROKES: Final = frozenset(("zerolinewidth", "outlinewidth"))


def enlarged(whole: dict[str, Any], fitting: Plan, tone: Colours) -> dict[str, Any]:
    """Data and layout of a `fitting` plan in large type, without a height of their own."""
    grown = {"data": [_grown(trace) for trace in whole["data"]], "layout": _grown(whole["layout"])}
    del grown["layout"]["height"]
    if isinstance(fitting, TrendPlan):
        _lay_trend(grown, fitting, tone)
        _give_headroom(grown, fitting)
    elif isinstance(fitting, BarsPlan):
        _lay_bars(grown, fitting)
    elif isinstance(fitting, StacksPlan):
        _lay_stacks(grown)
    elif isinstance(fitting, MapPlan):
        _lay_map(grown, fitting)
    return grown


def fitted(plan: Plan) -> Plan:
    """A plan that large letters leave room for."""
    if isinstance(plan, TrendPlan):
        return refitted(plan)
    if isinstance(plan, BarsPlan):
        return shortened(plan)
    return briefer(plan) if isinstance(plan, StacksPlan) else plan


def _grown(value: Any, under: str = "") -> Any:  # noqa: ANN401 - a part of a figure
    """A part of a figure with all its pixels grown; places in the units of an axis stay."""
    if isinstance(value, dict):
        return {key: _grown_part(key, part, under) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [_grown(part, under) for part in value]
    return value


def _grown_part(key: str, part: Any, under: str) -> Any:  # noqa: ANN401 - a part of a figure
    factor = GROWTH if key in PIXELS else STROKE if key in STROKES or (key == "width" and under == "line") else 0
    if key == WHOLE:
        return round(part * GROWTH)
    if not factor or isinstance(part, dict):
        return _grown(part, key)
    if isinstance(part, list | tuple):
        return [one * factor for one in part]
    return part * factor


def _lay_trend(grown: dict[str, Any], plan: TrendPlan, tone: Colours) -> None:
    """Marks as high as the chart turns out to be, and the words of the band inside it where they have room."""
    layout = grown["layout"]
    layout["shapes"] = [part for shape in layout["shapes"] for part in _uprights(shape)]
    layout["annotations"] = [note for note in layout["annotations"] if note["text"]]
    words = band_words(plan)
    if plan.band and words:
        lines, at_foot = words
        layout["annotations"].append(
            {
                "text": marked_up(lines), "x": (plan.band.first + plan.band.last) / 2, "xref": "x", "showarrow": False,
                "y": 0 if at_foot else 1, "yref": "paper", "yanchor": "bottom" if at_foot else "top",
                "yshift": 3 if at_foot else -3, "bgcolor": tone.page, "font": {"color": tone.text},
            }
        )  # fmt: skip


def _give_headroom(grown: dict[str, Any], plan: TrendPlan) -> None:
    """Room above a point that lies at the top of the scale, whose large sign would be cut in half."""
    low, high = plan.scale.low, plan.scale.high
    highest = max((point.value for line in plan.lines for point in line.points if point.value is not None), default=low)
    if highest > high - HEADROOM * (high - low):
        grown["layout"]["yaxis"]["range"] = [low, high + HEADROOM * (high - low)]


def _uprights(shape: dict[str, Any]) -> list[dict[str, Any]]:
    """A mark's line in two parts: through the chart, however high it is, and on to its label above it."""
    if shape.get("ysizemode") != "pixel":
        return [shape]
    through = {key: part for key, part in shape.items() if key not in ("ysizemode", "yanchor")} | {"y0": 0, "y1": 1}
    return [through, shape | {"yanchor": 1, "y0": 0, "y1": (shape["y1"] - INSIDE) * GROWTH}]


def _lay_bars(grown: dict[str, Any], plan: BarsPlan) -> None:
    """Names and values on one line each; LLR's line runs down to its own bar and needs no name of its own."""
    layout, placed = grown["layout"], placed_bars(plan)
    bars = [bar for _, bar in placed]
    left, free = max(width_of(bar.name) for bar in bars), max(longest_bar(plan), 1.0)
    layout["yaxis"]["ticktext"] = [_name(bar) for bar in bars]
    ends = (width_of(bar.text) - (1 - bar.end / plan.scale.high) * free for bar in bars)
    layout["margin"] |= {"l": left, "r": max(12.0, *ends)}
    whole = [row for row, bar in placed if plan.reference and bar.name == plan.reference.name]
    if whole:
        layout["annotations"] = [note for note in layout["annotations"] if note.get("xanchor") != "center"]
        layout["margin"]["t"] -= 19 * GROWTH
        for shape in layout["shapes"][1:]:
            shape |= {"y1": whole[0], "layer": "below"}
    for note in layout["annotations"]:
        if note.get("yref") == "y":
            note |= {"text": marked_up([_text(placed, note["y"])]), "borderpad": 0}
        elif "xshift" in note:
            note |= {"xshift": 4 - left, "yshift": 6}
    for trace, (cap, line) in zip(grown["data"][1:], CAPS, strict=False):
        trace["marker"] |= {"size": cap, "line": trace["line"] | {"width": line}}
        trace["line"]["width"] = line


def _name(bar: Bar) -> str:
    text = marked_up([bar.name])
    return f"<b>{text}</b>" if bar.role == "chosen" else text


def _text(placed: list[tuple[float, Bar]], at: float) -> str:
    return next(bar.text for row, bar in placed if row == at)


def _lay_stacks(grown: dict[str, Any]) -> None:
    """Bars of 100 % so thick that a number of full size has room in them; one that has none is left out."""
    grown["layout"]["uniformtext"]["minsize"] = LETTERS
    for part in grown["data"]:
        part["width"] = THICK


def _lay_map(grown: dict[str, Any], plan: MapPlan) -> None:
    """The map with its key beside it, so that it is as high as its box, under what its shades mean."""
    layout, key = grown["layout"], grown["data"][0]["colorbar"]
    words, font = key["title"]["text"], key["title"]["font"]
    below = 1 - (words.count("<br>") + 1) * ROW / TALL
    layout["geo"]["domain"] = {"x": [0, 0.82], "y": [0, below]}
    grown["data"][-1]["lon"] = parted(plan.shades, below * TALL * FLATTER / (BOUNDS[3] - BOUNDS[2]))
    layout["annotations"] = [
        {
            "text": words, "font": font, "showarrow": False, "align": "left",
            "x": 0, "xref": "paper", "xanchor": "left", "y": 1, "yref": "paper", "yanchor": "top",
        }
    ]  # fmt: skip
    grown["data"][0]["colorbar"] = key | {
        "orientation": "v", "lenmode": "fraction", "len": below, "x": 0.84, "xanchor": "left",
        "y": below / 2, "yanchor": "middle", "title": {"text": ""},
    }  # fmt: skip
