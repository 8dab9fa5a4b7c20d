"""Compare: what the page shows, its files hold, and both are the published figures and their tests."""

import json
from math import isclose, isfinite

import pytest

from vawg_metrics.areas import BESIDE, DISTRICTS, LLR, UNPLACED, UPPER_TIERS
from vawg_metrics.catalogue.definitions import Indicator
from vawg_metrics.catalogue.load import load_catalogue
from vawg_metrics.charts.changes_plan import plan_changes
from vawg_metrics.charts.districts_plan import plan_districts
from vawg_metrics.charts.multiples_plan import plan_multiples
from vawg_metrics.charts.plotted import plotted
from vawg_metrics.comparison import Comparison, compare
from vawg_metrics.matrix import matrix_of
from vawg_metrics.outputs.columns import MEANING
from vawg_metrics.outputs.comparing import (
    beside_parcel,
    change_parcel,
    matrix_parcel,
    neighbours_parcel,
    places_parcel,
    time_parcel,
)
from vawg_metrics.outputs.formats import FORMATS
from vawg_metrics.outputs.parcel import Parcel
from vawg_metrics.progress import change_since
from vawg_metrics.reading import Release, read
from vawg_metrics.selection import Selection

pytestmark = pytest.mark.real_data
HELD = [one for one in load_catalogue().indicators if one.public and one.native_period != "edition"]
ASKED = Selection(("Melton", "LLR"))


def parcels(found: Comparison) -> dict[str, Parcel]:
    barred, changed, small = plan_districts(found.reading), plan_changes(found), plan_multiples(found.everywhere)
    return {
        "places": places_parcel(found, barred),
        "change": change_parcel(found, changed),
        "time": time_parcel(found, small),
        "beside": beside_parcel(found),
        "like": neighbours_parcel(found),
    }


@pytest.mark.parametrize("indicator", HELD, ids=lambda one: one.id)
def test_a_measure_is_compared_by_its_published_figures_and_its_files_hold_them(
    release: Release, indicator: Indicator
) -> None:
    found = compare(release, indicator, ASKED)
    of_geography = {"force": (), "upper": UPPER_TIERS}.get(indicator.geography, DISTRICTS)
    areas = [one.area for one in found.places]
    assert areas == [area for area in (*of_geography, UNPLACED, LLR) if area in areas]
    assert LLR in areas and [one.area for one in found.beside] == list(BESIDE)
    assert all(bool(one.figure) != bool(one.reason) for one in found.beside)
    for one in found.places:
        alone = read(release, indicator, Selection((one.area.name,)))
        same = [figure for figure in alone.districts if figure.area == one.area]
        if alone.headline and found.reading.headline and alone.headline.period == found.reading.headline.period:
            assert one.figure in same
        if found.since and one.figure:
            assert one.progress == change_since(release, indicator, one.figure, found.since)
    files = parcels(found)
    held = {row["area_code"]: row for row in files["places"].records}
    for one in found.places:
        row = held[one.area.code]
        assert one.figure is not None
        assert (row["numerator"], row["value"]) == (one.figure.numerator, one.figure.value)
        assert (row["change"] is not None) == bool(one.progress.change and isfinite(one.progress.change.estimate))
    for parcel in files.values():
        assert set(parcel.columns) <= set(MEANING)
        written = json.loads(FORMATS["json"].write(parcel, None))["records"]
        assert [row["area_code"] for row in written] == [row["area_code"] for row in parcel.records]
    assert len({one.stem for one in files.values()}) == len(files)


@pytest.mark.parametrize("indicator", HELD, ids=lambda one: one.id)
def test_the_chart_of_changes_holds_the_tested_changes(release: Release, indicator: Indicator) -> None:
    found = compare(release, indicator, ASKED)
    drawn = {row[0]: row[1:] for row in plotted(plan_changes(found)).rows}
    for one in found.places:
        change, cells = one.progress.change, drawn.get(one.area.name)
        if cells is None or cells[0] is None:
            continue
        assert change is not None
        wanted = change.estimate if change.p is None else 100 * (change.estimate - 1)
        assert isclose(float(str(cells[0])), wanted, rel_tol=1e-12, abs_tol=1e-9)


def test_a_period_to_change_from_can_be_chosen_and_what_does_not_exist_is_not_taken(release: Release) -> None:
    indicator = release.catalogue.indicator("domestic_abuse_homelessness_rate")
    usual = compare(release, indicator, ASKED)
    assert usual.since is not None and len(usual.periods) > 1
    other = next(one for one in usual.periods if one != usual.since)
    assert compare(release, indicator, ASKED, other.end).since == other
    assert compare(release, indicator, ASKED, "1999-01").since == usual.since
    assert all(one.end[5:] == usual.periods[0].end[5:] for one in usual.periods)


def test_the_matrix_as_a_file_has_a_row_for_every_cell(release: Release) -> None:
    rows = matrix_of(release, [one for one in HELD if one.core])
    parcel = matrix_parcel(rows, release.name)
    assert len(parcel.records) == sum(len(row.cells) for row in rows) > 50
    assert set(parcel.columns) <= set(MEANING)
    assert all(row["value"] is not None or row.get("note") or row.get("marker") for row in parcel.records)
    assert FORMATS["xlsx"].write(parcel, None)[:2] == b"PK"
