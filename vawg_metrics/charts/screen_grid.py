"""Where small charts stand on the screen: two columns, reckoned for the narrowest page that words are set for."""

import textwrap
from dataclasses import dataclass
from math import ceil
from typing import Final

from vawg_metrics.charts.around import few_ticks
from vawg_metrics.charts.lettering import CHARACTER, LINE
from vawg_metrics.charts.multiples_plan import end_of
from vawg_metrics.charts.plan_places import MultiplesPlan
from vawg_metrics.charts.screen_house import text_width

COLUMNS: Final = 2
PHONE: Final = 350  # pixels of the narrowest page that every word is set for
INSIDE: Final = 88  # pixels from the lowest to the highest value of a panel
UNDER: Final = 16  # pixels from one row of panels to the names of the next
HEAD: Final = 5  # pixels between a name and its panel
BOLD: Final = 1.08  # how much wider bold letters are


@dataclass(frozen=True, slots=True)
class Grid:
    """Where the panels stand: pixels of margins, of a panel and of the gap between two on a phone, and of each row."""

    left: float
    right: float
    panel: float
    gap: float
    names: tuple[tuple[str, ...], ...]
    tops: tuple[float, ...]
    height: float

    def across(self, number: int) -> list[float]:
        """The share of the width that a panel takes."""
        inner = COLUMNS * self.panel + (COLUMNS - 1) * self.gap
        start = number % COLUMNS * (self.panel + self.gap) / inner
        return [start, min(1.0, start + self.panel / inner)]

    def down(self, number: int) -> list[float]:
        """The share of the height that a panel takes."""
        top = self.tops[number // COLUMNS]
        return [max(0.0, 1 - (top + INSIDE) / self.height), 1 - top / self.height]


def grid_of(plan: MultiplesPlan) -> Grid:
    """The places of the panels: what stands beside the newest point has room, on a phone as well."""
    left = text_width(text for _, text in few_ticks(plan.scale)) + 14
    labels = [text_width(line.label) + 10 for _, lines in plan.panels for line in lines if line.label]
    ends = [end.place for _, lines in plan.panels for line in lines if line.label and (end := end_of(line))]
    free = (plan.span.last - max(ends, default=plan.span.last)) / (plan.span.last - plan.span.first)
    widest = max(labels, default=0.0)
    # Of the two panels and two gaps in the width, a gap is what the label lacks beside its point.
    panel = (PHONE - left - COLUMNS * widest) / (COLUMNS * (1 - free))
    beside = max(12.0, widest - free * panel)
    panel = max(60.0, (PHONE - left - COLUMNS * beside) / COLUMNS)
    room = int((panel + beside) / (CHARACTER * BOLD))
    names = tuple(set_in(name, room) for name, _ in plan.panels)
    tops, down = [], 0.0
    for first in range(0, len(names), COLUMNS):
        tops.append(down + max(len(name) for name in names[first : first + COLUMNS]) * LINE + HEAD)
        down = tops[-1] + INSIDE + UNDER
    return Grid(left, beside, panel, beside, names, tuple(tops), down - UNDER)


def set_in(text: str, characters: int) -> tuple[str, ...]:
    """A text in lines of so many characters; a longer word is broken, for a panel has an edge."""
    return tuple(textwrap.wrap(text, max(4, characters))) or ("",)


def years_in(plan: MultiplesPlan, panel: float) -> tuple[tuple[float, str], ...]:
    """As many of the ticks of time as a panel has room for on a phone, the newest among them."""
    ticks = plan.span.ticks
    if len(ticks) < 2:
        return ticks
    widest = max(text_width(text.split("\n")) for _, text in ticks) + 8
    apart = (ticks[-1][0] - ticks[0][0]) / (len(ticks) - 1) / (plan.span.last - plan.span.first) * panel
    return tuple(ticks[::-1][:: max(1, ceil(widest / apart))][::-1])
