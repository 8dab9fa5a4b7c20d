"""The register "You said, we did": reviewed text, open even while it is empty."""

from pathlib import Path
from typing import Final

import streamlit as st

from vawg_metrics.catalogue.said_and_done import read_said
from vawg_metrics.errors import FaultsFound
from vawg_metrics.ui.markup import literal
from vawg_metrics.ui.opened import ROOT

REGISTER: Final = ROOT / "content" / "you_said_we_did"
EMPTY: Final = (
    "Nothing recorded yet. What people with lived experience said, and what was done about it, will stand here in "
    "words: small numbers deserve words, not empty charts."
)


def draw_register(folder: Path = REGISTER) -> None:
    """The entries; that nothing is recorded yet; or, where a file has not its shape, which, and none of its text."""
    st.header("You said, we did", anchor="you-said-we-did")
    try:
        found = read_said(folder)
    except FaultsFound as error:
        st.markdown("**The entries are not shown: a file has not the shape that its review asks for.**")
        st.markdown("\n".join(f"* {literal(str(fault))}" for fault in error.faults))
        return
    if not found:
        st.markdown(EMPTY)
    for one in found:
        st.subheader(one.said, anchor=False)
        st.markdown(f"**We did:** {literal(one.did)}")
        st.caption(f"Reviewed {literal(one.reviewed)}")
