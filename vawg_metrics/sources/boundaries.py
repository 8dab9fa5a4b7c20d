"""ONS boundaries: the nine districts out of a TopoJSON of local authorities, simplified with shared borders kept."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from math import cos, radians
from typing import Any, Final

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from vawg_metrics.areas import DISTRICTS
from vawg_metrics.errors import Fault
from vawg_metrics.periods import MONTH_NAMES, Period
from vawg_metrics.sources.cells import capped
from vawg_metrics.sources.contract import Intake, Ledger, Reader
from vawg_metrics.sources.incoming import Incoming
from vawg_metrics.sources.place_tables import NOTHING_COVERED, WHOLE_FILE, absent_districts

TOLERANCE: Final = 0.001  # degrees of latitude, about 110 m: triangles smaller than its square are smoothed away
DECIMALS: Final = 4  # about 10 m, as fine as the generalised boundaries themselves
NARROWING: Final = cos(radians(52.67))  # how much shorter a degree of longitude is here than one of latitude
SOURCE_LINE: Final = (
    "Source: Office for National Statistics licensed under the Open Government Licence v3.0. "
    "Contains OS data © Crown copyright and database right {year}"
)

_BRITISH_ISLES: Final = shapely.box(-11, 49, 3, 62)
_NAMES: Final = {area.code: area.name for area in DISTRICTS}
_IS_TOPOLOGY: Final = re.compile(rb'"type"\s*:\s*"Topology"')
_OF_AUTHORITIES: Final = re.compile(rb'"LAD\d\d(CD|NM)"')
_CODE_PROPERTY: Final = re.compile(r"^LAD(\d\d)CD$")
_MONTH_AND_YEAR: Final = re.compile(r"(?:^|_)([A-Z]{3,9})_(20\d\d)(?:_|$)")


class _Undecodable(ValueError):
    """A geometry or a part of a topology that is not what TopoJSON says it should be."""


def topology_likeness(incoming: Incoming) -> float:
    """1 for a TopoJSON of local authorities, a little less for one whose code property was renamed, else 0."""
    if incoming.kind != "topology" or not _IS_TOPOLOGY.search(incoming.data):
        return 0.0
    if _OF_AUTHORITIES.search(incoming.data):
        return 1.0
    return 0.7 if all(code.encode() in incoming.data for code in _NAMES) else 0.0


def read_boundaries(incoming: Incoming) -> tuple[Intake, ...]:
    """The document `districts.geojson`: nine polygons in degrees, WGS 84, under 60 kB, and no facts.

    A row is one geometry of the topology, numbered from 1; those of other authorities are set aside.
    Arcs are decoded as the TopoJSON format says: delta coding undone, scaled and moved by `transform`; arc ~i
    is arc i backwards. Simplified by Visvalingam and Whyatt's method on the edges that neighbours share
    (GEOS coverage simplify), so that they stay shared. Raises FaultsFound only for a file that is not JSON.
    """
    topology = incoming.topology
    rows = tuple(_geometries(topology))
    shapes, faults = _district_shapes(incoming.name, topology, rows)
    rejected = len(faults)
    if not rows:
        faults.append(Fault(incoming.name, "", "no geometry in it has the property LADyyCD.", WHOLE_FILE))
    elif not rejected:
        faults += absent_districts(incoming.name, shapes)
    edition, year = _edition(topology, rows)
    documents = {}
    if not faults:
        simple = simplified(shapes)
        if shapely.coverage_is_valid(list(simple.values())) and all(shape.is_valid for shape in simple.values()):
            documents["districts.geojson"] = geojson(simple, SOURCE_LINE.format(year=year))
        else:
            faults.append(Fault(incoming.name, "", "districts overlap or leave gaps between them.", WHOLE_FILE))
    elsewhere = len(rows) - len(shapes) - rejected
    ledger = Ledger(len(rows), {"a district": len(shapes)}, {"an authority outside LLR": elsewhere}, rejected)
    covers = Period(f"{year}-01", f"{year}-12") if rows else NOTHING_COVERED
    kept_faults = capped(faults)
    return (Intake("ons_boundaries", edition, covers, (), ledger, kept_faults, documents=documents),)


def _geometries(topology: Mapping[str, Any]) -> Iterator[tuple[str, str, Mapping[str, Any]]]:
    """The code property's name, the code and the geometry of each authority; the first two empty where it has none.

    A collection without any code is not one of authorities.
    """
    objects = topology.get("objects")
    for collection in objects.values() if isinstance(objects, dict) else ():
        geometries = collection.get("geometries") if isinstance(collection, dict) else None
        listed = geometries if isinstance(geometries, list) else ()
        named = [(*_code(geometry), geometry) for geometry in listed if isinstance(geometry, dict)]
        if any(code for _, code, _ in named):
            yield from named


def _code(geometry: Mapping[str, Any]) -> tuple[str, str]:
    properties = geometry.get("properties")
    for name, code in properties.items() if isinstance(properties, dict) else ():
        if _CODE_PROPERTY.match(name):
            return name, str(code)
    return "", ""


def _edition(topology: Mapping[str, Any], rows: Sequence[tuple[str, str, Any]]) -> tuple[str, int]:
    """Which edition it is in words, and its year: from the name of the object, else from LADyyCD."""
    for name in topology["objects"] if rows else ():
        found = _MONTH_AND_YEAR.search(name.upper())
        months = [month for month in MONTH_NAMES if found and month[:3].upper() == found[1][:3]]
        if found and months:
            return f"{months[0]} {found[2]}, local authority districts, generalised", int(found[2])
    year = next((2000 + int(code_property[3:5]) for code_property, _, _ in rows if code_property), 0)
    return f"{year}, local authority districts", year


def _district_shapes(
    file: str, topology: Mapping[str, Any], rows: Sequence[tuple[str, str, Mapping[str, Any]]]
) -> tuple[dict[str, BaseGeometry], list[Fault]]:
    """The nine districts as decoded, by code, and a fault for each geometry that is bad."""
    shapes: dict[str, BaseGeometry] = {}
    faults = []
    for number, (code_property, code, geometry) in enumerate(rows, 1):
        if code and code not in _NAMES:
            continue
        try:
            if not code:
                raise _Undecodable("it has no code (LADyyCD).")
            name = geometry["properties"].get(code_property.replace("CD", "NM"), "")
            if name != _NAMES[code]:
                raise _Undecodable(f"{code} is {_NAMES[code]} and not '{name}'.")
            if code in shapes:
                raise _Undecodable(f"{_NAMES[code]} ({code}) stands there twice.")
            shapes[code] = decoded(topology, geometry)
        except _Undecodable as bad:
            faults.append(Fault(file, f"geometry {number}", str(bad), "Download the file again."))
    return shapes, faults


def decoded(topology: Mapping[str, Any], geometry: Mapping[str, Any]) -> BaseGeometry:
    """One Polygon or MultiPolygon of a topology in degrees; _Undecodable when its arcs make no valid shape."""
    try:
        polygons = {"Polygon": lambda arcs: [arcs], "MultiPolygon": list}[geometry["type"]](geometry["arcs"])
        shape = shapely.multipolygons(
            [
                shapely.Polygon(exterior, holes)
                for exterior, *holes in ([_ring(topology, ring) for ring in rings] for rings in polygons)
            ]
        )
    except (KeyError, IndexError, TypeError, ValueError, shapely.errors.GEOSException) as error:
        raise _Undecodable(f"its arcs cannot be decoded ({type(error).__name__}).") from None
    if shape.is_empty or not shape.is_valid:
        raise _Undecodable("its arcs make no closed shape without crossings.")
    if not _BRITISH_ISLES.covers(shape):
        raise _Undecodable("its coordinates are not degrees of longitude and latitude in the British Isles.")
    return shape.geoms[0] if len(shape.geoms) == 1 else shape


def _ring(topology: Mapping[str, Any], arcs: Sequence[int]) -> np.ndarray:
    parts = [_arc(topology, number) for number in arcs]
    # Each arc begins where the last one ended: that point is taken once.
    return np.concatenate([parts[0], *(part[1:] for part in parts[1:])])


def _arc(topology: Mapping[str, Any], number: int) -> np.ndarray:
    points = np.asarray(topology["arcs"][number if number >= 0 else ~number], dtype=float)[:, :2]
    transform = topology.get("transform")
    if transform:
        points = points.cumsum(axis=0) * transform["scale"] + transform["translate"]
    return points if number >= 0 else points[::-1]


def simplified(shapes: Mapping[str, BaseGeometry]) -> dict[str, BaseGeometry]:
    """Shapes that share borders, with fewer and rounded points and their borders still shared."""
    square = [shapely.transform(shape, lambda points: points * (NARROWING, 1)) for shape in shapes.values()]
    fewer = shapely.coverage_simplify(square, TOLERANCE)
    rounded = (shapely.transform(shape, lambda points: (points / (NARROWING, 1)).round(DECIMALS)) for shape in fewer)
    return {code: shapely.remove_repeated_points(shape) for code, shape in zip(shapes, rounded, strict=True)}


def geojson(shapes: Mapping[str, BaseGeometry], source: str) -> bytes:
    """Compact canonical GeoJSON, one feature for each code, in the order of the codes.

    Exterior rings run clockwise, against RFC 7946: d3-geo, which draws Plotly's maps on a sphere, would take
    an anticlockwise one for the rest of the globe.
    """
    features = [
        {
            "type": "Feature",
            "id": code,
            "properties": {"code": code, "name": _NAMES[code]},
            "geometry": shapely.geometry.mapping(shapely.orient_polygons(shapes[code], exterior_cw=True)),
        }
        for code in sorted(shapes)
    ]
    collection = {"type": "FeatureCollection", "source": source, "features": features}
    return (json.dumps(collection, sort_keys=True, separators=(",", ":"), ensure_ascii=False) + "\n").encode()


READERS: Final[tuple[Reader, ...]] = (Reader("ONS boundaries", topology_likeness, read_boundaries),)
