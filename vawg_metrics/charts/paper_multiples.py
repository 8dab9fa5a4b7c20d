"""Small charts of one measure, a place each, on paper: three columns of axes."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil
from typing import Final

from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from vawg_metrics.charts.around import few_ticks
from vawg_metrics.charts.multiples_plan import end_of
from vawg_metrics.charts.palette import LIGHT
from vawg_metrics.charts.paper_sheet import EDGE, LABEL, SMALL, WIDTH, Sheet, line_height, set_in, width_of
from vawg_metrics.charts.plan import Line
from vawg_metrics.charts.plan_places import MultiplesPlan

COLUMNS: Final = 3
TALL: Final = 0.85
UNDER: Final = 0.16  # from one row of panels to the names of the next
HEAD: Final = 0.07
LINE: Final = line_height(LABEL)
POINT: Final = 3.2


@dataclass(frozen=True, slots=True)
class _Grid:
    """Where the panels stand, in inches."""

    left: float
    panel: float
    gap: float
    names: tuple[tuple[str, ...], ...]
    tops: tuple[float, ...]
    tall: float

    def at(self, number: int) -> float:
        """Where a panel begins, from the sheet's left edge."""
        return self.left + number % COLUMNS * (self.panel + self.gap)


def draw_multiples(plan: MultiplesPlan) -> Sheet:
    """The sheet of small charts; ticks of values stand at the left, of time at the foot of each column."""
    grid = _grid(plan)
    unit = set_in(plan.scale.words, WIDTH - 2 * EDGE, LABEL)
    above = (len(unit) + (1 if plan.behind_name else 0)) * LINE + 0.06
    ticks = _years(plan, grid.panel)
    below = line_height(SMALL) * max((len(text.split("\n")) for _, text in ticks), default=1) + 0.16
    empty = [line for one in plan.empty_panels for line in set_in(f"{one[0]}: {one[1]}.", WIDTH - 2 * EDGE, SMALL)]
    inside = above + grid.tall + below + len(empty) * line_height(SMALL)
    sheet = Sheet(plan, inside)
    sheet.write_lines(unit, EDGE, LINE / 2)
    if plan.behind_name:
        _key(sheet, plan.behind_name, above - 0.06 - LINE / 2)
    for number, (name, lines) in enumerate(plan.panels):
        top = above + grid.tops[number // COLUMNS]
        axes = sheet.axes(grid.at(number), WIDTH - grid.at(number) - grid.panel, top, inside - top - TALL)
        foot = number + COLUMNS >= len(plan.panels)
        _axes(axes, plan, ticks if foot else (), number % COLUMNS == 0)
        for line in plan.behind if name != plan.behind_name else ():
            _behind(axes, line)
        for line in lines:
            _line(axes, line)
            _newest(sheet, plan, line, grid.at(number), grid.panel, top)
        for row, text in enumerate(grid.names[number]):
            down = top - HEAD - (len(grid.names[number]) - row - 0.5) * LINE
            sheet.write(text, grid.at(number), down, bold=True)
    sheet.write_lines(empty, EDGE, inside - (len(empty) - 0.5) * line_height(SMALL), SMALL)
    return sheet


def _grid(plan: MultiplesPlan) -> _Grid:
    """The places of the panels: what stands beside the newest point of each has room."""
    left = EDGE + max(width_of(text, SMALL) for _, text in few_ticks(plan.scale)) + 0.1
    labels = [width_of(text, SMALL) + 0.16 for _, lines in plan.panels for line in lines for text in line.label]
    ends = [end.place for _, lines in plan.panels for line in lines if line.label and (end := end_of(line))]
    free = 1 - _share(plan, max(ends, default=plan.span.last))
    widest = max(labels, default=0.0)
    panel = (WIDTH - left - EDGE - COLUMNS * widest) / (COLUMNS * (1 - free))
    gap = max(0.2, widest - free * panel)
    panel = max(0.6, (WIDTH - left - EDGE - COLUMNS * gap) / COLUMNS)
    names = tuple(set_in(name, panel + gap - 0.08, LABEL, True) for name, _ in plan.panels)
    tops, down = [], 0.0
    for first in range(0, len(names), COLUMNS):
        tops.append(down + max(len(name) for name in names[first : first + COLUMNS]) * LINE + HEAD)
        down = tops[-1] + TALL + UNDER
    return _Grid(left, panel, gap, names, tuple(tops), down - UNDER)


def _share(plan: MultiplesPlan, place: float) -> float:
    return (place - plan.span.first) / (plan.span.last - plan.span.first)


def _years(plan: MultiplesPlan, panel: float) -> tuple[tuple[float, str], ...]:
    """As many of the ticks of time as a panel has room for, the newest among them."""
    ticks = plan.span.ticks
    if len(ticks) < 2:
        return ticks
    widest = max(width_of(line, SMALL) for _, text in ticks for line in text.split("\n")) + 0.1
    apart = (_share(plan, ticks[-1][0]) - _share(plan, ticks[0][0])) / (len(ticks) - 1) * panel
    return tuple(ticks[::-1][:: max(1, ceil(widest / apart))][::-1])


def _key(sheet: Sheet, name: str, down: float) -> None:
    """What the grey line is."""
    at = 1 - (sheet.top + down) / sheet.height
    sheet.figure.add_artist(Line2D([EDGE / WIDTH, (EDGE + 0.3) / WIDTH], [at] * 2, color=LIGHT.axis, linewidth=1.2))
    for line in set_in(f"Grey line: {name}", WIDTH - 2 * EDGE - 0.38, LABEL)[:1]:
        sheet.write(line, EDGE + 0.38, down)


def _axes(axes: Axes, plan: MultiplesPlan, ticks: Sequence[tuple[float, str]], lettered: bool) -> None:
    values = few_ticks(plan.scale)
    axes.set_xlim(plan.span.first, plan.span.last)
    axes.set_ylim(plan.scale.low, plan.scale.high)
    axes.set_xticks([place for place, _ in ticks], [text for _, text in ticks])
    axes.set_yticks([value for value, _ in values], [text if lettered else "" for _, text in values])
    axes.tick_params(labelsize=SMALL)
    axes.tick_params(axis="x", pad=8)
    axes.set_axisbelow(True)
    axes.grid(axis="y", color=LIGHT.grid, linewidth=0.8)
    axes.axhline(0, color=LIGHT.axis, linewidth=1.1)
    axes.set_xticks(plan.span.lines, minor=True)
    axes.tick_params(axis="x", which="minor", length=3, width=0.8, color=LIGHT.axis)
    if plan.band:
        axes.axvspan(plan.band.first, plan.band.last, facecolor="none", edgecolor=LIGHT.band, hatch="//", linewidth=0)
    for mark in plan.marks:
        stroke = (0, (4, 3)) if mark.dashed else "-"
        axes.axvline(mark.place, color=LIGHT.mark, linewidth=0.9, linestyle=stroke, zorder=1.5)


def _behind(axes: Axes, line: Line) -> None:
    axes.plot([point.place for point in line.points], _values(line), color=LIGHT.axis, linewidth=1.0, zorder=2)


def _values(line: Line) -> list[float]:
    return [float("nan") if value is None else value for value in line.joined]


def _line(axes: Axes, line: Line) -> None:
    """A line with its gaps open, its newest value as a larger point; incomplete points stand alone, crossed."""
    colour, end = LIGHT.chosen[line.style], end_of(line)
    axes.plot(
        [point.place for point in line.points], _values(line), color=colour, linewidth=1.5, clip_on=False, zorder=3
    )
    for point in line.points:
        if point.value is None or not point.marked:
            continue
        fill = LIGHT.page if point.hollow else colour
        size = POINT + 1.6 if point is end or point.crossed else POINT
        at = ([point.place], [point.value])
        axes.plot(*at, "o", color=fill, markeredgecolor=colour, markersize=size, mew=1.0, clip_on=False, zorder=4)
        if point.crossed:
            axes.plot(*at, "x", color=colour, markersize=size * 0.6, mew=0.9, clip_on=False, zorder=5)


def _newest(sheet: Sheet, plan: MultiplesPlan, line: Line, left: float, panel: float, top: float) -> None:
    """The value beside the newest whole point."""
    end = end_of(line)
    if end is None or not line.label:
        return
    height = (line.label_at - plan.scale.low) / (plan.scale.high - plan.scale.low)
    at, down = left + panel * _share(plan, end.place) + 0.08, top + TALL * (1 - height)
    sheet.write(line.label[0], at, down, size=SMALL)
    sheet.figure.texts[-1].set_bbox({"facecolor": LIGHT.page, "edgecolor": "none", "pad": 0.8})
