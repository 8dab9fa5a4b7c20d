"""The annex for analysts: every figure that a report says or draws, one a row, as a workbook and as CSV."""

from collections.abc import Iterator

from vawg_metrics.charts.credit import source_words
from vawg_metrics.charts.plan import Plan
from vawg_metrics.figure import Figure
from vawg_metrics.narrative import period_words
from vawg_metrics.outputs.about import ABOUT
from vawg_metrics.outputs.parcel import Parcel
from vawg_metrics.outputs.report.content import Report
from vawg_metrics.outputs.report.measures import figures_behind
from vawg_metrics.outputs.report.opening import OLD
from vawg_metrics.outputs.table import VIEW_COLUMNS, Record, as_record
from vawg_metrics.reading import Reading

COLUMNS = (*VIEW_COLUMNS[:3], "period", *VIEW_COLUMNS[3:], "source")
NO_CHART = "Charts stand in the report itself."


def annex_of(report: Report) -> Parcel:
    """The figures of a report as a parcel; a figure that two priorities share stands in it once."""
    records = tuple(_record(reading, figure, report) for reading, figure in figures_of_report(report))
    pairs = [
        (
            ABOUT,
            f"{report.name}: every figure of its measures that it says or draws, unrounded, one a row. The note of "
            f"measures that stop before the strategy begins with: {OLD}",
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


def figures_of_report(report: Report) -> Iterator[tuple[Reading, Figure]]:
    """Every figure once, with its measure, in the order of the report; those from before the strategy come last."""
    behind = [(one.reading, figures_behind(one)) for _, own in report.chapters for one in own]
    stopped = [(one, (one.headline,)) for one in report.stopped]
    seen = set()
    for reading, figures in (*behind, *stopped):
        for figure in (one for one in figures if one is not None):
            key = (reading.indicator.id, figure.area.code, figure.grain, figure.period, figure.breakdown, figure.group)
            if key not in seen:
                seen.add(key)
                yield reading, figure


def _record(reading: Reading, figure: Figure, report: Report) -> Record:
    row = as_record(reading.indicator, figure, report.release)
    more: Record = {"title": reading.indicator.title, "period": period_words(figure), "source": source_words(reading)}
    if reading in report.stopped:
        more["note"] = f"{OLD} {figure.note}".strip()
    return {**row, **more}
