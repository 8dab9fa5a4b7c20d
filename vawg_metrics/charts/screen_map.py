"""The map of districts on the screen."""

from typing import Any, Final

from vawg_metrics.charts.lettering import wrapped
from vawg_metrics.charts.map_plan import BOUNDS
from vawg_metrics.charts.palette import Colours, text_on
from vawg_metrics.charts.plan import MapPlan, Shade
from vawg_metrics.charts.screen_house import UNIT_CHARACTERS, house_layout, hover_text, marked_up

HEIGHT: Final = 390
OUTLINE: Final = "#F46A25"  # 3:1 against both pages; the fifth step it may lie on is far darker or lighter


def map_figure(plan: MapPlan, tone: Colours, boundaries: str) -> dict[str, Any]:
    """Data and layout of the map; `boundaries` is the address of the districts' GeoJSON."""
    shaded = [one for one in plan.shades if one.step is not None]
    unknown = [one for one in plan.shades if one.step is None]
    step = plan.edges[1][0]
    data = [
        _layer(shaded, [((one.step or 0) + 0.5) * step for one in shaded], boundaries, tone)
        | {"zmin": 0, "zmax": plan.edges[-1][0], "colorscale": _steps(tone), "colorbar": _key(plan, tone)},
    ]
    if unknown:
        plain = [[0, tone.unknown], [1, tone.unknown]]
        data.append(_layer(unknown, [0] * len(unknown), boundaries, tone) | {"colorscale": plain, "showscale": False})
    data.append(_values(plan, tone))
    layout = house_layout(
        tone,
        HEIGHT,
        {"l": 0, "r": 0, "t": 4, "b": 4},
        geo={
            "visible": False,
            "projection": {"type": "mercator"},
            "lonaxis": {"range": BOUNDS[:2]},
            "lataxis": {"range": BOUNDS[2:]},
            "bgcolor": "rgba(0,0,0,0)",
            "domain": {"x": [0, 1], "y": [0.21, 1]},
        },
    )
    return {"data": data, "layout": layout}


def _layer(shades: list[Shade], depths: list[float], boundaries: str, tone: Colours) -> dict[str, Any]:
    ordered = sorted(zip(shades, depths, strict=True), key=lambda pair: pair[0].chosen)
    return {
        "type": "choropleth",
        "geojson": boundaries,
        "featureidkey": "id",
        "locations": [one.code for one, _ in ordered],
        "z": [depth for _, depth in ordered],
        "marker": {
            "line": {
                "color": [OUTLINE if one.chosen else tone.border for one, _ in ordered],
                "width": [3 if one.chosen else 1 for one, _ in ordered],
            }
        },
        "text": [hover_text(one.hover) for one, _ in ordered],
        "hovertemplate": "%{text}<extra></extra>",
    }


def _steps(tone: Colours) -> list[list[Any]]:
    """A scale of colours that changes only at the edges."""
    share = 1 / len(tone.steps)
    return [[round(end * share, 6), colour] for number, colour in enumerate(tone.steps) for end in (number, number + 1)]


def _key(plan: MapPlan, tone: Colours) -> dict[str, Any]:
    """The key below the map: what the shades mean, with the ends of each step."""
    return {
        "orientation": "h",
        "x": 0.5, "xanchor": "center", "lenmode": "pixels", "len": 310, "y": 0.16, "yanchor": "top", "thickness": 14,
        "tickvals": [edge for edge, _ in plan.edges], "ticktext": [text for _, text in plan.edges],
        "ticks": "", "outlinecolor": tone.border, "outlinewidth": 1, "tickfont": {"color": tone.text},
        "title": {
            "text": marked_up(wrapped(plan.words, UNIT_CHARACTERS)), "side": "top",
            "font": {"color": tone.text, "size": 14},
        },
    }  # fmt: skip


def _values(plan: MapPlan, tone: Colours) -> dict[str, Any]:
    """Each district's value written on it."""
    fills = [tone.unknown if one.step is None else tone.steps[one.step] for one in plan.shades]
    return {
        "type": "scattergeo",
        "lon": [one.at[0] for one in plan.shades],
        "lat": [one.at[1] for one in plan.shades],
        "mode": "text",
        "text": [marked_up([one.text]) for one in plan.shades],
        "textfont": {
            "color": [text_on(fill) for fill in fills],
            "size": 14,
            "shadow": [", ".join([f"0 0 3px {fill}"] * 3) for fill in fills],
        },
        "hoverinfo": "skip",
    }
