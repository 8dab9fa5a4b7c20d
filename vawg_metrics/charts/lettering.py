"""Where labels stand so that none covers another, reckoned for the narrowest screen: wider ones have room to spare."""

import textwrap
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final

from vawg_metrics.charts.plan import Mark, Scale, Span

WIDTH: Final = 250  # pixels of a chart's inside on a phone 390 wide
HEIGHT: Final = 220  # pixels of its inside in height
CHARACTER: Final = 7.4  # pixels of an average character at 14 px
LINE: Final = 19  # pixels from one line of text to the next
NAME_CHARACTERS: Final = 14


def wrapped(text: str, characters: int) -> tuple[str, ...]:
    """A text in lines of at most so many characters, broken at spaces; a longer word keeps its line."""
    return tuple(textwrap.wrap(text, characters, break_long_words=False, break_on_hyphens=False)) or ("",)


def spread(wanted: Sequence[float], lines: Sequence[int], low: float, high: float) -> list[float]:
    """Heights as near as may be to those wanted, for labels of so many lines that must not touch.

    Labels keep their order. They are pushed upwards from the foot, and where that lifts one over the top, the pile
    is pushed down again.
    """
    unit = (high - low) / HEIGHT * LINE
    order = sorted(range(len(wanted)), key=lambda place: (wanted[place], -place))
    heights = [wanted[place] for place in order]
    sizes = [lines[place] * unit for place in order]
    floor = low
    for place, size in enumerate(sizes):
        heights[place] = max(heights[place], floor + size / 2)
        floor = heights[place] + size / 2
    ceiling = high
    for place, size in reversed(list(enumerate(sizes))):
        heights[place] = min(heights[place], ceiling - size / 2)
        ceiling = heights[place] - size / 2
    found = dict(zip(order, heights, strict=True))
    return [found[place] for place in range(len(wanted))]


def clear_height(
    drawn: Sequence[tuple[float, float]], across: tuple[float, float], ends: tuple[float, float], scale: Scale
) -> float:
    """The height of one line of text nearest above a band, or below it, that covers nothing of a line drawn.

    `drawn` are the places and values of the line; `across` where the text begins and ends; `ends` those of the band.
    At the top where nothing is free.
    """
    unit = (scale.high - scale.low) / HEIGHT * LINE
    between = [((a + c) / 2, (b + d) / 2) for (a, b), (c, d) in pairwise(drawn)]
    taken = [value for place, value in (*drawn, *between) if across[0] - 1 <= place <= across[1] + 1]
    steps = range(2 * HEIGHT // LINE)
    above = [ends[1] + unit * (0.6 + step / 2) for step in steps]
    below = [ends[0] - unit * (0.6 + step / 2) for step in steps]
    within = [one for one in (*above, *below) if scale.low + unit / 2 <= one <= scale.high - unit / 2]
    free = (one for one in within if all(abs(value - one) > unit * 0.75 for value in taken))
    return next(free, scale.high - unit / 2)


def staggered(marks: Iterable[Mark], span: Span, width: float = WIDTH) -> tuple[Mark, ...]:
    """Marks with their labels wrapped to the room they have and lifted to rows where none covers another.

    A label stands on the side with more room. The lowest row is taken in which it meets no other label, crosses no
    other label's line, and its own line crosses no other label; where there is none, only the first counts.
    `width` is that of the chart's inside, in pixels of 14 px text.
    """
    placed: list[Mark] = []
    for mark in sorted(marks, key=lambda one: one.place, reverse=True):
        whole = _sided(mark, span, width)
        taken = [_Reach.of(other, span, width) for other in placed]
        highest = max((reach.top for reach in taken), default=0)
        rows = [_Reach.of(replace(whole, row=row), span, width) for row in range(highest + 1)]
        free = [reach for reach in rows if not any(reach.meets(other) for other in taken)]
        clear = [reach for reach in free if not any(reach.crosses(other) or other.crosses(reach) for other in taken)]
        placed.append((clear or free)[0].mark)
    return tuple(sorted(placed, key=lambda one: one.place))


def _sided(mark: Mark, span: Span, width: float) -> Mark:
    """A mark with its label on the side with more room, in lines that fit there."""
    room = (mark.place - span.first) / (span.last - span.first)
    characters = max(NAME_CHARACTERS, int(max(room, 1 - room) * width / CHARACTER))
    return replace(mark, leftward=room > 0.5, label=wrapped(" ".join(mark.label), characters))


@dataclass(frozen=True, slots=True)
class _Reach:
    """What a mark's label covers: pixels from left to right, and rows from its own up to `top`."""

    mark: Mark
    at: float
    left: float
    right: float

    @classmethod
    def of(cls, mark: Mark, span: Span, width: float) -> "_Reach":
        at = (mark.place - span.first) / (span.last - span.first) * width
        long = max(len(line) for line in mark.label) * CHARACTER + 8
        return cls(mark, at, at - long if mark.leftward else at, at if mark.leftward else at + long)

    @property
    def top(self) -> int:
        return self.mark.row + len(self.mark.label)

    def meets(self, other: "_Reach") -> bool:
        """Whether the two labels cover each other."""
        level = self.mark.row < other.top and other.mark.row < self.top
        return level and self.left < other.right and other.left < self.right

    def crosses(self, higher: "_Reach") -> bool:
        """Whether the line up to a higher label runs through this one."""
        return self.mark.row < higher.mark.row and self.left < higher.at < self.right
