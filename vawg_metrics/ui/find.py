"""Find a measure: on every page, by its title, its question or everyday words; what is not held is found as well."""

from collections.abc import Callable
from dataclasses import replace
from typing import Final

import streamlit as st

from vawg_metrics.catalogue.definitions import Indicator
from vawg_metrics.narrative import beside, heading, never_joined
from vawg_metrics.outputs.report.words import terms
from vawg_metrics.reading import Release
from vawg_metrics.search import Hit, find, standing_words
from vawg_metrics.search.pages import pages_meant
from vawg_metrics.search.told import meanings, months_told
from vawg_metrics.selection import MOST_AREAS, Selection
from vawg_metrics.ui.address import link_to
from vawg_metrics.ui.markup import literal, paragraph
from vawg_metrics.ui.opened import reading_of
from vawg_metrics.wording import listed, unbroken

LONGEST: Final = 120
SAID: Final = 3  # the first few found say their figure at once


def ask_query(page: str, closes: bool) -> str:
    """The box. A newly opened address, or another page, `closes` what was found before."""
    if closes or st.session_state.get("found_on", page) != page:
        st.session_state["find"] = ""
    st.session_state["found_on"] = page
    placeholder = "charge rate in Melton, refuge, stalking …"
    asked = st.text_input("Find a measure", key="find", placeholder=placeholder, type="search")
    return (asked or "").strip()[:LONGEST]


def draw_found(selection: Selection, release: Release, query: str, read_from: Callable[[Indicator], Release]) -> str:
    """What was found, each measure read from its own release; gives back what is to be said aloud of it."""
    if not query:
        return ""
    found = find(release, query)
    pages = pages_meant(query)
    told = (*months_told(release, query), *meanings(query, terms("about/words")))
    aloud = "".join(f"{sentence} " for sentence in told)
    with st.container(key="found", border=True):
        for sentence in told:
            st.html(paragraph(unbroken(sentence)))
        for stem, name in pages:
            st.page_link(f"pages/{stem}.py", label=f"Page: {name}")
        if (told or pages) and not found.hits:
            return aloud + {0: "", 1: "A page found. "}.get(len(pages), f"{len(pages)} pages found. ")
        if not found.hits:
            st.markdown(f"Nothing found for “{literal(query)}”. Try other words; the Data page lists every measure.")
            return "No measure found. "
        areas = found.areas[:MOST_AREAS] or selection.areas
        there = replace(selection, areas=areas)
        where = f", for {listed(areas)}" if found.areas else ""
        number = "1 measure" if len(found.hits) == 1 else f"{len(found.hits)} measures"
        st.markdown(f"**{number} found{where}.**")
        for sentence in never_joined([hit.indicator for hit in found.hits]):
            st.html(paragraph(unbroken(sentence)))
        for place, hit in enumerate(found.hits):
            _draw_hit(there, release, hit, read_from(hit.indicator) if place < SAID else None)
    return f"{aloud}{number} found{where}. "


def _draw_hit(there: Selection, release: Release, hit: Hit, source: Release | None) -> None:
    """A link to the measure's card, and its figure from a `source`, or who could supply it."""
    indicator = hit.indicator
    parameters = link_to(there, release, {"indicator": [indicator.id]})
    st.page_link("pages/measure.py", label=literal(indicator.title), query_params=parameters)
    words = standing_words(release, indicator)
    words = f"{words[:1].upper()}{words[1:]}"
    if source is not None and source.holds(indicator):
        reading = reading_of(source, source.name, indicator.id, there)
        told = (f"{heading(reading)}.", beside(reading), *reading.unanswered, f"{words}.")
        words = " ".join(one for one in told if one)
    st.html(paragraph(unbroken(words)))
