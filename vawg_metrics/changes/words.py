"""What changed, in the order of an agenda: every section, its sentences and its table."""

from collections.abc import Callable
from typing import Final

from vawg_metrics.changes.found import Changes, Edition
from vawg_metrics.changes.said_figures import late, new_periods, repeats, revisions
from vawg_metrics.changes.said_others import definitions, holdings, parked, recording, signals
from vawg_metrics.changes.section import Section, edition_words

AGENDA: Final[tuple[Callable[[Changes], Section], ...]] = (
    new_periods, revisions, signals, late, definitions, recording, holdings, parked, repeats,
)  # fmt: skip
BACKWARDS: Final = (
    "The edition before is the later of the two: what is called new below is what had not been known yet."
)
SAME: Final = "The two editions hold the same figures under the same definitions."


def sections(changes: Changes) -> tuple[Section, ...]:
    """The nine sections; one in which nothing changed says so."""
    return tuple(one(changes) for one in AGENDA)


def opening(changes: Changes) -> tuple[str, ...]:
    """Which two editions are compared, in what order, and whether they are the same."""
    before, after = changes.before, changes.after
    said = (
        f"This compares {edition_words(before)}, edition {before.figures}, with {edition_words(after)}, edition "
        f"{after.figures}.",
        "It looks at the figures of LLR's own places, the forces, the region and the nations, as published.",
    )
    if before.figures == after.figures:
        return (*said, SAME)
    return (BACKWARDS, *said) if _later(before, after) else said


def _later(before: Edition, after: Edition) -> bool:
    """Whether the edition before is the later one: the present is later than any that was kept."""
    return bool(after.day) and (not before.day or before.day > after.day)
