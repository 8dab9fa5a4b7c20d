"""Home Office arrests open data: people arrested by force, financial year, offence group and sex."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from vawg_metrics.errors import Fault
from vawg_metrics.periods import Period, quarter
from vawg_metrics.sources.cells import Cell, capped, future_fault
from vawg_metrics.sources.contract import Fact, Intake, Ledger, Reader
from vawg_metrics.sources.home_office_tables import (
    FORCES,
    KEPT_FORCES,
    LLR_FORCE,
    UNCHANGED,
    WHOLE,
    cell_of,
    force_of,
    likeness_to,
    tables_of,
)
from vawg_metrics.sources.home_office_tally import NO_TERRITORY, SUMMED, total
from vawg_metrics.sources.incoming import Incoming
from vawg_metrics.sources.place_tables import NOTHING_COVERED

SOURCE: Final = "home_office_arrests"
COLUMNS: Final = (
    "financial_year",
    "force_name",
    "offence_group",
    "ethnic_group",
    "age_group",
    "sex",
    "arrests",
    "year_ending",
)
ITEMS: Final = ("Sexual offences", "Violence against the person")
OTHER_GROUP: Final = "an offence group that is not used here"

# From April 2015 the groups are written with this before them; the two that are kept have the same name after it.
_SINCE_2015: Final = "2015/16 onwards - "


def likeness(incoming: Incoming) -> float:
    """How much the first table's header is that of the arrests table."""
    return likeness_to(incoming, COLUMNS)


def read(incoming: Incoming) -> tuple[Intake, ...]:
    """Arrests in a financial year (April to March), as whole numbers, summed over age and ethnic group.

    Items are the offence groups of ITEMS, parts the sex as published. An arrest is counted under the main offence,
    and one person may be arrested more than once. Areas are LLR, its four neighbours, and England and Wales as the
    sum of the 43 territorial forces in each year in which all of them have rows; the table has no British Transport
    Police. A sum with a missing part (NA, such as all of Lancashire in 2017/18) is missing. Groups were drawn anew
    in April 2015 and named with a prefix, which is removed; two forces use the new ones for 2014/15 already.
    """
    arrests = _Arrests(incoming.name)
    for table in tables_of(incoming, COLUMNS, arrests.faults):
        at = [table.names.index(name) for name in COLUMNS]
        for number, cells in table.numbered():
            if len(cells) > max(at):
                arrests.add(table.place(number), [cells[column] for column in at])
            else:
                problem = f"the row has {len(cells)} cells, and the header {len(table.names)}."
                arrests.reject(table.place(number), problem)
    arrests.check_rows()
    return (arrests.intake(),)


@dataclass(slots=True)
class _Arrests:
    """The cells by force, year, group and sex, and where each row went."""

    file: str
    cells: dict[tuple[str, Period, str, str], list[Cell]] = field(default_factory=dict)
    forces: dict[Period, set[str]] = field(default_factory=dict)
    seen: set[tuple[str, ...]] = field(default_factory=set)
    years: dict[str, Period | Fault] = field(default_factory=dict)
    kept: Counter[str] = field(default_factory=Counter)
    set_aside: Counter[str] = field(default_factory=Counter)
    rejected: int = 0
    faults: list[Fault] = field(default_factory=list)

    def reject(self, place: str, problem: str, repair: str = UNCHANGED) -> None:
        self.rejected += 1
        self.faults.append(Fault(self.file, place, problem, repair))

    def check_rows(self) -> None:
        """A fault for a file without rows, and for one that says nothing about Leicestershire."""
        if self.faults or any(LLR_FORCE in forces for forces in self.forces.values()):
            return
        problem = "no row is about Leicestershire." if self.forces else "there is a header and no row of figures."
        self.faults.append(Fault(self.file, "", problem, "Give the whole file as published."))

    def add(self, place: str, texts: list[str]) -> None:
        """Take in one row, its texts in the order of COLUMNS."""
        year_text, force_name, group_text, _, _, sex, count, ending = texts
        if year_text not in self.years:
            self.years[year_text] = self._year(place, year_text)
        year = self.years[year_text]
        if isinstance(year, Fault):
            return self.reject(place, year.problem, year.repair)
        if ending[:7] != year.end:
            return self.reject(place, f"the year {year_text} does not end on '{ending}'.")
        try:
            cell = cell_of(count)
        except ValueError as error:
            return self.reject(place, str(error))
        if cell[0] is not None and cell[0] < 0:
            return self.reject(place, f"{cell[0]} is a negative count.")
        force, group = force_of(force_name), group_text.removeprefix(_SINCE_2015)
        self.forces.setdefault(year, set()).add(force)
        if force not in FORCES or group not in ITEMS:
            self.set_aside[NO_TERRITORY if force not in FORCES else OTHER_GROUP] += 1
            return None
        key = (year_text, force, *texts[2:6])
        if key in self.seen:
            return self.reject(place, f"{force_name}, {', '.join(texts[2:6])} stands twice.", "Keep one of the rows.")
        self.seen.add(key)
        self.cells.setdefault((force, year, group, sex), []).append(cell)
        self.kept[_kept_as(force)] += 1
        return None

    def _year(self, place: str, text: str) -> Period | Fault:
        try:
            year = Period(quarter(text, 1).start, quarter(text, 4).end)
        except ValueError:
            return Fault(self.file, place, f"'{text}' is not a financial year.", "Years are written 2017/18.")
        late = future_fault(self.file, place, year)
        return late[0] if late else year

    def intake(self) -> Intake:
        """The intake of the file; without facts when anything is wrong."""
        covers = NOTHING_COVERED
        if self.forces:
            covers = Period(min(self.forces).start, max(year.end for year in self.forces))
        read = self.kept.total() + self.set_aside.total() + self.rejected
        ledger = Ledger(read, dict(self.kept), dict(self.set_aside), self.rejected)
        edition = f"arrests {min(self.forces).words()} to {max(self.forces).words()}" if self.forces else ""
        facts = () if self.faults else tuple(self._facts())
        return Intake(SOURCE, edition, covers, facts, ledger, capped(self.faults))

    def _facts(self) -> Iterator[Fact]:
        whole: dict[tuple[Period, str, str], list[Cell]] = {}
        for (force, year, group, sex), cells in self.cells.items():
            if force in KEPT_FORCES:
                yield Fact(KEPT_FORCES[force], year.start, year.end, group, sex, *total(cells))
            if self.forces[year] >= FORCES:
                whole.setdefault((year, group, sex), []).extend(cells)
        for (year, group, sex), cells in whole.items():
            yield Fact(WHOLE, year.start, year.end, group, sex, *total(cells))


def _kept_as(force: str) -> str:
    if force == LLR_FORCE:
        return "LLR"
    return "neighbouring forces" if force in KEPT_FORCES else SUMMED


READERS: Final[tuple[Reader, ...]] = (Reader("Home Office arrests", likeness, read),)
