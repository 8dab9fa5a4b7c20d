"""The register "You said, we did": reviewed text, open even while it is empty."""

from pathlib import Path
from typing import Final

import streamlit as st

from vawg_metrics.ui.opened import ROOT

REGISTER: Final = ROOT / "content" / "you_said_we_did"


def entries(folder: Path = REGISTER) -> tuple[str, ...]:
    """The reviewed entries, in the order of their file names."""
    return tuple(path.read_text("utf-8") for path in sorted(folder.glob("*.md")) if path.name != "README.md")


def draw_register() -> None:
    """The entries, or that nothing is recorded yet."""
    st.header("You said, we did", anchor="you-said-we-did")
    found = entries()
    if not found:
        st.markdown(
            "Nothing recorded yet. What people with lived experience said, and what was done about it, will stand "
            "here in words: small numbers deserve words, not empty charts."
        )
    for text in found:
        st.markdown(text)
