"""Made-up returns for measures that await real ones: always the same, marked as such wherever they show.

They go through the same protection as real ones and are published into a release of their own, so that nothing that
reads the real release can meet them.
"""

import hashlib
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Final

import numpy as np

from vawg_metrics.areas import LEICESTERSHIRE, LLR, UNPLACED
from vawg_metrics.catalogue.definitions import Catalogue, Indicator
from vawg_metrics.catalogue.returned import COMPUTED_LINES, Line, Partner
from vawg_metrics.protection.building import protect
from vawg_metrics.protection.writing import write_protected
from vawg_metrics.release import Release, open_data
from vawg_metrics.returns.contract import Asked, Given, Return, asked_of

QUARTERS: Final = tuple(f"{year}-{year + 1 - 2000} Q{number}" for year in (2024, 2025) for number in (1, 2, 3, 4))
KEY: Final = b"demonstration: there is nothing to protect"
AFTER: Final = date(2026, 7, 1)

# How large a line is for LLR in a quarter (or a year), where it is not of the usual size of its kind.
SIZES: Final[Mapping[str, float]] = {
    "vawg_offences": 4200, "domestic_abuse_recorded": 5600, "domestic_abuse_cohort": 3400,
    "domestic_abuse_victims": 3100, "domestic_abuse_suspects": 2700, "victims_recorded": 4000,
    "domestic_abuse_stalking_crimes": 4900, "helpline_offered": 2300, "marac_cases": 260,
    "support_referrals": 1800, "people_waiting": 320, "support_started": 900, "staff_in_scope": 2600,
    "women_answered_after_dark": 900, "orders_granted": 210, "orders_breached": 90, "clares_law_closed": 330,
    "people_contributing": 34, "contributing_sessions": 9, "programme_started": 70, "schools_open": 420,
    "accommodation_referrals": 700, "contract_value": 6_200_000, "contract_value_ending_year": 1_900_000,
    "spend_vawg": 7_400_000, "spend_by_kind": 7_000_000, "board_meetings": 6, "recommendations_accepted": 12,
    "commissioning_decisions": 8, "adviser_posts_recommended": 46, "adviser_posts_filled": 38, "specialist_posts": 90,
    "services_commissioned": 9, "services_commissioned_by_you": 14, "domestic_abuse_median_days": 21,
    "domestic_abuse_lower_quartile_days": 6, "domestic_abuse_upper_quartile_days": 88, "rape_median_days": 190,
    "rape_lower_quartile_days": 74, "rape_upper_quartile_days": 410, "domestic_abuse_cases_closed": 3300,
    "rape_cases_closed": 260,
}  # fmt: skip
USUAL: Final = 400.0
PART: Final = 0.42  # of its whole, a part's usual share; each line leans from it by its own name
WEIGHTS: Final[Mapping[str, float]] = {
    "Leicester": 0.36, "Leicestershire": 0.56, "Blaby": 0.09, "Charnwood": 0.16, "Harborough": 0.07,
    "Hinckley and Bosworth": 0.09, "Melton": 0.04, "North West Leicestershire": 0.08, "Oadby and Wigston": 0.05,
    "Rutland": 0.03, UNPLACED.name: 0.03, LLR.name: 1.0,
}  # fmt: skip


def demonstrated(catalogue: Catalogue, real: Release) -> tuple[Indicator, ...]:
    """The measures that a demonstration may stand in for: those that partners supply, and of which nothing is held."""
    measures = (one for one in catalogue.indicators if one.from_partners and not one.layout_only and not one.retired)
    return tuple(one for one in measures if not real.holds(one))


def open_demonstration(folder: Path, real: Release) -> Release:
    """A release of made-up returns alone, protected and published as real ones are; `folder` is the real data/."""
    measures = demonstrated(real.catalogue, real)
    catalogue = _of_these(real.catalogue, _with_lenders(real.catalogue, measures))
    returns = tuple(made_up(catalogue))
    with tempfile.TemporaryDirectory(prefix="demonstration-") as aside:
        write_protected(Path(aside), protect(catalogue, returns, KEY, AFTER).facts)
        release = open_data(folder, replace(catalogue, indicators=measures), Path(aside))
    return replace(release, name=f"demonstration-{release.name}", demonstration=True)


def made_up(catalogue: Catalogue) -> Iterator[Return]:
    """Plausible returns of every partner for two years; the same on every machine."""
    for quarter in QUARTERS:
        for partner in catalogue.partners:
            cells = asked_of(catalogue, partner, quarter)
            if cells:
                yield Return(partner.id, quarter, tuple(_filled(catalogue, partner, quarter, cells)))


def _filled(catalogue: Catalogue, partner: Partner, quarter: str, cells: tuple[Asked, ...]) -> Iterator[Given]:
    """A partner's cells: wholes before their parts, groups before their total."""
    counts: dict[tuple[str, str, str], int] = {}
    lines = {cell.line.id: cell.line for cell in cells}
    for line in sorted(lines.values(), key=lambda one: (_depth(one, lines), one.id)):
        for cell in (cell for cell in cells if cell.line.id == line.id and (cell.group or not line.groups)):
            counts[cell.key] = _count(catalogue, partner, quarter, cell, counts)
        for cell in (cell for cell in cells if cell.line.id == line.id and line.groups and not cell.group):
            counts[cell.key] = sum(counts[line.id, split.id, cell.area.code] for split in line.groups)
    for cell in cells:
        yield Given(*cell.key, counts[cell.key], "nil" if counts[cell.key] == 0 else "")


def _depth(line: Line, lines: Mapping[str, Line]) -> int:
    """How many wholes a line lies within."""
    return 1 + _depth(lines[line.part_of], lines) if line.part_of in lines else 0


def _count(
    catalogue: Catalogue, partner: Partner, quarter: str, cell: Asked, counts: Mapping[tuple[str, str, str], int]
) -> int:
    line, chance = cell.line, _chance(partner.id, quarter, *cell.key)
    lean = 0.75 + 0.5 * _chance(line.id, cell.group).random()
    whole = _whole(cell, counts)
    if whole is not None:
        share = min(PART * lean, 0.95) / max(len(line.groups), 1 if line.counts != "pounds" else 2)
        return int(chance.binomial(whole, share)) if line.rounded or whole < 10_000 else round(whole * share)
    size = SIZES.get(line.id, USUAL) * lean * WEIGHTS[cell.area.name] / max(len(line.groups), 1)
    suppliers = sum(cell.indicator.id in one.supplies for one in catalogue.partners)
    if line.counts == "days":
        return max(1, round(size + chance.normal(0, size / 12)))
    if cell.indicator.places == "force" or len(partner.areas) == 0:
        size /= suppliers
    return int(chance.poisson(size)) if line.rounded else max(1, round(size * (0.95 + 0.1 * chance.random())))


def _whole(cell: Asked, counts: Mapping[tuple[str, str, str], int]) -> int | None:
    """The count that this cell is some of, in the same place; the county's is the sum of its districts'."""
    line, area = cell.line, cell.area.code
    if not line.part_of:
        return None
    same = [counts[key] for key in ((line.part_of, cell.group, area), (line.part_of, "", area)) if key in counts]
    if same:
        return same[0]
    inside = [
        count
        for (of, group, place), count in counts.items()
        if of == line.part_of and group == "" and place.startswith("E07")
    ]
    return sum(inside) if area == LEICESTERSHIRE.code and inside else None


def _chance(*words: str) -> np.random.Generator:
    """Random numbers that hang on words alone."""
    seed = int.from_bytes(hashlib.sha256("|".join(words).encode("utf-8")).digest()[:8], "big")
    return np.random.default_rng(seed)


def _of_these(catalogue: Catalogue, measures: tuple[Indicator, ...]) -> Catalogue:
    """A catalogue of some measures, whose suppliers supply these and do not mind being seen through."""
    ids = {one.id for one in measures}
    partners = tuple(
        replace(one, supplies=tuple(id_ for id_ in one.supplies if id_ in ids), consents=True)
        for one in catalogue.partners
    )
    return replace(catalogue, indicators=measures, partners=partners)


def _with_lenders(catalogue: Catalogue, measures: tuple[Indicator, ...]) -> tuple[Indicator, ...]:
    """The measures with those that declare a line they borrow."""
    wanted = {one.id for one in measures} | {
        catalogue.line_owner(id_).id for one in measures for id_ in one.uses if id_ not in COMPUTED_LINES
    }
    return tuple(one for one in catalogue.indicators if one.id in wanted)
