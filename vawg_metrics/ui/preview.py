"""The Preview page: the switch of the demonstration, what it shows and what it never does, and the templates."""

from typing import Final

import streamlit as st

from vawg_metrics.catalogue.definitions import Indicator
from vawg_metrics.demonstration import demonstrated
from vawg_metrics.ui.demonstration import on_for_all, switch, switched_on
from vawg_metrics.ui.frame import Chosen
from vawg_metrics.ui.markup import literal
from vawg_metrics.ui.templates import draw_templates

TOGGLE: Final = "preview-demonstration"
WHAT: Final = """
Most of what the strategy asks about is held by partners and nobody else. The demonstration fills those measures with
made-up figures, so that one can see how they will look and what partners would be asked for.

* It is **off at first opening**. This switch turns it on for this browser tab alone; it is in no address and no link.
* While it is on a banner stands on every page, and the first word of every made-up heading, chart, caption, picture
  and file is **Demonstration**.
* It never enters the Overview, what is unusual, the table of measures by place, the Data page, the counts of what is
  held, the ZIP of a page, or any command.
* A measure's made-up figures are gone with the first real ones.
* For deaths, children, and survivors' own words and scores nothing is made up: an empty layout stands there.
"""


def draw_preview(chosen: Chosen) -> None:
    """The switch, and which measures it concerns."""
    st.title("Preview: how what is not held could look", anchor=False)
    st.markdown(WHAT)
    st.session_state[TOGGLE] = switched_on()
    st.toggle(
        "Show the demonstration", key=TOGGLE, disabled=on_for_all(),
        on_change=lambda: switch(bool(st.session_state[TOGGLE])),
    )  # fmt: skip
    if on_for_all():
        st.markdown("This server was started with the demonstration on: it is on for everybody who reads it.")
    shown = demonstrated(chosen.release.catalogue, chosen.release)
    supplied = [one for one in shown if chosen.release.catalogue.suppliers_of(one)]
    empty = [one for one in chosen.release.catalogue.indicators if one.layout_only and not chosen.release.holds(one)]
    with st.expander(f"Shown with made-up figures: {len(supplied)} measures"):
        _list(supplied)
    with st.expander(f"Shown as an empty layout: {len(empty)} measures"):
        _list(empty)


def draw_every_template(chosen: Chosen) -> None:
    """The templates of every kind of partner."""
    st.header("Templates", anchor="templates")
    st.markdown("What each kind of partner would be asked for, to be opened in a spreadsheet.")
    partners = [one for one in chosen.release.catalogue.partners if one.supplies]
    draw_templates(chosen, partners, "preview")


def _list(measures: list[Indicator]) -> None:
    st.markdown("\n".join(f"* {literal(one.title)} ({one.code})" for one in measures))
