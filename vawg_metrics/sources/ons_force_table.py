"""The rows of ONS table P1, recorded crime by force, region and nation, whichever layout they came in."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from vawg_metrics.areas import EAST_MIDLANDS, ENGLAND, ENGLAND_AND_WALES, LLR, NEIGHBOURING_FORCES, Area
from vawg_metrics.errors import Fault
from vawg_metrics.periods import Period, month_words
from vawg_metrics.sources.cells import Cell, count_in
from vawg_metrics.sources.contract import Fact, Ledger
from vawg_metrics.sources.ons_tables import MARKS, OFFENCES, label

SOURCE: Final = "ons_pfa"
KEPT_FORCES: Final = (LLR, *NEIGHBOURING_FORCES)
KEPT: Final = (*KEPT_FORCES, EAST_MIDLANDS, ENGLAND, ENGLAND_AND_WALES)
NAMES: Final[Mapping[str, Area]] = {"leicestershire": LLR} | {
    area.name.casefold(): area for area in KEPT if area is not LLR
}
_KEPT_CODES: Final = frozenset(area.code for area in KEPT)
# A force that supplied nothing is missing from these sums too. The East Midlands are made up of the five kept forces.
_NATIONS: Final = frozenset((ENGLAND.code, ENGLAND_AND_WALES.code))
_REGION_PARTS: Final = frozenset(area.code for area in KEPT_FORCES)
_UNCHANGED: Final = "Use the publisher's own file, unchanged."


@dataclass(slots=True)
class ForceTable:
    """The rows of table P1, one for each area and year, and what is wrong with them.

    Counts are offences recorded in twelve months, by the force that recorded them. England and Wales includes the
    British Transport Police. **A nation or region that leaves a force out is missing, not smaller**: Greater
    Manchester supplied nothing in late 2019, and the national rows of these editions are published without it.
    """

    file: str
    cells: dict[tuple[Area, Period], dict[str, Cell]] = field(default_factory=dict)
    unknown: dict[tuple[Period, str], set[str]] = field(default_factory=dict)
    kept: Counter[str] = field(default_factory=Counter)
    set_aside: Counter[str] = field(default_factory=Counter)
    rejected: set[str] = field(default_factory=set)
    faults: list[Fault] = field(default_factory=list)

    def reject(self, place: str, problem: str, repair: str = _UNCHANGED) -> None:
        self.rejected.add(place)
        self.faults.append(Fault(self.file, place, problem, repair))

    def add(self, place: str, code: str, name: str, year: Period, row: Mapping[str, str]) -> None:
        """Take in one row: the area's code, or its name where the layout gives no codes, and a text for each offence.

        Rows of areas that are not kept are read for what their force did not supply, and set aside.
        """
        area = NAMES.get(label(name).casefold())
        if (area and code not in ("", area.code)) or (not area and code in _KEPT_CODES):
            self.reject(place, f"{label(name)} carries the code {code}, which is not its own.")
            return
        counts: dict[str, Cell] = {}
        for offence in OFFENCES:
            try:
                counts[offence] = count_in(row.get(offence, ""), MARKS)
            except ValueError as error:
                self.reject(place, f"{offence}: {error}")
        if place in self.rejected:
            return
        for offence, (count, _) in counts.items():
            if count is None:
                self.unknown.setdefault((year, offence), set()).add(area.code if area else label(name))
        if area is None:
            self.set_aside["another force or region"] += 1
        elif (area, year) in self.cells:
            problem = f"{area.name} stands twice for the year ending {month_words(year.end)}."
            self.reject(place, problem, "Keep one of the two rows.")
        else:
            self.cells[area, year] = counts
            self.kept["LLR" if area is LLR else "comparators"] += 1

    def check_complete(self) -> None:
        """A fault for every kept area that has no row in a year that the table covers."""
        for year in sorted({year for _, year in self.cells}):
            absent = [area.name for area in KEPT if (area, year) not in self.cells]
            if absent:
                problem = f"no row gives {', '.join(absent)} for the year ending {month_words(year.end)}."
                self.faults.append(Fault(self.file, "", problem, "Give the whole table as published."))
        if not self.cells and not self.faults:
            self.faults.append(Fault(self.file, "", "there is a header and no row of figures.", _UNCHANGED))

    def facts(self) -> tuple[Fact, ...]:
        """A fact for every kept area, year and offence."""
        return tuple(self._facts())

    def _facts(self) -> Iterator[Fact]:
        for (area, year), counts in self.cells.items():
            for offence, (count, marker) in counts.items():
                unknown = self.unknown.get((year, offence), set())
                lacking = unknown if area.code in _NATIONS else unknown & _REGION_PARTS
                if area not in KEPT_FORCES and lacking:
                    count, marker = None, "missing"
                yield Fact(area.code, year.start, year.end, offence, "", count, marker)

    def ledger(self) -> Ledger:
        """Where each row went."""
        read = self.kept.total() + self.set_aside.total() + len(self.rejected)
        return Ledger(read, dict(self.kept), dict(self.set_aside), len(self.rejected))


def offence_texts(names: Sequence[str], row: Sequence[str]) -> Mapping[str, str]:
    """The text of each offence in a row, by its column's name."""
    return {name: text for name, text in zip(names, row, strict=False) if name in OFFENCES}


def covered(years: Iterable[Period]) -> Period | None:
    """From the first month of the first year to the last of the last; None without years."""
    found = sorted(years)
    return Period(found[0].start, max(year.end for year in found)) if found else None
