"""The first five seconds: what this is, how far it reaches, what it is not, and a row for each priority."""

from collections.abc import Sequence
from html import escape
from typing import Final

import streamlit as st

from vawg_metrics.catalogue.definitions import Indicator, Priority
from vawg_metrics.narrative import heading
from vawg_metrics.periods import Period, month_words
from vawg_metrics.reading import Reading, Release
from vawg_metrics.standing import coverage_of, standing_of
from vawg_metrics.statements import change
from vawg_metrics.ui.definition import arithmetic
from vawg_metrics.ui.frame import Chosen, page_of
from vawg_metrics.ui.opened import reading_of
from vawg_metrics.ui.priority import draw_folded
from vawg_metrics.wording import unbroken

POLICE, YEARLY = "police_uk_street", "ons_csp"
NUMBERS: Final = dict(enumerate(("one", "two", "three", "four", "five", "six", "seven", "eight", "nine"), 1))


def draw_opening(chosen: Chosen) -> None:
    """Three sentences: what this is, how far it reaches, what it is not."""
    strategy = chosen.release.catalogue.strategy
    number = NUMBERS.get(len(strategy.priorities), str(len(strategy.priorities)))
    st.title(f"{strategy.product}: {strategy.name}", anchor=False)
    st.markdown(
        f"What is known, from published figures, about the {number} priorities. {_reach(chosen.release)} "
        "Measures are proposed, not yet agreed by the partnership."
    )
    st.markdown("Each number stands for people.")


def _reach(release: Release) -> str:
    """How many of the strategy's months the police figures held here cover."""
    strategy = release.catalogue.strategy.period
    held = release.manifest.of_source(POLICE)
    if not held:
        return "No police figures are held here."
    last = max(one.covers[1] for one in held)
    covered = Period(strategy.start, min(last, strategy.end)).months if last >= strategy.start else 0
    years = f"{covered} of the strategy's {strategy.months} months"
    yearly = release.manifest.of_source(YEARLY)
    by_offence = (
        f" Those by offence and district stop at {month_words(max(one.covers[1] for one in yearly))}." if yearly else ""
    )
    return f"Police figures held here stop at {month_words(last)}: {years}.{by_offence}"


def draw_priorities(chosen: Chosen) -> None:
    """A row for each priority in the strategy's order: the finding, the change or why there is none, a question."""
    first, *others = chosen.selection.areas
    only = f" The priorities' pages show {' and '.join(others)} as well." if others else ""
    leads = [(one, leading(chosen.release, one)) for one in chosen.release.catalogue.strategy.priorities]
    rows = [
        (priority, reading_of(chosen.release, chosen.release.name, lead.id, chosen.selection))
        for priority, lead in leads
        if lead is not None
    ]
    st.markdown(f"Showing **{first}**.{only} {_baselines([reading for _, reading in rows])}")
    for priority, reading in rows:
        with st.container(key=f"row-{priority.id}"):
            st.html(_row(priority, reading))
            st.page_link(page_of(priority.id, priority.short), label=f"Open {priority.short}")


def _baselines(leading: Sequence[Reading]) -> str:
    """How many of the leading measures have no year before the strategy to be set beside, in a sentence."""
    without = sum(not change(one).evidence for one in leading)
    if not without:
        return ""
    if without == len(leading):
        return "No leading measure can be compared with the year before the strategy: each row says why."
    which = (
        f"{NUMBERS.get(without, str(without))} of the {NUMBERS.get(len(leading), str(len(leading)))} leading measures"
    )
    return f"{which[:1].upper()}{which[1:]} cannot be compared with the year before the strategy: the rows say why."


def leading(release: Release, priority: Priority) -> Indicator | None:
    """The measure that stands for a priority: the first of its own that is held."""
    on_page = release.catalogue.on_page(priority.id)
    own = [one for one in on_page if one.priority == priority.id]
    return next((one for one in (*own, *on_page) if standing_of(release, one) == "held"), None)


def _row(priority: Priority, reading: Reading) -> str:
    said = [f'<p class="big">{escape(unbroken(heading(reading)))}.</p>']
    said += [f"<p>{escape(sentence)}</p>" for sentence in reading.unanswered]
    told = change(reading)
    said.append(f"<p>{escape(unbroken(told.text))}</p>{arithmetic((told,))}")
    if reading.indicator.ask:
        said.append(f"<p>To ask: {escape(reading.indicator.ask)}</p>")
    return (
        f'<section class="finding-row"><h2>{priority.number}. {escape(priority.title)}</h2>'
        f"<div>{''.join(said)}</div></section>"
    )


def draw_coverage(chosen: Chosen) -> None:
    """How many measures reach into the strategy, how many stop before it, how many are not held."""
    catalogue = chosen.release.catalogue
    measures = [one for one in catalogue.indicators if one.priority != "context" and not one.retired]
    coverage = coverage_of(chosen.release, measures)
    st.header("How much is known", anchor="how-much-is-known")
    st.markdown(
        f"{coverage.held} of {coverage.measures} measures reach into the strategy; {coverage.history} stop before it; "
        f"the other {coverage.awaited} {'is' if coverage.awaited == 1 else 'are'} not held."
    )
    st.page_link("pages/not_held.py", label="What is not held, and who could supply it")
    st.page_link("pages/data.py", label="What is held, for which years, and how old it is")
    context = [one for one in catalogue.indicators if one.priority == "context" and one.collected]
    if context:
        st.header("Context", anchor="context")
        st.markdown("For scale only; never scored.")
        draw_folded(chosen, context, "context")
