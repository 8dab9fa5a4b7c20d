"""Find a measure: on every page, by its title, its question or everyday words; what is not held is found as well."""

from typing import Final

import streamlit as st

from vawg_metrics.narrative import heading
from vawg_metrics.reading import Release
from vawg_metrics.search import Hit, find, standing_words
from vawg_metrics.selection import MOST_AREAS, Selection
from vawg_metrics.ui.address import link_to
from vawg_metrics.ui.markup import literal
from vawg_metrics.ui.opened import reading_of
from vawg_metrics.wording import listed

LONGEST: Final = 120
SAID: Final = 3  # the first few found say their figure at once


def draw_find(selection: Selection, release: Release, page: str, closes: bool) -> str:
    """The box and, when something was asked, what was found; gives back what is to be said aloud of it.

    A newly opened address, or another page, `closes` what was found before.
    """
    if closes or st.session_state.get("found_on", page) != page:
        st.session_state["find"] = ""
    st.session_state["found_on"] = page
    with st.container(key="find-box"):
        asked = st.text_input(
            "Find a measure",
            key="find",
            max_chars=LONGEST,
            placeholder="charge rate in Melton, refuge, stalking …",
            type="search",
        )
        return _draw_found(selection, release, asked.strip()) if asked and asked.strip() else ""


def _draw_found(selection: Selection, release: Release, asked: str) -> str:
    found = find(release, asked)
    if not found.hits:
        st.markdown(f"Nothing found for “{literal(asked)}”. Try other words; every measure is listed on the Data page.")
        return "No measure found. "
    areas = found.areas[:MOST_AREAS] or selection.areas
    there = Selection(areas, selection.start, selection.end, selection.grain, selection.measure)
    where = f", for {listed(areas)}" if found.areas else ""
    number = "1 measure" if len(found.hits) == 1 else f"{len(found.hits)} measures"
    st.markdown(f"**{number} found{where}.**")
    for place, hit in enumerate(found.hits):
        _draw_hit(there, release, hit, place < SAID)
    return f"{number} found{where}. "


def _draw_hit(there: Selection, release: Release, hit: Hit, said: bool) -> None:
    """A link to the measure's card, and its figure or who could supply it."""
    indicator = hit.indicator
    parameters = link_to(there, release, {"indicator": [indicator.id]})
    st.page_link("pages/measure.py", label=literal(indicator.title), query_params=parameters)
    words = standing_words(release, indicator)
    if said and indicator.collected:
        reading = reading_of(release, release.name, indicator.id, there)
        words = f"{heading(reading)}. {' '.join(reading.unanswered)} {words}."
    st.caption(literal(words))
