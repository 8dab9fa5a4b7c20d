"""A return looked over: everything that is wrong in one pass, or the return as values."""

from pathlib import PurePath
from typing import Final

from vawg_metrics.catalogue.definitions import Catalogue
from vawg_metrics.catalogue.returned import Partner
from vawg_metrics.periods import quarter_named, quarter_words
from vawg_metrics.returns.across import Read, faults_across, rows_missing
from vawg_metrics.returns.cells import SheetCells, Sheets
from vawg_metrics.returns.checked import Checked
from vawg_metrics.returns.contract import Asked, Given, Return, asked_of
from vawg_metrics.returns.expected import expected_of
from vawg_metrics.returns.faults import FileRefused, ReturnFault, in_place_order, letters
from vawg_metrics.returns.files import read_sheets
from vawg_metrics.returns.head import read_partner, read_quarter
from vawg_metrics.returns.people_found import names_of_sheets, people_in
from vawg_metrics.returns.rows import Reader
from vawg_metrics.returns.sheet import AREA, LINE, QUARTER, SHEETS, SPLIT
from vawg_metrics.returns.table import Table, find_table, sheet_words

__all__ = ["Checked", "check_return"]
MACRO_ENDINGS: Final = (".xlsm", ".xltm", ".xlam")
_OWN: Final = "A return has only the sheets of the template. Delete this one, or clear it."


def check_return(
    content: bytes,
    file_name: str,
    catalogue: Catalogue,
    previous: Return | None = None,
    known_partner: str = "",
) -> Checked:
    """Look over a file in memory. Nothing that stands in it is repeated in what comes back, but an accepted return.

    `previous` is what the same partner gave for the quarter before; without it, the file's own column of last quarter's
    values is compared. `known_partner` is the id of the partner that the file must be of, where that is known. It
    raises nothing for any content.
    """
    try:
        _refuse_by_name(file_name)
        sheets = read_sheets(content)
    except FileRefused as refused:
        return Checked(None, (refused.fault,))
    table, faults = find_table(sheets)
    partner, quarter, wrong = _head(table, catalogue, known_partner)
    faults += wrong
    id_ = partner.id if partner else ""
    expected = expected_of(catalogue, partner, quarter)
    people = [*people_in(sheets, table, catalogue, expected), *names_of_sheets(sheets, expected)]
    if people:
        return Checked(None, in_place_order(people), id_, quarter)
    faults += [*sheets.faults, *_hidden_and_beside(sheets, table)]
    asked = asked_of(catalogue, partner, quarter) if partner and quarter else ()
    found: Read = {}
    if table is not None:
        found, more = _look_over(table, catalogue, partner, quarter, asked, previous, sheets.text)
        faults += more
    if faults or partner is None:
        return Checked(None, in_place_order(faults), id_, quarter, expected.texts)
    return Checked(_as_return(partner, quarter, asked, found), (), id_, quarter)


def _refuse_by_name(file_name: str) -> None:
    if PurePath(file_name).suffix.lower() in MACRO_ENDINGS:
        raise FileRefused(
            "The workbook is of a kind that may hold macros (.xlsm). They are never opened.",
            "Save it as an Excel workbook without macros (.xlsx) and check that.",
            "macros",
        )


def _head(table: Table | None, catalogue: Catalogue, known: str) -> tuple[Partner | None, str, list[ReturnFault]]:
    if table is None:
        return None, "", []
    partner, faults = read_partner(table, catalogue, known)
    quarter, more = read_quarter(table, catalogue)
    return partner, quarter, faults + more


def _look_over(
    table: Table,
    catalogue: Catalogue,
    partner: Partner | None,
    quarter: str,
    asked: tuple[Asked, ...],
    previous: Return | None,
    text: bool,
) -> tuple[Read, list[ReturnFault]]:
    """Every row by the cell it is for, and what is wrong in and between the rows."""
    ours = previous is not None and partner is not None and previous.partner == partner.id
    last = previous.counts() if previous is not None and ours else None
    rows = Reader(table, catalogue, asked, last, text).read()
    faults = list(rows.faults)
    if partner is not None and quarter and not asked:
        problem = f"{partner.name} is asked for nothing in {quarter_words(quarter_named(quarter))}."
        place = table.head.get(QUARTER, (0, 0))
        repair = "Enter the quarter that the numbers are for, or send nothing."
        faults.append(ReturnFault(table.name, place[0], letters(place[1]), problem, repair, "quarter"))
    if asked and all(name in table.columns for name in (LINE, SPLIT, AREA)):
        faults += rows_missing(table, rows.missing)
        faults += faults_across(table, asked, rows.found, catalogue.return_rules.change_factor)
    return rows.found, faults


def _as_return(partner: Partner, quarter: str, asked: tuple[Asked, ...], found: Read) -> Return:
    rows = ((one.key, found[one.key]) for one in asked)
    given = tuple(Given(*key, row.count, row.state, row.reason) for key, row in rows)
    return Return(partner.id, quarter, given)


def _hidden_and_beside(sheets: Sheets, table: Table | None) -> list[ReturnFault]:
    """What is hidden or merged, and sheets that are no part of a return."""
    faults = []
    for number, sheet in enumerate(sheets.sheets):
        name = sheet_words(sheets, number)
        if sheet.hidden and sheet.cells:
            faults.append(ReturnFault(name, 0, "", "This sheet is hidden.", "Show it, or delete it.", "hidden"))
        own = table is not None and table.cells is sheet.cells
        if sheet.cells and not own and name not in SHEETS:
            faults.append(ReturnFault(name, 0, "", "Something stands in a sheet of your own.", _OWN, "extra sheet"))
        faults += _hidden_within(name, sheet)
    return faults


def _hidden_within(name: str, sheet: SheetCells) -> list[ReturnFault]:
    rows = sorted({row for row, _ in sheet.cells} & sheet.hidden_rows)
    columns = sorted({column for _, column in sheet.cells} & sheet.hidden_columns)
    show = "Show it (choose the rows or columns around it, then Unhide), and look at what it holds."
    merged = "Undo the merging (Merge and centre), so that each cell holds one value."
    return [
        *(ReturnFault(name, row, "", "This row is hidden.", show, "hidden") for row in rows),
        *(ReturnFault(name, 0, letters(column), "This column is hidden.", show, "hidden") for column in columns),
        *(ReturnFault(name, row, letters(at), "Cells are merged here.", merged, "merged") for row, at in sheet.merged),
    ]
