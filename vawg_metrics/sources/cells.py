"""One cell of a publisher's table: a count, or the reason why there is none; and lists of faults kept readable."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Final, TypeVar

from vawg_metrics.areas import DISTRICTS
from vawg_metrics.errors import Fault
from vawg_metrics.periods import Period, month_words
from vawg_metrics.sources.contract import FactMarker
from vawg_metrics.sources.incoming import whole_number

Cell = tuple[int | None, FactMarker]
Key = TypeVar("Key")

MOST_FAULTS: Final = 50
_CODE_OF_DISTRICT: Final = {area.name.casefold(): area.code for area in DISTRICTS}


def count_in(cell: object, marks: Mapping[str, FactMarker]) -> Cell:
    """The count in a cell, or None and the marker of the publisher's mark, by the mark in lower case.

    ValueError, with a sentence that names the value, for text that is neither, a negative or a broken count.
    """
    text = str(cell).strip()
    if text.casefold() in marks:
        return None, marks[text.casefold()]
    try:
        count = whole_number(text)
    except (ValueError, OverflowError):
        raise ValueError(f"'{text}' is not a whole number.") from None
    if count < 0:
        raise ValueError(f"{count} is a negative count.")
    return count, ""


def cells_in(
    row: Mapping[Key, object], marks: Mapping[str, FactMarker]
) -> tuple[dict[Key, Cell], list[tuple[Key, str]]]:
    """The cells of a row by column, and what is wrong in which column."""
    cells, problems = {}, []
    for column, cell in row.items():
        try:
            cells[column] = count_in(cell, marks)
        except ValueError as problem:
            problems.append((column, str(problem)))
    return cells, problems


def misplaced(name: str, code: str) -> str:
    """What is wrong with a row that is named for a district of LLR and carries another code; '' when nothing is."""
    right = _CODE_OF_DISTRICT.get(" ".join(name.replace("&", "and").split()).casefold(), code)
    return f"{name.strip()} carries the code {code}, and its code is {right}." if right != code else ""


def future_fault(file: str, row: str, period: Period) -> list[Fault]:
    """A fault when a period ends after the system's present month."""
    if period.end <= date.today().isoformat()[:7]:
        return []
    problem = f"{month_words(period.end)} lies in the future."
    return [Fault(file, row, problem, "Correct the period, or the clock of this computer.")]


def capped(faults: Iterable[Fault]) -> tuple[Fault, ...]:
    """The first fifty faults of a file in its order, and one that says how many more there are."""
    found = tuple(dict.fromkeys(faults))
    if len(found) <= MOST_FAULTS:
        return found
    more = f"there are {len(found) - MOST_FAULTS} more faults."
    return (*found[:MOST_FAULTS], Fault(found[0].file, "", more, "Mend these first; the file may be damaged."))
