"""What changed: the choice of two editions, and the sections of an agenda with their tables."""

from collections.abc import Mapping, Sequence
from functools import partial
from html import escape
from pathlib import Path
from typing import Final

import streamlit as st

from vawg_metrics.changes.comparing import compare_releases
from vawg_metrics.changes.found import Changes
from vawg_metrics.changes.section import Section
from vawg_metrics.changes.words import opening, sections
from vawg_metrics.frozen.kept import Frozen, frozen_in
from vawg_metrics.frozen.opening import open_frozen, pack_in
from vawg_metrics.outputs.changed import PRESENT, section_parcel, whole_parcel
from vawg_metrics.outputs.formats import FORMATS
from vawg_metrics.outputs.parcel import Parcel
from vawg_metrics.reading import Release
from vawg_metrics.ui.address import control_key
from vawg_metrics.ui.editions import edition_named
from vawg_metrics.ui.frame import Chosen
from vawg_metrics.ui.markup import folded, html_table, literal
from vawg_metrics.ui.opened import data_folder
from vawg_metrics.views import ChangesView

KEYS: Final = {name: control_key("changes", name) for name in ChangesView.KEYS}
LABELS: Final = {"before": "Before", "after": "After"}
FIRST_ROWS, FEW_MORE = 12, 4  # a fold for a row or two is not worth opening
COMMAND: Final = 'python -m vawg_metrics release --name "Board September 2026"'
Pair = tuple[Frozen | None, Frozen | None]  # None is the present


def ask_editions(chosen: Chosen) -> Pair | None:
    """The title and the two editions; None, with how one is kept, where no earlier edition is."""
    st.title("What changed", anchor=False)
    kept = frozen_in(data_folder() / "releases")
    if not kept:
        _say_how(chosen)
        return None
    held: dict[str, Frozen | None] = {one.slug: one for one in kept} | {PRESENT: None}
    usual = {"before": _last_other(kept, chosen.release).slug, "after": PRESENT}
    if chosen.asked is not None:
        _take(ChangesView.from_parameters(chosen.asked), tuple(held), usual)
    st.markdown(
        "What differs between two editions, in the order of an agenda. The earlier one is usually that of the last "
        "meeting. Every place is compared: the filters beside this page do not change it."
    )
    picked = {}
    with st.container(key="screen-only-editions"):
        for (name, label), column in zip(LABELS.items(), st.columns(2), strict=True):
            with column:
                picked[name] = st.selectbox(label, list(held), key=KEYS[name], format_func=partial(edition_named, held))
    chosen.own.update(ChangesView(**picked).parameters())
    return held[picked["before"]], held[picked["after"]]


def _say_how(chosen: Chosen) -> None:
    """That nothing is there to compare with, and how an edition is kept."""
    chosen.own.update(ChangesView().parameters())
    st.markdown(
        "**No earlier edition is kept yet.** An edition is kept by this command, for instance when the papers of a "
        "meeting are made; the next meeting can then see here what changed since:"
    )
    st.code(COMMAND, language=None, wrap_lines=True)
    st.markdown(
        "It keeps the published figures and their definitions as small files in data/releases. They belong with the "
        "project's other data and never change."
    )


def _last_other(kept: Sequence[Frozen], release: Release) -> Frozen:
    """The newest edition kept whose figures are not the present ones; else the newest."""
    return next((one for one in reversed(kept) if one.edition != release.name), kept[-1])


def _take(asked: ChangesView, slugs: Sequence[str], usual: Mapping[str, str]) -> None:
    """Set the two from a link; an edition that is not kept is said, and the usual one is shown."""
    for name, slug in (("before", asked.before), ("after", asked.after)):
        if slug and slug not in slugs:
            st.markdown(f"**The address asks for the edition {literal(slug[:40])}, which is not kept here.**")
        st.session_state[KEYS[name]] = slug if slug in slugs else usual[name]


def draw_changes(chosen: Chosen, editions: Pair | None) -> None:
    """Which two are compared, then each section: its sentences, its table, its file."""
    if editions is None:
        return
    before, after = editions
    folder = str(data_folder() / "releases")
    changes = _compared(chosen.release, chosen.release.name, folder, before, after)
    found = sections(changes)
    st.html("".join(f'<p class="quiet">{escape(one)}</p>' for one in opening(changes)))
    for number, one in enumerate(found, 1):
        st.header(f"{number}. {one.title}", anchor=one.id)
        st.html(_section_html(one))
        if one.records:
            _draw_file(partial(section_parcel, changes, one), f"CSV: {one.title.lower()}", one.id)
    if any(one.records for one in found):
        with st.container(key="screen-only-all"):
            st.header("All of it", anchor="all")
            st.markdown("Every row above in one file, each with the section that it belongs to.")
            _draw_file(partial(whole_parcel, changes, found), "CSV: every section", "all")


@st.cache_resource(show_spinner="Comparing the two editions …", max_entries=12)
def _compared(_present: Release, present: str, folder: str, before: Frozen | None, after: Frozen | None) -> Changes:
    """What changed, keyed by the present edition and the fingerprints of those that are kept."""
    first, second = (open_frozen(Path(folder), one, _present) if one else _present for one in (before, after))
    return compare_releases(first, second, pack_in(Path(folder), before) if before else "")


def _section_html(section: Section) -> str:
    """The sentences as a list, and the table, whose rows beyond the first are folded."""
    said = "".join(f"<li>{escape(one)}</li>" for one in section.sentences)
    lines = f"<ul>{said}</ul>" if len(section.sentences) > 1 else f'<p class="quiet">{escape(section.sentences[0])}</p>'
    rows = section.rows
    if not rows:
        return lines
    if len(rows) <= FIRST_ROWS + FEW_MORE:
        return lines + html_table(section.title, section.heads, rows)
    first = html_table(f"{section.title}: the first {FIRST_ROWS} of {len(rows):,}", section.heads, rows[:FIRST_ROWS])
    every = html_table(f"{section.title}: all {len(rows):,} rows", section.heads, rows)
    return lines + first + folded(f"All {len(rows):,} rows", every)


def _draw_file(made: partial[Parcel], label: str, key: str) -> None:
    """The table as CSV, made when it is asked for."""
    form = FORMATS["csv"]
    st.download_button(
        label, partial(_written, made), f"{made().stem}.csv", form.mime, key=f"file-{key}", on_click="ignore"
    )


def _written(made: partial[Parcel]) -> bytes:
    return FORMATS["csv"].write(made(), None)
