"""The annex for analysts: every figure that a report says or draws, one a row, as a workbook and as CSV."""

from collections.abc import Iterator

from vawg_metrics.charts.credit import source_words
from vawg_metrics.charts.plan import Plan
from vawg_metrics.figure import Figure
from vawg_metrics.narrative import period_words
from vawg_metrics.outputs.about import ABOUT
from vawg_metrics.outputs.parcel import Parcel
from vawg_metrics.outputs.report.content import Report
from vawg_metrics.outputs.report.measures import Measure, figures_behind
from vawg_metrics.outputs.table import VIEW_COLUMNS, Record, as_record

COLUMNS = (*VIEW_COLUMNS[:3], "period", *VIEW_COLUMNS[3:], "source")
NO_CHART = "Charts stand in the report itself."


def annex_of(report: Report) -> Parcel:
    """The figures of a report as a parcel; a figure that two priorities share stands in it once."""
    records = tuple(_record(measure, figure, report.release) for measure, figure in figures_of_report(report))
    pairs = [
        (
            ABOUT,
            f"{report.name}: every figure of its measures that it says or draws, unrounded, one a row. Measures "
            "that stop before the strategy are not in it.",
        ),
        ("Report", f"{report.period}. {report.strategy}."),
        ("Content note", report.note),
        *(("Help", line) for line in report.help_lines),
        ("Part years", "Rows of the kind year_to_date are sums of the months of a part year; no other table has them."),
        *(("Source", words) for words in dict.fromkeys(str(one["source"]) for one in records)),
        ("Status", report.status),
        ("Edition", report.edition),
        ("Licence", report.licence),
    ]
    plan = Plan(title=report.name, subtitle=report.period, empty=NO_CHART)
    return Parcel(f"{report.stem}_figures", report.name, COLUMNS, records, tuple(pairs), plan, report.release)


def figures_of_report(report: Report) -> Iterator[tuple[Measure, Figure]]:
    """Every figure once, with its measure, in the order of the report."""
    seen = set()
    for measure in (one for _, own in report.chapters for one in own):
        for figure in figures_behind(measure):
            key = (figure.indicator or measure.reading.indicator.id, figure.area.code, figure.grain, figure.period,
                   figure.breakdown, figure.group)  # fmt: skip
            if key not in seen:
                seen.add(key)
                yield measure, figure


def _record(measure: Measure, figure: Figure, release: str) -> Record:
    row = as_record(figure, release)
    more = {"title": measure.reading.indicator.title, "period": period_words(figure)}
    return {**row, **more, "source": source_words(measure.reading)}
