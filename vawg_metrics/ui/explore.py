"""Explore: any measures, places, periods and grains in one table, laid out, sorted and filtered as asked."""

from dataclasses import dataclass, replace
from typing import Final

import streamlit as st

from vawg_metrics.catalogue.definitions import Indicator
from vawg_metrics.exploration import ALL_DISTRICTS, SUITS, Asked
from vawg_metrics.narrative import never_joined
from vawg_metrics.outputs.columns import title_of
from vawg_metrics.outputs.explored import Layout, Table
from vawg_metrics.periods import month_number, month_text, month_words
from vawg_metrics.reading import Release
from vawg_metrics.selection import ALL_YEARS, THREE_YEARS, Selection
from vawg_metrics.ui.address import control_key
from vawg_metrics.ui.explored_rows import draw_rows
from vawg_metrics.ui.frame import Chosen
from vawg_metrics.ui.markup import literal
from vawg_metrics.ui.opened import explored_in
from vawg_metrics.views import MOST_MEASURES, ExploreView
from vawg_metrics.wording import DEMONSTRATION, marked

KEYS: Final = {name: control_key("explore", name) for name in ExploreView.KEYS}
ACROSS: Final = {"": "A row a figure", "area": "Places across", "period": "Periods across"}
SHOW: Final = {
    "limits": "95 % limits",
    "comparison": "Beside the rest of LLR",
    "signal": "Usual range and signal",
    "change": "Change since the year before",
}

APART: Final = "Made-up figures stand in no table with real ones: what begins with Demonstration is left out here."


@dataclass(frozen=True, slots=True)
class Shown:
    """What Explore shows: what was asked, how it is laid out, the table that answers, and the release it is from."""

    asked: Asked
    layout: Layout
    table: Table
    source: Release


def draw_table(chosen: Chosen) -> Shown | None:
    """The controls and the table; None, with a sentence, where nothing can be shown."""
    st.title("Explore", anchor=False)
    st.markdown("Any measures and places in one table. Areas, months, periods and rate or count are those at the side.")
    if chosen.asked is not None:
        _take(chosen, ExploreView.from_parameters(chosen.asked))
    what = _ask_what(chosen)
    if not what.indicators:
        st.markdown("**Choose a measure.**")
        return None
    try:
        return _shown(chosen, what)
    except LookupError as error:
        st.markdown(f"**{literal(str(error.args[0]))}**")
        return None


def _shown(chosen: Chosen, what: ExploreView) -> Shown:
    """The order and the filter, which need to know the columns, and the table."""
    release, measures = _source(chosen, what.indicators)
    if measures != what.indicators:
        st.markdown(f"**{APART}**")
    asked = asked_of(release, chosen.selection, replace(what, indicators=measures))
    bare = Layout(what.show, what.across, chosen.selection.measure)
    columns = explored_in(release, release.name, asked, bare).columns
    view = _ask_order(what, tuple(name for name in columns if name != DEMONSTRATION))
    chosen.own.update(view.parameters())
    layout = replace(bare, sort=view.sort, down=view.down, containing=view.containing, known=view.known)
    table = explored_in(release, release.name, asked, layout)
    for note in (*table.notes, *_apart(release, asked)):
        st.markdown(f"**{literal(note)}**")
    draw_rows(release, table, chosen.selection.measure == "count")
    return Shown(asked, layout, table, release)


def _apart(release: Release, asked: Asked) -> tuple[str, ...]:
    """What in a table is never to be compared: measures of like names, and figures before and after a change."""
    measures = [release.catalogue.indicator(one) for one in asked.indicators]
    return (*never_joined(measures), *(said for one in measures if (said := _parted(release, one, asked))))


def _parted(release: Release, indicator: Indicator, asked: Asked) -> str:
    """Which changes of recording lie between the months asked for that a measure is held for, in one sentence."""
    reach = release.reaches.get(indicator.id)
    if reach is None:
        return ""
    first, last = max(asked.first, reach.oldest), min(asked.last or reach.newest, reach.newest)
    changes = [one for one in release.catalogue.changes_for(indicator) if one.breaks and first < one.month <= last]
    named = "; ".join(f"{one.date_words or month_words(one.month)} ({one.label})" for one in changes)
    return f"{indicator.title}: recording changed: {named}. Nothing is compared across that." if named else ""


def _source(chosen: Chosen, indicators: tuple[str, ...]) -> tuple[Release, tuple[str, ...]]:
    """The release that a table is read from, and which of the measures are in it: made-up ones stand by themselves."""
    measures = [chosen.release.catalogue.indicator(id_) for id_ in indicators]
    real = tuple(one.id for one in measures if not chosen.demonstrates(one))
    return (chosen.release, real) if real else (chosen.release_for(measures[0]), indicators)


def asked_of(release: Release, selection: Selection, view: ExploreView) -> Asked:
    """The question that the controls put: the places of the filter and those added, the months spelt out."""
    first = {"": release.catalogue.strategy.baseline.start, ALL_YEARS: ""}.get(selection.start, selection.start)
    if selection.start == THREE_YEARS:
        held = [release.reaches[one].newest for one in view.indicators if one in release.reaches]
        newest = max([one for one in held if one], default="")
        first = month_text(month_number(min(newest, selection.end or newest)) - 35) if newest else ""
    areas = tuple(dict.fromkeys((*selection.areas, *view.places)))
    return Asked(view.indicators, areas, selection.grain or SUITS, first, selection.end, view.parts)


def _ask_what(chosen: Chosen) -> ExploreView:
    """The measures, the places, the layout and the sets of columns."""
    release = chosen.release
    titles = {one.id: marked(f"{one.title} ({one.code})", chosen.demonstrates(one)) for one in _explored(chosen)}
    indicators = st.multiselect(
        f"Measures, up to {MOST_MEASURES}", list(titles), key=KEYS["indicator"], format_func=titles.__getitem__,
        max_selections=MOST_MEASURES,
    )  # fmt: skip
    places = st.multiselect(
        "More places", [ALL_DISTRICTS, *release.areas], key=KEYS["place"],
        format_func=lambda name: "All nine districts" if name == ALL_DISTRICTS else name,
    )  # fmt: skip
    with st.container(horizontal=True, vertical_alignment="bottom", key="explore-layout"):
        across = st.segmented_control(
            "Layout", list(ACROSS), key=KEYS["across"], format_func=ACROSS.__getitem__, required=True
        )
        show = st.pills(
            "Columns", list(SHOW), key=KEYS["show"], format_func=SHOW.__getitem__, selection_mode="multi",
            disabled=bool(across),
        )  # fmt: skip
        parts = st.toggle("Parts too", key=KEYS["parts"])
    return ExploreView(tuple(indicators), tuple(places), parts, across or "", tuple(show or ()))


def _ask_order(what: ExploreView, columns: tuple[str, ...]) -> ExploreView:
    """The column that rows are sorted by, and which rows are kept."""
    if st.session_state.get(KEYS["sort"]) not in columns:
        st.session_state[KEYS["sort"]] = ""
    with st.container(horizontal=True, vertical_alignment="bottom", key="explore-order"):
        sort = st.selectbox("Sort by", ["", *columns], key=KEYS["sort"], format_func=_sort_words)
        containing = st.text_input("Only rows with the text", key=KEYS["containing"], max_chars=80)
        down = st.toggle("From the largest", key=KEYS["down"])
        known = st.toggle("Known only", key=KEYS["known"])
    return replace(what, sort=sort, down=down, containing=containing or "", known=known)


def _sort_words(column: str) -> str:
    return title_of(column) if column else "As published"


def _explored(chosen: Chosen) -> list[Indicator]:
    """The measures that can be explored: those held, then those that this session's demonstration makes up."""
    measures = [one for one in chosen.release.catalogue.indicators if not one.retired]
    held = [one for one in measures if chosen.release.holds(one)]
    return [*held, *(one for one in measures if chosen.demonstrates(one))]


def _take(chosen: Chosen, asked: ExploreView) -> None:
    """Set the controls from a link; what does not exist is said and left out."""
    release = chosen.release
    held = [one.id for one in _explored(chosen)]
    core = next(one.id for one in release.catalogue.indicators if one.core and one.id in release.reaches)
    indicators = [one for one in asked.indicators if one in held]
    places = [one for one in asked.places if one == ALL_DISTRICTS or one in release.areas]
    lost = {*asked.indicators, *asked.places} - {*indicators, *places}
    if lost:
        names = ", ".join(sorted(f"'{one[:40]}'" for one in lost))
        st.markdown(f"**The address asks for {literal(names)}, which is not there and was left out.**")
    state = st.session_state
    state[KEYS["indicator"]] = indicators or ([] if asked.indicators else [core])
    state[KEYS["place"]] = places
    state[KEYS["across"]], state[KEYS["show"]] = asked.across, list(asked.show)
    state[KEYS["sort"]], state[KEYS["containing"]] = asked.sort, asked.containing
    state[KEYS["down"]], state[KEYS["known"]], state[KEYS["parts"]] = asked.down, asked.known, asked.parts
