"""Whether this server is the data steward's own: started so, and reached from this machine alone."""

import os
from typing import Final

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from vawg_metrics.ui.uploads import HERE

SWITCH: Final = "VAWG_STEWARD"
ON: Final = frozenset({"1", "on", "true", "yes"})


def for_steward() -> bool:
    """Whether the server was started by `./run --steward` and listens on this machine only."""
    return os.environ.get(SWITCH, "").strip().lower() in ON and st.get_option("server.address") in HERE


def drop_files() -> None:
    """Let go of every file that this session has brought: Streamlit would keep them until the session ends."""
    context = get_script_run_ctx()
    if context is not None:
        context.uploaded_file_mgr.remove_session_files(context.session_id)
