"""The filters: drawn once in the sidebar, in step with the address (see address.py)."""

from typing import Final

import streamlit as st

from vawg_metrics.areas import HOME
from vawg_metrics.periods import month_number, month_text, month_words
from vawg_metrics.reading import Release
from vawg_metrics.selection import ALL_YEARS, KEYS, MOST_AREAS, THREE_YEARS, Selection
from vawg_metrics.ui.address import Parameters
from vawg_metrics.ui.markup import literal

GRAINS: Final = {
    "": "As suits each measure",
    "native": "As published",
    "month": "Months",
    "quarter": "Quarters",
    "year": "Years",
    "rolling12": "Rolling 12 months",
}
MEASURES: Final = {"rate": "Rates and shares", "count": "Counts"}
FROM_WORDS: Final = {
    "": "The year before the strategy",
    THREE_YEARS: "The last three years held",
    ALL_YEARS: "All years held",
}
TO_WORDS: Final = {"": "The newest month held"}
DENOMINATORS: Final = {
    "ons_population", "ons_population_16plus", "ons_population_age", "census_2021", "census_households",
    "ons_geography", "ons_neighbours", "ons_boundaries",
}  # fmt: skip


def ask_selection(release: Release, asked: Parameters | None) -> Selection:
    """Draw the filters, set first to what a link has `asked` where there is one, and give back what they say."""
    months = _months(release)
    words = {month: month_words(month) for month in months}
    if asked is not None:
        _set(asked, months)
    with st.sidebar:
        st.markdown("**Show**")
        areas = st.multiselect(
            "Areas, up to four side by side", [area.name for area in HOME], key="area", max_selections=MOST_AREAS
        )
        start = _ask("From", "from", FROM_WORDS | words)
        end = _ask("To", "to", TO_WORDS | dict(reversed(words.items())))
        grain = _ask("Periods", "grain", GRAINS)
        measure = _ask("Rate or count", "measure", MEASURES)
    said = {"area": areas, "from": [start], "to": [end], "grain": [grain], "measure": [measure]}
    return Selection.from_parameters(said)


def keep_filters() -> None:
    """Keep what the filters say on a page that does not draw them: Streamlit forgets a control that is not drawn."""
    for key in KEYS:
        if key in st.session_state:
            st.session_state[key] = st.session_state[key]
    st.session_state.setdefault("area", list(Selection().areas))


def say_misread(selection: Selection) -> None:
    """What the address asked for that does not exist, or a span that ends before it begins, in one sentence each."""
    if misread := st.session_state.get("misread"):
        st.markdown(f"**The address asks for {literal(misread)}, which is not there and was left out.**")
    if selection.backwards:
        st.markdown("**From is after To: there are no months between them.**")


def _ask(title: str, key: str, words: dict[str, str]) -> str:
    return st.selectbox(title, list(words), key=key, format_func=lambda code: words[code])


def _set(address: Parameters, months: list[str]) -> None:
    """Set the widgets from a link."""
    asked = Selection.from_parameters(address)
    st.session_state["area"] = list(asked.areas)
    st.session_state["from"] = asked.start if asked.start in (*FROM_WORDS, *months) else ""
    st.session_state["to"] = asked.end if asked.end in months else ""
    st.session_state["grain"] = asked.grain
    st.session_state["measure"] = asked.measure
    st.session_state["misread"] = asked.misread(address)


def _months(release: Release) -> list[str]:
    """Every month from the first held to the strategy's end."""
    first = min(one.covers[0] for one in release.manifest.files if one.source not in DENOMINATORS)
    last = release.catalogue.strategy.ends
    return [month_text(number) for number in range(month_number(first), month_number(last) + 1)]
