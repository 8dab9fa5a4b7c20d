"""Changes between two periods on paper: names, tracks and words in three columns."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from matplotlib.axes import Axes

from vawg_metrics.charts.palette import LIGHT, SIGNS
from vawg_metrics.charts.paper_sheet import EDGE, LABEL, SMALL, WIDTH, Sheet, line_height, set_in, width_of
from vawg_metrics.charts.paper_trend import SHAPES
from vawg_metrics.charts.plan import Scale
from vawg_metrics.charts.plan_places import ChangeRow, ChangesPlan

NAMES: Final = 2.1  # at most so wide
WORDS: Final = 2.45
SPACE: Final = 0.13  # between rows
LINE: Final = line_height(LABEL)
DOT: Final = 7.5


@dataclass(frozen=True, slots=True)
class _Placed:
    """A row with its name and its words in lines, and where its middle stands, in inches from the first."""

    row: ChangeRow
    name: tuple[str, ...]
    words: tuple[str, ...]
    middle: float


def draw_changes(plan: ChangesPlan) -> Sheet:
    """The sheet of changes; the first row stands at the top."""
    wide = min(NAMES, max(width_of(row.name, LABEL, True) for row in plan.rows))
    placed, tall = _placed(plan.rows, wide)
    unit = set_in(plan.scale.words, WIDTH - 2 * EDGE, LABEL)
    above, below = len(unit) * LINE + 0.08, LINE + 0.1
    sheet = Sheet(plan, above + tall + below)
    sheet.write_lines(unit, EDGE, LINE / 2)
    left = EDGE + wide + 0.32
    axes = sheet.axes(left, EDGE + WORDS + 0.32, above, below)
    _axes(axes, plan.scale, tall)
    for one in placed:
        _track(axes, one, plan.scale)
        bold = one.row.role == "chosen"
        _write(sheet, one.name, EDGE, above + one.middle, bold)
        _write(sheet, one.words, WIDTH - EDGE - WORDS, above + one.middle, bold)
    return sheet


def _placed(rows: Sequence[ChangeRow], wide: float) -> tuple[list[_Placed], float]:
    """Every row from the top down, and the height of all."""
    placed, down = [], 0.0
    for row in rows:
        bold = row.role == "chosen"
        name = set_in(row.name, wide, LABEL, bold)
        words = tuple(line for part in _parts(row.text) for line in set_in(part, WORDS, LABEL, bold))
        tall = max(len(name), len(words)) * LINE + SPACE
        placed.append(_Placed(row, name, words, down + tall / 2))
        down += tall
    return placed, down


def _parts(text: str) -> tuple[str, ...]:
    """A row's words, the verdict on a line of its own."""
    number, semicolon, verdict = text.partition("; ")
    return (f"{number};", verdict) if semicolon else (text,)


def _write(sheet: Sheet, lines: Sequence[str], left: float, middle: float, bold: bool) -> None:
    for number, line in enumerate(lines):
        sheet.write(line, left, middle + (number - (len(lines) - 1) / 2) * LINE, bold=bold)


def _axes(axes: Axes, scale: Scale, tall: float) -> None:
    """A scale whose zero is a solid line through all rows; ticks that would touch are left out from the ends in."""
    axes.set_xlim(scale.low, scale.high)
    axes.set_ylim(tall, 0)
    axes.set_yticks([])
    room = axes.get_position().width * WIDTH / (len(scale.ticks) - 1)
    needed = max(width_of(text, SMALL) for _, text in scale.ticks) + 0.08
    zero = next(number for number, (value, _) in enumerate(scale.ticks) if value == 0)
    step = next(step for step in range(1, len(scale.ticks) + 1) if step * room >= needed or step == len(scale.ticks))
    texts = [text if (number - zero) % step == 0 else "" for number, (_, text) in enumerate(scale.ticks)]
    axes.set_xticks([value for value, _ in scale.ticks], texts)
    axes.tick_params(axis="x", labelsize=SMALL)
    axes.set_axisbelow(True)
    axes.grid(axis="x", color=LIGHT.grid, linewidth=0.8)
    axes.axvline(0, color=LIGHT.mark, linewidth=1.6, zorder=1.5)


def _track(axes: Axes, one: _Placed, scale: Scale) -> None:
    """The dot, filled where the change is told from chance, and its limits; what is cut ends in an arrow."""
    row = one.row
    if row.estimate is None or row.low is None or row.high is None:
        return
    low, high = max(scale.low, row.low), min(scale.high, row.high)
    axes.plot([low, high], [one.middle] * 2, color=LIGHT.text, linewidth=1.1, clip_on=False, zorder=3)
    for end, whole, arrow in ((low, row.low, "<"), (high, row.high, ">")):
        size, sign = (7.0, "|") if end == whole else (6.0, arrow)
        axes.plot([end], [one.middle], sign, color=LIGHT.text, markersize=size, mew=1.1, clip_on=False, zorder=3)
    if not scale.low <= row.estimate <= scale.high:
        return
    colour = _colour(row)
    axes.plot(
        [row.estimate], [one.middle], SHAPES[SIGNS[row.style]] if row.role == "chosen" else "o", markersize=DOT,
        color=colour if row.told else LIGHT.page, markeredgecolor=colour, mew=1.7, clip_on=False, zorder=4,
    )  # fmt: skip


def _colour(row: ChangeRow) -> str:
    if row.role == "chosen":
        return LIGHT.chosen[row.style]
    return LIGHT.whole if row.role == "whole" else LIGHT.plain
