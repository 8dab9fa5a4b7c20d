"""What is not held: each measure with who would supply it, when, why it matters, and whether it was asked for yet."""

from collections.abc import Sequence

import streamlit as st

from vawg_metrics.catalogue.definitions import Catalogue, Indicator
from vawg_metrics.periods import quarter_named, quarter_words
from vawg_metrics.ui.frame import Chosen
from vawg_metrics.ui.markup import literal
from vawg_metrics.ui.templates import draw_templates, suppliers


def draw_awaited(chosen: Chosen, measures: Sequence[Indicator], key: str) -> None:
    """What is not held, a line each, and the templates of those who would supply it."""
    if not measures:
        return
    st.header("Awaited from partners", anchor="awaited")
    number = "1 measure is" if len(measures) == 1 else f"{len(measures)} measures are"
    st.markdown(f"{number} not held. Nothing real is shown for them until a partner supplies them.")
    catalogue = chosen.release.catalogue
    st.markdown("\n".join(_line(catalogue, one) for one in measures))
    draw_templates(chosen, suppliers(catalogue, measures), key)


def _line(catalogue: Catalogue, one: Indicator) -> str:
    who, when = literal(who_words(catalogue, one)), literal(one.due)
    return f"* **{literal(one.title)}.** {literal(one.why)} Who: {who}. When: {when}. {agreed_words(catalogue, one)}"


def who_words(catalogue: Catalogue, indicator: Indicator) -> str:
    """The kinds of partner that would supply a measure: those of the register, else as the measure says it."""
    return "; ".join(one.name for one in catalogue.suppliers_of(indicator)) or indicator.supplier


def agreed_words(catalogue: Catalogue, indicator: Indicator) -> str:
    """Whether those who would supply a measure have agreed to, and from which quarter on."""
    kinds = catalogue.suppliers_of(indicator)
    if not kinds:
        return "Not asked for yet: no partner is registered for it."
    agreed = [f"{one.name} from {quarter_words(quarter_named(one.agreed_from))}" for one in kinds if one.agreed_from]
    if not agreed:
        return "Not agreed yet."
    return f"Agreed: {'; '.join(agreed)}." + ("" if len(agreed) == len(kinds) else " Not agreed yet with the others.")
