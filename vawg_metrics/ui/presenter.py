"""A presentation: which screen of the pack is shown, turned by keys and buttons, without the frame around it."""

from functools import partial
from html import escape
from pathlib import Path
from typing import Any, Final

import streamlit as st

from vawg_metrics.areas import HOME
from vawg_metrics.board_pack import LONGEST_QUESTION, LONGEST_WHO, MOST_PARKED, Pack, Screen
from vawg_metrics.reading import Reading, Release
from vawg_metrics.ui.address import control_key
from vawg_metrics.ui.frame import Chosen
from vawg_metrics.ui.held_pack import held_pack, hold_pack, take_word, word_of
from vawg_metrics.ui.presented import (
    NO_NOTES,
    beside_chart,
    closing_html,
    draw_plan,
    finding_of,
    foot_html,
    message_html,
    notes_html,
    parked_words,
    plan_of,
    shown_reading,
    source_line,
    title_html,
)
from vawg_metrics.views import PresenterView

HERE: Final = Path(__file__).parent
SCREEN, PLACE, PANEL, SAID = (control_key("presenter", name) for name in ("screen", "place", "panel", "said"))
QUESTION, WHO = (control_key("presenter", name) for name in ("question", "who"))
BAR: Final = "presenter-bar"
BUTTONS: Final = (
    ("first", "First", "Home"), ("back", "Back", "ArrowLeft"), ("next", "Next", "ArrowRight"), ("last", "Last", "End"),
    ("notes", "Notes", "N"), ("park", "Park", "P"),
)  # fmt: skip
_MARKUP: Final = "".join(
    f'<button type="button" name="{name}" aria-keyshortcuts="{key}">{words}</button>' for name, words, key in BUTTONS
)
KEYS: Final = st.components.v2.component(
    "presenter_bar",
    html=f'<div class="bar" role="group" aria-label="Screens"><strong class="at"></strong>{_MARKUP}'
    '<label>Place <select name="place"></select></label>'
    '<button type="button" name="prepared" aria-keyshortcuts="0 R">Return</button>'
    '<button type="button" name="leave">Close</button>'
    '<p role="status" aria-live="polite" class="said"></p></div>',
    css=(HERE / "presenter_bar.css").read_text("utf-8"),
    js=(HERE / "presenter.js").read_text("utf-8"),
)


def draw_presenter(chosen: Chosen) -> None:
    """One screen of the pack, and the bar that turns it."""
    release = chosen.release
    if chosen.asked is not None:
        _take(release, PresenterView.from_parameters(chosen.asked))
    pack = held_pack(release)
    last = len(pack.screens) + 2
    number = min(st.session_state.setdefault(SCREEN, 1), last)
    st.html(f"<style>{(HERE / 'presenter.css').read_text('utf-8')}</style>")
    with st.container(key="presented"):
        draw = _draw_screen if 1 < number < last else _draw_end
        finding = draw(release, pack, number)
        _draw_bar(release, pack, number, finding)
    chosen.own.update(PresenterView(word_of(release, pack), number, _place(pack, number)).parameters())


def _take(release: Release, asked: PresenterView) -> None:
    """Set screen, place and pack from a link."""
    st.session_state[SAID] = take_word(release, asked.pack)
    st.session_state[SCREEN] = asked.screen
    st.session_state[PLACE] = asked.place if asked.place in {area.name for area in HOME} else ""
    st.session_state[PANEL] = ""


def _screen(pack: Pack, number: int) -> Screen | None:
    """The screen of a number; None for the title and the end."""
    return pack.screens[number - 2] if 1 < number < len(pack.screens) + 2 else None


def _place(pack: Pack, number: int) -> str:
    """The place shown instead of the prepared one; '' where it is the prepared one."""
    screen, place = _screen(pack, number), st.session_state.get(PLACE, "")
    return "" if screen is None or place == screen.areas[0] else place


def _draw_screen(release: Release, pack: Pack, number: int) -> str:
    """A measure: its finding, its chart or what was asked for in its place, and the message beside it."""
    screen, place = pack.screens[number - 2], _place(pack, number)
    reading = shown_reading(release, screen, place)
    plan, finding = plan_of(release, screen, reading), finding_of(reading)
    st.html(f'<h1 class="finding">{escape(finding)}</h1>')
    panel = st.session_state.get(PANEL, "")
    notes = notes_html(screen, reading, plan)
    if panel == "park":
        _draw_park(reading)
    elif panel == "notes" and not beside_chart(notes):
        with st.container(key="presented-notes", height="stretch"):
            st.html(notes)
    else:
        banded = screen.view == "usual" and not plan.empty
        parked = len(pack.parked) if panel == "parked" else 0
        with st.container(key="presented-middle", height="stretch"):
            chart, words = st.columns([61, 39], gap="small")
            with chart, st.container(key="presented-chart", height="stretch"):
                draw_plan(plan, reading, f"presented-{number}-{screen.indicator}-{screen.view}-{place}")
            with words:
                st.html(notes if panel == "notes" else message_html(release, reading, banded, parked))
    st.html(foot_html(release, source_line(reading, plan), st.session_state.get("made_on", "")))
    return finding


def _draw_end(release: Release, pack: Pack, number: int) -> str:
    """The first or the last screen."""
    panel = st.session_state.get(PANEL, "")
    with st.container(key="presented-ends", height="stretch"):
        if panel == "park":
            st.html("<h1>Questions parked</h1>")
            _draw_park(None)
        elif panel == "notes":
            st.html(f"<h1>Notes</h1><p>{NO_NOTES}</p>")
        elif number == 1:
            told = parked_words(len(pack.parked)) if panel == "parked" else st.session_state.get(SAID, "")
            st.html(title_html(release, pack, told))
        else:
            st.html(closing_html(release, pack.parked))
    st.html(foot_html(release, f"Edition {release.name}.", st.session_state.get("made_on", "")))
    return "Title" if number == 1 else "Questions parked"


def _draw_park(reading: Reading | None) -> None:
    """The question, filled in from the screen and free to change, and who could answer."""
    if QUESTION not in st.session_state:
        st.session_state[QUESTION] = reading.indicator.ask if reading else ""
        st.session_state[WHO] = reading.indicator.supplier if reading else ""
    with st.container(key="presented-park", height="stretch"), st.form("park", border=False):
        st.text_area("Question to park (Enter goes on, Escape closes)", key=QUESTION, max_chars=LONGEST_QUESTION)
        st.text_input("Who could answer (Enter parks the question)", key=WHO, max_chars=LONGEST_WHO)
        screen = reading.indicator.id if reading else ""
        st.form_submit_button("Park this question", on_click=partial(_park, screen))


def _park(screen: str) -> None:
    """Put the question into the pack, and show the screen again."""
    pack: Pack = st.session_state["board-pack"]
    more = pack.parking(st.session_state.get(QUESTION, ""), screen, st.session_state.get(WHO, ""))
    hold_pack(more)
    st.session_state[PANEL] = "parked" if more != pack else ""


def _draw_bar(release: Release, pack: Pack, number: int, finding: str) -> None:
    """Progress, the buttons with their keys, the place, and what is said aloud of a new screen."""
    screen, last = _screen(pack, number), len(pack.screens) + 2
    panel = st.session_state.get(PANEL, "")
    data = {
        "number": number,
        "last": last,
        "says": parked_words(len(pack.parked)) if panel == "parked" else f"{number} of {last}: {finding}",
        "places": [area.name for area in HOME] if screen else [],
        "prepared": screen.areas[0] if screen else "",
        "place": _place(pack, number) or (screen.areas[0] if screen else ""),
        "panel": panel,
        "parked": len(pack.parked),
        "full": len(pack.parked) >= MOST_PARKED,
    }
    found = KEYS(
        key=BAR, data=data, on_turn_change=_turn, on_place_change=_move, on_panel_change=_open,
        on_leave_change=lambda: None,
    )  # fmt: skip
    if found.leave:
        st.switch_page("pages/pack.py")


def _turn() -> None:
    """Show the screen that was asked for as it was prepared."""
    st.session_state[SCREEN] = max(1, int(_told("turn") or 1))
    st.session_state[PLACE] = st.session_state[PANEL] = ""
    _forget()


def _move() -> None:
    """Show another place on this screen; '' is the prepared one."""
    place = _told("place")
    st.session_state[PLACE] = place if place in {area.name for area in HOME} else ""
    if st.session_state.get(PANEL) == "parked":
        st.session_state[PANEL] = ""
    _forget()


def _open() -> None:
    """Open the notes or the parking of a question, or close them."""
    panel = _told("panel")
    st.session_state[PANEL] = panel if panel in ("notes", "park") else ""
    _forget()


def _forget() -> None:
    """A question that was not parked is not kept for another screen."""
    for key in (QUESTION, WHO):
        st.session_state.pop(key, None)


def _told(name: str) -> Any:  # noqa: ANN401 - what the browser may send
    return getattr(st.session_state.get(BAR), name, None)
