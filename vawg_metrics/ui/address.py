"""The address of what is shown: taken once from a link, and written by the page's own script after every change.

The script replaces the history entry: a filter must not add a step between a reader and the way out. Streamlit's own
binding adds one, and puts a widget's words where a code belongs. Every address carries the edition that it was made
on, so that a link opened on another edition can say so.
"""

from pathlib import Path
from typing import Final

import streamlit as st

from vawg_metrics.reading import Release
from vawg_metrics.selection import KEYS, Selection
from vawg_metrics.ui.markup import literal
from vawg_metrics.views import VIEWS, not_understood
from vawg_metrics.wording import listed

EDITION: Final = "edition"
MOST_REMEMBERED: Final = 50
HERE: Final = Path(__file__).parent
ADDRESS: Final = st.components.v2.component(
    "address",
    html='<p role="status" aria-live="polite" class="said"></p>',
    css=".said { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }",
    js=(HERE / "address.js").read_text("utf-8"),
)
Parameters = dict[str, list[str]]


def keys_of(page: str) -> tuple[str, ...]:
    """The names that an address of a page may hold."""
    view = VIEWS.get(page)
    return (*KEYS, *(view.KEYS if view else ()))


def take_address(page: str) -> tuple[Parameters | None, Parameters | None]:
    """What a link asks of the filters, and of the page's own controls; None where there is nothing to take.

    Filters are taken from a link that this session has not written itself. A page's own controls are forgotten when
    it is left, so they are taken from the address whenever they are not there.
    """
    held = {key: st.query_params.get_all(key) for key in keys_of(page) if key in st.query_params}
    asked, state = {"page": [page], **held}, st.session_state
    ours = asked == state.get("address") or asked in state.get("written", [])
    new = "area" not in state or (bool(held) and not ours)
    state["address"] = asked
    if new:
        state["made_on"] = st.query_params.get(EDITION, "")
    there = any(control_key(page, key) in state for key in (VIEWS[page].KEYS if page in VIEWS else ()))
    of_page = held if new or not there else None
    state["not_understood"] = not_understood(page, of_page or {})
    return held if new else None, of_page


def control_key(page: str, name: str) -> str:
    """The key of a page's own control."""
    return f"{page}-{name}"


def draw_address(page: str, release: Release, selection: Selection, own: Parameters, says: str) -> None:
    """Write the address of what is shown now, and say aloud what that is when it has changed."""
    parameters = selection.parameters() | own
    written = st.session_state.setdefault("written", [])
    written.append({"page": [page], **parameters})
    del written[:-MOST_REMEMBERED]
    names = [*keys_of(page), EDITION]
    # The page is told as well: where it alone has changed, Streamlit has cleared the address and it is written again.
    data = {"says": says, "keys": names, "address": parameters | {EDITION: [release.name]}, "page": page}
    ADDRESS(key="address_writer", data=data)


def link_to(selection: Selection, release: Release, own: Parameters) -> dict[str, list[str]]:
    """The parameters of a link that shows the same selection elsewhere."""
    return selection.parameters() | own | {EDITION: [release.name]}


def say_link(release: Release) -> None:
    """Where a link cannot be shown as it was made: what of it is not understood, and that its edition is another."""
    if lost := st.session_state.get("not_understood"):
        names = listed([f"'{value[:40]}' as {name}" for name, value, _ in lost])
        which = "which is" if len(lost) == 1 else "which are"
        instead = "; ".join(dict.fromkeys(one for _, _, one in lost))
        st.markdown(f"**The address asks for {literal(names)}, {which} not there: {instead}.**")
    made_on = st.session_state.get("made_on", "")
    if made_on and made_on != release.name:
        st.markdown(
            f"**This link was made on edition {literal(made_on[:20])}; shown here is edition {release.name}, "
            "whose figures may differ.**"
        )
