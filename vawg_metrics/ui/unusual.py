"""The list of what is unusual in the newest month held, with what chance alone would give."""

from collections.abc import Iterable
from dataclasses import replace
from html import escape
from typing import Final

import streamlit as st

from vawg_metrics.holdings import past_due
from vawg_metrics.periods import month_words
from vawg_metrics.publication.variation import Panel
from vawg_metrics.reading import Reading
from vawg_metrics.release import Release
from vawg_metrics.selection import Selection
from vawg_metrics.statements import REPORTING, board_words, newest_point
from vawg_metrics.ui.address import link_to
from vawg_metrics.ui.definition import arithmetic
from vawg_metrics.ui.frame import Chosen
from vawg_metrics.ui.linked import draw_linked
from vawg_metrics.ui.markup import folded, paragraph
from vawg_metrics.ui.opened import present_month, reading_of, unusual_of
from vawg_metrics.unusual import Unusual
from vawg_metrics.views import MeasureView
from vawg_metrics.wording import unbroken

TO_DO: Final = (
    "What is listed here is a reason to ask: first whether counting or recording changed, then what happened to people."
)


def draw_unusual(chosen: Chosen) -> None:
    """New signals of LLR and its districts, place by place, and the sources that are past due apart."""
    release = chosen.release
    found = unusual_of(release, release.name)
    if found.month:
        _draw_board(chosen, found)
    _draw_past_due(release)


def _draw_board(chosen: Chosen, found: Unusual) -> None:
    release, board, told = chosen.release, found.board, board_words(found)
    st.header(f"Unusual in the newest month or quarter held (to {month_words(found.month)})", anchor="unusual")
    st.markdown(f"{told.text} Measures of one place may count the same people in different ways.")
    if board.believed:
        with st.container(key="linked-unusual", gap=None):
            for one in _by_place(board.believed):
                reading = _reading(release, one)
                there = replace(chosen.selection, areas=(reading.areas[0].name,))
                link = link_to(there, release, MeasureView(one.indicator, "usual", False).parameters())
                draw_linked(f"{reading.areas[0].name}: {reading.indicator.title}", link, newest_point(reading).text)
        st.html(f"<p>{TO_DO} {REPORTING}</p>")
    others = [one for one in board.flagged if one not in board.believed]
    if others:
        summary = f"{len(others)} more flagged, which are not unusual after allowing for the number of series"
        st.html(folded(summary, _list(release, _by_place(others))))
    earlier = [release.catalogue.indicator(id_).title for id_ in found.earlier]
    notes = f"Not among them, for their months end earlier: {'; '.join(earlier)}." if earlier else ""
    st.html(paragraph(notes) + arithmetic((told,)))


def _draw_past_due(release: Release) -> None:
    late = past_due(release, present_month())
    if late:
        said = "".join(f"<li>{escape(line)}</li>" for line in late)
        st.html(folded("Sources past due: newer figures probably exist and are not held here", f"<ul>{said}</ul>"))


def _by_place(panels: Iterable[Panel]) -> list[Panel]:
    """What is unusual of one place together: first the place with what is least likely, and within it so again."""
    panels = list(panels)
    first = list(dict.fromkeys(one.area for one in panels))
    return sorted(panels, key=lambda one: first.index(one.area))


def _list(release: Release, panels: Iterable[Panel]) -> str:
    lines = []
    for one in panels:
        reading = _reading(release, one)
        said = escape(unbroken(newest_point(reading).text))
        lines.append(f"<li><strong>{escape(reading.indicator.title)}.</strong> {said}</li>")
    return f'<ul class="unusual">{"".join(lines)}</ul>'


def _reading(release: Release, panel: Panel) -> Reading:
    names = {area.code: area.name for area in release.areas.values()}
    return reading_of(release, release.name, panel.indicator, Selection((names[panel.area],)))
