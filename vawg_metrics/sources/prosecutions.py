"""Crown Prosecution Service: outcomes of prosecutions by CPS area, month and principal offence category."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from typing import Final

from vawg_metrics.areas import ENGLAND_AND_WALES, LLR, NEIGHBOURING_FORCES, Area
from vawg_metrics.errors import Fault
from vawg_metrics.periods import Period, month_number, month_words
from vawg_metrics.sources.contract import Fact, FactMarker, Intake, Ledger, Reader
from vawg_metrics.sources.incoming import Incoming, column_faults, likeness, whole_number

SOURCE: Final = "cps_outcomes"
PARTS: Final = ("convictions", "unsuccessful")
COLUMNS: Final = ("month", "cps_area", "principal_offence_category", *PARTS)
MOST_FAULTS: Final = 50
FIRST_MONTH: Final = "2014-01"
AS_PUBLISHED: Final = "Use the file as it was published."

ADMINISTRATIVE: Final = "Admin Finalised"
CATEGORIES: Final = (
    ADMINISTRATIVE,
    "All Other Offences (excluding Motoring)",
    "Burglary",
    "Criminal Damage",
    "Drugs Offences",
    "Fraud And Forgery",
    "Homicide",
    "Motoring Offences",
    "Offences Against The Person",
    "Public Order Offences",
    "Robbery",
    "Sexual Offences",
    "Theft And Handling",
)
NATIONAL: Final = "National"
_CPS_AREAS: Final = """
Avon and Somerset; Bedfordshire; Cambridgeshire; Cheshire; Cleveland; Cumbria; Derbyshire; Devon and Cornwall;
Dorset; Durham; Dyfed Powys; Essex; Gloucestershire; Greater Manchester; Gwent; Hampshire; Hertfordshire;
Humberside; Kent; Lancashire; Leicestershire; Lincolnshire; Merseyside; Metropolitan and City; Norfolk;
North Wales; North Yorkshire; Northamptonshire; Northumbria; Nottinghamshire; South Wales; South Yorkshire;
Staffordshire; Suffolk; Surrey; Sussex; Thames Valley; Warwickshire; West Mercia; West Midlands; West Yorkshire;
Wiltshire; National
"""
CPS_AREAS: Final = tuple(name.strip() for name in _CPS_AREAS.split(";"))
# `National` is the sum of the 42 areas in every cell, so it is taken as published and never added to them.
COMPARED: Final[dict[str, Area]] = {
    "Leicestershire": LLR,
    **{area.name: area for area in NEIGHBOURING_FORCES},
    NATIONAL: ENGLAND_AND_WALES,
}
_MARKERS: Final[dict[str, FactMarker]] = {
    **dict.fromkeys(("", "..", "-", "[x]", "x", "z", "na", "n/a"), "missing"),
    **dict.fromkeys(("c", "[c]", "*", "suppressed"), "suppressed"),
}

Cell = tuple[int | None, FactMarker]


def _folded(name: str) -> str:
    return re.sub(r"[\s-]+", "", name).casefold()


_AREA_NAMES: Final = {_folded(name): name for name in CPS_AREAS}  # the files also write `GreaterManchester`
_CATEGORY_NAMES: Final = {_folded(name): name for name in CATEGORIES}


@dataclass(frozen=True, slots=True)
class _Row:
    """One row that was understood."""

    month: str
    area: str
    category: str
    cells: tuple[Cell, ...]


class _Refused(Exception):
    """What is wrong with one row: each problem with its repair."""

    def __init__(self, problems: Sequence[tuple[str, str]]) -> None:
        super().__init__(problems)
        self.problems = problems


def likeness_of(incoming: Incoming) -> float:
    """How much a table has the columns of the CPS case outcomes by area and month."""
    return likeness(incoming.header, COLUMNS)


def read(incoming: Incoming) -> tuple[Intake, ...]:
    """Read the monthly case outcomes into one Intake.

    Facts: LLR (CPS area Leicestershire), the four neighbouring areas, and England and Wales (the file's `National`)
    x month x item = principal offence category x part "convictions" or "unsuccessful". Counts are defendants whose
    prosecution was finalised in the month, of all sexes, by the offence they were principally prosecuted for at the
    end. Months that the file leaves out stay out.

    An empty cell: `Admin Finalised` has no number of convictions in any area or month, while a zero elsewhere is
    written 0.0. A case closed administratively cannot end in conviction (it counts as unsuccessful), so this cell is
    a true zero; an empty cell in any other category is a number that was not given.
    """
    faults = column_faults(incoming.name, incoming.header, COLUMNS)
    if faults:
        return (_intake(incoming.name, {}, 0, Counter(), faults, 0),)
    places = [incoming.header.index(name) for name in COLUMNS]
    seen: dict[tuple[str, str, str], _Row] = {}
    read_rows, rejected, aside = 0, 0, Counter[str]()
    for number, cells in enumerate(incoming.rows(), 1):
        if number == 1 or not any(cell.strip() for cell in cells):
            continue
        read_rows += 1
        try:
            row = _understood(cells, places, len(incoming.header))
            first = seen.setdefault((row.month, row.area, row.category), row)
            if first.cells != row.cells:
                problem = f"{row.area}, {row.category}, {row.month} stands twice with different numbers."
                raise _Refused([(problem, "Keep the right row.")])
        except _Refused as refused:
            rejected += 1
            faults += [Fault(incoming.name, f"row {number}", *problem) for problem in refused.problems]
            continue
        if first is not row:
            aside["the same row again"] += 1
        elif row.area not in COMPARED:
            aside["area not compared"] += 1
    if not read_rows:
        faults.append(Fault(incoming.name, "row 1", "there is a header and no data below it.", AS_PUBLISHED))
    return (_intake(incoming.name, seen, read_rows, aside, faults, rejected),)


def _understood(cells: Sequence[str], places: Sequence[int], width: int) -> _Row:
    """One row with its words and numbers judged; _Refused with everything that is wrong."""
    if len(cells) != width:
        raise _Refused([(f"the row has {len(cells)} columns, the header {width}.", AS_PUBLISHED)])
    month, area_text, category_text, *counts = (cells[place].strip() for place in places)
    problems = []
    if problem := _month_problem(month):
        problems.append((problem, AS_PUBLISHED))
    area, category = _AREA_NAMES.get(_folded(area_text)), _CATEGORY_NAMES.get(_folded(category_text))
    if area is None:
        problems.append(_unknown("CPS area", area_text, CPS_AREAS))
    if category is None:
        problems.append(_unknown("principal offence category", category_text, CATEGORIES))
    understood = []
    for part, text in zip(PARTS, counts, strict=True):
        cell = _cell(text, never=category == ADMINISTRATIVE and part == "convictions")
        if cell is None:
            problems.append((f"the number of {part} is '{text[:40]}', which is not a count.", AS_PUBLISHED))
        else:
            understood.append(cell)
    if problems or area is None or category is None:
        raise _Refused(problems)
    return _Row(month, area, category, tuple(understood))


def _month_problem(month: str) -> str:
    """What is wrong with a month, or nothing."""
    try:
        month_number(month)
    except ValueError:
        return f"the month '{month[:40]}' is not a month written YYYY-MM."
    return f"the month {month} lies in the future." if month > f"{date.today():%Y-%m}" else ""


def _unknown(what: str, text: str, known: Sequence[str]) -> tuple[str, str]:
    """The problem and the repair for a word that the publisher does not use."""
    near = get_close_matches(text, known, 1, 0.6)
    return f"the {what} '{text[:60]}' is unknown.", f"Did it read '{near[0]}'?" if near else AS_PUBLISHED


def _cell(text: str, never: bool) -> Cell | None:
    """A count and its marker; None when the text is neither. `never` says that there can be nothing to count."""
    if not text and never:
        return 0, ""
    if marker := _MARKERS.get(text.casefold()):
        return None, marker
    try:
        count = whole_number(text)
    except (ValueError, OverflowError):
        return None
    return (count, "") if count >= 0 else None


def _intake(
    name: str,
    rows: dict[tuple[str, str, str], _Row],
    read_rows: int,
    aside: Counter[str],
    faults: Sequence[Fault],
    rejected: int,
) -> Intake:
    """The facts of the areas that are compared, and where every row went."""
    kept: Counter[str] = Counter()
    facts = []
    for row in rows.values():
        if row.area not in COMPARED:
            continue
        area = COMPARED[row.area]
        kept["LLR" if area is LLR else "comparator"] += 1
        for part, (count, marker) in zip(PARTS, row.cells, strict=True):
            facts.append(Fact(area.code, row.month, row.month, row.category, part, count, marker))
    months = [row.month for row in rows.values()] or [FIRST_MONTH]
    covers = Period(min(months), max(months))
    edition = f"Crown Prosecution Service case outcomes, {month_words(covers.start)} to {month_words(covers.end)}"
    ledger = Ledger(read_rows, dict(kept), dict(aside), rejected)
    return Intake(SOURCE, edition, covers, tuple(facts), ledger, _capped(name, faults))


def _capped(name: str, faults: Sequence[Fault]) -> tuple[Fault, ...]:
    """The first faults of a file, and how many more there are."""
    more = len(faults) - MOST_FAULTS
    if more <= 0:
        return tuple(faults)
    last = Fault(name, "", f"there are {more:,} more faults in this file.", "Mend these first, then read it again.")
    return (*faults[:MOST_FAULTS], last)


READERS: Final[tuple[Reader, ...]] = (Reader("CPS case outcomes", likeness_of, read),)
