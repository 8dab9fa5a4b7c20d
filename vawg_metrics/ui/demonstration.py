"""The demonstration on the screen: whether it is on, which release a measure is read from, and the banner."""

import os
from typing import Final

import streamlit as st

from vawg_metrics.catalogue.definitions import Indicator
from vawg_metrics.release import Release
from vawg_metrics.ui.opened import demonstration_of
from vawg_metrics.wording import DEMONSTRATION

SWITCH: Final = "VAWG_DEMONSTRATION"
ON: Final = frozenset({"1", "on", "true", "yes"})
KEPT: Final = "demonstration-on"  # of this session alone: it is in no address and in no link
BANNER: Final = f"{DEMONSTRATION} is on. Figures that begin with the word {DEMONSTRATION} are made up."


def on_for_all() -> bool:
    """Whether the server was started with the demonstration on."""
    return os.environ.get(SWITCH, "").strip().lower() in ON


def switched_on() -> bool:
    """Whether this session sees the demonstration."""
    return on_for_all() or bool(st.session_state.get(KEPT))


def switch(on: bool) -> None:
    """Turn the demonstration on or off for this session."""
    st.session_state[KEPT] = on


def opened_demonstration(real: Release) -> Release | None:
    """The release of made-up figures where this session sees them; made the first time that one does."""
    return demonstration_of(real, real.name) if switched_on() else None


def release_for(real: Release, demonstration: Release | None, indicator: Indicator) -> Release:
    """What a measure is read from: the demonstration only where it has it and nothing real is held."""
    if demonstration is not None and not real.holds(indicator) and demonstration.holds(indicator):
        return demonstration
    return real


def draw_banner() -> None:
    """That the demonstration is on, over every page and at its top while it is scrolled."""
    with st.container(key="demonstration-banner"):
        st.html(f'<p class="demonstration" role="note">{BANNER}</p>')
