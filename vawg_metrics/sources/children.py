"""DfE children in need, table C3: factors identified at the end of a social-care assessment, by authority and year."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from vawg_metrics.areas import EAST_MIDLANDS, ENGLAND, UPPER_TIERS
from vawg_metrics.errors import Fault
from vawg_metrics.periods import Period, year_ending
from vawg_metrics.sources.cells import Cell, capped, cells_in, future_fault, misplaced
from vawg_metrics.sources.comparators import NEIGHBOURS, code_now
from vawg_metrics.sources.contract import Fact, FactMarker, Intake, Ledger, Reader
from vawg_metrics.sources.incoming import Incoming, column_faults

SOURCE: Final = "children_in_need"

# Domestic and sexual abuse, exploitation and female genital mutilation, and what they are counted out of. One
# assessment may name several factors, so that they do not add up to it.
ITEMS: Final = (
    "Episodes_with_assessment_factor",
    "Domestic_Abuse_child",
    "Domestic_Abuse_parent",
    "Domestic_Abuse_person",
    "Child_sexual_exploitation",
    "Sexual_Abuse_unknown",
    "Sexual_Abuse_child_on_child",
    "Sexual_Abuse_adult_on_child",
    "Female_Genital_Mutilation",
    "Child_criminal_exploitation",
)
_CODE_COLUMN: Final = {"National": "country_code", "Regional": "region_code", "Local authority": "new_la_code"}
_KEYS: Final = ("time_period", "time_identifier", "geographic_level", *_CODE_COLUMN.values(), "la_name")
COLUMNS: Final = (*_KEYS, *ITEMS)
KEPT: Final = frozenset(area.code for area in (*UPPER_TIERS, *NEIGHBOURS, ENGLAND, EAST_MIDLANDS))

# c: one to five, suppressed; x: not collected; z: not applicable; u: of low reliability.
MARKS: Final[Mapping[str, FactMarker]] = {
    "c": "suppressed",
    **dict.fromkeys(("x", "z", "u", "na", "n/a", ":", "..", ""), "missing"),
}
_UNCHANGED: Final = "Use the publisher's own file, unchanged."


def likeness(incoming: Incoming) -> float:
    """The share of the columns read here that the header has: its thirty others do not speak against it."""
    names = incoming.header[0].split(";") if len(incoming.header) == 1 else incoming.header
    return len({name.strip('" ') for name in names} & {*COLUMNS}) / len(COLUMNS)


@dataclass(slots=True)
class _Books:
    """The kept cells by area and year, and where each row went."""

    cells: dict[tuple[str, Period], dict[str, Cell]] = field(default_factory=dict)
    kept: Counter[str] = field(default_factory=Counter)
    set_aside: Counter[str] = field(default_factory=Counter)
    rejected: int = 0

    @property
    def ledger(self) -> Ledger:
        read_rows = self.kept.total() + self.set_aside.total() + self.rejected
        return Ledger(read_rows, dict(self.kept), dict(self.set_aside), self.rejected)


def read(incoming: Incoming) -> tuple[Intake, ...]:
    """Assessments with each factor, by upper-tier authority and year ending 31 March, as whole numbers.

    Items are the file's own column names, the part is empty. Authorities' figures are exact save those of one to
    five, which are suppressed; England's and the region's are rounded to 10. `Sexual_Abuse_unknown` is the one
    undivided column of sexual abuse before 2021; the divided ones are missing there. An authority of LLR without
    a row for a year of the file gets missing cells. Every fault of the file is in the intake.
    """
    books = _Books()
    faults = column_faults(incoming.name, incoming.header, COLUMNS)
    if not faults:
        faults = _read_rows(incoming, books)
    years = sorted({year for _, year in books.cells})
    for year in years:
        faults += future_fault(incoming.name, f"time_period {year.end[:4]}", year)
    if not years and not faults:
        faults.append(Fault(incoming.name, "", "there is no row for a place that is read here.", _UNCHANGED))
    present = date.today().isoformat()[:7]
    covers = Period(years[0].start, years[-1].end) if years else Period(present, present)
    edition = f"years ending March {years[0].end[:4]} to March {years[-1].end[:4]}" if years else "unknown"
    facts = tuple(_facts(books, years))
    held = {fact.area for fact in facts}
    places = tuple(area for area in NEIGHBOURS if area.code in held)
    return (Intake(SOURCE, edition, covers, facts, books.ledger, capped(faults), places),)


def _read_rows(incoming: Incoming, books: _Books) -> list[Fault]:
    """Put each row among the kept, the set aside or the rejected; the faults of the rejected."""
    faults: list[Fault] = []
    rows = incoming.rows()
    names = tuple(" ".join(name.split()) for name in next(rows))
    for number, cells in enumerate(rows, 2):
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) == len(names):
            problems = _place_row(books, {name: cell.strip() for name, cell in zip(names, cells, strict=True)})
        else:
            problems = [f"it has {len(cells)} cells, and the header {len(names)}."]
        books.rejected += bool(problems)
        faults += [Fault(incoming.name, f"row {number}", problem, _UNCHANGED) for problem in problems]
    return faults


def _place_row(books: _Books, row: Mapping[str, str]) -> list[str]:
    """Keep a row or set it aside, and return nothing; or return what is wrong with it."""
    wrong = list(_key_problems(row))
    if wrong:
        return wrong
    level, year = row["geographic_level"], year_ending(f"{row['time_period']}-03")
    area = code_now(row[_CODE_COLUMN[level]])
    if area not in KEPT:
        books.set_aside["other regions" if level == "Regional" else "other authorities"] += 1
        return []
    cells, problems = cells_in({item: row[item] for item in ITEMS}, MARKS)
    if problems:
        return [f"{item}: {problem}" for item, problem in problems]
    held = books.cells.setdefault((area, year), cells)
    if held != cells:
        return [f"{area} stands twice in {row['time_period']} with different figures."]
    if held is cells:
        books.kept[level] += 1
    else:
        books.set_aside["the same row twice"] += 1
    return []


def _key_problems(row: Mapping[str, str]) -> Iterator[str]:
    """What is wrong with a row's year, level and area code."""
    if not re.fullmatch(r"20\d\d", row["time_period"]):
        yield f"'{row['time_period']}' is not a year."
    if row["time_identifier"] != "Reporting year":
        yield f"'{row['time_identifier']}' is not the 'Reporting year' that ends in March."
    level = row["geographic_level"]
    if level not in _CODE_COLUMN:
        yield f"'{level}' is not one of the levels National, Regional, Local authority."
        return
    code = row[_CODE_COLUMN[level]]
    if not re.fullmatch(r"E\d{8}", code):
        yield f"'{code}' ({row['la_name']}) is not the code of an area."
    elif level == "Local authority" and (wrong := misplaced(row["la_name"], code)):
        yield wrong


def _facts(books: _Books, years: list[Period]) -> Iterator[Fact]:
    absent: dict[str, Cell] = dict.fromkeys(ITEMS, (None, "missing"))
    unknown = {(area.code, year): absent for area in UPPER_TIERS for year in years}
    for (area, year), cells in {**unknown, **books.cells}.items():
        for item, (count, marker) in cells.items():
            yield Fact(area, year.start, year.end, item, "", count, marker)


READERS: Final[tuple[Reader, ...]] = (Reader("DfE children in need, table C3", likeness, read),)
