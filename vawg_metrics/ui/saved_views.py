"""Views kept by name: the analyst's own file, read by the browser and never uploaded to a folder."""

from pathlib import Path
from typing import Final

import streamlit as st

from vawg_metrics.errors import ShownError
from vawg_metrics.saved import LONGEST_NAME, SavedView, read_views, saved_view, write_views
from vawg_metrics.ui.address import link_to
from vawg_metrics.ui.frame import ALONE, PAGES, Chosen
from vawg_metrics.ui.markup import literal

KEPT: Final = "saved-views"
HERE: Final = Path(__file__).parent
# The browser reads the file and hands its text over: the server takes no uploads.
READER: Final = st.components.v2.component(
    "views_reader",
    html='<label class="reader">Load a file of saved views <input type="file" accept=".json,application/json"></label>',
    css=(HERE / "views_reader.css").read_text("utf-8"),
    js=(HERE / "views_reader.js").read_text("utf-8"),
)


def draw_saved(chosen: Chosen) -> None:
    """Save this view under a name, open one that was saved, take them away as a file, load such a file."""
    with st.container(key="screen-only-saved"):
        _draw(chosen)


def _draw(chosen: Chosen) -> None:
    st.header("Saved views", anchor="saved-views")
    st.markdown("Views are kept in this browser tab only. Download them as a file, and load the file another day.")
    kept: list[SavedView] = st.session_state.setdefault(KEPT, [])
    with st.form("save-view", clear_on_submit=True, border=False):
        name = st.text_input("Name of this view", max_chars=LONGEST_NAME)
        if st.form_submit_button("Save this view") and name.strip():
            parameters = link_to(chosen.selection, chosen.release, chosen.own)
            kept[:] = [*(one for one in kept if one.name != name), saved_view(name, "explore", parameters)]
    _load(kept)
    for one in kept:
        st.page_link(f"pages/{one.page}.py", label=literal(one.name), query_params=one.parameters)
    if kept:
        st.download_button(
            "Download the saved views", write_views(tuple(kept)), "saved-views.json", "application/json",
            key="download-views", on_click="ignore",
        )  # fmt: skip


def _load(kept: list[SavedView]) -> None:
    """Take the views of a file that the browser has read; the whole file or nothing."""
    loaded = READER(key="views-reader", on_text_change=lambda: None)
    text = loaded.text if loaded else None
    if not text:
        return
    try:
        views = read_views(text, _pages())
    except ShownError as error:
        st.error(str(error))
        return
    names = {one.name for one in views}
    kept[:] = [*(one for one in kept if one.name not in names), *views]
    st.markdown(f"**{len(views)} views loaded.**")


def _pages() -> frozenset[str]:
    return frozenset(name for entries in (*PAGES.values(), ALONE) for name, _ in entries)
