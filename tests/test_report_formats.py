"""Each format of the report, opened with its own library: headings, tables, texts for charts, language, days, bytes."""

import io
import re
from collections.abc import Iterable, Iterator, Sequence
from html.parser import HTMLParser
from itertools import pairwise

import docx
import openpyxl
import pikepdf
import pptx
import pytest
from docx.oxml.ns import qn
from pptx.oxml.ns import qn as named
from pptx.oxml.xmlchemy import BaseOxmlElement
from pptx.util import Inches
from tinyhtml5.parser import HTMLParser as StrictParser

from vawg_metrics.charts.plan import TrendPlan
from vawg_metrics.charts.plotted import LOWER, UPPER, plotted
from vawg_metrics.outputs.report.asked import Asked
from vawg_metrics.outputs.report.blocks import Grid, Part, Points, Text, led_in, words_in
from vawg_metrics.outputs.report.content import Report
from vawg_metrics.outputs.report.making import KINDS, Made, make_report
from vawg_metrics.outputs.report.slide_chart import series_of
from vawg_metrics.outputs.report.slide_pages import shares
from vawg_metrics.reading import Release
from vawg_metrics.wording import unbroken

pytestmark = pytest.mark.real_data
VOID = {"meta", "link", "img", "col", "br", "hr", "input"}
BROKEN = re.compile(r"\b(nan|NaN|null|undefined)\b|>None<|\{\{|\}\}")


@pytest.fixture(scope="module")
def made(release: Release) -> Made:
    """The report of a district: it has what is told for LLR beside its own."""
    return make_report(release, Asked("2025-26", "Melton"))


def titles(report: Report) -> list[tuple[int, str]]:
    """Every heading of the report with its level."""

    def inner(part: Part, level: int) -> Iterator[tuple[int, str]]:
        yield level, part.title
        for one in part.parts:
            yield from inner(one, level + 1)

    return [found for part in report.parts for found in inner(part, 1)]


def grids(report: Report) -> list[Grid]:
    return [block for part in report.parts for block in part.every_block() if isinstance(block, Grid)]


def said(report: Report) -> list[str]:
    return [words for part in report.parts for block in part.every_block() for words in words_in(block)]


def plain(text: str) -> str:
    return re.sub(r"\s+", " ", text)


def spaceless(text: str) -> str:
    return re.sub(r"\s", "", text)


def test_the_summary_alone_is_the_one_of_the_report_with_where_to_turn(made: Made) -> None:
    alone, whole = (made.files[kind].decode("utf-8") for kind in ("summary", "html"))
    inside = re.search(r"(?s)<h2>In plain words</h2>(.*?)</section>", alone)
    assert inside and inside[1] in whole
    assert alone.count("<h2>") == 1 and "999" in inside[1] and "<img" not in alone


def test_every_format_is_made_and_twice_the_same(release: Release, made: Made) -> None:
    assert list(made.files) == list(KINDS) and made.missing == ()
    again = make_report(release, Asked("2025-26", "Melton"))
    assert [kind for kind in KINDS if again.files[kind] != made.files[kind]] == []


# HTML


class Seen(HTMLParser):
    """What stands in an HTML file: its elements with their attributes, and its text."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    def all(self, *names: str) -> list[dict[str, str | None]]:
        return [attributes for tag, attributes in self.elements if tag in names]


def test_the_html_is_whole_accessible_and_asks_for_nothing(made: Made) -> None:
    text = made.files["html"].decode("utf-8")
    parser = StrictParser()
    parser.parse(text)
    assert parser.errors == []
    seen = Seen(text)
    assert seen.all("html") == [{"lang": "en-GB"}] and text.count("<title>") == 1
    assert seen.all("script", "link", "iframe", "object", "base") == [] and "@import" not in text
    assert all(str(one["src"]).startswith("data:image/svg+xml;base64,") for one in seen.all("img"))
    assert all(str(one["href"]).startswith("#") for one in seen.all("a")) and "url(" not in text
    ids = [str(attributes["id"]) for _, attributes in seen.elements if "id" in attributes]
    assert len(ids) == len(set(ids))
    assert {str(one["href"])[1:] for one in seen.all("a")} <= set(ids)
    assert seen.all("a")[0]["class"] == "skip" and seen.all("a")[0]["href"] == "#content"
    assert len(seen.all("main")) == len(seen.all("header")) == len(seen.all("nav")) == len(seen.all("footer")) == 1


def test_the_html_has_headings_in_order_tables_with_headers_and_texts_for_charts(made: Made) -> None:
    text, report = made.files["html"].decode("utf-8"), made.report
    seen = Seen(text)
    levels = [int(tag[1]) for tag, _ in seen.elements if re.fullmatch(r"h\d", tag)]
    assert levels[0] == 1 and levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    tables = grids(report)
    assert len(seen.all("table")) == len(seen.all("caption")) == len(tables)
    assert len(seen.all("th")) == sum(len(one.header) + len(one.rows) for one in tables)
    assert {one.get("scope") for one in seen.all("th")} == {"col", "row"}
    alternatives = [str(one["alt"]) for one in seen.all("img")]
    assert alternatives == [one.alternative for one in report.pictures] and all(alternatives)
    words = plain("".join(seen.words))
    assert [one for one in said(report) if plain(unbroken(one)) not in words and one not in alternatives] == []
    assert not BROKEN.search(" ".join(seen.words))


def test_a_warning_is_kept_with_what_it_belongs_to(made: Made) -> None:
    text = made.files["html"].decode("utf-8")
    before = re.findall(r"<p([^>]*)>[^<]*</p>\s*<p class=\"note\">", text.partition("<main")[2])
    assert len(before) > 3 and {*before} <= {f' class="{name}"' for name in ("with", "lead with", "note")}
    assert led_in(Text("Found."), Text("Not published for Melton.", "note"))
    assert not led_in(Text("Found."), Text("And so on."))
    assert not led_in(Points((("", "Found."),)), Text("Not published for Melton.", "note"))


# PDF


def bookmarks(items: Iterable[pikepdf.OutlineItem]) -> Iterator[str]:
    for one in items:
        yield one.title
        yield from bookmarks(one.children)


def alternatives_in(node: object, seen: set[tuple[int, int]]) -> Iterator[str]:
    """The texts of every figure under a node of the tree of tags."""
    if isinstance(node, pikepdf.Array):
        for one in node:
            yield from alternatives_in(one, seen)
    elif isinstance(node, pikepdf.Dictionary):
        if node.is_indirect and node.objgen in seen:
            return
        seen.add(node.objgen)
        if node.get("/S") == "/Figure":
            yield str(node.get("/Alt", ""))
        if "/K" in node:
            yield from alternatives_in(node["/K"], seen)


def checked_pdf(content: bytes, report: Report) -> pikepdf.Pdf:
    """A PDF that is tagged and has title, language, bookmarks and a text for each chart."""
    pdf = pikepdf.open(io.BytesIO(content))
    root = pdf.Root
    assert bool(root.MarkInfo.Marked) and str(root.Lang) == "en-GB"
    assert str(pdf.docinfo["/Title"]) == report.short_name
    with pdf.open_outline() as outline:
        marks = [spaceless(one) for one in bookmarks(outline.root)]  # a browser drops the space at the end of a line
    assert [one for _, one in titles(report) if spaceless(one) not in marks] == []
    found = [plain(one) for one in alternatives_in(root.StructTreeRoot, set())]
    assert [one.alternative for one in report.pictures if plain(one.alternative) not in found] == []
    assert "" not in found
    return pdf


def test_the_pdf_is_tagged_for_universal_access(made: Made) -> None:
    pdf = checked_pdf(made.files["pdf"], made.report)
    assert made.printed_by == "WeasyPrint"
    assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)
    with pdf.open_metadata() as metadata:
        assert metadata["pdfuaid:part"] == "1" and metadata["dc:title"] == made.report.short_name
    assert str(pdf.docinfo["/CreationDate"]).startswith(f"D:{made.report.stamp:%Y%m%d}")
    tags = {str(one.get("/S")) for one in pdf.objects if isinstance(one, pikepdf.Dictionary) and "/S" in one}
    assert {"/Table", "/TH", "/TD", "/H1", "/H2", "/H3", "/Figure", "/L", "/Caption"} <= tags
    assert 20 < len(pdf.pages) < 60


# DOCX


def test_the_document_has_real_headings_tables_and_texts(made: Made) -> None:
    report = made.report
    document = docx.Document(io.BytesIO(made.files["docx"]))
    heads = [(int(one.style.name[-1]), one.text) for one in document.paragraphs if one.style.name.startswith("Heading")]
    assert heads[1:-1] == [(level, unbroken(words)) for level, words in titles(report)]
    assert [one.text for one in document.paragraphs if one.style.name == "Title"] == [report.name]
    assert len(document.tables) == len(grids(report))
    for table, grid in zip(document.tables, grids(report), strict=True):
        assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
        assert table._tbl.tblPr.find(qn("w:tblCaption")).get(qn("w:val")) == unbroken(grid.caption)
        cells = [tuple(cell.text for cell in row.cells) for row in table.rows]
        assert cells == [tuple(unbroken(one) for one in row) for row in (grid.header, *grid.rows)]
    told = [shape._inline.docPr.get("descr") for shape in document.inline_shapes]
    assert told == [unbroken(one.alternative) for one in report.pictures]


def test_the_document_is_named_dated_and_british(made: Made) -> None:
    document = docx.Document(io.BytesIO(made.files["docx"]))
    core = document.core_properties
    assert (core.title, core.language) == (made.report.short_name, "en-GB")
    assert core.created.date() == core.modified.date() == made.report.stamp
    assert 'w:val="en-GB"' in document.styles.element.xml and "en-US" not in document.styles.element.xml
    words = " ".join(one.text for one in document.paragraphs)
    assert all(line in words for line in made.report.help_lines) and made.report.note in words
    assert not BROKEN.search(words)
    assert [one.text for one in document.paragraphs if not one.text.strip() and not one.runs] == []


# PPTX


def test_the_slides_are_wide_titled_and_have_notes(made: Made) -> None:
    deck = pptx.Presentation(io.BytesIO(made.files["pptx"]))
    assert deck.slide_width / deck.slide_height == pytest.approx(16 / 9, abs=0.001)
    assert (deck.core_properties.title, deck.core_properties.language) == (made.report.short_name, "en-GB")
    assert deck.core_properties.created.date() == made.report.stamp
    for slide in deck.slides:
        assert slide.shapes.title.text_frame.text.strip() and slide.notes_slide.notes_text_frame.text.strip()
        text = " ".join(shape.text_frame.text for shape in slide.shapes if shape.has_text_frame)
        assert not BROKEN.search(text) and "999" in text
        for shape in slide.shapes:
            assert shape.left >= 0 and shape.left + shape.width <= deck.slide_width
            assert shape.top >= 0 and shape.top + (0 if shape.has_table else shape.height) <= deck.slide_height
            assert shape.is_placeholder or not shape.has_text_frame or shape.text_frame.text.strip()
    headings = [slide.shapes.title.text_frame.text for slide in deck.slides]
    assert len(headings) == len(set(headings)) or {one for one in headings if headings.count(one) > 1} <= {
        unbroken(measure.heading) for _, own in made.report.chapters for measure in own
    }


def test_every_measure_is_one_slide_whose_chart_holds_its_numbers(made: Made) -> None:
    deck = pptx.Presentation(io.BytesIO(made.files["pptx"]))
    found = {slide.shapes.title.text_frame.text: slide for slide in deck.slides}
    for sheet, own in made.report.chapters:
        for measure in own:
            slide = found[unbroken(measure.heading)]
            text = " ".join(shape.text_frame.text for shape in slide.shapes if shape.has_text_frame)
            assert unbroken(measure.tile.number) in text and unbroken(measure.tile.signal) in text
            assert unbroken(measure.tile.change) in text and unbroken(measure.tile.comparator) in text
            charts = [shape for shape in slide.shapes if shape.has_chart]
            assert len(charts) == (measure.picture is not None), sheet.priority.id
            for shape in charts:
                numbers = plotted(measure.picture.plan)  # type: ignore[union-attr]
                places = [at for at, name in enumerate(numbers.header) if at and name not in (LOWER, UPPER)]
                held = [value for series in shape.chart.plots[0].series for value in series.values]
                drawn = [row[at] for at in places for row in numbers.rows]
                assert sorted(one for one in held if one is not None) == sorted(one for one in drawn if one is not None)
                assert shape._element.nvGraphicFramePr.cNvPr.get("descr") == unbroken(measure.picture.alternative)  # type: ignore[union-attr]
                assert shape.chart.part.chart_workbook.xlsx_part is not None  # "Edit data" has what to open


def test_the_limits_of_bars_are_whiskers_that_move_with_the_sheet_behind_them(made: Made) -> None:
    deck = pptx.Presentation(io.BytesIO(made.files["pptx"]))
    charts = {one.name: one.chart for slide in deck.slides for one in slide.shapes if one.has_chart}
    drawn = 0
    for picture in (one.picture for _, own in made.report.chapters for one in own if one.picture):
        chart, numbers = charts[unbroken(picture.caption[0])], plotted(picture.plan)
        bars = chart._chartSpace.findall(f".//{named('c:errBars')}")
        assert len(bars) == (LOWER in numbers.header)
        if not bars:
            continue
        lower, upper = numbers.header.index(LOWER), numbers.header.index(UPPER)
        wanted = {place: (row[lower], row[upper]) for place, row in enumerate(numbers.rows) if row[upper] is not None}
        found = _ends(bars[0], numbers.rows)
        assert list(found) == list(wanted)
        assert all(found[place] == pytest.approx(ends) for place, ends in wanted.items())
        book = openpyxl.load_workbook(io.BytesIO(chart.part.chart_workbook.xlsx_part.blob))
        held = list(book["Sheet1"].iter_rows(min_row=2, values_only=True))
        assert [row[2:4] for row in held] == [pytest.approx((row[lower], row[upper])) for row in numbers.rows]
        assert all(
            held[place][4:] == (f"=B{place + 2}-C{place + 2}", f"=D{place + 2}-B{place + 2}") for place in wanted
        )
        at = chart.plots[0].series[0]._element
        assert [one.tag for one in at].index(named("c:errBars")) < [one.tag for one in at].index(named("c:cat"))
        drawn += len(wanted)
    assert drawn > 10


def _ends(bars: BaseOxmlElement, rows: Sequence[Sequence[object]]) -> dict[int, tuple[float, float]]:
    """Where each whisker of a chart begins and ends."""
    far = {}
    for side in ("minus", "plus"):
        points = bars.findall(f"{named(f'c:{side}')}//{named('c:pt')}")
        far[side] = {int(one.get("idx")): float(one[0].text) for one in points}
    values = {place: float(str(rows[place][1])) for place in far["plus"]}
    return {at: (value - far["minus"][at], value + far["plus"][at]) for at, value in values.items()}


@pytest.mark.parametrize(
    ("heights", "most", "between", "wanted"),
    [
        ([1.0] * 9, 8.0, 0.0, [5, 4]),  # filled one after the other: 8 and 1
        ([1.0] * 8, 8.0, 0.0, [8]),
        ([1.0] * 8, 8.0, 0.1, [4, 4]),
        ([4.0, 1.0, 1.0, 1.0, 1.0], 7.0, 0.0, [1, 4]),
        ([9.0, 1.0, 1.0], 8.0, 0.0, [1, 2]),  # taller than a slide
        ([], 8.0, 0.0, []),
    ],
)
def test_what_does_not_fit_a_slide_is_shared_out_evenly(
    heights: list[float], most: float, between: float, wanted: list[int]
) -> None:
    assert shares(heights, most, between) in (wanted, wanted[::-1])


def test_no_slide_holds_a_row_or_a_line_that_was_left_over(made: Made) -> None:
    deck = pptx.Presentation(io.BytesIO(made.files["pptx"]))
    counts: dict[str, list[int]] = {}
    for slide in deck.slides:
        title = slide.shapes.title.text_frame.text
        if found := re.fullmatch(r"(.+) \(\d of \d\)", title):
            tables = [shape.table for shape in slide.shapes if shape.has_table]
            words = next((shape for shape in slide.shapes if shape.name == "Words"), None)
            number = len(tables[0].rows) - 1 if tables else len(words.text_frame.paragraphs)  # type: ignore[union-attr]
            counts.setdefault(f"{found[1]}, {'rows' if tables else 'lines'}", []).append(number)
    assert counts and all(len(own) > 1 and min(own) > 1 and max(own) <= 2 * min(own) for own in counts.values()), counts


def test_no_line_of_a_slide_crosses_a_break(made: Made) -> None:
    parted = 0
    for measure in (one for _, own in made.report.chapters for one in own):
        if measure.picture and isinstance(measure.picture.plan, TrendPlan):
            points = [point for line in measure.picture.plan.lines for point in line.points]
            breaks = sum(point.value is None and not point.text for point in points)
            found = series_of(measure.picture.plan, plotted(measure.picture.plan))
            assert len(found) == len(measure.picture.plan.lines) + breaks
            assert len({name for name, _ in found}) == len(found)
            parted += breaks
    assert parted


def test_no_words_of_a_slide_overflow_their_box(made: Made) -> None:
    from vawg_metrics.outputs.report.slide_design import LEADING, lines_at

    deck = pptx.Presentation(io.BytesIO(made.files["pptx"]))
    for slide in deck.slides:
        for shape in slide.shapes:
            if shape.name == "Words":
                size = shape.text_frame.paragraphs[0].runs[0].font.size.pt
                lines = lines_at(shape.text_frame.text, shape.width / Inches(1), size)
                assert lines * size * LEADING / 72 <= shape.height / Inches(1) + 0.02, shape.text_frame.text[:80]


# XLSX


def test_the_workbook_has_the_annex_and_where_to_turn(made: Made) -> None:
    book = openpyxl.load_workbook(io.BytesIO(made.files["xlsx"]))
    assert book.sheetnames == ["Cover", "Data", "Notes"]
    header, *rows = book["Data"].iter_rows(values_only=True)
    assert {"indicator", "period", "numerator", "denominator", "lower", "upper", "source"} <= set(header)
    notes = " ".join(str(cell) for row in book["Notes"].iter_rows(values_only=True) for cell in row)
    cover = " ".join(str(cell) for row in book["Cover"].iter_rows(values_only=True) for cell in row)
    assert all(line in notes for line in made.report.help_lines) and made.report.note in notes
    assert made.report.name in cover and len(rows) > 50
