"""What analysts can do by a command instead: behind one fold, which is closed until somebody opens it."""

from typing import Final

import streamlit as st

LABEL: Final = "For analysts: the same by command"


def draw_by_command(said: str, command: str, key: str) -> None:
    """The fold: what the command does, and the command. `said` is Markdown."""
    with st.container(key=f"by-command-{key}"), st.expander(LABEL):
        st.markdown(said)
        st.code(command, language=None, wrap_lines=True)
