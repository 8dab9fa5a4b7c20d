"""Every format that a parcel can be written in, by the suffix of its file."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from vawg_metrics.outputs.csv_file import write_csv
from vawg_metrics.outputs.json_file import write_json
from vawg_metrics.outputs.parcel import Parcel
from vawg_metrics.outputs.picture import Boundaries, write_png, write_svg
from vawg_metrics.outputs.workbook import write_xlsx


@dataclass(frozen=True, slots=True)
class Format:
    """One format: its name on a button, its media type, what writes it, and whether it is a picture of the plan."""

    label: str
    mime: str
    write: Callable[[Parcel, Boundaries | None], bytes]
    picture: bool = False


FORMATS: Final[Mapping[str, Format]] = MappingProxyType(
    {
        "csv": Format("CSV", "text/csv", lambda parcel, _: write_csv(parcel)),
        "xlsx": Format(
            "Excel",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            lambda parcel, _: write_xlsx(parcel),
        ),
        "json": Format("JSON", "application/json", lambda parcel, _: write_json(parcel)),
        "svg": Format("SVG", "image/svg+xml", write_svg, True),
        "png": Format("PNG", "image/png", write_png, True),
    }
)


def usable(parcel: Parcel) -> Mapping[str, Format]:
    """The formats that a parcel has: pictures only where something is drawn."""
    return {suffix: one for suffix, one in FORMATS.items() if parcel.drawn or not one.picture}
