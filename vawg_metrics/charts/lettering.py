"""Where labels stand so that none covers another, reckoned for the narrowest screen: wider ones have room to spare."""

import textwrap
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import count
from typing import Final

from vawg_metrics.charts.plan import Mark, Span

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
    ceiling = high + unit / 2  # half a line may stand out above
    for place, size in reversed(list(enumerate(sizes))):
        heights[place] = min(heights[place], ceiling - size / 2)
        ceiling = heights[place] - size / 2
    found = dict(zip(order, heights, strict=True))
    return [found[place] for place in range(len(wanted))]


def staggered(marks: Iterable[Mark], span: Span) -> tuple[Mark, ...]:
    """Marks with their labels wrapped to the room they have and lifted to rows where none covers another.

    A label stands on the side with more room. The lowest row is taken in which it meets no other label, crosses no
    other label's line, and its own line crosses no other label; where there is none, only the first counts.
    """
    placed: list[Mark] = []
    for mark in sorted(marks, key=lambda one: one.place, reverse=True):
        whole = _wrapped_mark(mark, span)
        rows = (replace(whole, row=row) for row in count())
        free = [
            one for _, one in zip(range(40), rows, strict=False) if not any(_meet(one, other, span) for other in placed)
        ]
        clear = [
            one for one in free if not any(_cross(one, other, span) or _cross(other, one, span) for other in placed)
        ]
        placed.append((clear or free)[0])
    return tuple(sorted(placed, key=lambda one: one.place))


def _wrapped_mark(mark: Mark, span: Span) -> Mark:
    room = (mark.place - span.first) / (span.last - span.first)
    leftward = room > 0.5
    characters = max(12, int(max(room, 1 - room) * WIDTH / CHARACTER))
    return replace(mark, leftward=leftward, label=wrapped(" ".join(mark.label), characters))


def _reach(mark: Mark, span: Span) -> tuple[float, float]:
    """The stretch in pixels that a label covers."""
    at = (mark.place - span.first) / (span.last - span.first) * WIDTH
    width = max(len(line) for line in mark.label) * CHARACTER + 8
    return (at - width, at) if mark.leftward else (at, at + width)


def _meet(one: Mark, other: Mark, span: Span) -> bool:
    if one.row >= other.row + len(other.label) or other.row >= one.row + len(one.label):
        return False
    (left, right), (start, end) = _reach(one, span), _reach(other, span)
    return left < end and start < right


def _cross(lower: Mark, higher: Mark, span: Span) -> bool:
    """Whether the line up to a higher label runs through a lower one."""
    at = (higher.place - span.first) / (span.last - span.first) * WIDTH
    left, right = _reach(lower, span)
    return lower.row < higher.row and left - 2 < at < right and at != (right if lower.leftward else left)
