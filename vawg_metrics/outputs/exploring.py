"""What Explore shows as a parcel, and the words by which it can be checked and made again."""

from collections.abc import Iterable

from vawg_metrics.catalogue.definitions import Indicator, Source
from vawg_metrics.charts.credit import LICENCE, PROPOSED
from vawg_metrics.charts.plan import Plan
from vawg_metrics.exploration import Asked, Total
from vawg_metrics.outputs.about import ABOUT
from vawg_metrics.outputs.explored import Layout, Table, command
from vawg_metrics.outputs.naming import marked_stem, plain
from vawg_metrics.outputs.parcel import Parcel
from vawg_metrics.release import Release
from vawg_metrics.wording import marked


def explored_parcel(
    release: Release,
    asked: Asked,
    layout: Layout,
    table: Table,
    checks: Iterable[Total],
    plan: Plan,
    said: Iterable[tuple[str, str]] = (),
) -> Parcel:
    """The table with its definitions, its totals to check, its id and its command; `plan` is the chart beside it.

    `said` are further pairs of a name and a sentence that the page shows.
    """
    measures = [release.catalogue.indicator(one) for one in asked.indicators]
    title = marked("; ".join(one.title for one in measures), table.demonstration)
    pairs = [
        (ABOUT, title),
        *([] if table.demonstration else [("Figure id", table.id), ("Command", command(asked, layout))]),
        *(("Not answered", note) for note in table.notes),
        *said,
        *(("Total to check", one.words()) for one in checks),
        *(("Definition", definition_text(one, _source(release, one))) for one in measures),
        ("Status", PROPOSED),
        ("Edition", release.name),
        ("Licence", f"{LICENCE}."),
    ]
    stem = stem_of(asked, table)
    return Parcel(stem, title, table.columns, table.records, tuple(pairs), plan, release.name, table.demonstration)


def stem_of(asked: Asked, table: Table) -> str:
    """The name of the files of a table: its first measure, how many more, and its id."""
    first, *others = asked.indicators
    more = f"-and-{len(others)}-more" if others else ""
    return marked_stem(f"{plain(first)}{more}_explored_{table.id}", table.demonstration)


def definition_text(indicator: Indicator, source: Source | None) -> str:
    """A definition to copy: one paragraph of plain text."""
    said = [f"{indicator.code} {indicator.title}, version {indicator.version}.", indicator.question]
    said.append(f"Counts {indicator.whom}.")
    if indicator.numerator:
        divided = f" divided by {indicator.denominator.name}" if indicator.denominator else ""
        unit = f", {indicator.unit_words}" if indicator.unit_words else ""
        said.append(f"Numerator: {indicator.numerator.name}{divided}{unit}.")
    said += [f"Counted: {'; '.join(indicator.includes)}."] if indicator.includes else []
    said += [f"Not counted: {'; '.join(indicator.excludes)}."] if indicator.excludes else []
    said += [f"Be careful: {' '.join(indicator.cautions)}"] if indicator.cautions else []
    said.append(indicator.method)
    if source:
        said.append(f"Source: {source.publisher}, {source.dataset} ({source.licence}).")
    said.append("Proposed, to be confirmed by the partnership.")
    return " ".join(one.replace(".;", ";").replace("..", ".") for one in said if one)


def _source(release: Release, indicator: Indicator) -> Source | None:
    return release.catalogue.source(indicator.source) if indicator.source else None
