"""What a chart shows before anything is drawn: one description, from which both the screen and the file are drawn.

A plan holds numbers, places and words, and no colour, pixel or library. What is not in the plan is drawn nowhere, so
screen and file cannot differ, and what may not be drawn (small quarters) is left out here, once.
"""

from dataclasses import dataclass
from typing import Literal

Role = Literal["chosen", "plain", "whole", "beside"]
Signal = Literal["", "concern", "improvement", "changed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What every chart has. A bare Plan draws nothing and says in `empty` why.

    `notes` belong to this drawing (gaps, hollow points, what is left out), `cautions` to the measure, `footer` says
    what was chosen, the source, the edition and the licence. Screens have their own words for the last two.
    """

    title: str
    subtitle: str
    alternative: str = ""
    notes: tuple[str, ...] = ()
    cautions: tuple[str, ...] = ()
    footer: tuple[str, ...] = ()
    empty: str = ""


@dataclass(frozen=True, slots=True)
class Scale:
    """The axis of values, zero always on it: its unit in words, its ends, and its ticks with their texts."""

    words: str
    low: float
    high: float
    ticks: tuple[tuple[float, str], ...]


@dataclass(frozen=True, slots=True)
class Span:
    """The axis of time. A place is a month number: month n lies from n to n + 1, and a period stands in the middle
    of its last month. `lines` are the starts of years, `ticks` places with their texts, of one line or two.
    """

    first: float
    last: float
    ticks: tuple[tuple[float, str], ...]
    lines: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Point:
    """One period of a line; `value` None is a gap. `hollow` is provisional or incomplete.

    A `crossed` point is incomplete: it stands alone and no line runs to it, for that would show a fall. `signal` says
    what an unusual point means; it is '' where a point is usual or was not judged.
    """

    place: float
    value: float | None
    text: str
    hollow: bool = False
    crossed: bool = False
    marked: bool = False
    signal: Signal = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A series of one area. `style` is its place among the areas asked for; `label` stands at `label_at`, if at all.

    A `calm` line is grey with every point marked, so that the unusual ones stand out.
    """

    name: str
    style: int
    points: tuple[Point, ...]
    label: tuple[str, ...] = ()
    label_at: float = 0.0
    calm: bool = False

    @property
    def joined(self) -> tuple[float | None, ...]:
        """The values that the line runs through, None where it is broken."""
        return tuple(None if point.crossed else point.value for point in self.points)

    @property
    def newest(self) -> Point | None:
        """The last point that has a value."""
        return next((point for point in reversed(self.points) if point.value is not None), None)


@dataclass(frozen=True, slots=True)
class Mark:
    """An upright line with a label above the chart: `row` 0 is nearest, a `leftward` label ends at its line."""

    place: float
    label: tuple[str, ...]
    dashed: bool = True
    row: int = 0
    leftward: bool = False


@dataclass(frozen=True, slots=True)
class Band:
    """A hatched stretch of time that nothing is held for; its label stands above its end."""

    first: float
    last: float
    label: Mark


@dataclass(frozen=True, slots=True)
class Label:
    """Words at a height: beside the newest point of all lines, or `inside` the chart from `place` on or `leftward`."""

    words: str
    place: float
    height: float
    inside: bool = False
    leftward: bool = False


@dataclass(frozen=True, slots=True)
class Range:
    """The usual range of a stretch of time: its mean and its ends, dotted where `provisional`, and their labels."""

    first: float
    last: float
    centre: float
    lower: float
    upper: float
    provisional: bool = False
    labels: tuple[Label, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TrendPlan(Plan):
    """Lines over time, with the usual ranges behind them where they are judged."""

    scale: Scale
    span: Span
    lines: tuple[Line, ...]
    marks: tuple[Mark, ...] = ()
    band: Band | None = None
    ranges: tuple[Range, ...] = ()

    @property
    def every_label(self) -> tuple[Label, ...]:
        """The labels of all ranges."""
        return tuple(label for one in self.ranges for label in one.labels)

    @property
    def every_mark(self) -> tuple[Mark, ...]:
        """The marks and the label of the band."""
        return (*self.marks, *((self.band.label,) if self.band else ()))

    @property
    def label_rows(self) -> int:
        """How many rows of labels stand above the chart."""
        return max((mark.row + len(mark.label) for mark in self.every_mark), default=0)


@dataclass(frozen=True, slots=True)
class Bar:
    """One lying bar: its name, its length (None when unknown), the text at its end, and what it is among the others.

    `low` and `high` are its 95 % limits in the unit that is drawn, where it has any.
    """

    name: str
    value: float | None
    text: str
    hover: str
    role: Role = "plain"
    style: int = 0
    low: float | None = None
    high: float | None = None

    @property
    def end(self) -> float:
        """Where all that is drawn of it ends, and its text begins."""
        return max(self.value or 0.0, self.high or 0.0, 0.0)

    @property
    def whisker(self) -> tuple[float, float] | None:
        """Its limits, where it has both."""
        return None if self.low is None or self.high is None else (self.low, self.high)


@dataclass(frozen=True, slots=True, kw_only=True)
class BarsPlan(Plan):
    """Lying bars in blocks with a space between them; `reference` is a bar whose value is a line across the first."""

    scale: Scale
    blocks: tuple[tuple[Bar, ...], ...]
    reference: Bar | None = None


@dataclass(frozen=True, slots=True)
class Stack:
    """One whole bar of 100 %: a share for each group, with a text for each."""

    name: str
    shares: tuple[float, ...]
    hovers: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StacksPlan(Plan):
    """Bars of 100 % by period, oldest first, of groups that add up."""

    groups: tuple[str, ...]
    stacks: tuple[Stack, ...]


@dataclass(frozen=True, slots=True)
class Shade:
    """One district on the map: its value (None when unknown), its step of the scale, its text and where that stands.

    `chosen` districts, those asked for by name, have a stronger outline.
    """

    code: str
    name: str
    value: float | None
    step: int | None
    text: str
    hover: str
    at: tuple[float, float]
    chosen: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class MapPlan(Plan):
    """Districts shaded by rate in five equal steps that begin at zero; `edges` are the six ends of the steps."""

    words: str
    edges: tuple[tuple[float, str], ...]
    shades: tuple[Shade, ...]

    @property
    def unknown(self) -> bool:
        """Whether any district has no value to be shaded by."""
        return any(shade.step is None for shade in self.shades)


def alone(plan: TrendPlan) -> bool:
    """Whether only one line of a trend has a name."""
    return sum(1 for line in plan.lines if line.label) == 1
