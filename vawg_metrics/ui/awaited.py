"""What is not held of one priority: each measure with why it matters, who could supply it and by when."""

from collections.abc import Sequence

import streamlit as st

from vawg_metrics.catalogue.definitions import Catalogue, Indicator
from vawg_metrics.supply import due_words, supply_words
from vawg_metrics.ui.frame import Chosen
from vawg_metrics.ui.markup import literal
from vawg_metrics.ui.templates import draw_templates, suppliers


def draw_awaited(chosen: Chosen, measures: Sequence[Indicator], key: str) -> None:
    """What is not held, a line each, the templates of those who could supply it, and the way to the whole list."""
    if not measures:
        return
    st.header("Not held", anchor="not-held")
    number = "1 measure of this priority is" if len(measures) == 1 else f"{len(measures)} measures of this priority are"
    catalogue = chosen.release.catalogue
    partners = suppliers(catalogue, measures)
    st.markdown(
        f"{number} not held. Nothing real is shown for them until a partner supplies them. "
        f"{literal(due_words(partners))}"
    )
    st.markdown("\n".join(_line(catalogue, one) for one in measures))
    draw_templates(chosen, partners, key)
    with st.container(key=f"links-not-held-{key}"):
        st.page_link("pages/not_held.py", label="All that is not held, for every priority and by who could supply it")


def _line(catalogue: Catalogue, one: Indicator) -> str:
    return f"* **{literal(one.title)}.** {literal(one.why)} {literal(supply_words(catalogue, one))}"
