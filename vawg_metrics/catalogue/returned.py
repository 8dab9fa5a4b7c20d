"""What partners are asked for: the lines of a return, and the register of who supplies which measures."""

from typing import Final, Literal

from pydantic.dataclasses import dataclass

from vawg_metrics.catalogue.registers import STRICT, Lines, Text

RETURNS: Final = "partner_returns"  # the source of every measure that partners supply
COMPUTED_LINES: Final = ("returns_due", "returns_met")  # counted from the register of returns, asked of nobody
Counts = Literal["people", "answers", "things", "pounds", "days"]


@dataclass(frozen=True, config=STRICT)
class Split:
    """One group of a line: the groups of a line add up to it."""

    id: Text
    label: Text


@dataclass(frozen=True, config=STRICT)
class Line:
    """One line that a partner fills in: what to count, once, for each area and each group.

    `counts` decides its protection: people and answers are rounded, things and pounds are exact, days (a median) are
    given to two figures and only where the line `guarded_by` counts enough cases. `part_of` names the line that this
    one is some of, so that the two are protected together.
    """

    id: Text
    label: Text
    counts: Counts
    part_of: Text = ""
    guarded_by: Text = ""
    groups: tuple[Split, ...] = ()

    @property
    def rounded(self) -> bool:
        """Whether its counts are of people, and so never published as they are."""
        return self.counts in ("people", "answers")


@dataclass(frozen=True, config=STRICT)
class Partner:
    """A kind of partner that sends returns: the measures it supplies, for which places, and by when.

    `areas` are names, all of LLR when empty. `agreed_from` is the first quarter that it has agreed to send
    (`2026-27 Q4`), empty while nothing is agreed: then nothing is due and nothing is late. `consents` says that it
    agreed to be the one that gives most of a published cell.
    """

    id: Text
    name: Text
    supplies: Lines
    areas: Lines = ()
    small: bool = False
    due_days: int = 30
    agreed_from: Text = ""
    consents: bool = False


@dataclass(frozen=True, config=STRICT)
class OpenTotal:
    """A count of a line that somebody else publishes exactly, so that readers know it: `start` and `end` are months."""

    line: Text
    area: Text
    start: Text
    end: Text
    count: int
    where: Text
    group: Text = ""


@dataclass(frozen=True, config=STRICT)
class ReturnRules:
    """The terms on which returns are taken: how long a supplier may object, and how long raw values are kept."""

    objection_working_days: int
    keep_months: int
    most_lines_small: int
    change_factor: int
