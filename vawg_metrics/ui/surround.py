"""What stands around every page: its style, the way out, where to find help, and the edition."""

from html import escape
from pathlib import Path
from typing import Final

import streamlit as st

from vawg_metrics.reading import Release
from vawg_metrics.selection import Selection

HERE: Final = Path(__file__).parent
TURNED: Final = "invert(1) hue-rotate(180deg) contrast(1.2)"
DARK_ON_PAPER: Final = f"@media print {{ .js-plotly-plot .main-svg {{ filter: {TURNED}; }} }}"
LICENCE: Final = "Contains public sector information licensed under the Open Government Licence v3.0."
WAY_OUT: Final = st.components.v2.component(
    "way_out",
    html='<div class="way-out"><button type="button">Leave this site</button>'
    '<span class="how">or press Shift three times. This does not clear your browsing history: '
    "your browser's menu, History, does.</span></div>",
    css=(HERE / "way_out.css").read_text("utf-8"),
    js=(HERE / "way_out.js").read_text("utf-8"),
)


def draw_style() -> None:
    """The house style, and how a page looks on paper: charts of the dark theme are turned light there."""
    style = (HERE / "house.css").read_text("utf-8")
    st.html(f"<style>{style}{DARK_ON_PAPER if st.context.theme.type == 'dark' else ''}</style>")


def draw_way_out() -> None:
    """The quick exit."""
    WAY_OUT(key="way_out")


def draw_selection(selection: Selection, release: Release) -> None:
    """What is shown, in words: on paper alone, where no filter is seen."""
    folded = "What was folded on the screen is left out or printed folded."
    st.html(
        f'<p class="on-paper">{escape(release.catalogue.strategy.product)}. Showing {escape(selection.words())}. '
        f"Edition {escape(release.name)}. {folded}</p>"
    )


def draw_footer(release: Release) -> None:
    """Support lines, licence, edition."""
    lines = " · ".join(
        f"<strong>{escape(line.name)}</strong> {escape(line.number)} ({escape(line.hours)})"
        for line in release.catalogue.support_lines
    )
    st.html(
        f'<footer class="foot"><p class="help">{lines}</p>'
        f"<p>{LICENCE} Edition {release.name}. Every measure is proposed, to be confirmed by the partnership.</p>"
        "</footer>"
    )
