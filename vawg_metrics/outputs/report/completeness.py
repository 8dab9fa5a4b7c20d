"""What is incomplete in a report: how much of its time each source covers, and part years beside the year before."""

from collections.abc import Iterator

from vawg_metrics.catalogue.definitions import Source
from vawg_metrics.holdings import SINCE, STEPS, gaps_of
from vawg_metrics.outputs.report.asked import Asked, month_of, period_name, period_of
from vawg_metrics.outputs.report.blocks import Block, Grid, Part, Text
from vawg_metrics.outputs.report.measures import Chapters
from vawg_metrics.periods import Period, month_words
from vawg_metrics.release import Release
from vawg_metrics.statements import year_words
from vawg_metrics.year_to_date import financial_start


def incomplete_part(release: Release, asked: Asked, chapters: Chapters) -> Part:
    """What is incomplete: how much of the report's time each source covers, and part years beside the year before."""
    period = period_of(release, asked)
    name = "the strategy" if asked.whole else asked.year
    month = month_of(release, asked)
    rows = tuple(_held_row(release, source, period, month) for source in _rhythmic(release))
    said = cover_words(release, asked)
    years = tuple(_part_rows(chapters, "" if asked.whole else period.start))
    blocks: tuple[Block, ...] = (
        Text(f"{said} So every figure of this report names its own period.", "lead"),
        Grid(
            f"How much of {name} is held: {span_of(period)}",
            ("Source", "Held to", "Months held", f"Not held of what was due by {month_words(month)}"), rows,
            (40, 17, 18, 25),
        ),
    )  # fmt: skip
    if years:
        blocks = (
            *blocks,
            Text("A part of a year is compared with the same months of the year before, and with nothing else."),
            Grid("Part years beside the same months before", ("Measure", "Figures and test"), years, (38, 62)),
        )
    return Part("incomplete", "What is incomplete", blocks)


def cover_words(release: Release, asked: Asked) -> str:
    """How many sources cover all of the report's time: `None of 11 sources covers all of 2025-26.`"""
    period, sources = period_of(release, asked), _rhythmic(release)
    whole = sum(_inside(release, one, period) == period.months for one in sources)
    name = period_name(asked)
    return f"{whole or 'None'} of {len(sources)} sources {'cover' if whole > 1 else 'covers'} all of {name}."


def span_of(period: Period) -> str:
    """The first and the last month, by name, where a financial year would only have its own."""
    return f"{month_words(period.start)} to {month_words(period.end)}"


def _rhythmic(release: Release) -> list[Source]:
    """The sources that are held and that newer editions are expected of."""
    return [one for one in release.catalogue.sources if one.rhythm in STEPS and release.manifest.of_source(one.id)]


def _inside(release: Release, source: Source, period: Period) -> int:
    """How many months of a period a source is held for."""
    held = {one for file in release.manifest.of_source(source.id) for one in file.period}
    return sum(one in held for one in period)


def _held_row(release: Release, source: Source, period: Period, month: str) -> tuple[str, str, str, str]:
    """A source, how far it reaches, how much of a period it covers, and what of it is overdue by a month."""
    last = max(one for file in release.manifest.of_source(source.id) for one in file.period)
    inside, named = _inside(release, source, period), {month_words(one) for one in period}
    count = f"{'all' if inside == period.months else inside or 'none'} of {period.months}"
    gaps = [one for one in gaps_of(release, source, month) if one in named or one.startswith(SINCE)]
    return f"{source.publisher}: {source.dataset}", month_words(last), count, "; ".join(gaps) or "nothing is overdue"


def _part_rows(chapters: Chapters, start: str) -> Iterator[tuple[str, str]]:
    """A row for each measure whose months or quarters may be added up; `start` is the first month of the year asked."""
    seen = set()
    for measure in (one for _, own in chapters for one in own):
        part, indicator = measure.part_year, measure.reading.indicator
        if part.obstacle in ("not_summed", "unplaced") or indicator.id in seen:
            continue
        seen.add(indicator.id)
        last = next((one.period for one in (part.after, part.before) if one and one.period), None)
        early = start and last and financial_start(last.end) != start
        lead = "No month of the year is held; the newest before it: " if early else ""
        where = f", {measure.reading.headline.area.name}" if measure.reading.headline else ""
        yield f"{measure.tile.title}{where}", f"{lead}{year_words(indicator, part)}"
