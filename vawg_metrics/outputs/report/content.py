"""The content of a report from one release: the one object that every format is written from."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from vawg_metrics.catalogue.said_and_done import Said, read_said
from vawg_metrics.charts.credit import LICENCE, MAP_CREDIT, PROPOSED
from vawg_metrics.outputs.report.asked import (
    Asked,
    check_asked,
    edition_words,
    month_of,
    period_name,
    period_of,
    place_words,
    selection_of,
    stamp_of,
    stem_of,
)
from vawg_metrics.outputs.report.blocks import Part, Picture, Text
from vawg_metrics.outputs.report.chapters import chapter, stopped_on
from vawg_metrics.outputs.report.closing import closing_parts
from vawg_metrics.outputs.report.completeness import incomplete_part
from vawg_metrics.outputs.report.measures import Measure, measures_of
from vawg_metrics.outputs.report.opening import strategy_part, summary_part, unusual_part
from vawg_metrics.outputs.report.review import review_parts
from vawg_metrics.outputs.report.words import CONTENT, reviewed
from vawg_metrics.priority_sheet import Sheet, sheet_of
from vawg_metrics.reading import Reading
from vawg_metrics.release import Release
from vawg_metrics.unusual import unusual_in

CONTENT_NOTE = "report/content_note"


@dataclass(frozen=True)
class Report:
    """A report: what stands on its front, its parts in their order, and its priorities with their measures.

    `parts` is what HTML, PDF and DOCX write; `chapters` is what slides and the annex take their figures from. `stopped`
    are the measures that end before the strategy, which the annex has too. `stamp` is the day that files carry inside,
    which comes from the release and never from the clock.
    """

    title: str
    area: str
    place: str
    period: str
    product: str
    strategy: str
    edition: str
    release: str
    stem: str
    stamp: date
    status: str
    licence: str
    note: str
    help_lines: tuple[str, ...]
    parts: tuple[Part, ...]
    chapters: tuple[tuple[Sheet, tuple[Measure, ...]], ...]
    stopped: tuple[Reading, ...]
    end: str

    @property
    def short_name(self) -> str:
        """Title and place as a file carries them."""
        return f"{self.title}: {self.area}"

    @property
    def name(self) -> str:
        """Title and place in one line."""
        return f"{self.title}: {self.place}"

    @property
    def pictures(self) -> tuple[Picture, ...]:
        """Every chart, in the order of the parts."""
        return tuple(one for part in self.parts for one in part.every_block() if isinstance(one, Picture))

    def part(self, id_: str) -> Part:
        """The part of this id; KeyError when there is none."""
        return {one.id: one for one in self.parts}[id_]

    def part_of(self, priority: str, measure: Measure) -> Part:
        """The part of a measure within that of a priority."""
        return next(one for one in self.part(priority).parts if one.title == measure.heading)


def report_of(release: Release, asked: Asked, content: Path = CONTENT) -> Report:
    """The report that was asked for; ReportRefused says why there is none, FaultsFound which text is unsound."""
    check_asked(release, asked)
    strategy, period = release.catalogue.strategy, period_of(release, asked)
    selection, month = selection_of(release, asked), month_of(release, asked)
    sheets = tuple(sheet_of(release, one, selection, month) for one in strategy.priorities)
    late = unusual_in(release).month > period.end
    unjudged = f"not judged for {period_name(asked)} in this edition" if late else ""
    chapters = tuple((one, measures_of(release, one, period.end, unjudged)) for one in sheets)
    said = read_said(content / "you_said_we_did")
    help_lines = tuple(f"{one.name}: {one.number} ({one.hours})." for one in release.catalogue.support_lines)
    title = "Review at the end of the strategy" if asked.whole else f"Annual progress report {asked.year}"
    return Report(
        title=title,
        area=asked.area,
        place=place_words(asked.area),
        period=f"{period_name(asked)[:1].upper()}{period_name(asked)[1:]}: {_span(period.words(), asked)}",
        product=strategy.product,
        strategy=strategy.name,
        edition=edition_words(release),
        release=release.name,
        stem=stem_of(release, asked),
        stamp=stamp_of(release),
        status=PROPOSED,
        licence=f"{LICENCE}. {MAP_CREDIT}.",
        note=" ".join(one.words for one in reviewed(CONTENT_NOTE) if isinstance(one, Text)),
        help_lines=help_lines,
        parts=_parts(release, asked, chapters, said, help_lines),
        chapters=chapters,
        stopped=tuple(found for one in sheets for found in stopped_on(release, asked, one.priority.id)),
        end=period.end,
    )


def _span(words: str, asked: Asked) -> str:
    """The report's months in words; a financial year's, which has a name only, by its ends."""
    if asked.whole:
        return words
    return f"April {asked.year[:4]} to March 20{asked.year[5:]}"


def _parts(
    release: Release,
    asked: Asked,
    chapters: tuple[tuple[Sheet, tuple[Measure, ...]], ...],
    said: tuple[Said, ...],
    help_lines: tuple[str, ...],
) -> tuple[Part, ...]:
    return (
        Part("foreword", "Foreword", reviewed("report/foreword")),
        summary_part(release, asked, chapters, help_lines),
        strategy_part(release),
        incomplete_part(release, asked, chapters),
        unusual_part(release, asked),
        *(review_parts(release, asked, chapters) if asked.whole else ()),
        *(chapter(release, asked, sheet, own, said) for sheet, own in chapters),
        *closing_parts(release, asked),
    )
