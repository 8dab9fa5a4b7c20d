"""Plans drawn on the screen with Plotly: the only place that imports it."""

from typing import Any, Final

import plotly.graph_objects as go

from vawg_metrics.charts.enlarged import enlarged, fitted
from vawg_metrics.charts.palette import Colours, colours
from vawg_metrics.charts.plan import BarsPlan, MapPlan, Plan, StacksPlan, TrendPlan
from vawg_metrics.charts.plan_places import ChangesPlan, MultiplesPlan
from vawg_metrics.charts.screen_bars import bars_figure
from vawg_metrics.charts.screen_changes import changes_figure
from vawg_metrics.charts.screen_house import house_layout, hover_text
from vawg_metrics.charts.screen_map import map_figure
from vawg_metrics.charts.screen_multiples import multiples_figure
from vawg_metrics.charts.screen_stacks import stacks_figure
from vawg_metrics.charts.screen_trend import trend_figure

BOUNDARIES: Final = "app/static/districts.geojson"
# Plotly asks for its map of the world (world_110m.json) even for a map that shows none of it: an empty one is
# kept beside the page, so that no request leaves the machine.
CONFIG: Final[dict[str, Any]] = {
    "displayModeBar": False,  # its picture has no title and no source: the card offers its own
    "responsive": True,
    "scrollZoom": False,
    "showTips": False,
    "topojsonURL": "app/static/topojson/",
}


def draw(plan: Plan, dark: bool = False, boundaries: str = BOUNDARIES) -> go.Figure:
    """The figure of a plan on a light or a dark page; an empty plan gives its sentence.

    Its height is set; its width is the page's. `boundaries` is where the browser finds the districts' GeoJSON.
    """
    return _figure(_described(plan, colours(dark), boundaries))


def draw_large(plan: Plan, dark: bool = False, boundaries: str = BOUNDARIES) -> go.Figure:
    """The figure of a plan that is not empty in 24 pt letters; its width and its height are those of its box."""
    fitting = fitted(plan)
    return _figure(enlarged(_described(fitting, colours(dark), boundaries), fitting, colours(dark)))


def _described(plan: Plan, tone: Colours, boundaries: str) -> dict[str, Any]:
    """Data and layout of a plan."""
    if isinstance(plan, TrendPlan):
        return trend_figure(plan, tone)
    if isinstance(plan, BarsPlan):
        return bars_figure(plan, tone)
    if isinstance(plan, StacksPlan):
        return stacks_figure(plan, tone)
    if isinstance(plan, MapPlan):
        return map_figure(plan, tone, boundaries)
    if isinstance(plan, MultiplesPlan):
        return multiples_figure(plan, tone)
    if isinstance(plan, ChangesPlan):
        return changes_figure(plan, tone)
    return _sentence(plan.empty, tone)


def _figure(whole: dict[str, Any]) -> go.Figure:
    # Plotly checks every property of every shape again on each repaint: three quarters of a figure's cost. The tests
    # draw every view with that check on, so here it is left out.
    return go.Figure(whole["data"], whole["layout"], _validate=False)


def _sentence(words: str, tone: Colours) -> dict[str, Any]:
    """A figure that is only a sentence."""
    said = {
        "text": hover_text(words), "x": 0, "y": 1, "xref": "paper", "yref": "paper", "xanchor": "left",
        "yanchor": "top", "showarrow": False, "align": "left",
    }  # fmt: skip
    hidden = {"visible": False, "fixedrange": True}
    margin = {"l": 4, "r": 4, "t": 4, "b": 4}
    return {"data": [], "layout": house_layout(tone, 80, margin, annotations=[said], xaxis=hidden, yaxis=hidden)}
