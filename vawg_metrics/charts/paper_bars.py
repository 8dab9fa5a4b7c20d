"""Lying bars and bars of 100 % on paper."""

from typing import Final

from matplotlib.axes import Axes

from vawg_metrics.charts.groups_plan import share_words
from vawg_metrics.charts.palette import LIGHT, text_on
from vawg_metrics.charts.paper_sheet import EDGE, LABEL, SMALL, WIDTH, Sheet, line_height, set_in, width_of
from vawg_metrics.charts.plan import Bar, BarsPlan, Stack, StacksPlan

ROW: Final = 0.29
SPACE: Final = 0.6  # of a row, between blocks
NAMES: Final = 2.4  # at most so wide
LINE: Final = line_height(LABEL)
LEAST_SHARE: Final = 6  # of a hundred: a thinner part has no room for its number


def draw_bars(plan: BarsPlan, row: float = ROW) -> Sheet:
    """The sheet of lying bars, each `row` inches; the first stands at the top."""
    placed = _placed(plan)
    rows = placed[-1][0] + 1
    unit = set_in(plan.scale.words, WIDTH - 2 * EDGE, LABEL)
    above = len(unit) * LINE + (LINE if plan.reference else 0) + 0.06
    sheet = Sheet(plan, above + rows * row)
    sheet.write_lines(unit, EDGE, LINE / 2)
    left = EDGE + min(NAMES, max(width_of(bar.name, LABEL, True) for _, bar in placed)) + 0.1
    right = EDGE + max(width_of(bar.text, LABEL) for _, bar in placed) + 0.1
    axes = sheet.axes(left, right, above, 0)
    axes.set_xlim(plan.scale.low, max(plan.scale.high * 0.02, *(bar.end for _, bar in placed)))
    axes.set_ylim(rows - 0.5, -0.5)
    axes.set_xticks([])
    axes.set_yticks([])
    axes.axvline(0, color=LIGHT.axis, linewidth=1.2)
    for place, bar in placed:
        axes.barh(place, bar.value or 0, 0.66, color=_fill(bar), edgecolor=_edge(bar), linewidth=1)
        _whisker(axes, place, bar)
        down = above + (place + 0.5) * row
        sheet.write(bar.name, left - 0.08, down, "right", bold=bar.role == "chosen")
    if plan.reference and plan.reference.value is not None:
        axes.plot(
            [plan.reference.value] * 2, [-0.5, len(plan.blocks[0]) - 0.5], color=LIGHT.mark, lw=1.1, ls=(0, (4, 3))
        )
    low, high = axes.get_xlim()
    inner = WIDTH - left - right
    for place, bar in placed:
        end = left + inner * (bar.end - low) / (high - low)
        sheet.write_on_white(bar.text, end + 0.06, above + (place + 0.5) * row)
    if plan.reference and plan.reference.value is not None:
        sheet.write(
            plan.reference.name, left + inner * (plan.reference.value - low) / (high - low), above - LINE / 2, "center"
        )
    return sheet


def _whisker(axes: Axes, place: float, bar: Bar) -> None:
    """The limits as a thin line with short ends, on a white stroke that parts it from the bar."""
    if bar.whisker is None:
        return
    low, high = bar.whisker
    for colour, width, half, order in ((LIGHT.page, 3.4, 0.2, 3.0), (LIGHT.text, 1.1, 0.15, 3.1)):
        for across, down in (
            ([low, high], [place] * 2),
            *(([end] * 2, [place - half, place + half]) for end in (low, high)),
        ):
            axes.plot(across, down, color=colour, linewidth=width, clip_on=False, zorder=order)


def _placed(plan: BarsPlan) -> list[tuple[float, Bar]]:
    placed, row = [], 0.0
    for block in plan.blocks:
        placed += [(row + number, bar) for number, bar in enumerate(block)]
        row += len(block) + SPACE
    return placed


def _fill(bar: Bar) -> str:
    if bar.role == "chosen":
        return LIGHT.chosen[bar.style]
    return {"plain": LIGHT.plain, "whole": LIGHT.whole, "beside": LIGHT.page}[bar.role]


def _edge(bar: Bar) -> str:
    return LIGHT.plain if bar.role == "beside" else _fill(bar)


def draw_stacks(plan: StacksPlan) -> Sheet:
    """The sheet of bars of 100 %, with the groups listed above in their order in the bars."""
    key = [set_in(group, WIDTH - 2 * EDGE - 0.3, LABEL) for group in plan.groups]
    above = sum(len(lines) for lines in key) * LINE + 0.1
    sheet = Sheet(plan, above + len(plan.stacks) * ROW * 1.15)
    down = LINE / 2
    for number, lines in enumerate(key):
        sheet.square(LIGHT.parts[number % len(LIGHT.parts)], EDGE + 0.08, down, number >= len(LIGHT.parts))
        sheet.write_lines(lines, EDGE + 0.25, down)
        down += len(lines) * LINE
    left = EDGE + max(width_of(stack.name, LABEL) for stack in plan.stacks) + 0.1
    axes = sheet.axes(left, EDGE, above, 0)
    axes.set_xlim(0, 100)
    axes.set_ylim(len(plan.stacks) - 0.5, -0.5)
    axes.set_xticks([])
    axes.set_yticks(range(len(plan.stacks)), [stack.name for stack in plan.stacks])
    for row, stack in enumerate(plan.stacks):
        _stack(axes, row, stack)
    return sheet


def _stack(axes: Axes, row: int, stack: Stack) -> None:
    """One bar of 100 %; beyond six groups the colours come again, hatched."""
    start = 0.0
    for number, share in enumerate(stack.shares):
        colour, again = LIGHT.parts[number % len(LIGHT.parts)], number >= len(LIGHT.parts)
        hatch = "///" if again else None
        axes.barh(row, share, 0.72, start, color=colour, edgecolor=LIGHT.page, linewidth=1.2, hatch=hatch)
        if share >= LEAST_SHARE and not again:
            middle = start + share / 2
            axes.text(middle, row, share_words(share), ha="center", va="center", color=text_on(colour), fontsize=SMALL)
        start += share
