"""Home Office crime outcomes open data: what became of the offences that a force recorded in a quarter."""

from typing import Final

from vawg_metrics.sources.contract import Intake, Reader
from vawg_metrics.sources.home_office_tables import LLR_FORCE, force_of, likeness_to
from vawg_metrics.sources.home_office_tally import Tally
from vawg_metrics.sources.incoming import Incoming

SOURCE: Final = "home_office_outcomes"
COHORT: Final = "force_outcomes_for_offences_recorded_in_quarter"
COLUMNS: Final = (
    "financial_year",
    "financial_quarter",
    "force_name",
    "offence_description",
    "offence_group",
    "offence_subgroup",
    "offence_code",
    "outcome_description",
    "outcome_group",
    "outcome_type",
    COHORT,
    "force_outcomes_recorded_in_quarter",
)
NOT_YET_ASSIGNED: Final = "0"
NO_COHORT: Final = "an offence that is no longer recorded and has no cohort (NA)"


def likeness(incoming: Incoming) -> float:
    """How much the first table's header is that of the outcomes tables."""
    return likeness_to(incoming, COLUMNS)


def read(incoming: Incoming) -> tuple[Intake, ...]:
    """Offences recorded in a quarter by their outcome so far, as whole numbers, by offence code; csv or sheets.

    Items are offence codes (`home_office_offences`), parts outcome types as published: 1 or 1A charged or summonsed,
    14 and 16 the victim does not support action, 15 evidential difficulties, 18 no suspect identified, 0 not yet
    assigned. **The count is the cohort's** (`force_outcomes_for_offences_recorded_in_quarter`), which adds up to the
    offences recorded in the quarter; the outcomes recorded in the quarter, for offences of any age, are not read.
    An offence without any row in a quarter is one zero under "0". NA in the cohort means an offence that is no
    longer recorded, of which outcomes alone are reported: there is nothing to count, and the row is set aside.
    Areas and negative counts as in `home_office.read`.
    """
    tally = Tally(incoming.name)
    for row in tally.rows(incoming, COLUMNS, COHORT):
        _, _, force_name, description, group, _, code, _, _, outcome, _, _ = row.texts
        force = force_of(force_name)
        tally.places.setdefault(row.period, set()).add(force)
        if row.cell[0] is None:
            tally.set_aside[NO_COHORT] += 1
        elif tally.uses(row.period, code, group, description):
            tally.add_of_force(row, force, code, outcome.upper())
    tally.check_rows(LLR_FORCE)
    facts = tally.facts_of_forces(nothing=NOT_YET_ASSIGNED)
    return (tally.intake(SOURCE, "outcomes of offences recorded in", facts),)


READERS: Final[tuple[Reader, ...]] = (Reader("Home Office crime outcomes", likeness, read),)
