"""The tables that a folder of figures is read by: the measures, the places and the sources."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from vawg_metrics.areas import Area
from vawg_metrics.catalogue.definitions import Indicator, Source
from vawg_metrics.catalogue.terms import Term
from vawg_metrics.outputs.columns import Column
from vawg_metrics.outputs.table import Record


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under described columns; `key` is the column that tells the rows apart."""

    name: str
    title: str
    columns: tuple[Column, ...]
    records: tuple[Record, ...]
    key: str


def _columns(*rows: tuple[str, str, str]) -> tuple[Column, ...]:
    return tuple(Column(name, "string", title, description) for name, title, description in rows)


_MEASURES: Final = (
    *_columns(
        ("indicator", "Measure (id)", "The id that figures name the measure by."),
        ("code", "Code", "The code in the strategy's list of measures."),
        ("title", "Measure", "The title."),
        ("question", "Question", "The question that it answers."),
        ("priority", "Priority", "The priority of the strategy that it belongs to."),
        ("kind", "Kind", "activity, output, outcome or context."),
        ("direction", "Direction", "Whether higher is better, lower is better, or neither."),
        ("unit", "Unit", "rate, percent, count, ratio, days or pounds."),
        ("unit_words", "Unit in words", "The unit in words, of a rate."),
        ("whom", "Who is counted", "Who or what is counted."),
        ("native_period", "Published by", "The period that its source publishes: month, quarter, year or edition."),
        ("geography", "Places", "The smallest places that it is published for."),
        ("numerator", "Count of", "What is counted."),
        ("denominator", "Out of", "What the count is divided by; empty for a count."),
        ("breakdown", "Split by", "What it is split by."),
        ("groups", "Parts", "The parts of the split, id and words."),
        ("includes", "Counted", "What is counted, in words."),
        ("excludes", "Not counted", "What is not counted."),
        ("caveats", "Be careful", "What to beware of."),
        ("method", "Method", "How it is computed."),
        ("why", "Why it matters", "Why it matters."),
        ("source", "Source (id)", "The id of its source; empty where nobody supplies it yet."),
        ("supplier", "Could be supplied by", "Who could supply it, where it is not held."),
        ("awaits", "Why it is not held", "Why it is not held, and what could be supplied."),
        ("due", "Due", "By when it was asked for."),
        ("retired", "Retired", "The month in which it was given up."),
        ("collected", "Held", "yes where figures are held, else no."),
        ("agreed_with_survivors", "Agreed with survivors", "yes where people with lived experience agreed to it."),
    ),
    Column("per", "integer", "Per", "A rate is per this many, a share per 100."),
    Column("version", "integer", "Version", "The version of the definition."),
)
_AREAS: Final = _columns(
    ("area_code", "Place (code)", "The code that figures name the place by."),
    ("area", "Place", "The place by name."),
    ("kind", "Kind", "district, county, llr, unplaced, nation, region, force, authority or partnership."),
)
_SOURCES: Final = (
    *_columns(
        ("source", "Source (id)", "The id that measures name the source by."),
        ("publisher", "Publisher", "Who publishes it."),
        ("dataset", "Dataset", "What the publisher calls it."),
        ("licence", "Licence", "The licence that it is published under."),
        ("page", "Page", "Where it is published."),
        ("rhythm", "Rhythm", "How often it is published."),
        ("covers_words", "Covers", "What it covers."),
        ("known_faults", "Known faults", "What is wrong with it."),
    ),
    Column("lag_months", "integer", "Lag", "Months from the end of a period to its publication."),
)


def measures_table(indicators: Iterable[Indicator]) -> Table:
    """Every measure, held or not, with its definition."""
    return Table("measures", "Measures and their definitions", _MEASURES, tuple(map(_measure, indicators)), "indicator")


def areas_table(areas: Iterable[Area]) -> Table:
    """Every place that a figure is held of."""
    records: tuple[Record, ...] = tuple({"area_code": one.code, "area": one.name, "kind": one.kind} for one in areas)
    return Table("areas", "Places", _AREAS, records, "area_code")


def sources_table(sources: Iterable[Source]) -> Table:
    """Every source that a measure is computed from."""
    return Table("sources", "Sources", _SOURCES, tuple(map(_source, sources)), "source")


def _measure(one: Indicator) -> Record:
    groups = one.breakdown.groups if one.breakdown else ()
    worked = {
        "indicator": one.id,
        "numerator": _name(one.numerator),
        "denominator": _name(one.denominator),
        "breakdown": one.breakdown.name if one.breakdown else "",
        "groups": _joined([f"{group.id}: {group.label}" for group in groups]),
        "includes": _joined(one.includes),
        "excludes": _joined(one.excludes),
        "caveats": _joined(one.cautions),
        "collected": _yes(one.public),
        "agreed_with_survivors": _yes(one.agreed_with_survivors),
    }
    plain: Record = {column.name: getattr(one, column.name) for column in _MEASURES if column.name not in worked}
    return plain | worked


def _source(one: Source) -> Record:
    worked: Record = {"source": one.id, "known_faults": _joined(one.known_faults)}
    return {column.name: getattr(one, column.name) for column in _SOURCES if column.name not in worked} | worked


def _name(term: Term | None) -> str:
    return term.name if term else ""


def _joined(lines: Sequence[str]) -> str:
    return " | ".join(lines)


def _yes(found: bool) -> str:
    return "yes" if found else "no"
