"""Compare: neighbouring forces and nations, and the places most like each district, with the reason where none is."""

import streamlit as st

from vawg_metrics.comparison import Beside, Comparison
from vawg_metrics.narrative import period_words
from vawg_metrics.outputs.comparing import beside_parcel, neighbours_parcel, stem_of
from vawg_metrics.statements.claims import range_words
from vawg_metrics.ui.frame import Chosen
from vawg_metrics.ui.markup import html_table, named_lines, paragraph
from vawg_metrics.ui.take_away import draw_files
from vawg_metrics.wording import bare_value, denominator_words, marked, marker_words, numerator_words

MODEL = (
    "The Office for National Statistics finds for each district twenty others in England and Wales that are most like "
    "it (all its measures together). They are compared by rate or share, never by count."
)


def draw_beside(chosen: Chosen, found: Comparison) -> None:
    """LLR beside the region, the nations and the neighbouring forces, or the reason why there is no figure."""
    headline = found.reading.headline
    if headline is None:
        return
    st.header(marked("Beside other forces and nations", found.demonstration), anchor="beside")
    if found.indicator.denominator is None:
        st.markdown("Counts of places of different size are not compared: this measure has no rate.")
        return
    whole = next((one for one in found.places if one.area.kind == "llr"), None)
    own = [Beside(whole.area, whole.figure, "")] if whole else []
    held = [one for one in (*own, *found.beside) if one.figure and one.figure.known]
    rows = [_beside_row(found, one) for one in held]
    value = found.indicator.unit_words or "Value"
    header = ["Place", value, "95 % limits", "Count", "Out of", "Note"]
    if not any(row[-1] for row in rows):
        header, rows = header[:-1], [row[:-1] for row in rows]
    caption = marked(f"{found.indicator.title}, {period_words(headline)}, beside others", found.demonstration)
    lacking = [f"{one.area.name}: {_why_none(one)}." for one in found.beside if one not in held]
    st.html(html_table(caption, header, rows, range(1, 5)) + named_lines("No figure", lacking))
    stem = stem_of(found, "beside-others")
    draw_files(chosen, lambda: beside_parcel(found), "compare-beside", stem, "LLR beside others", pictured=False)


def _beside_row(found: Comparison, one: Beside) -> tuple[str, ...]:
    figure = one.figure
    assert figure is not None
    limits = "–" if figure.lower is None else range_words(found.indicator, figure)
    value = bare_value(found.indicator, figure.value)
    counts = numerator_words(figure), denominator_words(figure)
    return (one.area.name, value, limits, *counts, marker_words(figure))


def _why_none(one: Beside) -> str:
    return one.reason or (marker_words(one.figure) if one.figure else "") or "not known"


def draw_neighbours(chosen: Chosen, found: Comparison) -> None:
    """Each district beside the range of the places that are most like it."""
    ranged = [one for one in found.places if one.neighbours]
    if not ranged or found.indicator.denominator is None or found.reading.headline is None:
        return
    st.header(marked("Beside the places most like each district", found.demonstration), anchor="neighbours")
    st.html(paragraph(MODEL))
    rows = []
    for one in ranged:
        held = one.neighbours
        assert held is not None
        low, middle, high = (bare_value(found.indicator, value) for value in (held.low, held.middle, held.high))
        own = bare_value(found.indicator, one.figure.value if one.figure else None)
        rows.append((one.area.name, own, f"{low} to {high}", middle, f"{held.found} of {held.neighbours}"))
    header = ("District", found.indicator.unit_words or "Value", "Range of those found", "Half at or under", "Found")
    caption = f"{found.indicator.title}, {period_words(found.reading.headline)}, beside like places"
    caption = marked(caption, found.demonstration)
    st.html(html_table(caption, header, rows, range(1, 5)))
    stem = stem_of(found, "like-places")
    draw_files(chosen, lambda: neighbours_parcel(found), "compare-neighbours", stem, "like places", pictured=False)
