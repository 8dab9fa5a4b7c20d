"""The filters: drawn once in the sidebar, bound to the address."""

from typing import Final

import streamlit as st

from vawg_metrics.areas import HOME
from vawg_metrics.periods import month_number, month_text, month_words
from vawg_metrics.reading import Release
from vawg_metrics.selection import ALL_YEARS, MOST_AREAS, Selection

GRAINS: Final = {
    "": "As suits each measure",
    "native": "As published",
    "month": "Months",
    "quarter": "Quarters",
    "year": "Years",
    "rolling12": "Rolling 12 months",
}
MEASURES: Final = {"rate": "Rates and shares", "count": "Counts"}
FROM_USUAL, FROM_ALL, TO_USUAL = "The year before the strategy", "All years held", "The newest month held"


def ask_selection(release: Release) -> Selection:
    """Draw the filters and give back what they say; the address and the widgets keep each other in step."""
    months = _months(release)
    labels = {
        "from": {"": FROM_USUAL, ALL_YEARS: FROM_ALL} | {month: month_words(month) for month in months},
        "to": {"": TO_USUAL} | {month: month_words(month) for month in reversed(months)},
        "grain": GRAINS,
        "measure": MEASURES,
    }
    _translate_address(labels)
    with st.sidebar:
        st.subheader("Show", anchor=False)
        areas = st.multiselect(
            "Areas, up to four side by side",
            [area.name for area in HOME],
            default=["LLR"],
            key="area",
            max_selections=MOST_AREAS,
            bind="query-params",
        )
        picked = {
            key: st.selectbox(title, list(labels[key].values()), key=key, bind="query-params")
            for key, title in (("from", "From"), ("to", "To"), ("grain", "Periods"), ("measure", "Rate or count"))
        }
    codes = {key: next(code for code, label in labels[key].items() if label == picked[key]) for key in picked}
    return Selection.from_parameters({"area": areas} | {key: [code] for key, code in codes.items()})


def _months(release: Release) -> list[str]:
    """Every month from the first held to the strategy's end."""
    first = min(one.covers[0] for one in release.manifest.files if one.source not in _DENOMINATORS)
    last = release.catalogue.strategy.ends
    return [month_text(number) for number in range(month_number(first), month_number(last) + 1)]


_DENOMINATORS: Final = {
    "ons_population", "ons_population_16plus", "ons_population_age", "census_2021", "census_households",
    "ons_geography", "ons_neighbours", "ons_boundaries",
}  # fmt: skip


def _translate_address(labels: dict[str, dict[str, str]]) -> None:
    """An address may name a filter's value by its code (`from=2024-04`): put the words of the widget there.

    Streamlit drops a bound value that is none of the widget's own words, without saying so.
    """
    translated = False
    for key, words in labels.items():
        asked = st.query_params.get(key, "")
        if asked and asked in words and words[asked] != asked:
            st.query_params[key] = words[asked]
            translated = True
    if translated:
        st.rerun()
