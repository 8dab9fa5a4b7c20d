"""The page of what is not held: every such measure by priority, then by the kinds of partner that could supply it."""

from functools import partial
from typing import Final

import streamlit as st

from vawg_metrics.catalogue.definitions import Indicator, Priority
from vawg_metrics.outputs.formats import FORMATS
from vawg_metrics.outputs.not_held import not_held_parcel
from vawg_metrics.reading import Release
from vawg_metrics.supply import agreed_words, by_partner, not_held, opening, supply_words, unregistered
from vawg_metrics.ui.address import link_to
from vawg_metrics.ui.frame import Chosen
from vawg_metrics.ui.linked import draw_linked
from vawg_metrics.ui.markup import html_table, on_this_page
from vawg_metrics.ui.templates import draw_templates, suppliers

PARTNERS: Final = ("by-partner", "By who could supply it")
FILE: Final = ("take-away", "Take this list away")
NOBODY: Final = "No partner registered yet"


def draw_opening(chosen: Chosen) -> None:
    """How many measures are not held and who could supply them, what that means, and the parts of the page."""
    st.title("Not held: what is not known, and who could supply it", anchor=False)
    st.markdown("\n\n".join(opening(chosen.release)))
    st.markdown(
        "Every measure is proposed, to be confirmed by the partnership. The filters beside this page do not change it."
    )
    parts = [(_anchor(one), f"{one.short}: {_number(chosen, one)}") for one in _priorities(chosen)]
    if parts:
        st.html(on_this_page("Parts of this page", (*parts, PARTNERS, FILE)))


def draw_by_priority(chosen: Chosen) -> None:
    """Under each priority, in the order of the strategy, its measures: a link, and a line of words."""
    for priority in _priorities(chosen):
        st.header(f"{priority.number}. {priority.short}: {_number(chosen, priority)}", anchor=_anchor(priority))
        with st.container(key=f"linked-not-held-{priority.id}", gap=None):
            for one in _of(chosen, priority):
                parameters = link_to(chosen.selection, chosen.release, {"indicator": [one.id]})
                supply = supply_words(chosen.release.catalogue, one)
                draw_linked(f"{one.title} ({one.code})", parameters, one.why, supply)


def draw_by_partner(chosen: Chosen) -> None:
    """The same measures by kind of partner, in the order of the alphabet, and the templates."""
    found = by_partner(chosen.release)
    rows = [
        (one.partner.name, _measures(len(one.measures)), agreed_words(one.partner), _titles(one.measures))
        for one in found
    ]
    if without := unregistered(chosen.release):
        rows.append((NOBODY, _measures(len(without)), "no partner yet", _titles(without)))
    if not rows:
        return
    anchor, title = PARTNERS
    st.header(title, anchor=anchor)
    st.markdown(
        "In the order of the alphabet. A measure that several could supply stands with each of them, so these numbers "
        f"add up to more than {len(not_held(chosen.release))}."
    )
    header = ("Kind of partner", "Measures", "Return", "Which")
    st.html(html_table("Measures not held, by kind of partner", header, rows))
    catalogue = chosen.release.catalogue
    draw_templates(chosen, suppliers(catalogue, not_held(chosen.release)), "not-held")


def draw_file(chosen: Chosen) -> None:
    """The whole list as one CSV."""
    anchor, title = FILE
    if not not_held(chosen.release):
        return
    with st.container(key="screen-only-not-held-file"):
        st.header(title, anchor=anchor)
        st.markdown("Every measure above as a row, with its question, who could supply it, and by when.")
        form, stem = FORMATS["csv"], f"not-held_{chosen.release.name}"
        st.download_button(
            "CSV of what is not held", partial(_written, chosen.release), f"{stem}.csv", form.mime,
            key="csv-not-held", on_click="ignore",
        )  # fmt: skip


def _written(release: Release) -> bytes:
    return FORMATS["csv"].write(not_held_parcel(release), None)


def _priorities(chosen: Chosen) -> list[Priority]:
    """The priorities that have a measure that is not held."""
    return [one for one in chosen.release.catalogue.strategy.priorities if _of(chosen, one)]


def _of(chosen: Chosen, priority: Priority) -> list[Indicator]:
    return [one for one in not_held(chosen.release) if one.priority == priority.id]


def _number(chosen: Chosen, priority: Priority) -> str:
    return _measures(len(_of(chosen, priority)))


def _measures(number: int) -> str:
    return "1 measure" if number == 1 else f"{number} measures"


def _anchor(priority: Priority) -> str:
    return f"not-held-{priority.id.replace('_', '-')}"


def _titles(measures: tuple[Indicator, ...]) -> str:
    return "; ".join(one.title for one in measures)
