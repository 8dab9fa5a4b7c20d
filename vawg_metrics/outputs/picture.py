"""A view of a reading as a picture to take away, with title, filters, source, cautions and licence inside."""

from collections.abc import Mapping

from vawg_metrics.charts.paper import draw_png, draw_svg
from vawg_metrics.charts.plans import PLANS
from vawg_metrics.reading import Reading

Boundaries = Mapping[str, object]


def write_svg(reading: Reading, view: str, boundaries: Boundaries | None = None) -> bytes:
    """A view (`trend`, `usual`, `districts`, `map`, `groups`) as SVG; a map needs the GeoJSON of the districts."""
    return draw_svg(PLANS[view](reading), boundaries)


def write_png(reading: Reading, view: str, boundaries: Boundaries | None = None) -> bytes:
    """A view as PNG, 1,600 pixels wide; a map needs the GeoJSON of the districts."""
    return draw_png(PLANS[view](reading), boundaries)
