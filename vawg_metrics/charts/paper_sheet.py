"""A sheet to print on: 1,600 pixels wide, as tall as its words need, every line measured before it is set."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final, Literal

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle
from matplotlib.textpath import text_to_path

from vawg_metrics.charts.palette import LIGHT
from vawg_metrics.charts.plan import Plan

DPI: Final = 200
WIDTH: Final = 8.0  # inches, as all lengths here
EDGE: Final = 0.3
LEADING: Final = 1.38
INCH: Final = 72  # points
FAMILY: Final = "DejaVu Sans"  # comes with Matplotlib: the same letters on every machine
TITLE, BODY, LABEL, SMALL = 15.0, 10.5, 10.5, 9.0


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Lines of one size, with the space that follows them."""

    lines: tuple[str, ...]
    size: float
    bold: bool = False
    after: float = 0.0

    @property
    def height(self) -> float:
        return len(self.lines) * line_height(self.size) + self.after


def line_height(size: float) -> float:
    """Inches from one line of text to the next."""
    return size * LEADING / INCH


@lru_cache(maxsize=20_000)
def width_of(text: str, size: float, bold: bool = False) -> float:
    """The inches that a text takes."""
    letters = FontProperties(family=FAMILY, size=size, weight="bold" if bold else "normal")
    return text_to_path.get_text_width_height_descent(text, letters, False)[0] / INCH


def set_in(text: str, width: float, size: float, bold: bool = False) -> tuple[str, ...]:
    """A text in lines that fit a width; a single word that is wider is broken where it must be."""
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if width_of(longer, size, bold) <= width:
            lines[-1] = longer
            continue
        pieces = _broken(word, width, size, bold)
        lines += pieces if lines[-1] else []
        if not lines[0]:
            lines = pieces
    return tuple(lines)


def _broken(word: str, width: float, size: float, bold: bool) -> list[str]:
    pieces = [""]
    for letter in word:
        if pieces[-1] and width_of(pieces[-1] + letter, size, bold) > width:
            pieces.append("")
        pieces[-1] += letter
    return pieces


def paragraph(text: str, size: float, bold: bool = False, after: float = 0.0) -> Paragraph:
    """A text over the whole width of the sheet."""
    return Paragraph(set_in(text, WIDTH - 2 * EDGE, size, bold), size, bold, after)


def heading_of(plan: Plan) -> list[Paragraph]:
    """What stands above the drawing."""
    said = [paragraph(plan.title, TITLE, bold=True, after=0.06)] if plan.title else []
    return [*said, paragraph(plan.subtitle, BODY, after=0.12)] if plan.subtitle else said


def footing_of(plan: Plan) -> list[Paragraph]:
    """What stands below it: notes of this drawing, cautions of the measure, and where it comes from."""
    notes = [paragraph(note, SMALL) for note in plan.notes]
    careful = [paragraph("Be careful", SMALL, bold=True)] if plan.cautions else []
    cautions = [paragraph(caution, SMALL) for caution in plan.cautions]
    footer = [paragraph(line, SMALL) for line in plan.footer]
    blocks = [block for block in (notes, careful + cautions, footer) if block]
    return [one for block in blocks for one in (*block[:-1], replace(block[-1], after=0.09))]


class Sheet:
    """The figure, its words already set, and the free stretch between them that a drawing may use."""

    def __init__(self, plan: Plan, inside: float) -> None:
        above, below = heading_of(plan), footing_of(plan)
        self.top = EDGE + sum(one.height for one in above)
        self.inside = inside
        self.height = self.top + inside + 0.12 + sum(one.height for one in below) + EDGE
        self.figure = Figure(figsize=(WIDTH, self.height), dpi=DPI, facecolor=LIGHT.page)
        self._set(above, EDGE)
        self._set(below, self.top + inside + 0.12)

    def axes(self, left: float, right: float, above: float, below: float) -> Axes:
        """Axes in the free stretch, so far from its sides; frames and ticks are left out."""
        tall = self.inside - above - below
        place = (left / WIDTH, 1 - (self.top + above + tall) / self.height)
        axes = self.figure.add_axes((*place, (WIDTH - left - right) / WIDTH, tall / self.height))
        axes.set_facecolor("none")
        axes.tick_params(length=0, labelsize=LABEL, labelcolor=LIGHT.text)
        for spine in axes.spines.values():
            spine.set_visible(False)
        return axes

    def write(
        self,
        text: str,
        left: float,
        down: float,
        align: Literal["left", "center", "right"] = "left",
        size: float = LABEL,
        bold: bool = False,
        colour: str = LIGHT.text,
    ) -> None:
        """One line that begins (or ends) at `left`, its middle `down` inches into the stretch."""
        self.figure.text(
            left / WIDTH,
            1 - (self.top + down) / self.height,
            text,
            fontsize=size,
            fontfamily=FAMILY,
            fontweight="bold" if bold else "normal",
            color=colour,
            ha=align,
            va="center",
            parse_math=False,
        )

    def write_on_white(self, text: str, left: float, down: float, align: Literal["left", "right"] = "left") -> None:
        """One line with the sheet's own colour behind it, where lines or hatching pass."""
        self.write(text, left, down, align)
        self.figure.texts[-1].set_bbox({"facecolor": LIGHT.page, "edgecolor": "none", "pad": 1.2})

    def sign(self, shape: str, colour: str, left: float, down: float) -> None:
        """A small sign beside a name."""
        at = ([left / WIDTH], [1 - (self.top + down) / self.height])
        self.figure.add_artist(Line2D(*at, marker=shape, color=colour, markersize=5.5, linestyle="none"))

    def square(self, colour: str, left: float, down: float, hatched: bool = False) -> None:
        """A square of a part's colour before its name."""
        wide, tall = 0.13 / WIDTH, 0.13 / self.height
        corner = (left / WIDTH - wide / 2, 1 - (self.top + down) / self.height - tall / 2)
        edge, hatch = (LIGHT.page, "///") if hatched else (colour, None)
        square = Rectangle(corner, wide, tall, facecolor=colour, edgecolor=edge, hatch=hatch, linewidth=0.5)
        self.figure.add_artist(square)

    def write_lines(self, lines: Sequence[str], left: float, down: float, size: float = LABEL) -> None:
        """Lines one below the other, the middle of the first `down` inches into the stretch."""
        for number, line in enumerate(lines):
            self.write(line, left, down + number * line_height(size), size=size)

    def _set(self, paragraphs: Iterable[Paragraph], top: float) -> None:
        down = top - self.top
        for one in paragraphs:
            for line in one.lines:
                self.write(line, EDGE, down + line_height(one.size) / 2, size=one.size, bold=one.bold)
                down += line_height(one.size)
            down += one.after
