"""One measure at an address of its own: its card in the view that a link asks for, or who could supply it."""

from typing import Final

import streamlit as st

from vawg_metrics.catalogue.definitions import Indicator
from vawg_metrics.reading import Release
from vawg_metrics.standing import standing_of
from vawg_metrics.supply import due_words, not_held_words, when_words, who_words
from vawg_metrics.ui.address import control_key
from vawg_metrics.ui.cards import draw_card, show_view, shown_view
from vawg_metrics.ui.frame import Chosen
from vawg_metrics.ui.layout_only import draw_layout
from vawg_metrics.ui.markup import literal, named_lines
from vawg_metrics.ui.templates import draw_templates
from vawg_metrics.views import MeasureView
from vawg_metrics.wording import marked

KEY: Final = control_key("measure", "indicator")


def draw_measure(chosen: Chosen) -> None:
    """The choice of a measure, and its card."""
    catalogue = chosen.release.catalogue
    if chosen.asked is not None:
        _take(chosen.release, MeasureView.from_parameters(chosen.asked))
    indicator = catalogue.indicator(st.session_state[KEY])
    laid_out = chosen.demonstration is not None and indicator.layout_only and not chosen.release.holds(indicator)
    st.title(marked(indicator.title, laid_out or chosen.demonstrates(indicator)), anchor=False)
    ask_indicator(chosen, KEY, [one.id for one in catalogue.indicators if not one.retired])
    indicator = catalogue.indicator(st.session_state[KEY])
    if standing_of(chosen.release, indicator) == "awaited" and not chosen.demonstrates(indicator):
        chosen.own.update(MeasureView(indicator.id).parameters())
        if laid_out:
            draw_layout(chosen, indicator)
        _draw_awaited(chosen, indicator)
        return
    draw_card(chosen, indicator, alone=True)
    if chosen.demonstrates(indicator):
        draw_templates(chosen, catalogue.suppliers_of(indicator), indicator.id)
    view, whole = shown_view(indicator.id)
    chosen.own.update(MeasureView(indicator.id, view, whole).parameters())


def ask_indicator(chosen: Chosen, key: str, ids: list[str]) -> str:
    """The choice of a measure by its title, in the catalogue's order; one that is made up says so."""
    measures = chosen.release.catalogue.indicators
    titles = {one.id: marked(f"{one.title} ({one.code})", chosen.demonstrates(one)) for one in measures}
    return st.selectbox("Measure", ids, key=key, format_func=titles.__getitem__)


def _take(release: Release, asked: MeasureView) -> None:
    """Set the controls from a link; a measure that does not exist is said, and the first is shown."""
    ids = release.catalogue.ids
    if asked.indicator and asked.indicator not in ids:
        st.markdown(f"**The address asks for the measure {literal(asked.indicator[:40])}, which does not exist.**")
    held = (one.id for one in release.catalogue.indicators if standing_of(release, one) == "held")
    st.session_state[KEY] = asked.indicator if asked.indicator in ids else next(held)
    if asked.view:
        show_view(st.session_state[KEY], asked.view, asked.all_years)


def _draw_awaited(chosen: Chosen, indicator: Indicator) -> None:
    """What is not held: why it matters, who could supply it, by when, whether it is agreed, and the template."""
    catalogue = chosen.release.catalogue
    state, _, who = not_held_words(indicator).partition(". ")
    said = f"**{state.rstrip('.')}.** {literal(who)} By when: {literal(when_words(catalogue, indicator))}."
    st.markdown(f"{said} {literal(due_words(catalogue.suppliers_of(indicator)))}")
    draw_templates(chosen, catalogue.suppliers_of(indicator), indicator.id)
    rows = (
        ("Question", (indicator.question,)),
        ("Why it matters", (indicator.why,)),
        ("Kinds of partner that would be asked", (who_words(catalogue, indicator),)),
        ("Why it is not held", (indicator.awaits,)),
        ("Who would be counted", (indicator.whom,)),
        ("Counted", indicator.includes),
        ("Not counted", indicator.excludes),
        ("Be careful", indicator.caveats),
        ("Method", (indicator.method,)),
        ("A question for the board", (indicator.ask,)),
        ("Status", ("Proposed, to be confirmed by the partnership.",)),
    )
    st.html("".join(named_lines(name, lines) for name, lines in rows))
