"""The charts of a report, drawn once for all formats."""

from base64 import b64encode
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from vawg_metrics.charts.paper import draw_png, draw_svg
from vawg_metrics.outputs.report.content import Report

Told = Callable[[int, int, str], object]


@dataclass(frozen=True, slots=True)
class Drawn:
    """One chart as SVG and as PNG."""

    svg: bytes
    png: bytes

    @property
    def address(self) -> str:
        """The SVG as an address that needs no network."""
        return f"data:image/svg+xml;base64,{b64encode(self.svg).decode('ascii')}"


def draw_pictures(report: Report, told: Callable[[str], object] | None = None) -> Mapping[str, Drawn]:
    """Every chart of a report by its id; `told` hears of each before it is drawn. The same chart is drawn once."""
    found: dict[str, Drawn] = {}
    same: dict[object, Drawn] = {}
    for one in report.pictures:
        if told:
            told(one.caption[0])
        drawn = same.get(one.plan) or Drawn(draw_svg(one.plan), draw_png(one.plan))
        found[one.id] = same[one.plan] = drawn
    return found
