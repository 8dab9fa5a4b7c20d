"""What a comparison of two editions finds: frozen, with no words of its own."""

from dataclasses import dataclass
from typing import Literal

from vawg_metrics.areas import Area
from vawg_metrics.catalogue.definitions import Indicator, Source
from vawg_metrics.catalogue.registers import RecordingChange
from vawg_metrics.figure import Figure
from vawg_metrics.periods import Period
from vawg_metrics.unusual import Unusual

State = Literal["unjudged", "usual", "flagged", "believed"]  # in this order


@dataclass(frozen=True, slots=True)
class Edition:
    """One of the two: the name and the day, YYYY-MM-DD, that it was frozen under, '' for the present; its figures'."""

    name: str
    day: str
    figures: str


@dataclass(frozen=True, slots=True)
class NewPeriod:
    """A period of a measure that the later edition knows and the earlier did not.

    `figure` is LLR's, `year_before` that of the same months a year earlier; None where there is none. `apart` says why
    the two may not be compared, where they may not.
    """

    indicator: Indicator
    period: Period
    figure: Figure | None = None
    year_before: Figure | None = None
    apart: str = ""


@dataclass(frozen=True, slots=True)
class Revision:
    """A figure whose count, whole, value or marker is another; None where an edition has none of that place."""

    indicator: Indicator
    before: Figure | None
    after: Figure | None
    why: tuple[str, ...] = ()

    @property
    def figure(self) -> Figure:
        """The later of the two."""
        found = self.after or self.before
        assert found is not None
        return found

    @property
    def numbers_differ(self) -> bool:
        """Whether more than the marker is another."""
        return self.before is None or self.after is None or numbers_of(self.before) != numbers_of(self.after)


@dataclass(frozen=True, slots=True)
class Judged:
    """How a series stood on a board: its state and, where it was judged, its newest point."""

    state: State
    point: Figure | None = None

    @property
    def side(self) -> int:
        """Above (1) or below (-1) where a rule is broken, else 0."""
        usual = self.point.usual if self.point else None
        return usual.side if usual and self.state in ("flagged", "believed") else 0


@dataclass(frozen=True, slots=True)
class SignalChange:
    """A series that stands otherwise on the later board than on the earlier."""

    indicator: Indicator
    area: Area
    before: Judged
    after: Judged


@dataclass(frozen=True, slots=True)
class Late:
    """A period of a measure that became overdue, missing or not collected, for how many of how many places."""

    indicator: Indicator
    period: Period
    marker: str
    places: int
    of: int


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One part of a definition: its name in words, and what it said before and after."""

    words: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class DefinitionChange:
    """A definition that was added, changed, retired, or is gone from the catalogue."""

    indicator: Indicator
    kind: Literal["added", "changed", "retired", "gone"]
    fields: tuple[FieldChange, ...] = ()


@dataclass(frozen=True, slots=True)
class Registered:
    """A recording change that the later register has: new in it, or worded otherwise there."""

    change: RecordingChange
    new: bool


@dataclass(frozen=True, slots=True)
class HeldChange:
    """A measure that became held or is no longer held; with `periods` only these are no longer known."""

    indicator: Indicator
    held: bool
    periods: tuple[Period, ...] = ()


@dataclass(frozen=True, slots=True)
class Parked:
    """A question that was kept for the next meeting: on which screen, and who could answer it."""

    question: str
    screen: str
    who: str


@dataclass(frozen=True, slots=True)
class Repeat:
    """A source whose new period has, in each of so many figures, the count of an earlier period."""

    source: Source
    period: Period
    like: Period
    figures: int


@dataclass(frozen=True)
class Changes:
    """All that differs between two editions, each part in the order of the catalogue.

    Figures are compared at the period that each measure is published by: `followed` is how many longer periods changed
    only because the periods that they are formed from did. Limits, notes and usual ranges are never compared: they
    move with every new month.
    """

    before: Edition
    after: Edition
    sources: tuple[Source, ...]
    periods: tuple[NewPeriod, ...]
    revisions: tuple[Revision, ...]
    followed: int
    signals: tuple[SignalChange, ...]
    board: Unusual
    late: tuple[Late, ...]
    definitions: tuple[DefinitionChange, ...]
    registered: tuple[Registered, ...]
    holdings: tuple[HeldChange, ...]
    parked: tuple[Parked, ...]
    parked_unread: bool
    repeats: tuple[Repeat, ...]


def numbers_of(figure: Figure) -> tuple[int | None, int | None, float | None]:
    """What a figure counts and comes to, its value to nine digits: a sum may be added up in another order."""
    value = None if figure.value is None else float(f"{figure.value:.9g}")
    return figure.numerator, figure.denominator, value
