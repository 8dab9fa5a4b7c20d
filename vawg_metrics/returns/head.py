"""The partner and the quarter that a return names above its columns."""

from typing import Final

from vawg_metrics.catalogue.definitions import Catalogue
from vawg_metrics.catalogue.returned import Partner
from vawg_metrics.periods import Period, month_number, month_text, quarter_name, quarter_words
from vawg_metrics.returns.cells import Cell
from vawg_metrics.returns.faults import Kind, ReturnFault, letters
from vawg_metrics.returns.likeness import folded, named, nearest, number_words
from vawg_metrics.returns.sheet import PARTNER, QUARTER
from vawg_metrics.returns.table import Table

MONTHS_BEFORE, MONTHS_AFTER = 24, 36  # around the strategy's years: the quarters that a return may be for
_COPY: Final = "Copy the row from the template that you were given."


def read_partner(table: Table, catalogue: Catalogue, known: str = "") -> tuple[Partner | None, list[ReturnFault]]:
    """The partner of a return; one that is nearly named is taken for it. `known` is the id of the one expected."""
    names = [one.name for one in catalogue.partners]
    found, faults = _read(table, PARTNER, names, f"one of the {number_words(len(names))} partners", "partner")
    partner = next((one for one in catalogue.partners if one.name == found), None)
    expected = next((one for one in catalogue.partners if one.id == known), None)
    if partner is not None and expected is not None and partner != expected:
        problem, repair = f"The return is another partner's than {expected.name}.", "Choose the file of that partner."
        faults.append(_fault(table, PARTNER, problem, repair, "partner"))
    return partner or expected, faults


def read_quarter(table: Table, catalogue: Catalogue) -> tuple[str, list[ReturnFault]]:
    """The quarter of a return as `2026-27 Q2`, '' where it is none that is known."""
    quarters = quarters_known(catalogue)
    words = {quarter_words(one): quarter_name(one) for one in quarters}
    words |= {quarter_name(one): quarter_name(one) for one in quarters}
    first, last = quarters[0], quarters[-1]
    what = f"a quarter from {quarter_name(first)} to {quarter_name(last)}, written like {quarter_words(first)}"
    found, faults = _read(table, QUARTER, list(words), what, "quarter")
    return words.get(found, ""), faults


def quarters_known(catalogue: Catalogue) -> list[Period]:
    """The quarters that a return may be for: those around the strategy's years."""
    first = (month_number(catalogue.strategy.starts) - MONTHS_BEFORE) // 3 * 3
    last = month_number(catalogue.strategy.ends) + MONTHS_AFTER
    return [Period(month_text(month), month_text(month + 2)) for month in range(first, last, 3)]


def _read(table: Table, word: str, allowed: list[str], what: str, kind: Kind) -> tuple[str, list[ReturnFault]]:
    cell = table.cells.get(table.head[word]) if word in table.head else None
    value = cell.value if cell is not None else None
    found = named(value, allowed)
    if found:
        return found, []
    near = nearest(value, allowed)
    if near:
        problem, repair = f"This is not {what}. Did you mean “{near}”?", f"Enter “{near}”."
    elif not folded(value) and not _filled(cell):
        problem, repair = f"The {word.lower()} is missing above the columns.", _COPY
    else:
        problem, repair = f"This is not {what}.", _COPY
    return near, [_fault(table, word, problem, repair, kind)]


def _filled(cell: Cell | None) -> bool:
    return cell is not None and cell.value is not None


def _fault(table: Table, word: str, problem: str, repair: str, kind: Kind) -> ReturnFault:
    if word not in table.head:
        return ReturnFault(table.name, 0, "", problem, repair, kind)
    row, column = table.head[word]
    return ReturnFault(table.name, row, letters(column), problem, repair, kind)
