"""The places of table C2: which code a Community Safety Partnership (CSP), a force or "Unassigned" row stands for."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from vawg_metrics.areas import ENGLAND_AND_WALES, HOME, NEIGHBOURING_FORCES, Area
from vawg_metrics.periods import Period
from vawg_metrics.sources.cells import Cell
from vawg_metrics.sources.comparators import NEIGHBOURS, code_now
from vawg_metrics.sources.contract import Fact
from vawg_metrics.sources.ons_tables import OFFENCES, label

TERRITORIAL_FORCES: Final = 43

# The table gives one authority for each of these three, and they do not make up whole ones: Christchurch belongs to
# the authority Bournemouth, Christchurch and Poole and to the CSP of Dorset.
ACROSS_AUTHORITIES: Final = frozenset({"E22000063", "E22000067", "E22000367"})

_KNOWN: Final = {area.code: area for area in (*NEIGHBOURS, *HOME, *NEIGHBOURING_FORCES)}
RowKind = Literal["force", "partnership", "unassigned", "uncoded"]


@dataclass(frozen=True, slots=True)
class PartnershipRow:
    """One row of table C2, its number in the file, its six place columns and its count for each offence."""

    number: int
    force_code: str
    force: str
    csp_code: str
    csp: str
    authority_code: str
    authority: str
    counts: Mapping[str, Cell]

    @property
    def kind(self) -> RowKind:
        """What the row is about; a place without any code is a part of its force that cannot be named (an airport)."""
        if self.csp.casefold().startswith("unassigned"):
            return "unassigned"
        if self.csp_code:
            return "partnership"
        return "uncoded" if self.csp else "force"

    @property
    def name(self) -> str:
        return label(self.csp) or self.force

    @property
    def one_authority(self) -> str:
        """The code of the one local authority that the row lies in; '' when it covers several."""
        code = self.authority_code
        single = len(code) == 9 and code[:1] in "EW" and code[1:].isdigit()
        return code_now(code) if single and self.csp_code not in ACROSS_AUTHORITIES else ""


def partnership_row(number: int, places: Sequence[str], counts: Mapping[str, Cell]) -> PartnershipRow:
    """A row from the texts of its six place columns; the force's name loses its notes, for rows are grouped by it."""
    force_code, force, csp_code, csp, authority_code, authority = places
    return PartnershipRow(number, force_code, label(force), csp_code, csp, authority_code, authority, counts)


def facts_of(rows: Sequence[PartnershipRow], year: Period) -> tuple[Fact, ...]:
    """A fact for every place and offence.

    An authority that several CSPs make up is their sum, and they keep their own codes beside it. England and Wales is
    given when all its 43 territorial forces are.
    """
    forces = _forces(rows)
    totals = tuple(forces.values())
    placed = [(place.code, members) for place, members in _places(rows, forces)]
    if len(totals) == TERRITORIAL_FORCES:
        placed.append((ENGLAND_AND_WALES.code, totals))
    return tuple(
        Fact(code, year.start, year.end, offence, "", *_sum(row.counts[offence] for row in members))
        for code, members in placed
        for offence in OFFENCES
    )


def places_of(rows: Sequence[PartnershipRow]) -> tuple[Area, ...]:
    """Every place that the facts are about, England and Wales left out."""
    return tuple(place for place, _ in _places(rows, _forces(rows)))


def _forces(rows: Sequence[PartnershipRow]) -> Mapping[str, PartnershipRow]:
    """The row for each force as a whole, by name: its own, or its only CSP's (City of London)."""
    found = {row.force: row for row in rows}
    return found | {row.force: row for row in rows if row.kind == "force"}


def _places(
    rows: Sequence[PartnershipRow], forces: Mapping[str, PartnershipRow]
) -> list[tuple[Area, tuple[PartnershipRow, ...]]]:
    """Each place with the rows that add up to it."""
    authorities: dict[str, list[PartnershipRow]] = {}
    for row in rows:
        if row.kind == "partnership" and row.one_authority:
            authorities.setdefault(row.one_authority, []).append(row)
    found: list[tuple[Area, tuple[PartnershipRow, ...]]] = [
        (_area(row.force_code, row.force, "force"), (row,)) for row in forces.values()
    ]
    for row in rows:
        if row.kind == "unassigned":
            code = f"{forces[row.force].force_code}-none"
            found.append((_area(code, row.name, "unplaced"), (row,)))
        elif row.kind == "partnership" and len(authorities.get(row.one_authority, ())) != 1:
            found.append((Area(row.csp_code, row.name, "partnership"), (row,)))
    for code, members in authorities.items():
        name = label(members[0].authority) or members[0].name
        found.append((_area(code, name, "authority"), tuple(members)))
    return found


def _area(code: str, name: str, kind: Literal["force", "unplaced", "authority"]) -> Area:
    return _KNOWN.get(code) or Area(code, name, kind)


def _sum(cells: Iterable[Cell]) -> Cell:
    """The sum of counts, unknown when any of them is."""
    total = 0
    for count, marker in cells:
        if count is None:
            return None, marker
        total += count
    return total, ""
