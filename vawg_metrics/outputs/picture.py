"""The plan of a parcel as a picture to take away, with title, filters, source, cautions and licence inside."""

import re
from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from typing import Any, Final

from vawg_metrics.charts.paper import draw_png, draw_svg
from vawg_metrics.outputs.parcel import Parcel
from vawg_metrics.outputs.safe_text import bearable

Boundaries = Mapping[str, Any]
LONGEST_WORD: Final = 40  # a longer one cannot be wrapped, and would leave the drawing no room
_ENDLESS: Final = re.compile(rf"\S{{{LONGEST_WORD + 1},}}")


def write_svg(parcel: Parcel, boundaries: Boundaries | None = None) -> bytes:
    """The picture as SVG; a map needs the GeoJSON of the districts."""
    return draw_svg(_bearable(parcel.plan), boundaries)


def write_png(parcel: Parcel, boundaries: Boundaries | None = None) -> bytes:
    """The picture as PNG, 1,600 pixels wide; a map needs the GeoJSON of the districts."""
    return draw_png(_bearable(parcel.plan), boundaries)


def _bearable(part: Any) -> Any:  # noqa: ANN401
    """A plan, or a part of one, whose words break neither the XML of an SVG nor its layout."""
    if isinstance(part, str):
        return _ENDLESS.sub(lambda word: f"{word[0][: LONGEST_WORD - 1]}…", bearable(part))
    if isinstance(part, tuple):
        return tuple(_bearable(one) for one in part)
    if is_dataclass(part) and not isinstance(part, type):
        return replace(part, **{one.name: _bearable(getattr(part, one.name)) for one in fields(part)})
    return part
