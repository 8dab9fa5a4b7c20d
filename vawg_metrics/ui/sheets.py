"""Priority on a page: the choice of a priority, and its sheet as one side of A4 when printed."""

from collections.abc import Sequence
from typing import Final

import streamlit as st

from vawg_metrics.catalogue.definitions import Priority
from vawg_metrics.charts.lead_plan import plan_lead
from vawg_metrics.charts.paper import draw_inset
from vawg_metrics.priority_sheet import Sheet, sheet_of
from vawg_metrics.reading import Release
from vawg_metrics.selection import Selection
from vawg_metrics.ui.address import control_key
from vawg_metrics.ui.frame import Chosen
from vawg_metrics.ui.markup import literal
from vawg_metrics.ui.opened import present_month
from vawg_metrics.ui.sheet_markup import Picture, crowded, sheet_html
from vawg_metrics.views import SheetsView

KEY: Final = control_key("sheets", "priority")
EVERY: Final = "all"
TALL, FLAT = 1.6, 1.0  # inches of a trend's axis: flat where many tiles or actions stand below it
MANY_ACTIONS: Final = 3


def ask_priorities(chosen: Chosen) -> tuple[Priority, ...]:
    """The title, and the priority chosen: the first, another, or all of them one after the other."""
    priorities = chosen.release.catalogue.strategy.priorities
    names = {one.id: one.short for one in priorities} | {EVERY: f"All {len(priorities)}"}
    with st.container(key="screen-only-sheets"):
        st.title("Priority on a page", anchor=False)
        if chosen.asked is not None:
            numbers = {str(one.number): one.id for one in priorities}
            asked = SheetsView.from_parameters(chosen.asked).priority
            _take(SheetsView(numbers.get(asked, asked)), list(names))
        first, *others = chosen.selection.areas
        only = f" One place stands on a page: {first}, the first chosen of {len(others) + 1}." if others else ""
        st.markdown(
            "What is known of a priority, for a meeting's papers. Printed (Ctrl+P, or Cmd+P on a Mac), each priority "
            f"is one side of A4, legible in black and white.{only}"
        )
        picked = st.segmented_control("Priority", list(names), format_func=names.__getitem__, key=KEY, required=True)
    picked = picked or priorities[0].id
    chosen.own.update(SheetsView(picked if picked != priorities[0].id else "").parameters())
    return tuple(one for one in priorities if picked in (EVERY, one.id))


def _take(asked: SheetsView, ids: Sequence[str]) -> None:
    """Set the control from a link; a priority that does not exist is said, and the first is shown."""
    if asked.priority and asked.priority not in ids:
        st.markdown(f"**The address asks for the priority {literal(asked.priority[:40])}, which does not exist.**")
    st.session_state[KEY] = asked.priority if asked.priority in ids else ids[0]


def draw_sheets(chosen: Chosen, priorities: Sequence[Priority]) -> None:
    """The sheets of the priorities, for the first place chosen; made-up figures never stand on one."""
    release, selection = chosen.release, chosen.selection
    one = Selection(selection.areas[:1], selection.start, selection.end)
    for priority in priorities:
        sheet, picture = _drawn(release, release.name, priority.id, one, present_month())
        st.html(sheet_html(sheet, picture, one, release))


@st.cache_resource(show_spinner="Setting the page …", max_entries=60)
def _drawn(
    _release: Release, release: str, priority: str, selection: Selection, month: str
) -> tuple[Sheet, Picture | None]:
    """A sheet and its chart, keyed by the edition."""
    found = next(one for one in _release.catalogue.strategy.priorities if one.id == priority)
    sheet = sheet_of(_release, found, selection, month)
    return sheet, picture_of(sheet)


def picture_of(sheet: Sheet) -> Picture | None:
    """The chart of what leads a sheet, drawn as for paper; None where nothing leads it."""
    if sheet.lead is None:
        return None
    plan = plan_lead(sheet.lead)
    if plan.empty:
        return Picture(b"", plan.empty, "", ())
    flat = crowded(sheet) or len(sheet.actions) > MANY_ACTIONS
    return Picture(draw_inset(plan, FLAT if flat else TALL), plan.alternative, plan.subtitle, plan.notes)
