"""The words of data.police.uk: its columns, forces, crime types and outcomes, each a closed list."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from vawg_metrics.areas import LLR, NEIGHBOURING_FORCES, Area
from vawg_metrics.sources.incoming import likeness

CRIME_TYPES: Final = (
    "Anti-social behaviour",
    "Bicycle theft",
    "Burglary",
    "Criminal damage and arson",
    "Drugs",
    "Other crime",
    "Other theft",
    "Possession of weapons",
    "Public order",
    "Robbery",
    "Shoplifting",
    "Theft from the person",
    "Vehicle crime",
    "Violence and sexual offences",
)

# The texts of the files, and those of the publisher's list of outcome categories that no file held so far
# (the list writes "a penalty notice", the files "penalty notice"). Court results stopped in 2020 and may return.
OUTCOMES: Final = (
    "Action to be taken by another organisation",
    "Awaiting court outcome",
    "Court case unable to proceed",
    "Court result unavailable",
    "Defendant found not guilty",
    "Defendant sent to Crown Court",
    "Formal action is not in the public interest",
    "Further action is not in the public interest",
    "Further investigation is not in the public interest",
    "Investigation complete; no suspect identified",
    "Local resolution",
    "Offender deprived of property",
    "Offender fined",
    "Offender given a caution",
    "Offender given a drugs possession warning",
    "Offender given a penalty notice",
    "Offender given absolute discharge",
    "Offender given community sentence",
    "Offender given conditional discharge",
    "Offender given penalty notice",
    "Offender given suspended prison sentence",
    "Offender ordered to pay compensation",
    "Offender otherwise dealt with",
    "Offender sent to prison",
    "Status update unavailable",
    "Suspect charged",
    "Suspect charged as part of another case",
    "Unable to prosecute suspect",
    "Under investigation",
)

_PLACED: Final = (
    "Crime ID",
    "Month",
    "Reported by",
    "Falls within",
    "Longitude",
    "Latitude",
    "Location",
    "LSOA code",
    "LSOA name",
)


@dataclass(frozen=True, slots=True)
class Layout:
    """One kind of table: its columns in order, what it counts, and the outcomes that it may name.

    `item_column` is the column that says what is counted; without one the table counts `items[0]` alone.
    """

    source: str
    columns: tuple[str, ...]
    item_column: str
    items: tuple[str, ...]
    outcome_column: str
    outcomes: tuple[str, ...]


STREET: Final = Layout(
    source="police_uk_street",
    columns=(*_PLACED, "Crime type", "Last outcome category", "Context"),
    item_column="Crime type",
    items=CRIME_TYPES,
    outcome_column="Last outcome category",
    outcomes=("", *OUTCOMES),  # anti-social behaviour has no outcome
)
OUTCOME_TABLE: Final = Layout(
    source="police_uk_outcomes",
    columns=(*_PLACED, "Outcome type"),
    item_column="",
    items=("Outcomes",),
    outcome_column="Outcome type",
    outcomes=OUTCOMES,
)
LAYOUTS: Final = (STREET, OUTCOME_TABLE)

STOP_AND_SEARCH_COLUMNS: Final = (
    "Type",
    "Date",
    "Part of a policing operation",
    "Policing operation",
    "Latitude",
    "Longitude",
    "Gender",
    "Age range",
    "Self-defined ethnicity",
    "Officer-defined ethnicity",
    "Legislation",
    "Object of search",
    "Outcome",
    "Outcome linked to object of search",
    "Removal of more than just outer clothing",
)

HOME_FORCE: Final = "Leicestershire Police"
COMPARED: Final[dict[str, Area]] = {
    HOME_FORCE: LLR,
    **{f"{area.name} {kind}": area for area in NEIGHBOURING_FORCES for kind in ("Police", "Constabulary")},
}


def likest_layout(header: Iterable[str]) -> tuple[float, Layout]:
    """How much a header is that of the likest layout, and which one that is."""
    names = tuple(header)
    return max(((likeness(names, layout.columns), layout) for layout in LAYOUTS), key=lambda pair: pair[0])
