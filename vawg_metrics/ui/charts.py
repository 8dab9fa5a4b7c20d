"""A plan on the page: its chart with its text alternative, or in words why there is none."""

import time
from collections.abc import Callable
from typing import Final

import streamlit as st

from vawg_metrics.charts import screen
from vawg_metrics.charts.plan import Plan
from vawg_metrics.ui.markup import literal, paragraph

# The browser draws nothing while more keeps coming: a breath after what is in sight lets it paint that before it is
# handed what lies below.
FIRST_PAINT: Final = 0.06


def take_breath() -> None:
    """Let the browser paint what it has."""
    time.sleep(FIRST_PAINT)


def draw_chart(plan: Plan, key: str, select: Callable[[], None] | None = None) -> None:
    """Draw a plan; a chart whose points can be chosen calls `select`."""
    if plan.empty:
        st.markdown(f"*{literal(plan.empty)}*")
        return
    drawn = screen.draw(plan, dark=st.context.theme.type == "dark")
    if select is None:
        st.plotly_chart(drawn, key=key, config=screen.CONFIG, alt=plan.alternative, theme=None)
    else:
        st.plotly_chart(
            drawn, key=key, config=screen.CONFIG, alt=plan.alternative, theme=None, on_select=select,
            selection_mode="points",
        )  # fmt: skip


def draw_notes(plan: Plan) -> None:
    """What belongs to a drawing: gaps, hollow points, what is left out; nothing where there is nothing to say."""
    if plan.notes and not plan.empty:
        st.html(paragraph(" ".join(plan.notes)))
