"""The page of the board pack: screens are picked and put in order, notes written, and all kept in a small file."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Final

import streamlit as st

from vawg_metrics.areas import HOME, LLR
from vawg_metrics.board_pack import (
    LONGEST_NAME,
    LONGEST_NOTES,
    MOST_LINES,
    MOST_PLACES,
    MOST_SCREENS,
    Pack,
    Screen,
    read_pack,
    tidy,
    write_pack,
)
from vawg_metrics.charts.plans import PLANS
from vawg_metrics.errors import ShownError
from vawg_metrics.reading import Release
from vawg_metrics.selection import Selection
from vawg_metrics.ui.address import control_key
from vawg_metrics.ui.cards import VIEW_NAMES
from vawg_metrics.ui.frame import Chosen
from vawg_metrics.ui.held_pack import core_pack, held_pack, hold_pack, known_in, take_word, usual_view, word_of
from vawg_metrics.ui.markup import html_table, literal
from vawg_metrics.ui.opened import reading_of
from vawg_metrics.views import PackView, PresenterView
from vawg_metrics.wording import listed

HERE: Final = Path(__file__).parent
SAID, AT, ADDED, OUT = (control_key("pack", name) for name in ("said", "at", "added", "out"))
TAKEN: Final = control_key("pack", "pack")  # while it is set, address.py takes no address but a new one
STEM: Final = "board-pack"
# The browser reads the file and hands its text over: the server takes no uploads.
READER: Final = st.components.v2.component(
    "pack_reader",
    html='<label class="reader">Load a board pack <input type="file" accept=".json,application/json"></label>',
    css=(HERE / "views_reader.css").read_text("utf-8"),
    js=(HERE / "views_reader.js").read_text("utf-8"),
)


def draw_pack(chosen: Chosen) -> None:
    """The pack: its screens in order, one of them to change, the questions parked, and its file."""
    release = chosen.release
    if chosen.asked is not None and (word := PackView.from_parameters(chosen.asked).pack):
        st.session_state[SAID] = take_word(release, word)
    st.session_state[TAKEN] = True
    pack = held_pack(release)
    st.title("Board pack", anchor=False)
    st.markdown(
        "What a meeting is shown, in the order of its agenda: one measure a screen, between a title and the questions "
        "parked. The filters beside this page do not change it; places are chosen for each screen."
    )
    if said := st.session_state.pop(SAID, ""):
        st.markdown(f"**{literal(said)}**")
    _draw_open(release, pack)
    _draw_screens(release, pack)
    with st.container(key="screen-only-pack"):
        _draw_change(release, pack)
        _draw_add(release, pack)
    _draw_parked(release, pack)
    with st.container(key="screen-only-file"):
        _draw_file(release, pack)
    chosen.own.update(PackView(word_of(release, held_pack(release))).parameters())


def _draw_open(release: Release, pack: Pack) -> None:
    """The way to the presentation of this pack."""
    view = PresenterView(word_of(release, pack)).parameters()
    asked = view | {"edition": [release.name]}
    with st.container(key="links-pack"):
        st.page_link("pages/presenter.py", label="Open the presentation", query_params=asked)
    st.markdown(
        "Its address holds the whole pack, notes and parked questions included: give it to those who may read them."
    )


def _draw_screens(release: Release, pack: Pack) -> None:
    """The screens in order, as a table."""
    st.header("Screens", anchor="screens")
    rows = [("1", "Title", "", "", "")]
    for number, one in enumerate(pack.screens, 2):
        title = release.catalogue.indicator(one.indicator).title
        rows.append((str(number), title, listed(one.areas), VIEW_NAMES[one.view], "Yes" if one.notes else ""))
    rows.append((str(len(pack.screens) + 2), "Questions parked", "", "", ""))
    header = ("Screen", "Measure", "Places", "Chart", "Notes")
    st.html(html_table(f"{pack.name}: {len(rows)} screens", header, rows))


def _draw_change(release: Release, pack: Pack) -> None:
    """One screen: its places, its chart, its notes, and where it stands."""
    numbers = list(range(len(pack.screens)))
    if st.session_state.get(AT) not in numbers:
        st.session_state[AT] = 0
    titles = [release.catalogue.indicator(one.indicator).title for one in pack.screens]
    at = st.selectbox("Screen to change", numbers, key=AT, format_func=lambda one: f"{one + 2}. {titles[one]}")
    screen = pack.screens[at]
    with st.form("change-screen", border=False):
        names = [area.name for area in HOME]
        areas = st.multiselect(
            f"Places, up to {MOST_PLACES} side by side", names, list(screen.areas), max_selections=MOST_PLACES,
            key=f"pack-areas-{at}-{hash(screen)}",
        )  # fmt: skip
        views = _views(release, screen)
        view = st.selectbox(
            "Chart", views, views.index(screen.view) if screen.view in views else 0, format_func=VIEW_NAMES.__getitem__,
            key=f"pack-view-{at}-{hash(screen)}",
        )  # fmt: skip
        notes = st.text_area(
            f"Speaker notes, up to {MOST_LINES} lines", screen.notes, max_chars=LONGEST_NOTES,
            key=f"pack-notes-{at}-{hash(screen)}",
        )  # fmt: skip
        if st.form_submit_button("Keep these changes"):
            lines = "\n".join(tidy(notes, LONGEST_NOTES, lines=True).splitlines()[:MOST_LINES])
            _put(pack, at, replace(screen, areas=tuple(areas) or (LLR.name,), view=view, notes=lines))
    with st.container(horizontal=True, key="pack-order"):
        _button("Move up", at == 0, partial(_move, pack, at, -1))
        _button("Move down", at == len(pack.screens) - 1, partial(_move, pack, at, 1))
        _button("Take this screen out", len(pack.screens) == 1, partial(_take_out, pack, at))


def _button(label: str, off: bool, does: Callable[[], None]) -> None:
    st.button(label, disabled=off, on_click=does, key=f"pack-{label}")


def _views(release: Release, screen: Screen) -> list[str]:
    """The charts that the measure has, for the places of the screen."""
    reading = reading_of(release, release.name, screen.indicator, Selection(screen.areas))
    own = [view for view, plan in PLANS.items() if view == "trend" or not plan(reading).empty]
    return [*own, "usual"] if reading.point and "usual" not in own else own


def _put(pack: Pack, at: int, screen: Screen) -> None:
    hold_pack(replace(pack, screens=(*pack.screens[:at], screen, *pack.screens[at + 1 :])))
    st.rerun()


def _move(pack: Pack, at: int, by: int) -> None:
    screens = list(pack.screens)
    screens[at], screens[at + by] = screens[at + by], screens[at]
    hold_pack(replace(pack, screens=tuple(screens)))
    st.session_state[AT] = at + by


def _take_out(pack: Pack, at: int) -> None:
    hold_pack(replace(pack, screens=(*pack.screens[:at], *pack.screens[at + 1 :])))
    st.session_state[AT] = max(0, at - 1)


def _draw_add(release: Release, pack: Pack) -> None:
    """A further measure, after the screen that is being changed."""
    measures = {one.id: one for one in release.catalogue.indicators if not one.retired}
    titles = {id_: f"{one.title} ({one.code})" for id_, one in measures.items()}
    with st.container(horizontal=True, vertical_alignment="bottom", key="pack-add"):
        st.selectbox("Measure to add", list(titles), key=ADDED, format_func=titles.__getitem__)
        _button("Add after this screen", len(pack.screens) >= MOST_SCREENS, partial(_add, release, pack))


def _add(release: Release, pack: Pack) -> None:
    at, id_ = st.session_state[AT] + 1, st.session_state[ADDED]
    reading = reading_of(release, release.name, id_, Selection((LLR.name,)))
    screen = Screen(id_, (LLR.name,), usual_view(reading) if reading.known else "trend")
    hold_pack(replace(pack, screens=(*pack.screens[:at], screen, *pack.screens[at:])))
    st.session_state[AT] = at


def _draw_parked(release: Release, pack: Pack) -> None:
    """The questions that were parked, and the taking out of one."""
    st.header("Questions parked", anchor="questions-parked")
    if not pack.parked:
        st.markdown("Nothing is parked. In the presentation the key P parks a question.")
        return
    rows = [
        (str(number), one.question, release.catalogue.indicator(one.screen).title if one.screen else "", one.who)
        for number, one in enumerate(pack.parked, 1)
    ]
    st.html(html_table("Questions parked", ("Number", "Question", "About", "Who could answer"), rows))
    with st.container(horizontal=True, vertical_alignment="bottom", key="screen-only-parked"):
        st.selectbox("Question to take out", range(len(pack.parked)), key=OUT, format_func=lambda one: str(one + 1))
        _button("Take this question out", False, partial(_unpark, pack))


def _unpark(pack: Pack) -> None:
    at = min(st.session_state.get(OUT, 0), len(pack.parked) - 1)
    hold_pack(replace(pack, parked=(*pack.parked[:at], *pack.parked[at + 1 :])))


def _draw_file(release: Release, pack: Pack) -> None:
    """The pack's name, its file, the loading of another, and the way back to the core measures."""
    st.header("File", anchor="file")
    st.markdown("The pack is kept in this browser tab only. Download it as a file, and load the file another day.")
    with st.form("name-pack", border=False):
        name = st.text_input("Name of this pack", pack.name, max_chars=LONGEST_NAME, key=f"pack-name-{pack.name}")
        if st.form_submit_button("Keep this name") and tidy(name, LONGEST_NAME):
            hold_pack(replace(pack, name=tidy(name, LONGEST_NAME)))
            st.rerun()
    st.download_button(
        "Download the board pack", write_pack(pack), f"{STEM}.json", "application/json", key="download-pack",
        on_click="ignore",
    )  # fmt: skip
    _load(release)
    _button("Start again from the core measures", False, partial(_start_again, release))


def _start_again(release: Release) -> None:
    hold_pack(core_pack(release))
    st.session_state[SAID] = "The core measures are shown."


def _load(release: Release) -> None:
    """Take the pack of a file that the browser has read; the whole file or nothing."""
    loaded = READER(key="pack-reader", on_text_change=lambda: None)
    text = loaded.text if loaded else None
    if not text:
        return
    try:
        pack = read_pack(text, known_in(release))
    except ShownError as error:
        st.error(str(error))
        return
    hold_pack(pack)
    screens, parked = _number(len(pack.screens), "screen"), _number(len(pack.parked), "parked question")
    st.session_state[SAID] = f"{screens} and {parked} loaded."
    st.rerun()


def _number(many: int, name: str) -> str:
    return f"{many} {name}{'' if many == 1 else 's'}"
