"""What a report is made of, whatever its format: parts with headings, and in them texts, lists, tables and pictures."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from vawg_metrics.charts.plan import Plan


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph; a `note` stands apart as a warning, a `lead` is the finding of its part."""

    words: str
    kind: Literal["plain", "lead", "note"] = "plain"


@dataclass(frozen=True, slots=True)
class Points:
    """A list; each point may begin with some words that lead it."""

    points: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """A table with caption and header; the first cell of a row names it. `widths` are shares of the page's width."""

    caption: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """A chart: its plan without words, what stands for it, and the words beside it, the first of them its title."""

    id: str
    plan: Plan
    alternative: str
    caption: tuple[str, ...]


Block = Text | Points | Grid | Picture


@dataclass(frozen=True, slots=True)
class Part:
    """A heading, what stands under it, and the parts within it."""

    id: str
    title: str
    blocks: tuple[Block, ...] = ()
    parts: tuple["Part", ...] = ()
    new_page: bool = False

    def every_block(self) -> Iterator[Block]:
        """Its blocks and those of the parts within it, in their order."""
        yield from self.blocks
        for part in self.parts:
            yield from part.every_block()


def led_in(block: Block, following: Block | None) -> bool:
    """Whether a text leads in what follows, and must not be parted from it by the end of a page."""
    if not isinstance(block, Text):
        return False
    warned = isinstance(following, Text) and following.kind == "note"
    return block.kind == "note" or block.words.endswith(":") or warned or isinstance(following, Grid)


def words_in(block: Block) -> Iterator[str]:
    """Every text that a reader of a block meets."""
    if isinstance(block, Text):
        yield block.words
    elif isinstance(block, Points):
        yield from (f"{lead} {words}".strip() for lead, words in block.points)
    elif isinstance(block, Grid):
        yield from (block.caption, *block.header, *(cell for row in block.rows for cell in row))
    else:
        yield from (block.alternative, *block.caption)
