"""A priority on the screen: its measures, what stopped before the strategy, and what is awaited from whom."""

from html import escape

import streamlit as st

from vawg_metrics.catalogue.definitions import Indicator, Page, Priority
from vawg_metrics.periods import month_words
from vawg_metrics.reading import Release
from vawg_metrics.standing import Standing, standing_of
from vawg_metrics.ui.cards import draw_card
from vawg_metrics.ui.frame import Chosen


def draw_heading(chosen: Chosen, page: Page) -> Priority:
    """The priority's title, its intent, the places chosen, and a list of the cards."""
    priority = next(one for one in chosen.release.catalogue.strategy.priorities if one.id == page)
    st.title(priority.title, anchor=False)
    st.markdown(priority.opening)
    st.markdown(
        f"Showing **{chosen.selection.words()}**. Every measure is proposed, to be confirmed by the partnership."
    )
    shown = [one for one in chosen.release.catalogue.on_page(page) if _standing(chosen.release, one) == "held"]
    if len(shown) > 1:
        links = "".join(f'<li><a href="#{one.id.replace("_", "-")}">{escape(one.title)}</a></li>' for one in shown)
        st.html(f'<nav aria-label="Measures on this page"><p class="quiet">On this page:</p><ul>{links}</ul></nav>')
    return priority


def draw_measures(chosen: Chosen, page: Page) -> None:
    """The cards of the measures that reach into the strategy's years, then history, then what is awaited."""
    measures = chosen.release.catalogue.on_page(page)
    for one in measures:
        if _standing(chosen.release, one) == "held":
            draw_card(chosen, one)
    _history(chosen, [one for one in measures if _standing(chosen.release, one) == "history"])
    draw_awaited([one for one in measures if _standing(chosen.release, one) == "awaited" and one.priority == page])


def _standing(release: Release, indicator: Indicator) -> Standing:
    return standing_of(release, indicator)


def _history(chosen: Chosen, measures: list[Indicator]) -> None:
    """Measures whose newest period ends before the strategy: folded away, and drawn only when opened."""
    if not measures:
        return
    starts = month_words(chosen.release.catalogue.strategy.starts)
    st.header("Before the strategy", anchor="before-the-strategy")
    st.markdown(f"These stop before {starts}. They give the past, not progress.")
    for one in measures:
        folded = st.expander(one.title, on_change="rerun", key=f"history-{one.id}")
        with folded:
            if folded.open:
                draw_card(chosen, one)


def draw_awaited(measures: list[Indicator]) -> None:
    """What is not held: one line each, with who could supply it and by when."""
    if not measures:
        return
    st.header("Awaited from partners", anchor="awaited")
    st.markdown(f"{len(measures)} measures are not held. Nothing is shown for them until a partner supplies them.")
    lines = [f"* **{one.title}.** {one.why} Could supply it: {one.supplier}, {one.due}." for one in measures]
    st.markdown("\n".join(lines))
