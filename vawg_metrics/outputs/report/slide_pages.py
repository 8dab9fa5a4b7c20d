"""What does not fit one slide: lines and rows shared out over as few slides as hold them, as evenly as they can be."""

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Final, TypeVar

from vawg_metrics.outputs.report.slide_design import BOLDER, LEADING, lines_at

T = TypeVar("T")
BETWEEN: Final = 0.4  # of a line, between two paragraphs
PADDING: Final = 0.1  # inches above and below a row's words
FEWEST: Final = 3  # lines on a slide that is one of several, where smaller letters give them


def shares(heights: Sequence[float], most: float, between: float = 0.0) -> list[int]:
    """How many of these stand on each slide, in their order: as few slides as can be, filled as evenly as can be.

    `most` is the room of a slide; what is taller than that stands alone. Filling each slide before the next is begun
    would leave one row or line over for the last.
    """
    ways: list[tuple[int, float, tuple[int, ...]]] = [(0, 0.0, ())]
    for end in range(1, len(heights) + 1):
        found = []
        for start in reversed(range(end)):
            used = sum(heights[start:end]) + between * (end - start - 1)
            if used > most and end - start > 1:
                break
            slides, uneven, before = ways[start]
            found.append((slides + 1, uneven + used**2, (*before, end - start)))
        ways.append(min(found))
    return list(ways[-1][2])


def cut(things: Sequence[T], numbers: Iterable[int]) -> list[list[T]]:
    """Things in their order, so many at a time."""
    ends = [0]
    for number in numbers:
        ends.append(ends[-1] + number)
    return [list(things[start:end]) for start, end in pairwise(ends)]


def pages_of(
    lines: Sequence[str], width: float, height: float, sizes: Sequence[float]
) -> tuple[float, list[list[str]]]:
    """Lines shared out over slides, and their size: the first of `sizes` that leaves no slide with a line or two."""
    found = []
    for size in sizes:
        leading = size * LEADING / 72
        tall = [lines_at(line, width, size) * leading for line in lines]
        found.append((size, cut(lines, shares(tall, height, BETWEEN * leading)) or [[]]))
    whole = (one for one in found if len(one[1]) == 1 or min(len(page) for page in one[1]) >= FEWEST)
    return next(whole, found[0])


def rows_of(
    rows: Sequence[Sequence[str]], widths: Sequence[float], height: float, sizes: Sequence[float]
) -> tuple[float, list[list[Sequence[str]]]]:
    """Rows of a table shared out over slides, and their size: the largest that needs no more slides than the smallest.

    `widths` are of columns, in inches.
    """
    found = []
    for size in sizes:
        tall = [_lines_of(row, widths, size) * size * LEADING / 72 + PADDING for row in rows]
        found.append((size, cut(rows, shares(tall, height)) or [[]]))
    return min(found, key=lambda one: len(one[1]))


def _lines_of(row: Sequence[str], widths: Sequence[float], size: float) -> float:
    """The lines of a row's tallest cell; its first cell is bold."""
    room = [(width - 0.25) / (1 if place else BOLDER) for place, width in enumerate(widths)]
    return max(lines_at(words, width, size) for words, width in zip(row, room, strict=True))
