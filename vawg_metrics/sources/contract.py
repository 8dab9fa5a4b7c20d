"""What every reader gives back: facts, and a ledger whose books balance to the row."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from vawg_metrics.areas import Area
from vawg_metrics.errors import Fault
from vawg_metrics.periods import Period

if TYPE_CHECKING:
    from vawg_metrics.sources.incoming import Incoming

FactMarker = Literal["", "missing", "suppressed", "provisional", "revised", "protected", "overdue", "not_collected"]


@dataclass(frozen=True, order=True, slots=True)
class Fact:
    """One aggregate cell of a publisher's table.

    `item` says what is counted and `part` one slice of it (an outcome, a sex, a duty); a count that a
    publisher did not give is None with a marker, never zero. A cell that is absent is not held: a reader
    therefore writes a row for every (area, period, item) that its file covers, zeros included. Within such
    a cell an absent `part` means that none were counted.
    """

    area: str
    start: str
    end: str
    item: str
    part: str
    count: int | None
    marker: FactMarker = ""

    @property
    def key(self) -> tuple[str, str, str, str, str]:
        return (self.area, self.start, self.end, self.item, self.part)


@dataclass(frozen=True, slots=True)
class Ledger:
    """Where every row of a file went: rows read = kept + set aside + rejected.

    `kept` and `set_aside` say how many rows for which reason; the rejected rows are the faults, one each.
    """

    read: int
    kept: Mapping[str, int]
    set_aside: Mapping[str, int] = field(default_factory=dict)
    rejected: int = 0

    @property
    def balances(self) -> bool:
        return self.read == sum(self.kept.values()) + sum(self.set_aside.values()) + self.rejected


@dataclass(frozen=True, slots=True)
class Intake:
    """What one file gave to one source: its facts, its ledger, its faults, and the months that it covers."""

    source: str
    edition: str
    covers: Period
    facts: tuple[Fact, ...]
    ledger: Ledger
    faults: tuple[Fault, ...] = ()
    places: tuple[Area, ...] = ()
    documents: Mapping[str, bytes] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Reader:
    """How one layout is known by its content, and read.

    `likeness` looks at a file's content (never its name) and says from 0 to 1 how much it is this layout:
    a file whose columns were renamed is still recognised, and its fault named. The likest reader at or over
    0.6 takes the file. `read` gives one Intake for each source that the file feeds and reports every fault
    inside the Intake. Only a file that cannot be opened at all raises FaultsFound.
    """

    name: str
    likeness: Callable[["Incoming"], float]
    read: Callable[["Incoming"], tuple[Intake, ...]]
