"""A measure in a list: a link to its page, and a line of words; on paper, where links are not, its title leads."""

from collections.abc import Mapping, Sequence
from html import escape

import streamlit as st

from vawg_metrics.ui.markup import literal
from vawg_metrics.wording import unbroken


def draw_linked(title: str, parameters: Mapping[str, Sequence[str]], *lines: str) -> None:
    """One line of a container whose key begins with `linked-`; `parameters` are those of the measure's page."""
    st.page_link("pages/measure.py", label=literal(title), query_params=parameters)
    named = f'<strong class="paper-name">{escape(title)}. </strong>'
    st.html(f'<p class="quiet">{named}{"<br>".join(escape(unbroken(line)) for line in lines)}</p>')
