"""A trend on paper."""

from typing import Final

from matplotlib.axes import Axes

from vawg_metrics.charts.lettering import staggered
from vawg_metrics.charts.palette import DASHES, LIGHT, SIGNS
from vawg_metrics.charts.paper_sheet import EDGE, LABEL, WIDTH, Sheet, line_height, set_in, width_of
from vawg_metrics.charts.paper_usual import draw_calm, draw_ranges
from vawg_metrics.charts.plan import Line, Mark, TrendPlan, alone

TALL: Final = 2.9
PAPER: Final = 560  # pixels of a screen that hold as many letters as the inside of the chart
ROW: Final = line_height(LABEL)
STROKES: Final = {"solid": "-", "dash": (0, (4, 2)), "dot": (0, (1, 1.4)), "dashdot": (0, (4, 1.5, 1, 1.5))}
SHAPES: Final = {"circle": "o", "diamond": "D", "square": "s", "triangle": "^"}


def draw_trend(plan: TrendPlan, tall: float = TALL) -> Sheet:
    """The sheet of a trend, its axis of values `tall` inches."""
    unit = set_in(plan.scale.words, WIDTH - 2 * EDGE, LABEL)
    marks = staggered(plan.every_mark, plan.span, PAPER)
    above = (len(unit) + max((mark.row + len(mark.label) for mark in marks), default=0)) * ROW + 0.14
    below = ROW * max((len(text.split("\n")) for _, text in plan.span.ticks), default=1) + 0.16
    sheet = Sheet(plan, above + tall + below)
    sheet.write_lines(unit, EDGE, ROW / 2)
    left = EDGE + max(width_of(text, LABEL) for _, text in plan.scale.ticks) + 0.1
    right = _right(plan, WIDTH - left)
    axes = sheet.axes(left, right, above, below)
    _axes(axes, plan)
    if plan.band:
        axes.axvspan(plan.band.first, plan.band.last, facecolor="none", edgecolor=LIGHT.band, hatch="//", linewidth=0)
    inner = WIDTH - left - right
    for mark in marks:
        if mark.place < plan.span.last:
            _upright(axes, mark, tall)
        _label(sheet, mark, left + inner * _share(plan, mark.place), above)
    draw_ranges(axes, plan.ranges)
    for line in plan.lines:
        draw = draw_calm if line.calm else _line
        draw(axes, line)
    _names(sheet, plan, left + inner * _share(plan, _label_place(plan)), above, tall)
    for label in plan.every_label:
        at, down = left + inner * _share(plan, label.place), above + tall * (1 - _height(plan, label.height))
        sheet.write_on_white(
            label.words,
            at + (-0.06 if label.leftward else 0.06 if label.inside else 0.14),
            down,
            "right" if label.leftward else "left",
        )
    return sheet


def _share(plan: TrendPlan, place: float) -> float:
    return (place - plan.span.first) / (plan.span.last - plan.span.first)


def _height(plan: TrendPlan, value: float) -> float:
    return (value - plan.scale.low) / (plan.scale.high - plan.scale.low)


def _label_place(plan: TrendPlan) -> float:
    return max((line.newest.place for line in plan.lines if line.newest), default=plan.span.last)


def _right(plan: TrendPlan, width: float) -> float:
    """The margin for the names at the lines' ends, less the room that the band gives them."""
    texts = [text for line in plan.lines for text in line.label]
    texts += [label.words for label in plan.every_label if not label.inside]
    needed = max((width_of(text, LABEL) for text in texts), default=0.0) + 0.58
    share = 1 - _share(plan, _label_place(plan))
    return max(EDGE, (needed - share * width) / (1 - share) if share < 1 else EDGE)


def _axes(axes: Axes, plan: TrendPlan) -> None:
    axes.set_xlim(plan.span.first, plan.span.last)
    axes.set_ylim(plan.scale.low, plan.scale.high)
    axes.set_xticks([place for place, _ in plan.span.ticks], [text for _, text in plan.span.ticks])
    axes.set_yticks([value for value, _ in plan.scale.ticks], [text for _, text in plan.scale.ticks])
    axes.tick_params(axis="x", pad=8)
    axes.set_axisbelow(True)
    axes.grid(axis="y", color=LIGHT.grid, linewidth=0.8)
    axes.axhline(0, color=LIGHT.axis, linewidth=1.2)
    axes.set_xticks(plan.span.lines, minor=True)
    axes.tick_params(axis="x", which="minor", length=5, width=0.8, color=LIGHT.axis)


def _upright(axes: Axes, mark: Mark, tall: float) -> None:
    """A mark's line, from the foot up to its label."""
    top = 1 + (mark.row * ROW + 0.06) / tall
    stroke = (0, (4, 3)) if mark.dashed else "-"
    axes.plot(
        [mark.place] * 2, [0, top], transform=axes.get_xaxis_transform(), clip_on=False, color=LIGHT.mark,
        linewidth=1.1, linestyle=stroke, zorder=1.5,
    )  # fmt: skip


def _label(sheet: Sheet, mark: Mark, at: float, above: float) -> None:
    """A mark's words on white, so that the lines of higher marks pass behind them."""
    for number, text in enumerate(mark.label):
        down = above - 0.08 - (mark.row + len(mark.label) - number - 0.5) * ROW
        sheet.write_on_white(
            text, at - 0.04 if mark.leftward else at + 0.04, down, "right" if mark.leftward else "left"
        )


def _line(axes: Axes, line: Line) -> None:
    colour, shape = LIGHT.chosen[line.style], SHAPES[SIGNS[line.style]]
    places = [point.place for point in line.points]
    values = [float("nan") if value is None else value for value in line.joined]
    axes.plot(
        places, values, color=colour, linewidth=1.9, linestyle=STROKES[DASHES[line.style]], clip_on=False, zorder=3
    )
    for point in line.points:
        if point.value is None or not point.marked:
            continue
        fill = LIGHT.page if point.hollow else colour
        size = 7.5 if point.crossed else 5.5
        at = ([point.place], [point.value])
        axes.plot(*at, shape, color=fill, markeredgecolor=colour, markersize=size, mew=1.4, clip_on=False, zorder=4)
        if point.crossed:
            axes.plot(*at, "x", color=colour, markersize=size * 0.6, mew=1.2, clip_on=False, zorder=5)


def _names(sheet: Sheet, plan: TrendPlan, at: float, above: float, tall: float) -> None:
    """The names at the lines' ends, each after its sign; a line that is alone needs none."""
    for line in plan.lines:
        middle = above + tall * (1 - _height(plan, line.label_at))
        for number, text in enumerate(line.label):
            down = middle + (number - (len(line.label) - 1) / 2) * ROW
            sheet.write_on_white(text, at + (0.14 if alone(plan) else 0.28), down)
        if line.label and not alone(plan):
            down = middle - (len(line.label) - 1) / 2 * ROW
            sheet.sign(SHAPES[SIGNS[line.style]], LIGHT.chosen[line.style], at + 0.17, down)
