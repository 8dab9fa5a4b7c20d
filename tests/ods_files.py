"""Tiny .ods workbooks for tests, in the form in which publishers ship them."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table, TableCell, TableRow
from odf.text import P


def write_ods(path: Path, sheets: Mapping[str, Sequence[Sequence[str | int | float]]]) -> Path:
    """Write sheets of texts and numbers; returns the path."""
    document = OpenDocumentSpreadsheet()
    for name, rows in sheets.items():
        table = Table(name=name)
        for cells in rows:
            row = TableRow()
            for value in cells:
                row.addElement(_cell(value))
            table.addElement(row)
        document.spreadsheet.addElement(table)
    document.save(str(path))
    return path


def _cell(value: str | int | float) -> TableCell:
    if isinstance(value, str):
        cell = TableCell(valuetype="string") if value else TableCell()
    else:
        cell = TableCell(valuetype="float", value=str(value))
    if value != "":
        cell.addElement(P(text=str(value)))
    return cell
