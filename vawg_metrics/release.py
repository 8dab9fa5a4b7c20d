"""The release: the present contents of `data/`, published and sealed, and the one SELECT that is ever asked of it."""

import csv
import io
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, Final

from vawg_metrics.areas import COUNTY_PARTS, HOME, LEICESTERSHIRE, LLR, LLR_PARTS, Area
from vawg_metrics.catalogue.definitions import Catalogue, Indicator
from vawg_metrics.errors import FaultsFound
from vawg_metrics.figure import Compared, Figure, Usual
from vawg_metrics.periods import Period, month_number, month_text
from vawg_metrics.publication import possible_errors, publish
from vawg_metrics.publication.existing import months_of
from vawg_metrics.published import Manifest, faults_of, read_document, read_manifest, release_of
from vawg_metrics.warehouse.store import Warehouse

ORDER: Final = {area.code: number for number, area in enumerate(HOME)}
FIRST, LAST = 0, 10**6


@dataclass(frozen=True, slots=True)
class Reach:
    """The areas of a measure, and the first and newest month known of LLR's own places; '' for one of the edition."""

    areas: frozenset[str]
    oldest: str
    newest: str


@dataclass(frozen=True)
class Release:
    """The present contents of `data/`: published figures, sealed, with what they came from and what they mean."""

    name: str
    catalogue: Catalogue
    manifest: Manifest
    warehouse: Warehouse
    neighbours: Mapping[str, tuple[str, ...]]
    boundaries: Mapping[str, Any]
    demonstration: bool = False
    frozen: str = ""  # the name and the day of a frozen release

    @cached_property
    def areas(self) -> dict[str, Area]:
        """Every area by the name on the screen; LLR's own places first."""
        found: dict[str, Area] = {}
        for area in self.manifest.every_area:
            found.setdefault(area.name, area)
        return found

    @cached_property
    def places(self) -> dict[str, Area]:
        """Every area by its code."""
        return {area.code: area for area in self.manifest.every_area}

    @cached_property
    def reaches(self) -> dict[str, Reach]:
        """For each measure: the areas it has figures of, and the months that LLR's own places are known for."""
        rows = self.warehouse.rows(_REACHES, [list(ORDER)])
        return {
            indicator: Reach(frozenset(areas), month_text(first) if first else "", month_text(last) if last else "")
            for indicator, areas, first, last in rows
        }

    def holds(self, indicator: Indicator) -> bool:
        """Whether any figure of a measure was published."""
        return indicator.id in self.reaches

    def __hash__(self) -> int:
        return hash(self.name)


def open_data(folder: Path, catalogue: Catalogue, protected: Path | None = None) -> Release:
    """Open `data/` (which holds `published/`, and `protected/` unless it is elsewhere), publish and seal.

    Raises FaultsFound, which names every fault.
    """
    warehouse, manifest, name = _open(folder / "published", protected or folder / "protected", catalogue)
    documents = {name: read_document(folder / "published", manifest, name) for name in ("neighbours", "districts")}
    boundaries = json.loads(documents["districts"] or "{}")
    return Release(name, catalogue, manifest, warehouse, _neighbours(documents["neighbours"]), boundaries)


def _open(published: Path, protected: Path, catalogue: Catalogue) -> tuple[Warehouse, Manifest, str]:
    """A sealed warehouse of published figures, the manifest they came from, and the release's name.

    Raises FaultsFound, with every fault, when a folder lacks or has damaged what its manifest names.
    """
    manifest, returned = read_manifest(published), read_manifest(protected)
    if faults := [*faults_of(published, manifest), *(faults_of(protected, returned) if returned.facts else ())]:
        raise FaultsFound(faults)
    warehouse = Warehouse()
    warehouse.load({published: manifest, protected: returned})
    _register(warehouse, catalogue)
    publish(warehouse, catalogue)
    warehouse.seal()
    both = replace(manifest, files=(*manifest.files, *returned.files))
    name = release_of(manifest, returned.text() + catalogue.fingerprint if returned.facts else catalogue.fingerprint)
    return warehouse, both, name


def _register(warehouse: Warehouse, catalogue: Catalogue) -> None:
    """What the views and the sums need to know beside the facts."""
    for scheme in ("district", "district_and_unplaced"):
        warehouse.insert(
            "membership", [(LEICESTERSHIRE.code, child, scheme, *months_of(child)) for child in COUNTY_PARTS]
        )
    for scheme, parts in LLR_PARTS.items():
        warehouse.insert("membership", [(LLR.code, child, scheme, *months_of(child)) for child in parts])
    warehouse.insert(
        "download",
        [(one.source, one.id, month_number(one.start), month_number(one.end)) for one in catalogue.downloads],
    )
    warehouse.insert(
        "known_fault",
        [
            (fault.source, id_, month_number(fault.start), month_number(fault.end), fault.marker, fault.reason)
            for fault in catalogue.known_faults
            for id_ in fault.indicators
        ],
    )
    measures = [one for one in catalogue.indicators if one.priority != "context" and not one.retired]
    warehouse.insert("catalogue_measure", [(one.id, one.agreed_with_survivors) for one in measures])


def _neighbours(text: str) -> dict[str, tuple[str, ...]]:
    """The twenty neighbours of each district under the ONS's global model, the nearest first."""
    rows = sorted(csv.DictReader(io.StringIO(text)), key=lambda row: int(row["rank"]))
    found: dict[str, tuple[str, ...]] = {}
    for row in rows:
        if row["model"] == "global":
            found[row["lad_code"]] = (*found.get(row["lad_code"], ()), row["neighbour_code"])
    return found


_REACHES: Final = """
select indicator, list(distinct area),
    min(period_start) filter (where numerator is not null and list_contains($1::varchar[], area)),
    max(period_end) filter (where numerator is not null and list_contains($1::varchar[], area))
from figure group by indicator
"""

_SELECT: Final = """
select figure.area, grain, period_start, period_end, breakdown, grp, numerator, denominator,
    value, marker, note, denominator_period, lower, upper, method, comparison, rest_numerator, rest_denominator,
    rest_value, lower_998, upper_998, chart_centre, chart_lower, chart_upper, chart_points, chart_rule, chart_side,
    chart_note
from figure
where indicator = $1 and (len($2::varchar[]) = 0 or list_contains($2::varchar[], figure.area))
    and ($3 = '' or grain = $3) and period_end between $4 and $5 and (breakdown = '' or $6)
order by period_end, breakdown, grp, figure.area
"""


def select_figures(
    release: Release,
    indicator: str,
    areas: tuple[str, ...] = (),
    grain: str = "year",
    first: int = FIRST,
    last: int = LAST,
    breakdown: bool = False,
) -> tuple[Figure, ...]:
    """Published figures by bound parameters; `areas` are codes (all when empty), months are month numbers.

    A `grain` of '' is every grain.
    """
    rows = release.warehouse.rows(_SELECT, [indicator, list(areas), grain, first, last, breakdown])
    errors = possible_errors(release.catalogue, release.catalogue.indicator(indicator))
    figures = (_figure(indicator, release.places[row[0]], row[1:], errors) for row in rows)
    return tuple(sorted(figures, key=lambda one: (ORDER.get(one.area.code, 99), one.area.name)))


@lru_cache(maxsize=1000)
def totals_of(release: Release, indicator: str, area: str) -> Mapping[str, tuple[Figure, ...]]:
    """Every total of a measure for one place, by grain and in order of time: what its headline is judged beside."""
    found: dict[str, tuple[Figure, ...]] = {}
    for one in select_figures(release, indicator, (area,), ""):
        found[one.grain] = (*found.get(one.grain, ()), one)
    return found


def _figure(indicator: str, area: Area, row: tuple[Any, ...], errors: Mapping[str, tuple[int, int]]) -> Figure:
    """A row of the SELECT, its area apart, as a figure: the parts that it has no numbers for are None."""
    grain, start, end, breakdown, group, numerator, denominator = row[:7]
    value, marker, note, year, lower, upper, method, label, *rest = row[7:20]
    points = row[23]
    return Figure(
        indicator, area, grain, Period(month_text(start), month_text(end)) if end else None,
        breakdown, group, numerator, denominator, value, marker, note, year, lower, upper, method,
        *errors.get(grain, (0, 0)),
        Compared(label, *rest) if label else None,
        Usual(*row[20:]) if points else None,
    )  # fmt: skip
