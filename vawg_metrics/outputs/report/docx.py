"""The report as an editable document: real headings and lists, tables whose headers repeat, a text for each chart."""

import io
from collections.abc import Iterable, Mapping
from itertools import zip_longest
from typing import Any, Final

import docx
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Mm, Pt, RGBColor

from vawg_metrics.outputs.report.blocks import Block, Grid, Part, Picture, Points, Text, led_in
from vawg_metrics.outputs.report.content import Report
from vawg_metrics.outputs.report.drawn import Drawn
from vawg_metrics.outputs.report.zipped import settled
from vawg_metrics.outputs.safe_text import bearable
from vawg_metrics.wording import unbroken

FONT: Final = "Arial"
INK: Final = RGBColor(0x12, 0x43, 0x6D)
TEXT_WIDTH: Final = 17.4  # centimetres between the margins
CHART_WIDTH: Final = 15.6
SIZES: Final = {"Title": 26, "Heading 1": 18, "Heading 2": 13, "Heading 3": 12}
HELP: Final = "Where to turn for help"


def write_docx(report: Report, drawn: Mapping[str, Drawn]) -> bytes:
    """The report as DOCX: the same report, the same bytes."""
    document = docx.Document()
    _set_up(document, report)
    _put_front(document, report)
    _put_contents(document, report)
    for part in report.parts:
        _put_part(document, part, 1, drawn)
    _heading(document, HELP, 1, "help-again")
    _put_points(document, Points(tuple(("", line) for line in report.help_lines)))
    document.add_paragraph(_clean(f"{report.licence} {report.edition}"))
    content = io.BytesIO()
    document.save(content)
    return settled(content.getvalue(), report.stamp)


def _set_up(document: Any, report: Report) -> None:  # noqa: ANN401
    """Page, type, language, title, and what stands at the foot of each page."""
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(18)
    section.top_margin = section.bottom_margin = Mm(20)
    for name, size in {"Normal": 10.5, "Caption": 9.5, **SIZES}.items():
        _type(document.styles[name], size, INK if name in SIZES else RGBColor(0x1A, 0x1A, 0x1A))
    for name in ("Normal", "Caption"):
        document.styles[name].paragraph_format.space_before = Pt(5)
        document.styles[name].paragraph_format.space_after = Pt(5)
    note = document.styles.add_style("Note", WD_STYLE_TYPE.PARAGRAPH)
    note.base_style = document.styles["Normal"]
    note.paragraph_format.left_indent = Cm(0.4)
    note.element.get_or_add_pPr().append(_border())
    core = document.core_properties
    core.title, core.language = _clean(report.short_name), "en-GB"
    core.subject, core.author = _clean(f"{report.product}: {report.strategy}"), _clean(report.product)
    core.comments, core.keywords = _clean(report.edition), ""
    core.last_modified_by = _clean(report.product)
    foot = section.footer.paragraphs[0]
    foot.add_run(_clean(f"{report.short_name}. Edition {report.release}. In danger call 999.  Page ")).font.size = Pt(8)
    _add_field(foot, "PAGE")


def _type(style: Any, size: float, colour: RGBColor) -> None:  # noqa: ANN401
    style.font.name, style.font.size, style.font.color.rgb = FONT, Pt(size), colour
    style.font.bold = style.name != "Normal"
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for name in list(fonts.attrib):
        if name.endswith("Theme"):
            del fonts.attrib[name]
    for name in ("w:hAnsi", "w:eastAsia", "w:cs"):
        fonts.set(qn(name), FONT)


def _put_front(document: Any, report: Report) -> None:  # noqa: ANN401
    document.add_paragraph(_clean(f"{report.product}: {report.strategy}")).runs[0].bold = True
    document.add_paragraph(_clean(report.name), style="Title")
    for line in (report.period, report.edition, report.status):
        document.add_paragraph(_clean(line))
    document.add_paragraph(_clean(report.note), style="Note")
    document.add_paragraph(HELP).runs[0].bold = True
    _put_points(document, Points(tuple(("", line) for line in report.help_lines)))


def _put_contents(document: Any, report: Report) -> None:  # noqa: ANN401
    """A list of the parts, each a link to its heading."""
    _heading(document, "Contents", 1, "contents", new_page=True)
    for part in report.parts:
        link = OxmlElement("w:hyperlink")
        link.set(qn("w:anchor"), _mark(part.id))
        paragraph = document.add_paragraph()
        run = paragraph.add_run(_clean(part.title))
        link.append(run._r)
        paragraph._p.append(link)
        paragraph.paragraph_format.space_after = Pt(3)


def _put_part(document: Any, part: Part, level: int, drawn: Mapping[str, Drawn]) -> None:  # noqa: ANN401
    _heading(document, part.title, level, part.id, part.new_page)
    for block, following in zip_longest(part.blocks, part.blocks[1:]):
        _put_block(document, block, following, drawn)
    for inner in part.parts:
        _put_part(document, inner, level + 1, drawn)


def _heading(document: Any, words: str, level: int, id_: str, new_page: bool = False) -> None:  # noqa: ANN401
    """A real heading with a bookmark that the contents lead to."""
    heading = document.add_heading(_clean(words), level)
    heading.paragraph_format.page_break_before = new_page
    heading.paragraph_format.keep_with_next = True
    number = str(len(document.element.body))
    for tag in ("w:bookmarkStart", "w:bookmarkEnd"):
        mark = OxmlElement(tag)
        mark.set(qn("w:id"), number)
        if tag == "w:bookmarkStart":
            mark.set(qn("w:name"), _mark(id_))
        heading._p.append(mark)


def _put_block(document: Any, block: Block, following: Block | None, drawn: Mapping[str, Drawn]) -> None:  # noqa: ANN401
    if isinstance(block, Text):
        paragraph = document.add_paragraph(_clean(block.words), style="Note" if block.kind == "note" else None)
        paragraph.runs[0].bold = block.kind == "lead"
        paragraph.paragraph_format.keep_with_next = led_in(block, following)
    elif isinstance(block, Points):
        _put_points(document, block)
    elif isinstance(block, Grid):
        _put_grid(document, block)
    else:
        _put_picture(document, block, drawn[block.id].png)


def _put_points(document: Any, block: Points) -> None:  # noqa: ANN401
    for lead, words in block.points:
        paragraph = document.add_paragraph(style="List Bullet")
        paragraph.paragraph_format.space_before, paragraph.paragraph_format.space_after = Pt(0), Pt(3)
        if lead:
            paragraph.add_run(_clean(f"{lead} ")).bold = True
        paragraph.add_run(_clean(words))


def _put_grid(document: Any, block: Grid) -> None:  # noqa: ANN401
    """A table under its caption: its header repeats on each page, and no row is parted by a page's end."""
    caption = document.add_paragraph(_clean(block.caption), style="Caption")
    caption.paragraph_format.keep_with_next = True
    table = document.add_table(rows=1, cols=len(block.header), style="Table Grid")
    table.autofit = False
    for column, width in zip(table.columns, block.widths, strict=True):
        column.width = Cm(TEXT_WIDTH * width / 100)
    _describe(table, block.caption)
    _fill(table.rows[0], block, block.header, (True,) * len(block.header))
    _mark_row(table.rows[0], "w:tblHeader")
    for cells in block.rows:
        row = table.add_row()
        _fill(row, block, cells, (True, *(False,) * (len(cells) - 1)))
    for row in table.rows:
        _mark_row(row, "w:cantSplit")
    short = len(block.rows) <= (7 if len(block.header) == 2 else 4)
    for row in table.rows[: -1 if short else 1]:
        for cell in row.cells:
            cell.paragraphs[0].paragraph_format.keep_with_next = True


def _fill(row: Any, block: Grid, cells: Iterable[str], bold: Iterable[bool]) -> None:  # noqa: ANN401
    for cell, words, width, strong in zip(row.cells, cells, block.widths, bold, strict=True):
        cell.width = Cm(TEXT_WIDTH * width / 100)
        paragraph = cell.paragraphs[0]
        paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(2)
        run = paragraph.add_run(_clean(words))
        run.font.size, run.bold = Pt(9), strong


def _mark_row(row: Any, tag: str) -> None:  # noqa: ANN401
    row._tr.get_or_add_trPr().append(OxmlElement(tag))


def _describe(table: Any, words: str) -> None:  # noqa: ANN401
    """The table's own title, for those who hear it, and that its first row and column are headers."""
    properties = table._tbl.tblPr
    for tag in ("w:tblCaption", "w:tblDescription"):
        told = OxmlElement(tag)
        told.set(qn("w:val"), _clean(words))
        properties.append(told)


def _put_picture(document: Any, block: Picture, png: bytes) -> None:  # noqa: ANN401
    paragraph = document.add_paragraph()
    paragraph.paragraph_format.keep_with_next = True
    shape = paragraph.add_run().add_picture(io.BytesIO(png), width=Cm(CHART_WIDTH))
    told = shape._inline.docPr
    told.set("descr", _clean(block.alternative))
    told.set("title", _clean(block.caption[0]))
    document.add_paragraph(_clean(" ".join(block.caption)), style="Caption").runs[0].bold = False


def _border() -> Any:  # noqa: ANN401
    """The line at the left of a note."""
    borders, left = OxmlElement("w:pBdr"), OxmlElement("w:left")
    for name, value in (("val", "single"), ("sz", "24"), ("space", "8"), ("color", str(INK))):
        left.set(qn(f"w:{name}"), value)
    borders.append(left)
    return borders


def _add_field(paragraph: Any, code: str) -> None:  # noqa: ANN401
    """A field that the program fills in, such as the number of the page."""
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), code)
    run = paragraph.add_run("1")
    run.font.size = Pt(8)
    field.append(run._r)
    paragraph._p.append(field)


def _mark(id_: str) -> str:
    """An id as a bookmark's name: letters, digits and underscores, forty at most."""
    return f"p_{id_.replace('-', '_')}"[:40]


def _clean(words: str) -> str:
    return unbroken(bearable(words))
