"""What a check found, as a person reads it and as a program does."""

import json
from dataclasses import dataclass, field
from typing import Final

from vawg_metrics.returns.contract import Return
from vawg_metrics.returns.faults import ReturnFault

STOPPED: Final = (
    "The check was stopped: the file has cells or columns that look like a person, or a note about one. Nothing of "
    "them was kept or repeated. Delete them, look through the rest of the file, and check it again. If the file was "
    "sent to anyone by ordinary e-mail, tell the data steward and your data protection officer now."
)


@dataclass(frozen=True, slots=True)
class Checked:
    """A return as values where nothing is wrong with it, else None and every fault in the order of its place.

    `partner_id` and `quarter` (`2026-27 Q2`) are those that the file names, '' where it names none that is known.
    """

    return_: Return | None
    faults: tuple[ReturnFault, ...]
    partner_id: str = ""
    quarter: str = ""
    allowed: frozenset[str] = field(default=frozenset(), repr=False, compare=False)  # words of the template, folded

    @property
    def accepted(self) -> bool:
        """Whether nothing is wrong, so that the return may be accepted."""
        return self.return_ is not None

    @property
    def stopped(self) -> bool:
        """Whether something looks like a person, so that nothing else was looked at."""
        return any(fault.kind == "person" for fault in self.faults)

    @property
    def advice(self) -> str:
        """What to do first, in a sentence or a few."""
        if self.accepted:
            return "Nothing is wrong. Send the return as agreed with the data steward, never by ordinary e-mail."
        if self.stopped:
            return STOPPED
        things = "1 thing is" if len(self.faults) == 1 else f"{len(self.faults):,} things are"
        return f"{things} to be mended. Mend them in your own file, save it and check it again."

    def as_text(self) -> str:
        """The advice, then one paragraph for each fault: place, what is wrong, how to mend it."""
        return "\n".join([self.advice, *(f"{fault}" for fault in self.faults)])

    def as_json(self) -> str:
        """The same as JSON, whose keys stay as they are.

        `accepted` and `stopped` (true or false), `partner` and `quarter` (text, or null), `advice` (text), `faults`: a
        list of `sheet`, `row` (from 1; null for a whole sheet or file), `column` (its letter and name, or null),
        `kind`, `problem`, `repair`.
        """
        faults = [
            {
                "sheet": one.sheet,
                "row": one.row or None,
                "column": one.column or None,
                "kind": one.kind,
                "problem": one.problem,
                "repair": one.repair,
            }
            for one in self.faults
        ]
        whole = {
            "accepted": self.accepted,
            "stopped": self.stopped,
            "partner": self.partner_id or None,
            "quarter": self.quarter or None,
            "advice": self.advice,
            "faults": faults,
        }
        return json.dumps(whole, ensure_ascii=False, indent=2)
