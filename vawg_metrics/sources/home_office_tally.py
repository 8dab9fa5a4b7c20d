"""The rows of a Home Office table by place, quarter and offence code: counted, checked, made into facts."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from vawg_metrics.errors import Fault
from vawg_metrics.periods import Period, quarter
from vawg_metrics.sources.cells import Cell, capped, future_fault
from vawg_metrics.sources.contract import Fact, Intake, Ledger
from vawg_metrics.sources.home_office_offences import is_used
from vawg_metrics.sources.home_office_tables import (
    FORCES,
    KEPT_FORCES,
    LLR_FORCE,
    UNCHANGED,
    WHOLE,
    cell_of,
    tables_of,
)
from vawg_metrics.sources.incoming import Incoming
from vawg_metrics.sources.place_tables import NOTHING_COVERED

NOT_USED: Final = "an offence that is not used here"
NO_TERRITORY: Final = "not a territorial force, such as British Transport Police or Action Fraud"
SUMMED: Final = "other forces, summed into England and Wales"
NOT_SUMMED: Final = "other forces, in a quarter that lacks some of the 43"


class QuarterRow(NamedTuple):
    """One row: where it stands, its quarter, its count, and its texts in the order of the columns asked for."""

    place: str
    period: Period
    cell: Cell
    texts: Sequence[str]


@dataclass(slots=True)
class Tally:
    """What the rows of one file say so far: by quarter, by place and offence code, a count for each part."""

    file: str
    cells: dict[Period, dict[tuple[str, str], dict[str, Cell]]] = field(default_factory=dict)
    codes: dict[Period, set[str]] = field(default_factory=dict)
    places: dict[Period, set[str]] = field(default_factory=dict)
    summed: Counter[Period] = field(default_factory=Counter)
    kept: Counter[str] = field(default_factory=Counter)
    set_aside: Counter[str] = field(default_factory=Counter)
    rejected: int = 0
    faults: list[Fault] = field(default_factory=list)
    _quarters: dict[tuple[str, str], Period | Fault] = field(default_factory=dict)
    _used: dict[tuple[str, str, str], bool] = field(default_factory=dict)

    def reject(self, place: str, problem: str, repair: str = UNCHANGED) -> None:
        """Count a row as rejected and say what is wrong with it."""
        self.rejected += 1
        self.faults.append(Fault(self.file, place, problem, repair))

    def quarter(self, place: str, year: str, number: str) -> Period | None:
        """The quarter that a row is about; None, and the row rejected, when there is none such or it is to come."""
        key = (year, number)
        if key not in self._quarters:
            self._quarters[key] = self._quarter_or_fault(place, year, number)
        found = self._quarters[key]
        if isinstance(found, Fault):
            self.reject(place, found.problem, found.repair)
            return None
        return found

    def _quarter_or_fault(self, place: str, year: str, number: str) -> Period | Fault:
        digit = number.strip().upper().removeprefix("Q")
        try:
            period = quarter(year, int(digit) if digit.isdecimal() else 0)
        except ValueError:
            problem = f"financial year '{year}', quarter '{number}' is not a quarter."
            return Fault(self.file, place, problem, "Quarters are 1 to 4 of years written 2018/19.")
        late = future_fault(self.file, place, period)
        return late[0] if late else period

    def rows(self, incoming: Incoming, columns: Sequence[str], counted: str) -> Iterator[QuarterRow]:
        """The rows of a file's tables with a quarter and a count that can be read; the others are rejected.

        `columns` begin with the financial year and the quarter; `counted` is the column of the count.
        """
        for table in tables_of(incoming, columns, self.faults):
            at = [table.names.index(name) for name in columns]
            count = columns.index(counted)
            for number, cells in table.numbered():
                place = table.place(number)
                if len(cells) <= max(at):
                    self.reject(place, f"the row has {len(cells)} cells, and the header {len(table.names)}.")
                    continue
                texts = [cells[column] for column in at]
                period = self.quarter(place, texts[0], texts[1])
                if period is None:
                    continue
                try:
                    cell = cell_of(texts[count])
                except ValueError as error:
                    self.reject(place, str(error))
                else:
                    yield QuarterRow(place, period, cell, texts)

    def uses(self, period: Period, code: str, group: str, description: str) -> bool:
        """Whether the row's offence is used; otherwise the row is set aside."""
        key = (code, group, description)
        if key not in self._used:
            self._used[key] = is_used(*key)
        if self._used[key]:
            self.codes.setdefault(period, set()).add(code)
        else:
            self.set_aside[NOT_USED] += 1
        return self._used[key]

    def add(self, row: QuarterRow, place: str, code: str, part: str = "") -> bool:
        """Hold a row's count; one that stands there already rejects the row."""
        parts = self.cells.setdefault(row.period, {}).setdefault((place, code), {})
        if part in parts:
            what = f"{place}, {row.period.words()}, offence {code}" + (f", outcome {part}" if part else "")
            self.reject(row.place, f"{what} stands twice.", "Keep one of the two rows.")
            return False
        parts[part] = row.cell
        return True

    def add_of_force(self, row: QuarterRow, force: str, code: str, part: str = "") -> None:
        """Hold a force's count: the kept ones for themselves, the other territorial ones for England and Wales."""
        if force not in FORCES:
            self.set_aside[NO_TERRITORY] += 1
        elif self.add(row, force, code, part):
            if force in KEPT_FORCES:
                self.kept["LLR" if force == LLR_FORCE else "neighbouring forces"] += 1
            else:
                self.summed[row.period] += 1

    def check_rows(self, needed: str = "") -> None:
        """A fault for a file without rows, and for one that never names the place that is needed."""
        if self.faults:
            return
        if not self.places:
            self.faults.append(Fault(self.file, "", "there is a header and no row of figures.", UNCHANGED))
        elif needed and not any(needed in places for places in self.places.values()):
            problem = f"no row is about {needed.capitalize()}."
            self.faults.append(Fault(self.file, "", problem, "Give the whole file as published."))

    def complete(self, period: Period) -> bool:
        """Whether all 43 territorial forces have rows in the quarter."""
        return self.places.get(period, set()) >= FORCES

    def facts_of_forces(self, nothing: str = "") -> tuple[Fact, ...]:
        """Facts of the kept forces, and of England and Wales in each quarter in which all 43 forces have rows.

        A force with rows in a quarter and none for an offence that the quarter holds recorded none: a zero, under
        the part `nothing`.
        """
        return tuple(
            fact
            for period in self.places
            for fact in (
                *self.facts_of_places(period, KEPT_FORCES, nothing),
                *(self._whole_facts(period, nothing) if self.complete(period) else ()),
            )
        )

    def facts_of_places(self, period: Period, areas: Mapping[str, str], nothing: str = "") -> Iterator[Fact]:
        """Facts of the places with rows in a quarter, by their area's code."""
        counts = self.cells.get(period, {})
        for place in areas.keys() & self.places[period]:
            for code in self.codes.get(period, ()):
                for part, (count, marker) in (counts.get((place, code)) or {nothing: (0, "")}).items():
                    yield Fact(areas[place], period.start, period.end, code, part, count, marker)

    def _whole_facts(self, period: Period, nothing: str) -> Iterator[Fact]:
        sums: dict[tuple[str, str], list[Cell]] = {}
        for (_, code), parts in self.cells.get(period, {}).items():
            for part, cell in parts.items():
                sums.setdefault((code, part), []).append(cell)
        for code in self.codes.get(period, set()) - {code for code, _ in sums}:
            sums[code, nothing] = []
        for (code, part), cells in sums.items():
            yield Fact(WHOLE, period.start, period.end, code, part, *total(cells))

    def intake(self, source: str, edition: str, facts: Iterable[Fact]) -> Intake:
        """The intake of the file; without facts when anything is wrong. `edition` is completed with the period."""
        for period, rows in self.summed.items():
            if self.complete(period):
                self.kept[SUMMED] += rows
            else:
                self.set_aside[NOT_SUMMED] += rows
        covers = NOTHING_COVERED
        if self.places:
            covers = Period(min(self.places).start, max(period.end for period in self.places))
        read = self.kept.total() + self.set_aside.total() + self.rejected
        ledger = Ledger(read, dict(self.kept), dict(self.set_aside), self.rejected)
        words = f"{edition} {covers.words()}" if self.places else ""
        return Intake(source, words, covers, () if self.faults else tuple(facts), ledger, capped(self.faults))


def total(cells: Iterable[Cell]) -> Cell:
    """The sum of counts, unknown when any of them is."""
    found = list(cells)
    if any(count is None for count, _ in found):
        return None, "missing"
    return sum(count or 0 for count, _ in found), ""
