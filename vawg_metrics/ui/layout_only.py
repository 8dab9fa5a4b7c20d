"""Measures for which nothing is made up, even in the demonstration: an empty layout, and not one number."""

from html import escape
from typing import Final

import streamlit as st

from vawg_metrics.catalogue.definitions import Indicator
from vawg_metrics.narrative import named
from vawg_metrics.ui.frame import Chosen
from vawg_metrics.ui.markup import html_table
from vawg_metrics.wording import in_sentence, marked

LAYOUT: Final = "layout only"
WHY: Final = "No number is made up for this measure: this is where its chart and its table will stand."


def layout_heading(indicator: Indicator) -> str:
    """`Demonstration: Deaths related to domestic abuse: layout only`."""
    return marked(f"{named(indicator)}: {LAYOUT}", True)


def draw_layout(chosen: Chosen, indicator: Indicator) -> None:
    """The frame of a chart and the head of a table, both empty."""
    with st.container(key=f"card-{indicator.id}"):
        st.header(layout_heading(indicator), anchor=indicator.id.replace("_", "-"), divider="grey")
        st.markdown(f"{WHY} {indicator.why}")
        st.html(_frame(indicator) + _table(indicator))


def _frame(indicator: Indicator) -> str:
    spoken = escape(marked(f"the empty frame of a chart of {in_sentence(indicator.title)}.", True))
    return (
        f'<div class="empty-frame" role="img" aria-label="{spoken}"><span aria-hidden="true">Layout only</span></div>'
    )


def _table(indicator: Indicator) -> str:
    """The head of its table, in words alone."""
    columns = (
        "Period",
        "Place",
        *(("Value", "Numerator", "Denominator") if indicator.denominator else ("Count",)),
        "Note",
    )
    return html_table(marked(f"{indicator.title}, {LAYOUT}", True), columns, ())
