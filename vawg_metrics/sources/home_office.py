"""Home Office police recorded crime open data: offences by quarter, by force and by Community Safety Partnership."""

from collections.abc import Mapping
from typing import Final

from vawg_metrics.areas import DISTRICTS, UNPLACED
from vawg_metrics.errors import Fault
from vawg_metrics.sources import home_office_arrests, home_office_outcomes
from vawg_metrics.sources.cells import misplaced
from vawg_metrics.sources.contract import Intake, Reader
from vawg_metrics.sources.home_office_tables import LLR_FORCE, force_of, likeness_to
from vawg_metrics.sources.home_office_tally import Tally
from vawg_metrics.sources.incoming import Incoming

SOURCE: Final = "home_office_recorded"
SOURCE_BY_CSP: Final = "home_office_recorded_csp"
COLUMNS: Final = (
    "Financial Year",
    "Financial Quarter",
    "Force Name",
    "Offence Description",
    "Offence Group",
    "Offence Subgroup",
    "Offence Code",
    "Number of Offences",
)
COLUMNS_BY_CSP: Final = (
    "Financial Year",
    "Financial Quarter",
    "Police Force",
    "CSP Name",
    "ONS Code",
    "Offence Description",
    "Offence Group",
    "Offence Subgroup",
    "Offence Code",
    "Offence Count",
)
OUTSIDE: Final = "partnerships outside LLR"

# Each CSP of LLR is one district; `E22000170` is North West Leicestershire.
DISTRICT_OF_CSP: Final[Mapping[str, str]] = {
    "E22000164": "E07000129",
    "E22000165": "E07000130",
    "E22000166": "E07000131",
    "E22000167": "E07000132",
    "E22000168": "E06000016",
    "E22000169": "E07000133",
    "E22000170": "E07000134",
    "E22000171": "E07000135",
    "E22000172": "E06000017",
}
_SAME: Final = {area.code: area.code for area in (*DISTRICTS, UNPLACED)}


def likeness(incoming: Incoming) -> float:
    """How much the first table's header is that of the force tables."""
    return likeness_to(incoming, COLUMNS)


def read(incoming: Incoming) -> tuple[Intake, ...]:
    """Offences recorded by a force in a quarter, as whole numbers, by offence code; from a csv or a sheet a year.

    Items are offence codes such as 19C (`home_office_offences`), the part is empty. Areas are LLR, its four
    neighbours, and England and Wales as the sum of the 43 territorial forces, in each quarter in which all of them
    have rows: without British Transport Police and the fraud bodies that report no place. Negative counts correct
    earlier quarters and are kept. Every fault of the file is in the intake.
    """
    tally = Tally(incoming.name)
    for row in tally.rows(incoming, COLUMNS, "Number of Offences"):
        _, _, force_name, description, group, _, code, _ = row.texts
        force = force_of(force_name)
        tally.places.setdefault(row.period, set()).add(force)
        if tally.uses(row.period, code, group, description):
            tally.add_of_force(row, force, code)
    tally.check_rows(LLR_FORCE)
    return (tally.intake(SOURCE, "offences recorded in", tally.facts_of_forces()),)


def likeness_by_csp(incoming: Incoming) -> float:
    """How much the first table's header is that of the tables by Community Safety Partnership."""
    return likeness_to(incoming, COLUMNS_BY_CSP)


def read_by_csp(incoming: Incoming) -> tuple[Intake, ...]:
    """Offences recorded in a district of LLR in a quarter, as whole numbers, by offence code.

    Items are offence codes, the part is empty. The CSP's ONS code gives the district; what Leicestershire Police
    placed in none ("Unassigned") stands under areas.UNPLACED. An offence of the quarter without a row for a place
    is zero; a district without any row in a quarter is a fault. Partnerships outside LLR are set aside.
    """
    tally = Tally(incoming.name)
    for row in tally.rows(incoming, COLUMNS_BY_CSP, "Offence Count"):
        _, _, force, csp, ons, description, group, _, code, _ = row.texts
        area, problem = _area_of(force, csp, ons)
        if problem:
            tally.reject(row.place, problem)
            continue
        tally.places.setdefault(row.period, {UNPLACED.code}).add(area)
        if not tally.uses(row.period, code, group, description):
            continue
        if not area:
            tally.set_aside[OUTSIDE] += 1
        elif tally.add(row, area, code):
            tally.kept["LLR"] += 1
    tally.check_rows()
    _check_districts(tally)
    facts = tuple(fact for period in tally.places for fact in tally.facts_of_places(period, _SAME))
    return (tally.intake(SOURCE_BY_CSP, "offences recorded in", facts),)


def _check_districts(tally: Tally) -> None:
    """A fault for every quarter in which a district of LLR has no row at all: its offences are unknown, not none."""
    for period in sorted(tally.places):
        absent = [area.name for area in DISTRICTS if area.code not in tally.places[period]]
        if absent:
            problem = f"{period.words()} has no row for {', '.join(absent)}."
            tally.faults.append(Fault(tally.file, "", problem, "Give the whole file as published."))


def _area_of(force: str, csp: str, ons: str) -> tuple[str, str]:
    """The area of LLR that a row is about, '' for one outside it, and what is wrong with the row."""
    inside = force_of(force) == LLR_FORCE
    district = DISTRICT_OF_CSP.get(ons, "")
    if inside and not district and csp.casefold().startswith("unassigned"):
        return UNPLACED.code, ""
    if inside != bool(district):
        return "", f"{csp} ({ons or 'no code'}) stands under {force}: not one of the nine partnerships of LLR."
    return district, misplaced(csp, district) if district else ""


READERS: Final[tuple[Reader, ...]] = (
    Reader("Home Office recorded crime by force", likeness, read),
    Reader("Home Office recorded crime by community safety partnership", likeness_by_csp, read_by_csp),
    *home_office_outcomes.READERS,
    *home_office_arrests.READERS,
)
