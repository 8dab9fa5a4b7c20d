"""The chart of what leads a priority's sheet: over time, or place by place where one period only is held."""

from typing import Final

from vawg_metrics.charts.plan import Plan
from vawg_metrics.charts.plans import PLANS
from vawg_metrics.reading import Reading

NO_CHART: Final = "There is no chart: this is counted for the edition as it stands."


def plan_lead(reading: Reading) -> Plan:
    """The plan of the trend, or of the places; one that draws nothing says why."""
    if reading.indicator.native_period == "edition":
        return Plan(title="", subtitle="", empty=NO_CHART)
    view = "trend" if len({one.period for one in reading.known}) > 1 else "districts"
    return PLANS[view](reading)
