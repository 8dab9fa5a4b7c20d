"""The page that makes the published report: what is asked for, how far it is, and a file of each format."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final

import streamlit as st

from vawg_metrics.frozen.kept import Frozen, frozen_in
from vawg_metrics.outputs.report.asked import PLACES, Asked, years_held
from vawg_metrics.outputs.report.completeness import cover_words
from vawg_metrics.outputs.report.making import KINDS, Made, make_report
from vawg_metrics.reading import Release
from vawg_metrics.ui.address import control_key
from vawg_metrics.ui.by_command import draw_by_command
from vawg_metrics.ui.editions import edition_named, opened_edition
from vawg_metrics.ui.frame import Chosen
from vawg_metrics.ui.markup import literal
from vawg_metrics.ui.opened import data_folder
from vawg_metrics.views import ReportView

KEYS: Final = {name: control_key("report", name) for name in ReportView.KEYS}
WHOLE, WHOLE_WORDS = "whole", "The whole strategy"
PRESENT: Final = "present"
WHAT: Final = """
The report is made from one edition, so that every format says the same. Each figure names its own period; part of a
year is compared with the same months of the year before. What is made up is never in it.
"""
COMMAND: Final = "python -m vawg_metrics report --year 2025-26 --out FOLDER"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What was picked on the page: the release, its name in words, and the report asked of it."""

    release: Release
    edition: str
    asked: Asked
    present: str


def ask_report(chosen: Chosen) -> Wanted | None:
    """The title and the choices; None, with the reason, where no year of the strategy has figures."""
    st.title("Annual report", anchor=False)
    st.markdown(WHAT)
    kept = {one.slug: one for one in reversed(frozen_in(data_folder() / "releases"))}
    held: dict[str, Frozen | None] = {PRESENT: None, **kept}  # the report begins with what the other pages show
    asked = ReportView.from_parameters(chosen.asked) if chosen.asked is not None else None
    if asked is not None:
        _take("made_from", asked.made_from, list(held))
    with st.container(key="screen-only-report"):
        year_box, place_box, edition_box = st.columns([1, 1, 2])
        slug = edition_box.selectbox(
            "Edition", list(held), format_func=partial(edition_named, held), key=KEYS["made_from"]
        )
        release = opened_edition(chosen.release, held[slug])
        years = years_held(release)
        if not years:
            st.markdown("No figure of the strategy's years is held, so there is no report.")
            return None
        if asked is not None:
            _take("year", asked.year, [*years, WHOLE])
            _take("place", asked.place or chosen.selection.areas[0], PLACES)
        year = year_box.selectbox(
            "Year or whole",
            [*years, WHOLE],
            key=KEYS["year"],
            format_func=lambda one: WHOLE_WORDS if one == WHOLE else one,
        )
        place = place_box.selectbox("Place", PLACES, key=KEYS["place"])
    chosen.own.update(ReportView(year, place, slug).parameters())
    return Wanted(
        release,
        edition_named(held, slug),
        Asked("" if year == WHOLE else year, place, year == WHOLE),
        chosen.release.name,
    )


def _take(name: str, asked: str, held: Sequence[str]) -> None:
    """Set a control to what a link asks for, or to the first there is."""
    st.session_state[KEYS[name]] = asked if asked in held else held[0]


def draw_report(wanted: Wanted | None) -> None:
    """A button that makes the report, and then a file of each format; made once, it stays ready for everybody."""
    if wanted is None:
        return
    ready = _kept(wanted.release.name, wanted.edition, wanted.asked)
    what = "the review of the whole strategy" if wanted.asked.whole else f"the report of {wanted.asked.year}"
    with st.container(key="screen-only-make"):
        covers = cover_words(wanted.release, wanted.asked)
        st.markdown(f"This makes {what} for **{wanted.asked.area}** from: {literal(wanted.edition)}. {covers}")
        if wanted.release.name != wanted.present:
            st.markdown(
                f"**The other pages show edition {wanted.present}, this report edition {wanted.release.name}: "
                "their numbers may differ.**"
            )
        if "made" not in ready and st.button("Make the report", key="report-make"):
            ready["made"] = _make(wanted)
        if "made" in ready:
            _draw_files(ready["made"])
    said = "It writes all formats into a folder, for another year, place or edition as well."
    draw_by_command(said, COMMAND, "report")


def _make(wanted: Wanted) -> Made:
    bar = st.progress(0.0, "Reading the figures …")
    made = make_report(
        wanted.release, wanted.asked,
        lambda done, of, what: bar.progress(done / max(1, of), f"{done} of {of}: {what[:80]}"),
    )  # fmt: skip
    bar.empty()
    return made


def _draw_files(made: Made) -> None:
    """A button for each format, and what could not be made."""
    st.markdown(f"**{literal(made.report.name)}** is ready. {literal(made.report.edition)}")
    for kind, content in made.files.items():
        one = KINDS[kind]
        size = f"{len(content) / 1e6:.1f} MB" if len(content) > 1e6 else f"{len(content) / 1e3:.0f} kB"
        st.download_button(
            f"{one.name}, {one.whom} ({size})", content, made.file_name(kind), one.mime,
            key=f"report-{kind}", on_click="ignore",
        )  # fmt: skip
    for words in made.missing:
        st.markdown(f"**Missing:** {literal(words)} The command makes it where that is installed.")


@st.cache_resource(show_spinner=False, max_entries=6)
def _kept(release: str, edition: str, asked: Asked) -> dict[str, Made]:
    """Where a report that was made stays, by what was asked for: nothing is made twice."""
    return {}
