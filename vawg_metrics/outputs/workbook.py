"""A parcel as an Excel workbook: a cover, the figures as one table, a native chart with its numbers, the notes.

It keeps to the guidance on spreadsheets of the Government Analysis Function: one table a sheet, from its first cell,
no merged cells, shorthand where a number is unknown, and numbers that are numbers everywhere else.
"""

import io
from datetime import datetime
from typing import Any, Final

import xlsxwriter

from vawg_metrics.charts.credit import LICENCE
from vawg_metrics.charts.plotted import plotted
from vawg_metrics.outputs.columns import meanings
from vawg_metrics.outputs.parcel import Parcel
from vawg_metrics.outputs.safe_text import bearable
from vawg_metrics.outputs.shorthand import SHORTHAND, cell_shorthand, row_shorthand
from vawg_metrics.outputs.workbook_cells import OPTIONS, cell_text, height, on_paper, put, put_table
from vawg_metrics.outputs.workbook_chart import put_chart

NO_CLOCK: Final = datetime(1980, 1, 1)  # the same parcel gives the same bytes; the edition says how old it is
MOST_OF_A_PROPERTY: Final = 255
WHAT: Final = "Published figures as rows, unrounded, with the chart that is drawn from them and the notes they need."
MADE_UP_WHAT: Final = WHAT.replace("Published figures", "Demonstration: made-up figures")
COVER_WIDTH, NOTES_WIDTH = 100, 110  # characters
Line = tuple[str, str, str]  # words, style, and the sheet that they lead to


def write_xlsx(parcel: Parcel) -> bytes:
    """A parcel as XLSX: the same parcel, the same bytes."""
    content = io.BytesIO()
    numbers = plotted(parcel.plan)
    drawn = parcel.drawn and numbers.kind != "none" and bool(numbers.rows)
    book = xlsxwriter.Workbook(content, OPTIONS)
    book.set_properties(_properties(parcel))
    _put_cover(book, parcel, drawn)
    _put_data(book, parcel)
    if drawn:
        put_chart(book, parcel.plan, numbers)
    _put_notes(book, parcel)
    book.close()
    return content.getvalue()


def _properties(parcel: Parcel) -> dict[str, Any]:
    texts = {
        "title": parcel.title,
        "subject": parcel.plan.subtitle or parcel.plan.title,
        "comments": f"Edition {parcel.release}. {LICENCE}.",
    }
    return {name: bearable(text)[:MOST_OF_A_PROPERTY] for name, text in texts.items()} | {"created": NO_CLOCK}


def _put_cover(book: Any, parcel: Parcel, drawn: bool) -> None:  # noqa: ANN401
    sheet = book.add_worksheet("Cover")
    wrapped = {"text_wrap": True, "valign": "top"}
    styles = {
        "title": book.add_format({"bold": True, "font_size": 15, **wrapped}),
        "head": book.add_format({"bold": True, "font_size": 12, **wrapped}),
        "": book.add_format(wrapped),
    }
    sheet.set_column(0, 0, COVER_WIDTH)
    for row, (words, style, leads) in enumerate(_cover_lines(parcel, drawn)):
        size = 1.5 if style == "title" else 1.0
        sheet.set_row(row, size * height(words, 0.9 * COVER_WIDTH / size))
        if leads:
            sheet.write_url(row, 0, f"internal:'{leads}'!A1", string=cell_text(words))
        else:
            put(sheet, row, 0, words, styles[style])
    on_paper(sheet)


def _cover_lines(parcel: Parcel, drawn: bool) -> list[Line]:
    """The cover, a cell a line."""
    rows = len(parcel.records)
    sheets = [("Data", f"Data: {rows:,} row{'' if rows == 1 else 's'} of figures", True)]
    sheets.append(("Chart", "Chart: the chart, and the numbers it draws", drawn))
    sheets.append(("Notes", "Notes: definitions, sources, cautions, and what each column means", True))
    licences = parcel.told("Licence") or (f"{LICENCE}.",)
    return [
        (parcel.title, "title", ""),
        (MADE_UP_WHAT if parcel.demonstration else WHAT, "", ""),
        *((words, "", "") for words in parcel.told("Status")),
        *((f"Source: {words}", "", "") for words in parcel.told("Source")),
        (f"Edition {parcel.release}", "", ""),
        *((words, "", "") for words in licences),
        ("Contents", "head", ""),
        *((words, "", name) for name, words, there in sheets if there),
        *([] if drawn else [(f"There is no chart. {parcel.plan.empty}".strip(), "", "")]),
        ("Shorthand in the figures", "head", ""),
        *((f"{sign} {words}", "", "") for sign, words in SHORTHAND.items()),
    ]


def _put_data(book: Any, parcel: Parcel) -> None:  # noqa: ANN401
    sheet = book.add_worksheet("Data")
    names = _data_columns(parcel)
    numeric = {one.name for one in meanings(parcel.columns, parcel.records) if one.type != "string"}
    divided = {record.get("indicator") for record in parcel.records if record.get("denominator") is not None}
    rows = []
    for record in parcel.records:
        whole: dict[str, object] = {**record, "shorthand": row_shorthand(record)}
        for name in numeric:
            if whole.get(name) is None:
                whole[name] = cell_shorthand(record, name, record.get("indicator") in divided)
        rows.append([whole.get(name) for name in names])
    put_table(book, sheet, "figures", names, rows)
    on_paper(sheet)
    sheet.repeat_rows(0)


def _data_columns(parcel: Parcel) -> list[str]:
    """The columns of the parcel, and the shorthand after the marker."""
    names = list(parcel.columns)
    if "marker" in names and "value" in names:
        names.insert(names.index("marker") + 1, "shorthand")
    return names


def _put_notes(book: Any, parcel: Parcel) -> None:  # noqa: ANN401
    sheet = book.add_worksheet("Notes")
    columns = meanings(_data_columns(parcel), parcel.records)
    described = [(f"Column {one.name}", f"{one.title}. {one.description}") for one in columns]
    drawing = [("On the picture", words) for words in parcel.plan.notes]
    signs = [("Shorthand", f"{sign} {words}") for sign, words in SHORTHAND.items()]
    pairs = [*parcel.about, *drawing, *signs, *described]
    put_table(book, sheet, "notes", ("name", "text"), pairs, autofilter=False)
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    sheet.set_column(0, 0, 26, wrapped)
    sheet.set_column(1, 1, NOTES_WIDTH, wrapped)
    for row, (_, words) in enumerate(pairs, 1):
        sheet.set_row(row, height(words, 0.9 * NOTES_WIDTH))
    on_paper(sheet)
    sheet.repeat_rows(0)
