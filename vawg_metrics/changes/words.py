"""What changed, in the order of an agenda: every section, its sentences and its table."""

from collections.abc import Callable
from typing import Final

from vawg_metrics.changes.found import Changes
from vawg_metrics.changes.said_figures import late, new_periods, repeats, revisions
from vawg_metrics.changes.said_others import definitions, holdings, parked, recording, signals
from vawg_metrics.changes.section import Section, edition_words

AGENDA: Final[tuple[Callable[[Changes], Section], ...]] = (
    new_periods, revisions, signals, late, definitions, recording, holdings, parked, repeats,
)  # fmt: skip
SAME: Final = "The two editions hold the same figures under the same definitions."


def sections(changes: Changes) -> tuple[Section, ...]:
    """The nine sections; one in which nothing changed says so."""
    return tuple(one(changes) for one in AGENDA)


def opening(changes: Changes) -> tuple[str, ...]:
    """Which two editions are compared, in what order, and whether they are the same."""
    before, after = changes.before, changes.after
    said = (
        f"From {edition_words(before)}, edition {before.figures}, to {edition_words(after)}, edition {after.figures}.",
        "Compared are the figures of LLR's own places, the forces, the region and the nations, as published.",
    )
    return (*said, SAME) if before.figures == after.figures else said
