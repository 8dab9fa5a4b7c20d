"""What every plain ONS table of places shares.

Rows are sorted one by one into kept, set aside and rejected; the places of LLR are known by code and name.
"""

import csv
import re
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, Generic, TypeVar

from vawg_metrics.areas import DISTRICTS, LLR, NEIGHBOURING_FORCES
from vawg_metrics.errors import Fault
from vawg_metrics.periods import Period
from vawg_metrics.sources.contract import Ledger
from vawg_metrics.sources.incoming import Incoming, column_faults, likeness

NOTHING_COVERED: Final = Period("0001-01", "0001-01")  # only ever beside faults, when no year could be read
LLR_FORCE_NAME: Final = "Leicestershire"
WHOLE_FILE: Final = "Give the whole file as published."

_CODES: Final = {
    "local authority": re.compile(r"^(E0[6-9]|W06|S12|N09)\d{6}$"),
    "partnership": re.compile(r"^(E22|W14)\d{6}$"),
    "police force": re.compile(r"^(E23|W15)\d{6}$"),
    "region": re.compile(r"^(E12|W92)\d{6}$"),
}
_NAMES: Final = {area.code: area.name for area in (*DISTRICTS, *NEIGHBOURING_FORCES)} | {LLR.code: LLR_FORCE_NAME}
_CODE_OF: Final = {name.casefold(): code for code, name in _NAMES.items()}
DISTRICT_CODES: Final = frozenset(area.code for area in DISTRICTS)

Row = Mapping[str, str]
T = TypeVar("T")


class RowRejected(Exception):
    """What is wrong with one row, and how to mend it."""

    def __init__(self, problem: str, repair: str) -> None:
        super().__init__(problem)
        self.problem, self.repair = problem, repair


@dataclass(frozen=True, slots=True)
class Verdict(Generic[T]):
    """What became of a row: the value it is kept for, or None when it is set aside; the reason; what it is about."""

    reason: str
    key: Hashable
    value: T | None


@dataclass(frozen=True, slots=True)
class Sorted(Generic[T]):
    """The values of the kept rows of a file, the books, and everything wrong with header and rows."""

    values: tuple[T, ...]
    ledger: Ledger
    faults: tuple[Fault, ...]


def sort_rows(incoming: Incoming, columns: Sequence[str], judge: Callable[[Row], Verdict[T]]) -> Sorted[T]:
    """Every data row of a table sorted by `judge`, which raises RowRejected for a bad one.

    Blank rows are no data rows. A second row about the same thing is rejected: these layouts never repeat.
    """
    faults = column_faults(incoming.name, incoming.header, columns)
    if faults:
        return Sorted((), Ledger(0, {}), tuple(faults))
    values: list[T] = []
    kept: Counter[str] = Counter()
    set_aside: Counter[str] = Counter()
    for outcome in _judged(incoming, judge):
        if isinstance(outcome, Fault):
            faults.append(outcome)
        elif outcome.value is None:
            set_aside[outcome.reason] += 1
        else:
            kept[outcome.reason] += 1
            values.append(outcome.value)
    rejected = len(faults)
    read = rejected + kept.total() + set_aside.total()
    if not read:
        faults.append(Fault(incoming.name, "", "there are no rows under the header.", WHOLE_FILE))
    return Sorted(tuple(values), Ledger(read, dict(kept), dict(set_aside), rejected), tuple(faults))


def _judged(incoming: Incoming, judge: Callable[[Row], Verdict[T]]) -> Iterator[Verdict[T] | Fault]:
    header, first_rows, number = incoming.header, dict[Hashable, int](), 1
    try:
        for number, cells in enumerate(incoming.rows(), 1):
            if number == 1 or not any(cell.strip() for cell in cells):
                continue
            try:
                if len(cells) != len(header):
                    raise RowRejected(f"there are {len(cells)} cells and not {len(header)}.", "Restore the row.")
                verdict = judge(dict(zip(header, map(str.strip, cells), strict=True)))
                first = first_rows.setdefault(verdict.key, number)
                if first != number:
                    raise RowRejected(f"this row is about the same as row {first}.", "Keep the published one.")
                yield verdict
            except RowRejected as bad:
                yield Fault(incoming.name, f"row {number}", bad.problem, bad.repair)
    except csv.Error as error:
        yield Fault(incoming.name, f"row {number + 1}", f"it cannot be read ({error}).", "Download the file again.")


def place_words(code: str) -> str:
    """`Melton (E07000133)` for a place of LLR or a force beside it; the code alone for another."""
    return f"{_NAMES[code]} ({code})" if code in _NAMES else code


def check_code(code: str, kind: str) -> None:
    """RowRejected unless this is written like the ONS code of a place of this kind."""
    if not _CODES[kind].match(code):
        raise RowRejected(f"'{code}' is not the code of a {kind}.", "Use the ONS code, such as E07000130.")


def check_name(code: str, name: str) -> None:
    """RowRejected when a code of LLR's own places, or of a force beside it, goes with another name, or the reverse."""
    known = _NAMES.get(code)
    if known and known.casefold() != name.casefold():
        raise RowRejected(f"{code} is {known} and not '{name}'.", "Restore the code or the name.")
    right = _CODE_OF.get(name.casefold())
    if right and right != code:
        raise RowRejected(f"{name} has the code {right} and not '{code}'.", "Restore the code or the name.")


def check_authority(code: str, name: str, force: str) -> None:
    """RowRejected unless a local authority is written as it should be; `force` is its force's code or name.

    An authority of the force of LLR must be one of the nine districts, and the nine must be in that force.
    """
    check_code(code, "local authority")
    check_name(code, name)
    if (code in DISTRICT_CODES) != (force in (LLR.code, LLR_FORCE_NAME)):
        raise RowRejected(
            f"{name} ({code}) in the force '{force}' is not one of the nine districts of LLR.",
            "Restore the district's code and its force.",
        )


def calendar_year(text: str) -> Period:
    """The twelve months of a year written YYYY; RowRejected when it is none or lies in the future."""
    if not re.match(r"^[12]\d{3}$", text):
        raise RowRejected(f"'{text}' is not a year.", "Write the year as four digits.")
    if int(text) > date.today().year:
        raise RowRejected(f"the year {text} lies in the future.", "Correct the year.")
    return Period(f"{text}-01", f"{text}-12")


def absent_districts(file: str, present: Iterable[str]) -> list[Fault]:
    """A fault for each of the nine districts that a file does not hold at all."""
    codes = set(present)
    return [
        Fault(file, "", f"{place_words(area.code)} is missing.", WHOLE_FILE)
        for area in DISTRICTS
        if area.code not in codes
    ]


def columns_likeness(columns: Sequence[str], incoming: Incoming) -> float:
    """How much a table's columns are these, from 0 to 1; 0 for a file that is no table."""
    return likeness(incoming.header, columns)
