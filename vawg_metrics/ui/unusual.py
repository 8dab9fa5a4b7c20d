"""The list of what is unusual in the newest month held, with what chance alone would give."""

from collections.abc import Iterable
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
from vawg_metrics.ui.definition import arithmetic
from vawg_metrics.ui.frame import Chosen
from vawg_metrics.ui.markup import folded, paragraph
from vawg_metrics.ui.opened import present_month, reading_of, unusual_of
from vawg_metrics.unusual import Unusual
from vawg_metrics.wording import unbroken

TO_DO: Final = (
    "A point outside its usual range is a reason to ask: first whether counting or recording changed, "
    "then what happened to people."
)


def draw_unusual(chosen: Chosen) -> None:
    """New signals of LLR and its districts, the least likely first, and the sources that are past due apart."""
    release = chosen.release
    found = unusual_of(release, release.name)
    if found.month:
        _draw_board(release, found)
    _draw_past_due(release)


def _draw_board(release: Release, found: Unusual) -> None:
    board, told = found.board, board_words(found)
    st.header(f"Unusual in the newest month or quarter held (to {month_words(found.month)})", anchor="unusual")
    st.markdown(f"{told.text} Measures of one place may count the same people in different ways.")
    if board.believed:
        st.html(_list(release, board.believed) + f"<p>{TO_DO} {REPORTING}</p>")
    others = [one for one in board.flagged if one not in board.believed]
    if others:
        summary = f"{len(others)} more flagged, which are not unusual after allowing for the number of series"
        st.html(folded(summary, _list(release, others)))
    earlier = [release.catalogue.indicator(id_).title for id_ in found.earlier]
    notes = f"Not among them, for their months end earlier: {'; '.join(earlier)}." if earlier else ""
    st.html(paragraph(notes) + arithmetic((told,)))


def _draw_past_due(release: Release) -> None:
    late = past_due(release, present_month())
    if late:
        said = "".join(f"<li>{escape(line)}</li>" for line in late)
        st.html(folded("Sources past due: newer figures probably exist and are not held here", f"<ul>{said}</ul>"))


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
