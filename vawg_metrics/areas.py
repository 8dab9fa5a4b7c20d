"""The places of the strategy that is watched, their parents, and the places beside them."""

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Literal

from vawg_metrics.errors import Fault, FaultsFound
from vawg_metrics.strategy_folder import OWN, strategy_folder

AreaKind = Literal["district", "county", "llr", "unplaced", "nation", "region", "force", "authority", "partnership"]
FILE: Final = "areas.toml"
ONE_EACH: Final = ("llr", "unplaced")


@dataclass(frozen=True, slots=True)
class Area:
    """A place that figures are published for: its ONS code, the name on the screen, and its kind."""

    code: str
    name: str
    kind: AreaKind


@dataclass(frozen=True)
class Places:
    """The places of a strategy in their fixed order, and what the configuration says of each by its code."""

    home: tuple[Area, ...]
    in_county: frozenset[str]
    valid: Mapping[str, tuple[str, str]]
    also_called: Mapping[str, tuple[str, ...]]

    def of_kind(self, kind: AreaKind) -> tuple[Area, ...]:
        return tuple(area for area in self.home if area.kind == kind)


def read_places(folder: Path) -> Places:
    """The places of a folder's areas.toml, of the project's own where it has none; FaultsFound with every fault."""
    path = folder / FILE
    path = path if path.exists() else OWN / FILE
    try:
        rows: list[dict[str, Any]] = tomllib.loads(path.read_text("utf-8")).get("area", [])
    except (OSError, ValueError) as error:
        raise FaultsFound([Fault(FILE, "", f"It cannot be read ({error}).", "Mend it as TOML.")]) from None
    if faults := [*_faults(rows)]:
        raise FaultsFound(faults)
    return Places(
        tuple(Area(row["code"], row["name"], row["kind"]) for row in rows),
        frozenset(row["code"] for row in rows if row.get("in_county")),
        {row["code"]: (row.get("valid_from", ""), row.get("valid_until", "")) for row in rows},
        {row["name"]: tuple(row.get("also_called", ())) for row in rows},
    )


def _faults(rows: Iterable[dict[str, Any]]) -> Iterator[Fault]:
    """Every fault of the rows at once."""
    held = list(rows)
    fields = {"code", "name", "kind", "in_county", "valid_from", "valid_until", "also_called"}
    for number, row in enumerate(held, 1):
        place = f"area {number}"
        for name in ("code", "name"):
            if not isinstance(row.get(name), str) or not row[name].strip():
                yield Fault(FILE, place, f"It has no {name}.", f"Give it {name}, a text.")
        if row.get("kind") not in ("district", "county", *ONE_EACH):
            yield Fault(FILE, place, "Its kind is none.", "Write district, county, llr or unplaced.")
        for name in sorted(set(row) - fields):
            yield Fault(FILE, place, f"'{name}' means nothing here.", f"The fields are {', '.join(sorted(fields))}.")
        for name in ("valid_from", "valid_until"):
            if not _month(row.get(name, "")):
                yield Fault(FILE, place, f"Its {name} is no month.", "Write YYYY-MM, or leave it out.")
    for name in ("code", "name"):
        seen = [row.get(name) for row in held]
        for double in sorted({one for one in seen if isinstance(one, str) and seen.count(one) > 1}):
            yield Fault(FILE, "", f"Two areas have the {name} '{double}'.", "Give each its own.")
    kinds = [row.get("kind") for row in held]
    for kind in ONE_EACH:
        if kinds.count(kind) != 1:
            yield Fault(FILE, "", f"There are {kinds.count(kind)} areas of kind {kind}.", "There must be one.")
    if kinds.count("county") > 1:
        yield Fault(FILE, "", "There is more than one county.", "Make the others districts.")
    if any(row.get("in_county") for row in held) and "county" not in kinds:
        yield Fault(FILE, "", "Districts lie in a county, and there is none.", "Add the county.")


def _month(text: object) -> bool:
    if text == "":
        return True
    return isinstance(text, str) and len(text) == 7 and text[4] == "-" and text[:4].isdigit() and text[5:].isdigit()


PLACES: Final = read_places(strategy_folder())
HOME: Final = PLACES.home
LLR: Final = PLACES.of_kind("llr")[0]
UNPLACED: Final = PLACES.of_kind("unplaced")[0]
DISTRICTS: Final = PLACES.of_kind("district")
COUNTY_DISTRICTS: Final = tuple(area for area in DISTRICTS if area.code in PLACES.in_county)
# A strategy without a county has a stand-in that no figure ever has.
LEICESTERSHIRE: Final = next(iter(PLACES.of_kind("county")), Area("no county", "", "county"))
UPPER_TIERS: Final = tuple(
    area for area in HOME if area.kind == "county" or (area.kind == "district" and area.code not in PLACES.in_county)
)
ALSO_CALLED: Final = PLACES.also_called

ENGLAND_AND_WALES: Final = Area("K04000001", "England and Wales", "nation")
ENGLAND: Final = Area("E92000001", "England", "nation")
EAST_MIDLANDS: Final = Area("E12000004", "East Midlands", "region")
NEIGHBOURING_FORCES: Final = (
    Area("E23000018", "Derbyshire", "force"),
    Area("E23000020", "Lincolnshire", "force"),
    Area("E23000022", "Northamptonshire", "force"),
    Area("E23000019", "Nottinghamshire", "force"),
)
BESIDE: Final = (EAST_MIDLANDS, ENGLAND, ENGLAND_AND_WALES, *NEIGHBOURING_FORCES)

# What adds up to what. Only a source that knows the unplaced counts adds them to LLR.
COUNTY_PARTS: Final = tuple(area.code for area in COUNTY_DISTRICTS)
LLR_PARTS: Final = {
    "district": tuple(area.code for area in DISTRICTS),
    "district_and_unplaced": (*(area.code for area in DISTRICTS), UNPLACED.code),
    "upper": tuple(area.code for area in UPPER_TIERS),
    "upper_and_unplaced": (*(area.code for area in UPPER_TIERS), UNPLACED.code),
    "force": (),
}


def valid_at(area: Area, month: str) -> bool:
    """Whether a place exists in a month, YYYY-MM; one that the configuration does not name always does."""
    since, until = PLACES.valid.get(area.code, ("", ""))
    return (not since or since <= month) and (not until or month <= until)
