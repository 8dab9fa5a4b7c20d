"""Look-ups, neighbours and boundaries from hand-made files in the publishers' layouts."""

import json
from pathlib import Path
from typing import Any

import pytest
import shapely

from vawg_metrics.areas import DISTRICTS, LLR, Area
from vawg_metrics.errors import FaultsFound
from vawg_metrics.sources import boundaries, geography
from vawg_metrics.sources.contract import Intake
from vawg_metrics.sources.incoming import Incoming

LOOKUP_HEADER = "lad_code,lad_name,csp_code,csp_name,pfa_code,pfa_name,region_code,region_name,edition"
NEIGHBOUR_HEADER = "lad_code,lad_name,model,rank,neighbour_code,neighbour_name,neighbour_pfa"
READERS = (*geography.READERS, *boundaries.READERS)


def read(folder: Path, text: str) -> Intake:
    """The intake of the reader that claims such a file, whatever the file is called."""
    path = folder / "a file.txt"
    path.write_text(text, encoding="utf-8")
    incoming = Incoming(path)
    reader = max(READERS, key=lambda reader: reader.likeness(incoming))
    assert reader.likeness(incoming) >= 0.6
    (intake,) = reader.read(incoming)
    assert intake.ledger.balances
    return intake


def lookup_text() -> str:
    """The nine districts in their force, and an authority of Cumbria that has two partnerships."""
    home = [
        f"{area.code},{area.name},E2200016{n},{area.name},E23000021,Leicestershire,E12000004,East Midlands,LAD/CSP 2024"
        for n, area in enumerate(DISTRICTS)
    ]
    cumberland = [
        f"E06000063,Cumberland,{code},{name},E23000002,Cumbria,E12000002,North West,LAD/CSP 2024"
        for code, name in (("E22000033", "Carlisle"), ("E22000031", "Allerdale"))
    ]
    cardiff = "W06000015,Cardiff,W14000001,Cardiff,W15000003,South Wales,W92000004,Wales,LAD/CSP 2024"
    return "\n".join([LOOKUP_HEADER, *cumberland, cardiff, *home])


def neighbours_text() -> str:
    """Two neighbours of every district, the second before the first, one of them a district itself."""
    lines = [
        line
        for area in DISTRICTS
        for line in (
            f"{area.code},{area.name},global,10,E06000032,Luton,Bedfordshire",
            f"{area.code},{area.name},global,2,E07000130,Charnwood,Leicestershire",
        )
    ]
    return "\n".join([NEIGHBOUR_HEADER, *lines])


def topology(scale: float = 0.001) -> dict[str, Any]:
    """Nine squares in a row, each sharing its left border with the one before, and a tenth outside LLR.

    Arc 3k is the upright between squares k and k+1, arc 3k+1 the bottom and 3k+2 the top of square k.
    Uprights run north and are taken backwards by the square on their left. Each has a bend of its own.
    """
    arcs: list[list[list[int]]] = []
    for k in range(10):
        arcs += [
            [[k * 100, 0], [10, 50], [-10, 50]],
            [[k * 100, 0], [100, 0]],
            [[k * 100, 100], [100, 0]],
        ]
    arcs.append([[1000, 0], [10, 50], [-10, 50]])
    geometries = [
        {
            "type": "Polygon",
            "arcs": [[3 * k, 3 * k + 2, ~(3 * k + 3), ~(3 * k + 1)]],
            "properties": {"LAD24CD": code, "LAD24NM": name},
        }
        for k, (code, name) in enumerate([*((area.code, area.name) for area in DISTRICTS), ("E06000001", "Hartlepool")])
    ]
    return {
        "type": "Topology",
        "transform": {"scale": [scale, scale], "translate": [-2, 52]},
        "objects": {"LAD_DEC_2024_UK_BGC": {"type": "GeometryCollection", "geometries": geometries}},
        "arcs": arcs,
    }


def geometries_of(found: dict[str, Any]) -> list[dict[str, Any]]:
    return found["objects"]["LAD_DEC_2024_UK_BGC"]["geometries"]


def problems(intake: Intake) -> str:
    return "\n".join(str(fault) for fault in intake.faults)


def test_the_lookup_gives_places_and_memberships_in_order(tmp_path: Path) -> None:
    intake = read(tmp_path, lookup_text())
    assert not intake.faults
    assert (intake.source, intake.edition, intake.covers.start) == ("ons_geography", "LAD/CSP 2024", "2024-01")
    places = {place.code: place for place in intake.places}
    assert places[LLR.code] == LLR
    assert places["E07000133"].kind == "district"
    assert places["E06000063"] == Area("E06000063", "Cumberland", "authority")
    assert places["E22000033"] == Area("E22000033", "Carlisle", "partnership")
    assert places["E23000002"] == Area("E23000002", "Cumbria", "force")
    assert places["W92000004"].kind == "nation"
    lines = intake.documents["memberships.csv"].decode().splitlines()
    assert lines[0] == "lad_code,csp_code,pfa_code,region_code"
    assert lines[1:] == sorted(lines[1:])
    assert "E06000063,E22000031,E23000002,E12000002" in lines


@pytest.mark.parametrize(
    ("was", "becomes", "says"),
    [
        ("E07000133,Melton", "E07000133,Mleton", "row 10: E07000133 is Melton and not 'Mleton'"),
        ("E06000063,Cumberland,E22000031", "E06000063,Cumberland,22000031", "'22000031' is not the code"),
        ("Allerdale,E23000002,Cumbria", "Allerdale,E23000002,Umbria", "E23000002 has more than one name"),
        ("Allerdale,E23000002,Cumbria", "Allerdale,E23000003,Lancashire", "E06000063 has more than one pfa_code"),
        ("Cardiff,W15000003,South Wales,W92000004,Wales,LAD/CSP 2024", "", "cells and not 9"),
        ("North West,LAD/CSP 2024", "North West,LAD/CSP 2023", "more than one edition"),
        ("North West,LAD/CSP 2024", "North West,LAD/CSP 2999", "the year 2999 lies in the future"),
    ],
)
def test_a_bad_lookup_is_refused_in_words(tmp_path: Path, was: str, becomes: str, says: str) -> None:
    text = lookup_text()
    assert was in text
    assert says in problems(read(tmp_path, text.replace(was, becomes, 1)))


def test_a_lookup_without_one_of_the_nine_is_refused(tmp_path: Path) -> None:
    text = "\n".join(line for line in lookup_text().splitlines() if not line.startswith("E07000133"))
    assert "Melton (E07000133) is missing" in problems(read(tmp_path, text))


def test_neighbours_are_ordered_by_rank_as_a_number(tmp_path: Path) -> None:
    intake = read(tmp_path, neighbours_text())
    assert not intake.faults
    lines = intake.documents["neighbours.csv"].decode().splitlines()
    assert lines[:3] == [
        "lad_code,model,rank,neighbour_code,neighbour_name",
        "E06000016,global,2,E07000130,Charnwood",
        "E06000016,global,10,E06000032,Luton",
    ]
    assert {place.kind for place in intake.places} == {"authority", "district"}


@pytest.mark.parametrize(
    ("was", "becomes", "says"),
    [
        ("global,10,E06000032", "global,0,E06000032", "'0' is not a rank"),
        ("global,10,E06000032", "global,2,E06000032", "row 3: this row is about the same as row 2"),
        ("E06000016,Leicester", "E06000099,Leicester", "'E06000099' is not one of the nine districts"),
        ("E06000032,Luton", "Luton,Luton", "'Luton' is not the code of a local authority"),
    ],
)
def test_bad_neighbours_are_refused_in_words(tmp_path: Path, was: str, becomes: str, says: str) -> None:
    assert says in problems(read(tmp_path, neighbours_text().replace(was, becomes, 1)))


def test_boundaries_decode_to_squares_that_share_their_borders(tmp_path: Path) -> None:
    intake = read(tmp_path, json.dumps(topology()))
    assert not intake.faults
    assert (intake.edition, intake.covers.start) == ("December 2024, local authority districts, generalised", "2024-01")
    assert (intake.ledger.kept, intake.ledger.set_aside) == ({"a district": 9}, {"an authority outside LLR": 1})
    collection = json.loads(intake.documents["districts.geojson"])
    assert [feature["id"] for feature in collection["features"]] == sorted(area.code for area in DISTRICTS)
    assert collection["source"].endswith("© Crown copyright and database right 2024")
    shapes = {
        feature["properties"]["name"]: shapely.geometry.shape(feature["geometry"]) for feature in collection["features"]
    }
    assert shapes["Leicester"].bounds == (-2, 52, -1.89, 52.1)
    assert shapely.coverage_is_valid(list(shapes.values()))
    assert shapely.union_all(list(shapes.values())).area == pytest.approx(0.09)


def test_outer_rings_run_clockwise_so_that_no_district_fills_the_globe(tmp_path: Path) -> None:
    collection = json.loads(read(tmp_path, json.dumps(topology())).documents["districts.geojson"])
    rings = [feature["geometry"]["coordinates"][0] for feature in collection["features"]]
    assert len(rings) == 9
    assert not any(shapely.LinearRing(ring).is_ccw for ring in rings)


def test_a_topology_without_a_transform_holds_plain_coordinates(tmp_path: Path) -> None:
    plain = topology()
    scale = plain.pop("transform")["scale"][0]
    plain["arcs"] = [
        [
            [-2 + scale * sum(p[0] for p in arc[: n + 1]), 52 + scale * sum(p[1] for p in arc[: n + 1])]
            for n in range(len(arc))
        ]
        for arc in plain["arcs"]
    ]
    same = read(tmp_path, json.dumps(topology())).documents
    assert read(tmp_path, json.dumps(plain)).documents == same


def test_a_missing_or_doubled_or_misnamed_district_is_refused(tmp_path: Path) -> None:
    found = topology()
    del geometries_of(found)[0]
    assert "Leicester (E06000016) is missing" in problems(read(tmp_path, json.dumps(found)))
    found = topology()
    geometries_of(found)[1]["properties"] |= {"LAD24CD": "E06000016", "LAD24NM": "Leicester"}
    geometries_of(found)[2]["properties"]["LAD24NM"] = "Carnwood"
    said = problems(read(tmp_path, json.dumps(found)))
    assert "geometry 2: Leicester (E06000016) stands there twice" in said
    assert "geometry 3: E07000130 is Charnwood and not 'Carnwood'" in said


def test_broken_arcs_and_strange_coordinates_are_refused(tmp_path: Path) -> None:
    found = topology()
    geometries_of(found)[0]["arcs"] = [[9999]]
    geometries_of(found)[1]["type"] = "Point"
    geometries_of(found)[2]["properties"] = {}
    said = problems(read(tmp_path, json.dumps(found)))
    assert "geometry 1: its arcs cannot be decoded" in said
    assert "geometry 2: its arcs cannot be decoded" in said
    assert "geometry 3: it has no code" in said
    assert "not degrees" in problems(read(tmp_path, json.dumps(topology(scale=1.0))))


def test_districts_that_overlap_are_refused(tmp_path: Path) -> None:
    found = topology()
    found["arcs"].append([[0, 0], [10, 50], [-10, 50], [150, 0], [0, -100], [-150, 0]])
    geometries_of(found)[0]["arcs"] = [[len(found["arcs"]) - 1]]
    assert "overlap or leave gaps" in problems(read(tmp_path, json.dumps(found)))


def test_ready_geojson_and_other_tables_are_claimed_by_none(tmp_path: Path) -> None:
    path = tmp_path / "x"
    path.write_text('{"type":"FeatureCollection","features":[{"properties":{"LAD25CD":"E06000016"}}]}')
    assert all(reader.likeness(Incoming(path)) == 0 for reader in READERS)
    path.write_text("lsoa11cd,lsoa21cd,lad22cd\nE01,E01,E06000016\n")
    assert all(reader.likeness(Incoming(path)) < 0.6 for reader in READERS)


def test_a_topology_cut_short_is_claimed_and_cannot_be_opened(tmp_path: Path) -> None:
    path = tmp_path / "x"
    path.write_text(json.dumps(topology())[:900])
    assert boundaries.topology_likeness(Incoming(path)) == 1.0
    with pytest.raises(FaultsFound, match="not readable JSON"):
        boundaries.read_boundaries(Incoming(path))
