"""Compare, all of it at once: the parcels of every part that the page shows."""

from vawg_metrics.charts.changes_plan import plan_changes
from vawg_metrics.charts.districts_plan import plan_districts
from vawg_metrics.charts.multiples_plan import plan_multiples
from vawg_metrics.comparison import Comparison
from vawg_metrics.outputs.comparing import (
    beside_parcel,
    change_parcel,
    matrix_parcel,
    neighbours_parcel,
    places_parcel,
    time_parcel,
)
from vawg_metrics.outputs.parcel import Parcel, parcel_of
from vawg_metrics.ui.compare import ordered_by_value
from vawg_metrics.ui.frame import Chosen
from vawg_metrics.ui.matrix import shown_rows
from vawg_metrics.ui.take_away import draw_whole_page


def draw_take_away(chosen: Chosen, found: Comparison) -> None:
    """The ZIP of the page."""
    title = f"{found.indicator.title}, every place"
    made_up, name = found.demonstration, f"compare_{found.indicator.id}"
    draw_whole_page(chosen, name, title, lambda: _parcels(chosen, found), made_up=made_up, empty=made_up)


def _parcels(chosen: Chosen, found: Comparison) -> list[Parcel]:
    """The parts that have rows, in the order of the page."""
    barred = plan_districts(found.reading, by_value=ordered_by_value())
    parts = [parcel_of(found.reading, "map"), places_parcel(found, barred), change_parcel(found, plan_changes(found))]
    parts += [time_parcel(found, plan_multiples(found.everywhere)), beside_parcel(found), neighbours_parcel(found)]
    parts.append(matrix_parcel(shown_rows(chosen), chosen.release.name))
    return [one for one in parts if one.records]
