"""What changed between two editions, to take away: a table for each section, and all of them in one."""

from collections.abc import Sequence
from typing import Final

from vawg_metrics.changes.found import Changes, Edition
from vawg_metrics.changes.section import Section, edition_words
from vawg_metrics.changes.words import opening
from vawg_metrics.charts.credit import LICENCE, PROPOSED
from vawg_metrics.charts.plan import Plan
from vawg_metrics.outputs.about import ABOUT
from vawg_metrics.outputs.naming import plain
from vawg_metrics.outputs.parcel import Parcel
from vawg_metrics.outputs.table import Record

TITLE: Final = "What changed"
NO_PICTURE: Final = "What changed is a table: it has no picture."
PRESENT: Final = "present"


def section_parcel(changes: Changes, section: Section) -> Parcel:
    """The table of one section."""
    records = tuple(dict(one) for one in section.records)
    return _parcel(changes, section.id, section.title, section.columns, records, section.sentences)


def whole_parcel(changes: Changes, found: Sequence[Section]) -> Parcel:
    """The rows of every section in one table, under every column that any of them has."""
    records = tuple(whole_records(found))
    columns = tuple(dict.fromkeys(("section", *(name for one in found for name in one.columns))))
    said = [f"{one.title}: {sentence}" for one in found for sentence in one.sentences]
    return _parcel(changes, "all", "every section", columns, records, said)


def whole_records(found: Sequence[Section]) -> list[Record]:
    """The rows of every section, each with the section that it belongs to."""
    return [{"section": one.id, **record} for one in found for record in one.records]


def changes_document(changes: Changes, found: Sequence[Section]) -> dict[str, object]:
    """What changed as one object for JSON: the two editions, then each section with its sentences and its rows."""
    return {
        "before": _edition(changes.before),
        "after": _edition(changes.after),
        "opening": list(opening(changes)),
        "sections": [
            {"id": one.id, "title": one.title, "sentences": list(one.sentences), "rows": [dict(r) for r in one.records]}
            for one in found
        ],
    }


def _edition(edition: Edition) -> dict[str, str]:
    return {"name": edition.name or PRESENT, "day": edition.day, "edition": edition.figures}


def _parcel(
    changes: Changes,
    name: str,
    title: str,
    columns: tuple[str, ...],
    records: tuple[Record, ...],
    sentences: Sequence[str],
) -> Parcel:
    before, after = (one.name or PRESENT for one in (changes.before, changes.after))
    about = (
        (ABOUT, f"{TITLE}: {title}"),
        ("Before", f"{edition_words(changes.before)}, edition {changes.before.figures}"),
        ("After", f"{edition_words(changes.after)}, edition {changes.after.figures}"),
        *(("In words", one) for one in sentences),
        ("Status", PROPOSED),
        ("Licence", f"{LICENCE}."),
    )
    stem = f"what-changed_{plain(name)}_{plain(before)}_{plain(after)}"
    plan = Plan(title=title, subtitle="", empty=NO_PICTURE)
    return Parcel(stem, f"{TITLE}: {title}", columns, records, about, plan, changes.after.figures)
