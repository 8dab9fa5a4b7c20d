"""The report as slides: one message a slide, native charts that can be edited, and the words behind them as notes."""

import io
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final

from pptx.util import Inches, Pt

from vawg_metrics.outputs.report.blocks import Grid, Part, Points, Text, words_in
from vawg_metrics.outputs.report.chapters import content_note
from vawg_metrics.outputs.report.content import Report
from vawg_metrics.outputs.report.measures import Measure
from vawg_metrics.outputs.report.slide_chart import put_chart
from vawg_metrics.outputs.report.slide_design import (
    EDGE,
    INK,
    LEADING,
    TALL,
    TEXT,
    TOP,
    WIDE,
    clean,
    lines_at,
    new_deck,
    new_slide,
    put_words,
    write,
)  # fmt: skip
from vawg_metrics.outputs.report.slide_pages import pages_of, rows_of
from vawg_metrics.outputs.report.zipped import settled
from vawg_metrics.priority_sheet import Sheet

WHOLE: Final = (EDGE, TOP, WIDE - 2 * EDGE, TALL - TOP - 0.75)
CHART: Final = (EDGE, TOP, 8.0, TALL - TOP - 0.75)
BESIDE: Final = (8.9, TOP + 0.1, WIDE - 8.9 - EDGE, TALL - TOP - 0.85)
SIZES: Final = (22, 20, 18)  # points of sentences
LEAD, MOST_LEAD = 16, 3  # points, and lines, of what stands above a table
CELLS: Final = (18, 16, 14)  # points of a table


def write_pptx(report: Report) -> bytes:
    """The report as PPTX: the same report, the same content."""
    deck = new_deck()
    core = deck.core_properties
    core.title, core.language, core.author = clean(report.short_name), "en-GB", clean(report.product)
    core.subject, core.last_modified_by, core.comments = (
        clean(report.strategy),
        clean(report.product),
        clean(report.edition),
    )
    slides = _Slides(deck, report)
    slides.front()
    slides.opening()
    for sheet, measures in report.chapters:
        slides.priority(sheet, measures)
    slides.close()
    content = io.BytesIO()
    deck.save(content)
    return settled(content.getvalue(), report.stamp)


class _Slides:
    """The slides of one report, in their order."""

    def __init__(self, deck: Any, report: Report) -> None:  # noqa: ANN401
        self.deck, self.report = deck, report
        self.foot = f"{report.short_name}. Edition {report.release}. In danger call 999."

    def add(self, title: str, notes: Iterable[str]) -> Any:  # noqa: ANN401
        """A new slide; its notes are sentences."""
        return new_slide(self.deck, title, "\n".join(notes) or title, self.foot)

    def words(self, title: str, lines: Sequence[str], notes: Iterable[str] = ()) -> None:
        """Sentences, over as many slides as they need to be read from afar."""
        size, pages = pages_of(lines, WHOLE[2], WHOLE[3], SIZES)
        for number, page in enumerate(pages, 1):
            slide = self.add(_numbered(title, number, len(pages)), notes or page)
            put_words(slide, page, WHOLE, size, least=14)

    def table(self, title: str, grid: Grid, lead: Sequence[str] = (), columns: int = 4) -> None:
        """A table under a sentence, over as many slides as its rows need; columns left out are in the notes."""
        width = WHOLE[2] / sum(grid.widths[:columns])
        widths = [share * width for share in grid.widths[:columns]]
        top = _lead_lines(lead) * LEAD * LEADING / 72 + 0.15 if lead else 0.0
        size, pages = rows_of([row[:columns] for row in grid.rows], widths, WHOLE[3] - top - 0.4, CELLS)
        told = iter(grid.rows)
        for number, rows in enumerate(pages, 1):
            notes = [": ".join(dict.fromkeys(next(told))) for _ in rows]
            slide = self.add(_numbered(title, number, len(pages)), (grid.caption, *lead, *notes))
            put_words(slide, lead, (EDGE, TOP, WHOLE[2], top), LEAD) if lead else None
            _put_table(slide, grid, rows, widths, TOP + top, size)

    def front(self) -> None:
        """What this is, what it speaks of, and where to turn for help."""
        report = self.report
        self.words(
            report.name,
            (report.period, f"{report.product}: {report.strategy}", report.edition, report.status),
            (report.name, report.edition),
        )
        self.words(
            "Before you read on: what this speaks of, and where to turn for help", (report.note, *report.help_lines)
        )

    def opening(self) -> None:
        """The summary, what is incomplete, what is unusual; of a review also what was reached and what was not."""
        lists = [one for one in self.report.part("summary").blocks if isinstance(one, Points)]
        self.words("In plain words: what is known", [words for _, words in lists[0].points])
        for number, part in enumerate(self.report.parts):
            if part.id in ("incomplete", "unusual", "baseline", "reached", "never", "carry") and number:
                self.part(part, 2 if part.id == "never" else 4)

    def part(self, part: Part, columns: int = 4) -> None:
        """A part: each table under the sentence before it, what stands alone on slides of its own."""
        waiting: list[str] = []
        tables = [block for block in part.blocks if isinstance(block, Grid)]
        for block in part.blocks:
            if isinstance(block, Grid):
                long = _lead_lines(waiting) > MOST_LEAD
                if long:
                    self.words(part.title, waiting)
                title = part.title if block is tables[0] else block.caption
                self.table(title, block, () if long else waiting, columns)
                waiting = []
            else:
                waiting += [f"{lead} {words}".strip() for lead, words in _lines(block)]
        if waiting and not (tables and len(waiting) == 1):
            self.words(part.title, waiting)

    def priority(self, sheet: Sheet, measures: Sequence[Measure]) -> None:
        """A priority: how it stands, a slide for each measure, and what is missing."""
        part = self.report.part(sheet.priority.id)
        inner = {one.id.removeprefix(f"{sheet.priority.id}-"): one for one in part.parts}
        warned = [one.words for one in content_note(_all_words(part)) if isinstance(one, Text)]
        told = [words for block in inner["told"].blocks for words in words_in(block)]
        lines = [
            *warned,
            sheet.priority.intent,
            f"{sheet.heading}.",
            sheet.health,
            f"What survivors told us: {told[0]}",
        ]
        self.words(part.title, lines, [*lines, *told[1:], *(f"To ask: {one}" for one in sheet.questions)])
        for measure in measures:
            self.measure(sheet.priority.id, measure)
        self.part(inner["actions"], 3)
        self.part(inner["missing"], 2)

    def measure(self, priority: str, measure: Measure) -> None:
        """One finding with its chart beside the few words that a reader needs."""
        tile, reading = measure.tile, measure.reading
        block = self.report.part_of(priority, measure)
        slide = self.add(measure.heading, [words for one in block.blocks for words in words_in(one)])
        drawn = measure.picture is not None and put_chart(slide, measure.picture, reading, CHART)
        lines = [
            f"{tile.number}, {tile.place}, {tile.period}",
            f"95 % limits: {measure.limits}.",
            tile.change,
            tile.comparator,
            f"Newest point judged: {measure.signal}.",
            *reading.unanswered,
        ]
        put_words(slide, [one for one in lines if one], BESIDE if drawn else WHOLE, 18, bold_first=True, least=12)

    def close(self) -> None:
        """Where the figures are from, and where to turn for help."""
        edition = [words for block in self.report.part("edition").blocks for words in words_in(block)]
        self.words("Edition and licence", [*edition, self.report.licence])
        self.words("Where to turn for help", self.report.help_lines)


def _lead_lines(lead: Sequence[str]) -> float:
    """How many lines the sentences above a table take."""
    return lines_at("\n".join(lead), WHOLE[2], LEAD) if lead else 0.0


def _lines(block: object) -> Iterator[tuple[str, str]]:
    if isinstance(block, Text):
        yield "", block.words
    elif isinstance(block, Points):
        yield from block.points


def _all_words(part: Part) -> Iterator[str]:
    yield from (one.title for one in part.parts)
    yield from (words for block in part.every_block() for words in words_in(block))


def _numbered(title: str, number: int, of: int) -> str:
    return title if of == 1 else f"{title} ({number} of {of})"


def _put_table(
    slide: Any,  # noqa: ANN401
    grid: Grid,
    rows: Sequence[Sequence[str]],
    widths: Sequence[float],
    top: float,
    size: float,
) -> None:
    """A table with a header row, the first column bold."""
    header = grid.header[: len(widths)]
    box = (Inches(EDGE), Inches(top), Inches(sum(widths)), Inches(1))
    frame = slide.shapes.add_table(len(rows) + 1, len(header), *box)
    frame.name = clean(grid.caption)
    frame._element.nvGraphicFramePr.cNvPr.set("descr", clean(grid.caption))
    table = frame.table
    table.first_row, table.first_col, table.horz_banding = True, True, False
    for place, width in enumerate(widths):
        table.columns[place].width = Inches(width)
    for number, cells in enumerate((header, *rows)):
        table.rows[number].height = Inches(0.3)
        for place, words in enumerate(cells):
            cell = table.cell(number, place)
            cell.margin_top = cell.margin_bottom = Pt(3)
            cell.fill.background()
            strong = number == 0 or place == 0
            write(cell.text_frame.paragraphs[0], words, size, bold=strong, colour=INK if number == 0 else TEXT)
