"""One measure on the screen: the finding, the words, the chart, the table, the files to take away."""

from dataclasses import replace
from typing import Final

import streamlit as st

from vawg_metrics.catalogue.definitions import Indicator
from vawg_metrics.charts.plan import Plan
from vawg_metrics.charts.plans import PLANS
from vawg_metrics.narrative import beside, caption, heading, rounding_words
from vawg_metrics.outputs.naming import file_name
from vawg_metrics.outputs.parcel import Parcel, parcel_of
from vawg_metrics.reading import Reading
from vawg_metrics.selection import Selection
from vawg_metrics.statements import further, leading
from vawg_metrics.ui.address import link_to
from vawg_metrics.ui.charts import draw_chart
from vawg_metrics.ui.definition import arithmetic, definition
from vawg_metrics.ui.frame import Chosen
from vawg_metrics.ui.markup import folded, paragraph
from vawg_metrics.ui.opened import present_month, reading_of
from vawg_metrics.ui.tables import figure_table
from vawg_metrics.ui.take_away import draw_files
from vawg_metrics.views import MeasureView
from vawg_metrics.wording import unbroken

VIEW_NAMES: Final = {
    "trend": "Trend",
    "usual": "Usual range",
    "groups": "Parts",
    "districts": "Districts",
    "beside": "Beside others",
    "map": "Map",
}

PLANNED: Final = {"beside": "districts"}  # places beside others are planned as districts are


def draw_card(chosen: Chosen, indicator: Indicator, opens_with: str = "", alone: bool = False) -> None:
    """Draw the card of a collected measure for the selection; `opens_with` names the view to open with.

    On a page `alone` another view is another address, so the whole page is drawn again and not the card by itself.
    """
    with st.container(key=f"card-{'alone-' if alone else ''}{indicator.id}"):
        reading = _reading(chosen, indicator, chosen.selection)
        st.header(unbroken(heading(reading)), anchor=indicator.id.replace("_", "-"), divider="grey")
        for sentence in reading.unanswered:
            st.markdown(f"**{sentence}**")
        if not reading.areas:
            return
        (_figure if alone else _figure_by_itself)(chosen, indicator, reading, opens_with)
        st.html(definition(reading, present_month()))


def show_view(id_: str, view: str, whole: bool) -> None:
    """Set the view of a card, before it is drawn."""
    if view in VIEW_NAMES:
        st.session_state[f"view-{id_}"] = view
        st.session_state[f"all-{id_}"] = whole


def shown_view(id_: str) -> tuple[str, bool]:
    """The view that a card shows, '' where it has one only, and whether over all years."""
    view: str = st.session_state.get(f"view-{id_}") or ""
    return view, bool(st.session_state.get(f"all-{id_}"))


def _figure(chosen: Chosen, indicator: Indicator, usual: Reading, opens_with: str) -> None:
    """The part of a card that changes when another view is picked."""
    views = _views(usual)
    first = opens_with or _first_view(views, usual)
    asked, whole = _ask_view(indicator, views, first) if len(views) > 1 else (first, False)
    reading = _reading(chosen, indicator, _selected(usual, asked, whole))
    view = PLANNED.get(asked, asked)
    plan = PLANS[view](reading)
    captioned = caption(reading) if view == "trend" else plan.subtitle
    above, below = leading(usual), further(usual)
    said = (*(one.text for one in above), beside(usual), "" if indicator.native_period == "edition" else captioned)
    st.markdown("\n\n".join(unbroken(sentence) for sentence in said if sentence))
    if indicator.native_period != "edition":
        draw_chart(plan, f"{view}-{reading.indicator.id}")
    notes = "" if plan.empty else paragraph(" ".join(plan.notes))
    notes += paragraph(rounding_words(reading)) + paragraph(indicator.unlike)
    said_below = "".join(paragraph(unbroken(one.text)) for one in below)
    st.html(
        notes + said_below + arithmetic((*above, *below)) + folded("The same as a table", figure_table(reading, view))
    )
    _take_away(chosen, reading, asked, whole, plan)


def _reading(chosen: Chosen, indicator: Indicator, selection: Selection) -> Reading:
    """The reading of a measure, from the release that it is read from."""
    release = chosen.release_for(indicator)
    return reading_of(release, release.name, indicator.id, selection)


_figure_by_itself: Final = st.fragment(_figure)


def _ask_view(indicator: Indicator, views: list[str], first: str) -> tuple[str, bool]:
    """Which view of a card, and whether over all years."""
    if st.session_state.get(f"view-{indicator.id}") not in views:
        st.session_state[f"view-{indicator.id}"] = first  # a link may ask for a view that the measure does not have
    with st.container(horizontal=True, vertical_alignment="center", key=f"views-{indicator.id}"):
        asked = st.segmented_control(
            f"View of {indicator.title}",
            views,
            required=True,
            format_func=VIEW_NAMES.__getitem__,
            key=f"view-{indicator.id}",
            label_visibility="collapsed",
        )
        whole = asked in ("trend", "usual", "groups") and st.toggle("All years", key=f"all-{indicator.id}")
    return asked or first, whole


def _selected(usual: Reading, view: str, whole: bool) -> Selection:
    """The selection that a view shows: all years where asked, and the grain that a view has of its own."""
    selection = usual.selection.all_years() if whole else usual.selection
    if view == "usual" and usual.point:
        return replace(selection, grain=usual.point.grain)
    return replace(selection, grain="rolling12") if view == "groups" and not selection.grain else selection


def _first_view(views: list[str], reading: Reading) -> str:
    """The trend, but the places side by side where there is one period only and so no trend."""
    places = next((view for view in ("districts", "beside") if view in views), "trend")
    return places if len({one.period for one in reading.known}) <= 1 else "trend"


def _views(reading: Reading) -> list[str]:
    """The views that a measure has: a usual range where one could be had, a map only where there are districts."""
    indicator = reading.indicator
    if indicator.native_period == "edition":
        return ["trend"]
    views = ["trend", "usual"] if reading.point else ["trend"]
    if indicator.breakdown and indicator.breakdown.adds_up:
        views.append("groups")
    if indicator.places != "force":
        views.append("districts")
    else:
        views.append("beside")
    if indicator.places == "district" and indicator.denominator:
        views.append("map")
    return views


def parcel_shown(chosen: Chosen, indicator: Indicator, opens_with: str = "") -> Parcel:
    """The parcel of the view that a card shows, for the ZIP of its page."""
    usual = _reading(chosen, indicator, chosen.selection)
    view, whole = shown_view(indicator.id)
    views = _views(usual)
    asked = view if view in views else opens_with or _first_view(views, usual)
    reading = _reading(chosen, indicator, _selected(usual, asked, whole))
    return parcel_of(reading, PLANNED.get(asked, asked))


def _take_away(chosen: Chosen, reading: Reading, asked: str, whole: bool, plan: Plan) -> None:
    """The files of exactly this view, and links to it alone and to every place."""
    view, indicator = PLANNED.get(asked, asked), reading.indicator
    pictured = not plan.empty and indicator.native_period != "edition"
    key, stem = f"{view}-{indicator.id}", file_name(reading, view=view)
    draw_files(chosen, lambda: parcel_of(reading, view), key, stem, indicator.title, pictured)
    alone = MeasureView(indicator.id, asked, whole).parameters()
    links = [("measure", "Link to this view", alone), ("explore", "Explore as a table", {"indicator": [indicator.id]})]
    if indicator.native_period != "edition":
        links.insert(1, ("compare", "Compare places", {"indicator": [indicator.id]}))
    with st.container(horizontal=True, key=f"links-{indicator.id}"):
        for page, label, own in links:
            st.page_link(f"pages/{page}.py", label=label, query_params=link_to(chosen.selection, chosen.release, own))
