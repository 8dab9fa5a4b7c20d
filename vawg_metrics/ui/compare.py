"""Compare: one measure over every place, on a map, side by side, since another period, and over time."""

from functools import partial
from typing import Final

import streamlit as st

from vawg_metrics.areas import DISTRICTS, LLR
from vawg_metrics.catalogue.definitions import Indicator
from vawg_metrics.charts.changes_plan import plan_changes
from vawg_metrics.charts.districts_plan import plan_districts
from vawg_metrics.charts.map_plan import plan_map
from vawg_metrics.charts.multiples_plan import plan_multiples
from vawg_metrics.comparison import Comparison
from vawg_metrics.narrative import heading, rounding_words
from vawg_metrics.outputs.comparing import change_parcel, places_parcel, stem_of, time_parcel
from vawg_metrics.outputs.naming import file_name
from vawg_metrics.outputs.parcel import parcel_of
from vawg_metrics.reading import Release
from vawg_metrics.selection import MOST_AREAS
from vawg_metrics.statements import further, leading
from vawg_metrics.ui.address import control_key
from vawg_metrics.ui.charts import draw_chart, draw_notes, take_breath
from vawg_metrics.ui.definition import arithmetic, definition
from vawg_metrics.ui.frame import Chosen
from vawg_metrics.ui.markup import folded, paragraph
from vawg_metrics.ui.measure import ask_indicator
from vawg_metrics.ui.opened import comparison_of, present_month
from vawg_metrics.ui.places_table import changes_by_name, places_table
from vawg_metrics.ui.tables import figure_table
from vawg_metrics.ui.take_away import draw_files
from vawg_metrics.views import CompareView
from vawg_metrics.wording import marked, unbroken

MEASURE, SINCE, ORDER = (control_key("compare", name) for name in ("indicator", "since", "order"))
MATRIX: Final = control_key("compare", "matrix")
ORDERS: Final = {"fixed": "Fixed order", "value": "By value"}


def draw_choice(chosen: Chosen) -> Comparison:
    """The measure, the period to compare with, and the finding of the first place chosen."""
    st.title("Compare places", anchor=False)
    measures = [*comparable(chosen.release), *(comparable(chosen.demonstration) if chosen.demonstration else ())]
    ids = [one.id for one in measures]
    if chosen.asked is not None:
        first = next(one.id for one in (*(one for one in measures if one.core), *measures))
        _take(CompareView.from_parameters(chosen.asked), ids, first)
    id_ = ask_indicator(chosen, MEASURE, ids)
    release = chosen.release_for(chosen.release.catalogue.indicator(id_))
    with st.container(horizontal=True, vertical_alignment="bottom", key="compare-controls"):
        usual = comparison_of(release, release.name, id_, chosen.selection)
        since = _ask_since(usual)
        order = st.segmented_control("Bars", list(ORDERS), format_func=ORDERS.__getitem__, key=ORDER, required=True)
    found = comparison_of(release, release.name, id_, chosen.selection, since)
    view = CompareView(id_, since if since != _end(usual) else "", order == "value", bool(st.session_state.get(MATRIX)))
    chosen.own.update(view.parameters())
    reading = found.reading
    st.header(unbroken(heading(reading)), anchor="places", divider="grey")
    for sentence in reading.unanswered:
        st.markdown(f"**{sentence}**")
    said = [*leading(reading), *further(reading)]
    st.markdown("\n\n".join(unbroken(one.text) for one in leading(reading)))
    if tests := arithmetic(said):
        st.html(tests)
    return found


def comparable(release: Release) -> list[Indicator]:
    """The measures that have figures by period, in the catalogue's order."""
    return [
        one
        for one in release.catalogue.indicators
        if release.holds(one) and one.native_period != "edition" and not one.retired
    ]


def _take(asked: CompareView, ids: list[str], first: str) -> None:
    """Set the controls from a link; without a measure in it the `first` is shown."""
    if asked.indicator and asked.indicator not in ids:
        st.markdown("**The address asks for a measure that cannot be compared; another is shown.**")
    st.session_state[MEASURE] = asked.indicator if asked.indicator in ids else first
    st.session_state[SINCE] = asked.since
    st.session_state[ORDER] = "value" if asked.by_value else "fixed"
    st.session_state[MATRIX] = asked.every_measure


def _ask_since(usual: Comparison) -> str:
    """The last month of the period that the change is taken from."""
    words = {one.end: one.words() for one in usual.periods}
    if not words:
        return ""
    if st.session_state.get(SINCE) not in words:
        st.session_state[SINCE] = _end(usual)
    return st.selectbox("Change since", list(words), key=SINCE, format_func=words.__getitem__)


def _end(comparison: Comparison) -> str:
    return comparison.since.end if comparison.since else ""


def draw_places(chosen: Chosen, found: Comparison) -> None:
    """The map of rates beside the bars of every place, and the figures of both."""
    reading = found.reading
    shaded, barred = plan_map(reading), plan_districts(reading, by_value=ordered_by_value())
    left, right = st.columns([5, 6], gap="medium")
    with left:
        if shaded.empty:
            st.markdown(f"*{shaded.empty}*")
        else:
            st.markdown("Choose a district on the map or under Areas.")
            key = f"compare-map-{reading.indicator.id}"
            draw_chart(shaded, key, select=partial(_choose_district, key))
            draw_files(
                chosen, lambda: parcel_of(reading, "map"), "compare-map", file_name(reading, view="map"), "the map"
            )
    with right:
        draw_chart(barred, f"compare-bars-{reading.indicator.id}")
        draw_files(
            chosen, lambda: places_parcel(found, barred), "compare-places", stem_of(found, "places-compared"),
            "every place", pictured=not barred.empty,
        )  # fmt: skip
    take_breath()
    said = dict.fromkeys((*barred.notes, *shaded.notes))  # what both say is said once
    notes = paragraph(" ".join(said)) + paragraph(rounding_words(reading)) + paragraph(reading.indicator.unlike)
    st.html(notes + folded("Every place as a table", places_table(found, changes_by_name(plan_changes(found)))))
    st.html(definition(reading, present_month()))


def ordered_by_value() -> bool:
    """Whether the bars were asked for by value."""
    return bool(st.session_state.get(ORDER) == "value")


def _choose_district(key: str) -> None:
    """A click on the map: the district comes first among the areas chosen, or leaves them when it was there."""
    points = st.session_state[key]["selection"]["points"]
    names = {area.code: area.name for area in DISTRICTS}
    clicked = [names[one["location"]] for one in points if one.get("location") in names]
    if not clicked:
        return
    areas = [name for name in st.session_state["area"] if name != clicked[0]]
    chosen = areas if clicked[0] in st.session_state["area"] else [clicked[0], *areas]
    st.session_state["area"] = chosen[:MOST_AREAS] or [LLR.name]


def draw_change(chosen: Chosen, found: Comparison) -> None:
    """What changed at every place since the period chosen."""
    st.header(marked("Change, place by place", found.demonstration), anchor="change")
    if found.since is None:
        st.markdown("*No earlier period of the same kind is held: there is nothing to compare with.*")
        return
    plan = plan_changes(found)
    st.markdown(f"{plan.title}. {plan.subtitle}" if not plan.empty else f"*{plan.empty}*")
    if plan.empty:
        return
    draw_chart(plan, f"compare-change-{found.indicator.id}")
    draw_notes(plan)
    stem = stem_of(found, "change-by-place")
    draw_files(chosen, lambda: change_parcel(found, plan), "compare-change", stem, "the change")


def draw_over_time(chosen: Chosen, found: Comparison) -> None:
    """Every place over time, small and on one scale."""
    reading = found.everywhere
    plan = plan_multiples(reading)
    st.header(marked("Over time, on one scale", found.demonstration), anchor="over-time")
    if plan.empty:
        st.markdown(f"*{plan.empty}*")
        return
    st.markdown(plan.subtitle)
    draw_chart(plan, f"compare-time-{reading.indicator.id}")
    st.html(paragraph(" ".join(plan.notes)) + folded("The same as a table", figure_table(reading, "trend")))
    stem = stem_of(found, "places-over-time")
    draw_files(chosen, lambda: time_parcel(found, plan), "compare-time", stem, "every place over time")
