"""The templates that partners fill in, made when they are asked for; the dashboard holds no return to put into them."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from functools import partial
from typing import Final

import streamlit as st

from vawg_metrics.catalogue.definitions import Catalogue, Indicator
from vawg_metrics.catalogue.returned import Partner
from vawg_metrics.outputs.formats import FORMATS
from vawg_metrics.outputs.naming import plain
from vawg_metrics.periods import Period, month_number, month_text, quarter_name, quarter_words
from vawg_metrics.returns.contract import asked_of
from vawg_metrics.returns.template import template_csv, template_workbook
from vawg_metrics.ui.frame import Chosen

BEFORE: Final = 4  # quarters before the one that ended last
NOTHING: Final = "Nothing is asked for then: what this partner supplies is asked once a year, with January to March."
EMPTY: Final = (
    "Each template asks only for what that kind of partner supplies. Last quarter's values stay empty: this dashboard "
    "holds no return."
)


def suppliers(catalogue: Catalogue, measures: Sequence[Indicator]) -> tuple[Partner, ...]:
    """The kinds of partner that supply any of some measures, in the order of the register."""
    wanted = {partner.id for one in measures for partner in catalogue.suppliers_of(one)}
    return tuple(one for one in catalogue.partners if one.id in wanted)


def draw_templates(chosen: Chosen, partners: Sequence[Partner], key: str) -> None:
    """A fold with the template of each kind of partner for a quarter; nothing where no partner is registered."""
    if partners:
        with st.container(key=f"screen-only-templates-{key}"), st.expander("Templates for partners"):
            _ask(chosen.release.catalogue, tuple(partners), key)


@st.fragment
def _ask(catalogue: Catalogue, partners: tuple[Partner, ...], key: str) -> None:
    st.markdown(EMPTY)
    names = {one.id: one.name for one in partners}
    id_ = st.selectbox("Kind of partner", list(names), key=f"template-partner-{key}", format_func=names.__getitem__)
    quarters = {quarter_name(one): quarter_words(one) for one in offered(datetime.now(UTC).strftime("%Y-%m"))}
    quarter = st.selectbox(
        "Quarter", list(quarters), key=f"template-quarter-{key}", format_func=quarters.__getitem__, index=1
    )
    partner = next(one for one in partners if one.id == id_)
    if not asked_of(catalogue, partner, quarter):
        st.markdown(NOTHING)
        return
    made: dict[str, Callable[[], bytes]] = {
        "xlsx": partial(template_workbook, catalogue, partner, quarter),
        "csv": partial(_csv, catalogue, partner, quarter),
    }
    with st.container(horizontal=True, key=f"templates-{key}"):
        for suffix, write in made.items():
            form = FORMATS[suffix]
            st.download_button(
                f"Template as {form.label}", write, f"{stem_of(partner, quarter)}.{suffix}", form.mime,
                key=f"template-{suffix}-{key}", on_click="ignore", help=f"{partner.name}, {quarters[quarter]}",
            )  # fmt: skip


def offered(month: str) -> tuple[Period, ...]:
    """The quarters that templates are offered for in a month: the running one, the one that ended last, some before."""
    running = month_number(month) // 3 * 3
    starts = range(running, running - 3 * (BEFORE + 2), -3)
    return tuple(Period(month_text(start), month_text(start + 2)) for start in starts)


def stem_of(partner: Partner, quarter: str) -> str:
    """The name of a template's file without its suffix: `return-template_marac_2026-27-q2`."""
    return f"return-template_{plain(partner.id)}_{plain(quarter)}"


def _csv(catalogue: Catalogue, partner: Partner, quarter: str) -> bytes:
    return template_csv(catalogue, partner, quarter).encode("utf-8-sig")
