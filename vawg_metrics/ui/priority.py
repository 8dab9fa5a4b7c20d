"""A priority on the screen: its measures, what stopped before the strategy, and what is not held."""

from collections.abc import Iterable

import streamlit as st

from vawg_metrics.catalogue.definitions import Indicator, Page, Priority
from vawg_metrics.narrative import heading
from vawg_metrics.periods import month_words
from vawg_metrics.standing import standing_of
from vawg_metrics.ui.awaited import draw_awaited
from vawg_metrics.ui.cards import draw_card, parcel_shown
from vawg_metrics.ui.charts import take_breath
from vawg_metrics.ui.frame import Chosen
from vawg_metrics.ui.layout_only import draw_layout
from vawg_metrics.ui.markup import on_this_page
from vawg_metrics.ui.opened import reading_of
from vawg_metrics.ui.register import draw_register
from vawg_metrics.ui.take_away import draw_whole_page
from vawg_metrics.wording import marked


def draw_heading(chosen: Chosen, page: Page) -> Priority:
    """The priority's title, its intent, the places chosen, and a list of the cards."""
    priority = next(one for one in chosen.release.catalogue.strategy.priorities if one.id == page)
    st.title(priority.title, anchor=False)
    st.markdown(priority.opening)
    st.markdown(
        f"Showing **{chosen.selection.words()}**. Every measure is proposed, to be confirmed by the partnership. "
        f"Owner of this priority: {priority.owner}."
    )
    shown = [*_held(chosen, page), *made_up(chosen, page)]
    if len(shown) > 1:
        links = ((_anchor(one), marked(one.title, not chosen.release.holds(one))) for one in shown)
        st.html(on_this_page("Measures on this page", links))
    return priority


def _anchor(one: Indicator) -> str:
    return one.id.replace("_", "-")


def draw_measures(chosen: Chosen, page: Page, opens_with: str = "") -> None:
    """The cards of the measures that reach into the strategy's years; `opens_with` is the leading card's view.

    Where the demonstration is on, those that it makes up follow what is real.
    """
    held = _held(chosen, page)
    for place, one in enumerate(held):
        draw_card(chosen, one, opens_with if page in one.leads else "")
        if place == 0 and len(held) > 1:
            take_breath()
    for one in made_up(chosen, page):
        if chosen.demonstrates(one):
            draw_card(chosen, one)
        else:
            draw_layout(chosen, one)


def _held(chosen: Chosen, page: Page) -> list[Indicator]:
    """The measures of a page that reach into the strategy's years."""
    return [one for one in chosen.release.catalogue.on_page(page) if standing_of(chosen.release, one) == "held"]


def made_up(chosen: Chosen, page: Page) -> list[Indicator]:
    """The measures not held of a page that the demonstration shows: with figures, or as an empty layout."""
    if chosen.demonstration is None:
        return []
    awaited = (one for one in chosen.release.catalogue.on_page(page) if not chosen.release.holds(one))
    return [one for one in awaited if chosen.demonstrates(one) or one.layout_only]


def draw_beside_words(chosen: Chosen, page: Page) -> None:
    """The measures, and beside them (below, on a phone) what people said and what was done: open even when empty."""
    numbers, words = st.columns([5, 3], gap="large")
    with words:
        draw_register()
    with numbers:
        draw_measures(chosen, page)
        draw_rest(chosen, page)


def draw_rest(chosen: Chosen, page: Page) -> None:
    """The measures that stop before the strategy, folded away, and those that are not held."""
    measures = chosen.release.catalogue.on_page(page)
    _history(chosen, [one for one in measures if standing_of(chosen.release, one) == "history"])
    awaited = [one for one in measures if standing_of(chosen.release, one) == "awaited" and one.priority == page]
    draw_awaited(chosen, awaited, page)


def draw_take_away(chosen: Chosen, page: Page, opens_with: str = "") -> None:
    """The ZIP of the cards that the page shows, each in the view that it is in; what is made up is in no ZIP."""
    held = _held(chosen, page)
    title = next(one.title for one in chosen.release.catalogue.strategy.priorities if one.id == page)
    draw_whole_page(
        chosen,
        page,
        title,
        lambda: [parcel_shown(chosen, one, opens_with if page in one.leads else "") for one in held],
        made_up=bool(made_up(chosen, page)),
        empty=not held,
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
