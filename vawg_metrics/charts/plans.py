"""The views of a measure by name, each with what plans it."""

from collections.abc import Callable, Mapping
from typing import Final

from vawg_metrics.charts.districts_plan import plan_districts
from vawg_metrics.charts.groups_plan import plan_groups
from vawg_metrics.charts.map_plan import plan_map
from vawg_metrics.charts.plan import Plan
from vawg_metrics.charts.trend_plan import plan_trend
from vawg_metrics.charts.usual_plan import plan_usual
from vawg_metrics.reading import Reading

PLANS: Final[Mapping[str, Callable[[Reading], Plan]]] = {
    "trend": plan_trend,
    "usual": plan_usual,
    "districts": plan_districts,
    "map": plan_map,
    "groups": plan_groups,
}
