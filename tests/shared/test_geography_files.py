"""The ONS geography files as published: places, neighbours and the nine districts on the map."""

import json
from functools import cache
from pathlib import Path

import pytest
import shapely
from shapely.geometry.base import BaseGeometry

from vawg_metrics.areas import DISTRICTS, LLR, LLR_PARTS, NEIGHBOURING_FORCES
from vawg_metrics.sources import boundaries, geography, population
from vawg_metrics.sources.contract import Intake
from vawg_metrics.sources.incoming import Incoming

FOLDER = Path(__file__).resolve().parents[3] / "shared" / "publishers" / "ons_geography"
CLAIMED = {
    "LAD_MAY_2025_UK_BGC_V2_1110015208521213948.topojson": "ons_boundaries",
    "lad_csp_pfa_lookup_ew.csv": "ons_geography",
    "ons_nearest_neighbours_llr.csv": "ons_neighbours",
}


@cache
def intake_of(name: str) -> Intake:
    """What a file gave to the reader that claims it."""
    incoming = Incoming(FOLDER / name)
    readers = (*geography.READERS, *boundaries.READERS, *population.READERS)
    (intake,) = max(readers, key=lambda reader: reader.likeness(incoming)).read(incoming)
    return intake


@cache
def district_shapes() -> dict[str, BaseGeometry]:
    """The nine districts of the document, by name."""
    (name,) = (name for name, source in CLAIMED.items() if source == "ons_boundaries")
    collection = json.loads(intake_of(name).documents["districts.geojson"])
    return {
        feature["properties"]["name"]: shapely.geometry.shape(feature["geometry"]) for feature in collection["features"]
    }


def test_each_file_is_claimed_by_its_reader_and_the_rest_by_none() -> None:
    for path in FOLDER.iterdir():
        incoming = Incoming(path)
        readers = (*geography.READERS, *boundaries.READERS, *population.READERS)
        claims = [reader.name for reader in readers if reader.likeness(incoming) >= 0.6]
        assert len(claims) == (path.name in CLAIMED), path.name


@pytest.mark.parametrize(("name", "read"), list(zip(sorted(CLAIMED), (361, 332, 540), strict=True)))
def test_every_row_is_accounted_for(name: str, read: int) -> None:
    intake = intake_of(name)
    assert not intake.faults
    assert intake.source == CLAIMED[name]
    assert (intake.ledger.read, intake.ledger.balances, intake.facts) == (read, True, ())


def test_the_lookup_holds_every_place_once() -> None:
    intake = intake_of("lad_csp_pfa_lookup_ew.csv")
    kinds = [place.kind for place in intake.places]
    expected = {"district": 9, "authority": 309, "partnership": 314, "force": 42, "llr": 1, "region": 9, "nation": 1}
    assert {kind: kinds.count(kind) for kind in kinds} == expected
    assert len({place.code for place in intake.places}) == len(intake.places)
    assert {LLR, *DISTRICTS, *NEIGHBOURING_FORCES} <= set(intake.places)
    lines = intake.documents["memberships.csv"].decode().splitlines()
    assert len(lines) == 333
    assert "E07000133,E22000169,E23000021,E12000004" in lines


def test_the_neighbours_are_twenty_for_each_district_and_model() -> None:
    intake = intake_of("ons_nearest_neighbours_llr.csv")
    rows = [line.split(",")[:3] for line in intake.documents["neighbours.csv"].decode().splitlines()[1:]]
    assert len(rows) == 9 * 3 * 20
    assert {(lad, model) for lad, model, _ in rows} == {
        (area.code, model) for area in DISTRICTS for model in ("demographic", "economic", "global")
    }
    assert rows[0][2] == "1"
    assert intake.documents["neighbours.csv"].decode().splitlines()[41].startswith("E06000016,global,1,E06000032,Luton")


def test_the_map_is_small_and_holds_the_nine_districts_by_name() -> None:
    (name,) = (name for name, source in CLAIMED.items() if source == "ons_boundaries")
    intake = intake_of(name)
    assert intake.edition.startswith("May 2025")
    assert 30_000 < len(intake.documents["districts.geojson"]) < 45_000
    assert set(district_shapes()) == {area.name for area in DISTRICTS}
    assert all(shape.is_valid and shape.geom_type == "Polygon" for shape in district_shapes().values())


def test_neighbours_on_the_map_meet_without_gap_or_overlap_and_the_whole_keeps_its_area() -> None:
    (name,) = (name for name, source in CLAIMED.items() if source == "ons_boundaries")
    topology = Incoming(FOLDER / name).topology
    (collection,) = topology["objects"].values()
    full = shapely.union_all(
        [
            boundaries.decoded(topology, geometry)
            for geometry in collection["geometries"]
            if geometry["properties"]["LAD25CD"] in LLR_PARTS["district"]
        ]
    )
    simple = list(district_shapes().values())
    union = shapely.union_all(simple)
    assert shapely.coverage_is_valid(simple)
    assert union.geom_type == "Polygon"
    assert not union.interiors
    assert union.area == pytest.approx(full.area, rel=0.005)
    assert union.symmetric_difference(full).area < 0.005 * full.area


def test_points_of_known_towns_fall_in_their_districts() -> None:
    towns = {"Leicester": (-1.1332, 52.6344), "Rutland": (-0.7277, 52.6703), "Melton": (-0.8873, 52.7661)}
    for district, point in towns.items():
        holders = [name for name, shape in district_shapes().items() if shape.contains(shapely.Point(point))]
        assert holders == [district]


def test_outer_rings_run_clockwise_as_d3_needs_them() -> None:
    assert not any(shape.exterior.is_ccw for shape in district_shapes().values())
