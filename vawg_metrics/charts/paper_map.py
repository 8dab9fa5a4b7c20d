"""The map of districts on paper."""

from collections.abc import Iterable, Mapping
from math import cos, radians
from typing import Any, Final

from matplotlib.axes import Axes
from matplotlib.patches import PathPatch
from matplotlib.path import Path

from vawg_metrics.charts.palette import LIGHT, text_on
from vawg_metrics.charts.paper_sheet import EDGE, LABEL, SMALL, WIDTH, Sheet, line_height
from vawg_metrics.charts.plan import MapPlan, Shade

TALL: Final = 4.3
KEY: Final = 0.62
CHOSEN: Final = "#F46A25"
LINE: Final = line_height(LABEL)
Ring = list[list[float]]


def draw_map(plan: MapPlan, boundaries: Mapping[str, Any]) -> Sheet:
    """The sheet of a map; `boundaries` is the GeoJSON of the districts, each feature known by its code."""
    sheet = Sheet(plan, TALL + KEY + 0.1)
    axes = sheet.axes(EDGE, EDGE, 0, KEY + 0.1)
    shapes = {feature["id"]: list(_polygons(feature["geometry"])) for feature in boundaries["features"]}
    corners = [point for polygons in shapes.values() for rings in polygons for ring in rings for point in ring]
    east, north = [point[0] for point in corners], [point[1] for point in corners]
    axes.set_xlim(min(east) - 0.02, max(east) + 0.02)
    axes.set_ylim(min(north) - 0.01, max(north) + 0.01)
    axes.set_aspect(1 / cos(radians((min(north) + max(north)) / 2)))
    axes.set_xticks([])
    axes.set_yticks([])
    for shade in plan.shades:
        _district(axes, shade, shapes.get(shade.code, []))
    for shade in plan.shades:
        _words(axes, shade)
    _key(sheet, plan)
    return sheet


def _polygons(geometry: Mapping[str, Any]) -> Iterable[list[Ring]]:
    return [geometry["coordinates"]] if geometry["type"] == "Polygon" else geometry["coordinates"]


def _district(axes: Axes, shade: Shade, polygons: list[list[Ring]]) -> None:
    path = Path.make_compound_path(*(Path(ring, closed=True) for rings in polygons for ring in rings))
    known = shade.step is not None
    fill = LIGHT.steps[shade.step or 0] if known else LIGHT.unknown
    axes.add_patch(
        PathPatch(
            path,
            facecolor=fill,
            edgecolor=LIGHT.border,
            linewidth=0.8,
            hatch=None if known else "///",
            zorder=2,
        )
    )
    if shade.chosen:
        axes.add_patch(PathPatch(path, facecolor="none", edgecolor=CHOSEN, linewidth=2.4, zorder=3))


def _words(axes: Axes, shade: Shade) -> None:
    """A district's value; its name stands in the list of districts, for the smallest have no room for it."""
    fill = LIGHT.unknown if shade.step is None else LIGHT.steps[shade.step]
    back = {"boxstyle": "round,pad=0.12", "facecolor": fill, "edgecolor": "none"}
    axes.text(*shade.at, shade.text, ha="center", va="center", fontsize=LABEL, color=text_on(fill), bbox=back, zorder=4)


def _key(sheet: Sheet, plan: MapPlan) -> None:
    """What the shades mean, with the ends of each step."""
    wide = (WIDTH - 2 * EDGE) * 0.7
    left = (WIDTH - wide) / 2
    sheet.write(plan.words, WIDTH / 2, TALL + LINE / 2, "center")
    axes = sheet.axes(left, left, TALL + LINE + 0.03, sheet.inside - TALL - LINE - 0.19)
    last = plan.edges[-1][0]
    axes.set_xlim(0, last)
    axes.set_ylim(0, 1)
    axes.set_yticks([])
    axes.set_xticks([edge for edge, _ in plan.edges], [text for _, text in plan.edges])
    axes.tick_params(axis="x", pad=2, labelsize=SMALL)
    step = plan.edges[1][0]
    for number, colour in enumerate(LIGHT.steps):
        axes.barh(0.5, step, 1, number * step, color=colour, edgecolor=LIGHT.border, linewidth=0.8)
