"""The places of Leicester, Leicestershire and Rutland (LLR), their parents, and the places beside them."""

from dataclasses import dataclass
from typing import Final, Literal

AreaKind = Literal["district", "county", "llr", "unplaced", "nation", "region", "force", "authority", "partnership"]


@dataclass(frozen=True, slots=True)
class Area:
    """A place that figures are published for: its ONS code, the name on the screen, and its kind."""

    code: str
    name: str
    kind: AreaKind


LLR: Final = Area("E23000021", "LLR", "llr")
LEICESTERSHIRE: Final = Area("E10000018", "Leicestershire", "county")
UNPLACED: Final = Area("E23000021-none", "No district recorded", "unplaced")
LEICESTER: Final = Area("E06000016", "Leicester", "district")
RUTLAND: Final = Area("E06000017", "Rutland", "district")

COUNTY_DISTRICTS: Final = (
    Area("E07000129", "Blaby", "district"),
    Area("E07000130", "Charnwood", "district"),
    Area("E07000131", "Harborough", "district"),
    Area("E07000132", "Hinckley and Bosworth", "district"),
    Area("E07000133", "Melton", "district"),
    Area("E07000134", "North West Leicestershire", "district"),
    Area("E07000135", "Oadby and Wigston", "district"),
)
DISTRICTS: Final = (LEICESTER, *COUNTY_DISTRICTS, RUTLAND)
UPPER_TIERS: Final = (LEICESTER, LEICESTERSHIRE, RUTLAND)
HOME: Final = (LLR, LEICESTER, LEICESTERSHIRE, *COUNTY_DISTRICTS, RUTLAND, UNPLACED)

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
