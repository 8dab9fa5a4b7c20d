"""A priority on the screen: its measures, what stopped before the strategy, and what is awaited from whom."""

from collections.abc import Iterable
from html import escape

import streamlit as st

from vawg_metrics.catalogue.definitions import Indicator, Page, Priority
from vawg_metrics.narrative import heading
from vawg_metrics.periods import month_words
from vawg_metrics.standing import standing_of
from vawg_metrics.ui.cards import draw_card, parcel_shown
from vawg_metrics.ui.charts import take_breath
from vawg_metrics.ui.frame import Chosen
from vawg_metrics.ui.opened import reading_of
from vawg_metrics.ui.take_away import draw_whole_page


def draw_heading(chosen: Chosen, page: Page) -> Priority:
    """The priority's title, its intent, the places chosen, and a list of the cards."""
    priority = next(one for one in chosen.release.catalogue.strategy.priorities if one.id == page)
    st.title(priority.title, anchor=False)
    st.markdown(priority.opening)
    st.markdown(
        f"Showing **{chosen.selection.words()}**. Every measure is proposed, to be confirmed by the partnership."
    )
    shown = [one for one in chosen.release.catalogue.on_page(page) if standing_of(chosen.release, one) == "held"]
    if len(shown) > 1:
        links = "".join(f'<li><a href="#{one.id.replace("_", "-")}">{escape(one.title)}</a></li>' for one in shown)
        st.html(f'<nav aria-label="Measures on this page"><p class="quiet">On this page:</p><ul>{links}</ul></nav>')
    return priority


def draw_measures(chosen: Chosen, page: Page, opens_with: str = "") -> None:
    """The cards of the measures that reach into the strategy's years; `opens_with` is the leading card's view."""
    held = [one for one in chosen.release.catalogue.on_page(page) if standing_of(chosen.release, one) == "held"]
    for place, one in enumerate(held):
        draw_card(chosen, one, opens_with if page in one.leads else "")
        if place == 0 and len(held) > 1:
            take_breath()


def draw_rest(chosen: Chosen, page: Page) -> None:
    """The measures that stop before the strategy, folded away, and those awaited from partners."""
    measures = chosen.release.catalogue.on_page(page)
    _history(chosen, [one for one in measures if standing_of(chosen.release, one) == "history"])
    draw_awaited([one for one in measures if standing_of(chosen.release, one) == "awaited" and one.priority == page])


def draw_take_away(chosen: Chosen, page: Page, opens_with: str = "") -> None:
    """The ZIP of the cards that the page shows, each in the view that it is in."""
    held = [one for one in chosen.release.catalogue.on_page(page) if standing_of(chosen.release, one) == "held"]
    title = next(one.title for one in chosen.release.catalogue.strategy.priorities if one.id == page)
    draw_whole_page(
        chosen,
        page,
        title,
        lambda: [parcel_shown(chosen, one, opens_with if page in one.leads else "") for one in held],
    )


def _history(chosen: Chosen, measures: list[Indicator]) -> None:
    """Measures whose newest period ends before the strategy: folded away, and drawn only when opened."""
    if not measures:
        return
    starts = month_words(chosen.release.catalogue.strategy.starts)
    st.header("Before the strategy", anchor="before-the-strategy")
    st.markdown(f"These stop before {starts}. They give the past, not progress.")
    draw_folded(chosen, measures, "history")


def draw_folded(chosen: Chosen, measures: Iterable[Indicator], why: str) -> None:
    """Cards that are drawn only when somebody opens them."""
    for one in measures:
        reading = reading_of(chosen.release, chosen.release.name, one.id, chosen.selection)
        folded = st.expander(heading(reading), on_change="rerun", key=f"{why}-{one.id}")
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
