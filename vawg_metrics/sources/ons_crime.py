"""ONS police force area data, table C2: recorded crime by Community Safety Partnership (CSP) in one year."""

import csv
import io
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from vawg_metrics.areas import DISTRICTS, LLR
from vawg_metrics.errors import Fault
from vawg_metrics.periods import month_words
from vawg_metrics.sources.cells import Cell, capped, count_in, future_fault
from vawg_metrics.sources.contract import Intake, Ledger, Reader
from vawg_metrics.sources.incoming import Incoming, column_faults
from vawg_metrics.sources.incoming import likeness as likeness_of
from vawg_metrics.sources.ons_csp_places import PartnershipRow, facts_of, partnership_row, places_of
from vawg_metrics.sources.ons_tables import MARKS, OFFENCES, cell_text, header_fault, header_in, year_above
from vawg_metrics.sources.place_tables import NOTHING_COVERED

SOURCE: Final = "ons_csp"
PLACE_COLUMNS: Final = (
    "Police Force Area code",
    "Police Force Area name",
    "Community Safety Partnership code",
    "Community Safety Partnership name",
    "Local Authority code",
    "Local Authority name",
)
COLUMNS: Final = (*PLACE_COLUMNS, *OFFENCES)
UNCODED: Final = "a place without a code, counted in its force only"

_KEPT_AS: Final[Mapping[str, str]] = {
    "force": "police force",
    "partnership": "community safety partnership",
    "unassigned": "no district recorded, by force",
}
_DISTRICT_CODES: Final = frozenset(area.code for area in DISTRICTS)
_UNCHANGED: Final = "Use the publisher's own file, unchanged."
_BYTES_LOOKED_AT: Final = 16 * 1024


def likeness(incoming: Incoming) -> float:
    """Whether a table's title is that of C2, or a row near its top holds the column names."""
    if incoming.kind != "table":
        return 0.0
    top = incoming.data[:_BYTES_LOOKED_AT].decode("utf-8", errors="ignore")
    title = " ".join(top[:400].split()).casefold()
    if "community safety partnership area" in title and "police recorded crimes" in title:
        return 0.95
    rows = [row for _, row in zip(range(25), csv.reader(io.StringIO(top, newline="")), strict=False)]
    header = header_in(rows, COLUMNS)
    return likeness_of(set(header[1]) & set(COLUMNS), COLUMNS) if header else 0.0


def read(incoming: Incoming) -> tuple[Intake, ...]:
    """Table C2 as a csv; see `read_partnerships`."""
    return (read_partnerships(incoming.name, list(incoming.rows())),)


def read_partnerships(file: str, rows: Sequence[Sequence[object]], sheet: str = "") -> Intake:
    """Offences recorded in the twelve months named by the title, as whole numbers, by place.

    Items are the offences of OFFENCES under their published names; the part is empty. A CSP that covers exactly one
    local authority has that authority's code, others their own CSP code; `ons_csp_places` says more. Offences that a
    force could not place stand under `<force code>-none`. England and Wales is the sum of its 43 territorial forces;
    the table has no row for it, none for the British Transport Police, and none for the City of London police, whose
    only CSP stands for it. Every column of a force must be the sum of its CSPs and of what it could not place;
    otherwise that is a fault. Rows are grouped by the force's name: in the edition of June 2025 two rows carry
    another force's code (Unassigned Gwent and unassigned Surrey, the latter without counts: missing).
    """
    table = _Table(file, sheet)
    texts = [[cell_text(cell) for cell in row] for row in rows]
    header = header_in(texts, COLUMNS)
    year = year_above(texts, header[0] if header else 10)
    if header is None:
        table.faults.append(header_fault(file, sheet, texts, PLACE_COLUMNS[0]))
    else:
        table.faults += column_faults(file, [name for name in header[1] if name], COLUMNS, table.place(header[0] + 1))
        if not table.faults:
            table.read(texts, *header)
    if year is None:
        problem = "the title names no period such as 'year ending June 2025'."
        table.faults.append(Fault(file, sheet, problem, "Keep the publisher's title above the table."))
        year = NOTHING_COVERED
    table.faults += future_fault(file, sheet, year)
    edition = f"year ending {month_words(year.end)}"
    facts = () if table.faults else facts_of(table.rows, year)
    places = () if table.faults else places_of(table.rows)
    return Intake(SOURCE, edition, year, facts, table.ledger(), capped(table.faults), places)


@dataclass(slots=True)
class _Table:
    """The rows of table C2 as they are read, with what is wrong with them."""

    file: str
    sheet: str
    rows: list[PartnershipRow] = field(default_factory=list)
    rejected: set[int] = field(default_factory=set)
    faults: list[Fault] = field(default_factory=list)

    def place(self, number: int) -> str:
        """How a person finds a row."""
        return f"{self.sheet}, row {number}" if self.sheet else f"row {number}"

    def reject(self, number: int, problem: str, repair: str = _UNCHANGED) -> None:
        self.rejected.add(number)
        self.faults.append(Fault(self.file, self.place(number), problem, repair))

    def read(self, texts: Sequence[Sequence[str]], header: int, names: Sequence[str]) -> None:
        """Read every row below the header and look for what does not fit."""
        where = {name: column for column, name in enumerate(names) if name}
        offences = {name: column for name, column in where.items() if name not in PLACE_COLUMNS}
        for number, cells in enumerate(texts[header + 1 :], header + 2):
            if sum(bool(cell) for cell in cells) < 2:  # empty, or a note below the table
                continue
            padded = [*cells, *[""] * (len(names) - len(cells))]
            places = [" ".join(padded[where[name]].split()) for name in PLACE_COLUMNS]
            counts = {name: self._count(number, name, padded[column]) for name, column in offences.items()}
            self.rows.append(partnership_row(number, places, counts))
        if not self.rows:
            self.faults.append(Fault(self.file, self.sheet, "there is a header and no row of figures.", _UNCHANGED))
        elif LLR.code not in {row.force_code for row in self.rows}:
            problem = f"no row is about Leicestershire ({LLR.code})."
            self.faults.append(Fault(self.file, self.sheet, problem, "Give the whole file as published."))
        self._check_forces()
        self._check_places()

    def _count(self, number: int, offence: str, text: str) -> Cell:
        try:
            return count_in(text, MARKS)
        except ValueError as error:
            self.reject(number, f"{offence}: {error}")
            return None, "missing"

    def _check_forces(self) -> None:
        """Each force has one row of its own, or one CSP alone, and its parts add up to it in every column."""
        forces: dict[str, list[PartnershipRow]] = {}
        for row in self.rows:
            forces.setdefault(row.force, []).append(row)
        for force, rows in forces.items():
            wholes = [row for row in rows if row.kind == "force"]
            if len(wholes) > 1 or (not wholes and len(rows) > 1):
                problem = f"{force} has {len(wholes) or 'no'} rows for the force as a whole."
                self.reject(rows[0].number, problem)
            elif wholes:
                parts = [row for row in rows if row is not wholes[0]]
                self._check_sums(wholes[0], parts)

    def _check_sums(self, whole: PartnershipRow, parts: Sequence[PartnershipRow]) -> None:
        for offence, (total, _) in whole.counts.items():
            counts = [row.counts[offence][0] for row in parts]
            known = sum(count for count in counts if count is not None)
            if total is None or (known == total) or (None in counts and known < total):
                continue
            problem = f"{offence}: {whole.force} has {total:,}, and its partnerships and Unassigned add to {known:,}."
            self.faults.append(Fault(self.file, self.place(whole.number), problem, "Correct the row that differs."))

    def _check_places(self) -> None:
        """No place stands twice, and the districts of LLR stand under their force, and nothing else does."""
        force_codes = {row.force: row.force_code for row in self.rows if row.kind == "force"}
        seen: dict[str, int] = {}
        for row in self.rows:
            own = row.kind if row.kind == "uncoded" else row.csp_code or f"{row.force} {row.kind}"
            if own != "uncoded" and own in seen:
                self.reject(row.number, f"{row.name} stands in row {seen[own]} already.", "Keep one of the two rows.")
            seen.setdefault(own, row.number)
            inside = force_codes.get(row.force, row.force_code) == LLR.code
            if row.kind in ("partnership", "uncoded") and inside != (row.authority_code in _DISTRICT_CODES):
                problem = f"{row.name} ({row.authority_code or 'no code'}) stands under the force {row.force}."
                self.reject(row.number, problem, "Only the nine districts of LLR belong to Leicestershire.")

    def ledger(self) -> Ledger:
        """Where each row of the table went."""
        kinds = Counter(row.kind for row in self.rows if row.number not in self.rejected)
        uncoded = kinds.pop("uncoded", 0)
        kept = {_KEPT_AS[kind]: rows for kind, rows in kinds.items()}
        return Ledger(len(self.rows), kept, {UNCODED: uncoded} if uncoded else {}, len(self.rejected))


READERS: Final[tuple[Reader, ...]] = (Reader("ONS table C2, crime by community safety partnership", likeness, read),)
