"""One measure on the screen: the finding, the words, the chart, the table, the files to take away."""

from dataclasses import replace
from typing import Final

import streamlit as st

from vawg_metrics.catalogue.definitions import Indicator
from vawg_metrics.charts import screen
from vawg_metrics.charts.plan import Plan
from vawg_metrics.charts.plans import PLANS
from vawg_metrics.narrative import beside, caption, heading
from vawg_metrics.outputs.csv_file import write_csv
from vawg_metrics.outputs.naming import file_name
from vawg_metrics.outputs.picture import write_png, write_svg
from vawg_metrics.reading import Reading
from vawg_metrics.selection import Selection
from vawg_metrics.statements import further, leading
from vawg_metrics.ui.definition import arithmetic, definition
from vawg_metrics.ui.frame import Chosen
from vawg_metrics.ui.markup import folded, paragraph
from vawg_metrics.ui.opened import present_month, reading_of
from vawg_metrics.ui.tables import figure_table
from vawg_metrics.wording import unbroken

VIEW_NAMES: Final = {
    "trend": "Trend",
    "usual": "Usual range",
    "groups": "Parts",
    "districts": "Districts",
    "beside": "Beside others",
    "map": "Map",
}


def draw_card(chosen: Chosen, indicator: Indicator, opens_with: str = "") -> None:
    """Draw the card of a collected measure for the selection; `opens_with` names the view to open with."""
    with st.container(key=f"card-{indicator.id}"):
        reading = reading_of(chosen.release, chosen.release.name, indicator.id, chosen.selection)
        st.header(unbroken(heading(reading)), anchor=indicator.id.replace("_", "-"), divider="grey")
        for sentence in reading.unanswered:
            st.markdown(f"**{sentence}**")
        if not reading.areas:
            return
        _figure(chosen, indicator, reading, opens_with)
        st.html(definition(reading, present_month()))


@st.fragment
def _figure(chosen: Chosen, indicator: Indicator, usual: Reading, opens_with: str) -> None:
    """The part of a card that changes when another view is picked, drawn again by itself."""
    views = _views(usual)
    first = opens_with or _first_view(views, usual)
    asked, whole = _ask_view(indicator, views, first) if len(views) > 1 else (first, False)
    reading = reading_of(chosen.release, chosen.release.name, indicator.id, _selected(usual, asked, whole))
    view = "districts" if asked == "beside" else asked
    plan = PLANS[view](reading)
    captioned = caption(reading) if view == "trend" else plan.subtitle
    above, below = leading(usual), further(usual)
    said = (*(one.text for one in above), beside(usual), "" if indicator.native_period == "edition" else captioned)
    st.markdown("\n\n".join(unbroken(sentence) for sentence in said if sentence))
    if indicator.native_period != "edition":
        _chart(plan, reading, view)
    notes = "" if plan.empty else paragraph(" ".join(plan.notes))
    said_below = "".join(paragraph(unbroken(one.text)) for one in below)
    st.html(
        notes + said_below + arithmetic((*above, *below)) + folded("The same as a table", figure_table(reading, view))
    )
    _take_away(chosen, reading, view, plan)


def _ask_view(indicator: Indicator, views: list[str], first: str) -> tuple[str, bool]:
    """Which view of a card, and whether over all years."""
    with st.container(horizontal=True, vertical_alignment="center", key=f"views-{indicator.id}"):
        asked = st.segmented_control(
            f"View of {indicator.title}",
            views,
            default=first,
            required=True,
            format_func=VIEW_NAMES.__getitem__,
            key=f"view-{indicator.id}",
            label_visibility="collapsed",
        )
        whole = asked in ("trend", "usual", "groups") and st.toggle("All years", key=f"all-{indicator.id}")
    return asked, whole


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
    if indicator.geography in ("district", "district_and_unplaced", "upper"):
        views.append("districts")
    else:
        views.append("beside")
    if indicator.geography in ("district", "district_and_unplaced") and indicator.denominator:
        views.append("map")
    return views


def _chart(plan: Plan, reading: Reading, view: str) -> None:
    """The chart with its text alternative, or why there is none."""
    if plan.empty:
        st.markdown(f"*{plan.empty}*")
        return
    drawn = screen.draw(plan, dark=st.context.theme.type == "dark")
    key = f"{view}-{reading.indicator.id}"
    st.plotly_chart(drawn, key=key, config=screen.CONFIG, alt=plan.alternative, theme=None)


def _take_away(chosen: Chosen, reading: Reading, view: str, plan: Plan) -> None:
    """The files of exactly this view, made only when somebody asks for one."""
    boundaries = chosen.release.boundaries
    kinds = [("CSV", "csv", "text/csv", lambda: write_csv(reading, view))]
    if not plan.empty and reading.indicator.native_period != "edition":
        kinds.append(("SVG", "svg", "image/svg+xml", lambda: write_svg(reading, view, boundaries)))
        kinds.append(("PNG", "png", "image/png", lambda: write_png(reading, view, boundaries)))
    with st.container(horizontal=True, key=f"files-{view}-{reading.indicator.id}"):
        for label, suffix, mime, made in kinds:
            st.download_button(
                f"{label}",
                made,
                file_name(reading, suffix, view),
                mime,
                key=f"{suffix}-{view}-{reading.indicator.id}",
                on_click="ignore",
                help=f"{label} of {reading.indicator.title}",
            )
