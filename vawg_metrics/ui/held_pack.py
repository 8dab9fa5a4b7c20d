"""The board pack that a session holds: the core measures in agenda order until one is made, loaded or linked to."""

from typing import Final

import streamlit as st

from vawg_metrics.areas import HOME, LLR
from vawg_metrics.board_pack import MOST_CODE, Known, Pack, Screen, code_of, digest_of, pack_of
from vawg_metrics.errors import ShownError
from vawg_metrics.reading import Reading, Release, read
from vawg_metrics.selection import Selection
from vawg_metrics.standing import standing_of

HELD: Final = "board-pack"
CORE: Final = "core"
KEPT: Final = "kept-"  # a pack too long for an address is named in it by its digest
CORE_NAME: Final = "The core measures"
NOT_HELD: Final = (
    "The board pack of this address is too long to stand in it and is not held in this browser tab. "
    "Load its file on the Board pack page. The core measures are shown instead."
)


def core_pack(release: Release) -> Pack:
    """The core measures of the priorities in agenda order, for LLR."""
    return _core(release, release.name)


@st.cache_resource(show_spinner=False, max_entries=4)
def _core(_release: Release, name: str) -> Pack:
    release = _release
    held = [
        one
        for priority in release.catalogue.strategy.priorities
        for one in release.catalogue.on_page(priority.id)
        if one.core and one.priority == priority.id and standing_of(release, one) == "held"
    ]
    return Pack(CORE_NAME, tuple(Screen(one.id, (LLR.name,), usual_view(read(release, one, _LLR))) for one in held))


_LLR: Final = Selection((LLR.name,))


def usual_view(reading: Reading) -> str:
    """The chart that a screen opens with: the trend, but places side by side where one period only is known."""
    alone = len({one.period for one in reading.known}) <= 1
    return "districts" if alone and reading.indicator.native_period != "edition" else "trend"


def held_pack(release: Release) -> Pack:
    """The pack of this session."""
    if HELD not in st.session_state:
        st.session_state[HELD] = core_pack(release)
    held: Pack = st.session_state[HELD]
    return held


def hold_pack(pack: Pack) -> None:
    """Put another pack in its place."""
    st.session_state[HELD] = pack


def known_in(release: Release) -> Known:
    """What a pack may name on this release."""
    measures = frozenset(one.id for one in release.catalogue.indicators if not one.retired)
    return Known(measures, frozenset(area.name for area in HOME))


def word_of(release: Release, pack: Pack) -> str:
    """What an address calls a pack: all of it in short, or only its name where it is too long."""
    if pack == core_pack(release):
        return CORE
    code = code_of(pack)
    return code if len(code) <= MOST_CODE else f"{KEPT}{digest_of(pack)}"


def take_word(release: Release, word: str) -> str:
    """Hold the pack that an address calls; gives back in a sentence why that cannot be done, or ''."""
    if word == CORE:
        hold_pack(core_pack(release))
    elif word.startswith(KEPT):
        if word != f"{KEPT}{digest_of(held_pack(release))}":
            return NOT_HELD
    elif word:
        try:
            hold_pack(pack_of(word, known_in(release)))
        except ShownError as error:
            return f"{error} The pack held before is shown instead."
    return ""
