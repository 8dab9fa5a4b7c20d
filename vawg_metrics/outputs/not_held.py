"""What is not held, to take away: a row for each measure with who could supply it, by when, and what was agreed."""

from typing import Final

from vawg_metrics.catalogue.definitions import Indicator
from vawg_metrics.charts.credit import LICENCE, PROPOSED
from vawg_metrics.charts.plan import Plan
from vawg_metrics.outputs.about import ABOUT
from vawg_metrics.outputs.parcel import Parcel
from vawg_metrics.outputs.table import Record
from vawg_metrics.reading import Release
from vawg_metrics.supply import not_held, opening, template_words, when_words, who_words

TITLE: Final = "Measures that are not held, and who could supply each"
NO_PICTURE: Final = "What is not held is a table: it has no picture."
COLUMNS: Final = {
    "indicator": "The id that figures name the measure by.",
    "code": "The code in the strategy's list of measures.",
    "title": "The measure.",
    "priority": "The priority of the strategy that it belongs to.",
    "question": "The question that it answers.",
    "why": "Why it matters.",
    "why_not_held": "Why it is not held, and what could be supplied.",
    "supplier": "Who could supply it, in words.",
    "partners": "The kinds of partner in the register that would be asked; where none is registered, as supplier.",
    "by_when": "How often it would be sent; before a return is agreed nothing is due.",
    "template": "Whether a template for partners is ready, or why there is none.",
}


def not_held_parcel(release: Release) -> Parcel:
    """Every measure that is not held, a row each."""
    records = tuple(_record(release, one) for one in not_held(release))
    about = (
        (ABOUT, TITLE),
        *(("In words", one) for one in opening(release)),
        *((f"Column {name}", words) for name, words in COLUMNS.items()),
        ("Status", PROPOSED),
        ("Edition", release.name),
        ("Licence", f"{LICENCE}."),
    )
    plan = Plan(title=TITLE, subtitle="", empty=NO_PICTURE)
    return Parcel(f"not-held_{release.name}", TITLE, tuple(COLUMNS), records, about, plan, release.name)


def _record(release: Release, one: Indicator) -> Record:
    catalogue = release.catalogue
    return {
        "indicator": one.id,
        "code": one.code,
        "title": one.title,
        "priority": next(priority.short for priority in catalogue.strategy.priorities if priority.id == one.priority),
        "question": one.question,
        "why": one.why,
        "why_not_held": one.awaits,
        "supplier": one.supplier,
        "partners": who_words(catalogue, one),
        "by_when": when_words(catalogue, one),
        "template": template_words(catalogue, one),
    }
