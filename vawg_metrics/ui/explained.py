"""The About page: what the measures mean, how figures are computed, the words used, licence, accessibility."""

import re
from pathlib import Path
from typing import Final

import streamlit as st

from vawg_metrics.catalogue.definitions import Indicator
from vawg_metrics.catalogue.dictionary import DIRECTIONS, unit_of
from vawg_metrics.supply import not_held_words
from vawg_metrics.ui.frame import Chosen
from vawg_metrics.ui.opened import ROOT
from vawg_metrics.ui.surround import LICENCE

PAGES: Final = ROOT / "content" / "about"


def draw_intro(chosen: Chosen) -> None:
    """What this is, whose it is not, and the one national figure that no local one can be derived from."""
    strategy = chosen.release.catalogue.strategy
    st.title(f"About {strategy.product}", anchor=False)
    st.markdown(_text("about"))
    st.markdown(
        LICENCE
        + " Maps: Source: Office for National Statistics. Contains OS data © Crown copyright and database right 2025."
    )


def draw_methods() -> None:
    """How figures are computed."""
    st.header("How figures are computed", anchor="methods")
    st.markdown(_text("methods"))
    with st.expander("Every method with its formula, its source and a worked example"):
        st.markdown(_lowered((ROOT / "docs" / "methods.md").read_text("utf-8")))


def _lowered(text: str) -> str:
    """A document's headings two steps lower, so that they stand under the page's own."""
    return re.sub(r"^(#+) ", r"##\1 ", text, flags=re.MULTILINE)


def draw_protection() -> None:
    """How counts of people from partners are protected, and what that does not do."""
    st.header("Protection", anchor="protection")
    st.markdown(_text("protection"))


def draw_language() -> None:
    """The words used, and what they do not say."""
    st.header("Words used here", anchor="words")
    st.markdown(_text("words"))


def draw_accessibility() -> None:
    """The accessibility statement."""
    st.header("Accessibility statement", anchor="accessibility")
    st.markdown(_text("accessibility"))


def draw_definitions(chosen: Chosen) -> None:
    """Every measure's definition, from the catalogue, by priority."""
    st.header("Every measure", anchor="every-measure")
    catalogue = chosen.release.catalogue
    pages = [("context", "Context"), *((one.id, one.short) for one in catalogue.strategy.priorities)]
    for page, name in pages:
        measures = [one for one in catalogue.indicators if one.priority == page]
        with st.expander(f"{name}: {len(measures)} measures"):
            st.markdown("\n\n".join(_measure(one, chosen.release.holds(one)) for one in measures))


def _measure(one: Indicator, held: bool) -> str:
    origin = f"Source: `{one.source}`." if held else not_held_words(one)
    return (
        f"**{one.code} {one.title}.** {one.question} Unit: {unit_of(one)}; {DIRECTIONS[one.direction]}; a measure of "
        f"{one.kind}. {one.method} {origin}"
    )


def _text(name: str, folder: Path = PAGES) -> str:
    return (folder / f"{name}.md").read_text("utf-8")
