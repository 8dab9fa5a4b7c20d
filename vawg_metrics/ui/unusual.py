"""The list of what is unusual in the newest month held, with what chance alone would give."""

from html import escape

import streamlit as st

from vawg_metrics.holdings import past_due
from vawg_metrics.periods import month_words
from vawg_metrics.publication.variation import Panel
from vawg_metrics.reading import Reading
from vawg_metrics.release import Release
from vawg_metrics.selection import Selection
from vawg_metrics.statements import REPORTING, board_words, newest_point, small_point
from vawg_metrics.ui.definition import arithmetic
from vawg_metrics.ui.frame import Chosen
from vawg_metrics.ui.markup import folded
from vawg_metrics.ui.opened import present_month, reading_of, unusual_of
from vawg_metrics.wording import unbroken


def draw_unusual(chosen: Chosen) -> None:
    """New signals of LLR and its districts, the least likely first, and the sources that are past due apart."""
    release = chosen.release
    found = unusual_of(release, release.name)
    if not found.month:
        return
    board = found.board
    st.header(f"Unusual in the newest month held ({month_words(found.month)})", anchor="unusual")
    told = board_words(found)
    st.markdown(f"{told.text} Several measures count the same households in different ways.")
    believed = [one for one in board.believed if not _small(release, one)]
    if believed:
        st.html(_list(release, believed) + f'<p class="quiet">{REPORTING}</p>')
    others = [one for one in board.flagged if one not in board.believed and not _small(release, one)]
    if others:
        st.html(folded(f"{len(others)} more flagged, as chance alone would give among so many", _list(release, others)))
    st.html(arithmetic((told,)))
    _draw_past_due(release)


def _draw_past_due(release: Release) -> None:
    late = past_due(release, present_month())
    if late:
        said = "".join(f"<li>{escape(line)}</li>" for line in late)
        st.html(folded("Sources past due: newer figures probably exist and are not held here", f"<ul>{said}</ul>"))


def _list(release: Release, panels: list[Panel]) -> str:
    lines = []
    for one in panels:
        reading = _reading(release, one)
        said = escape(unbroken(newest_point(reading).text))
        lines.append(f"<li><strong>{escape(reading.indicator.title)}.</strong> {said}</li>")
    return f'<ul class="unusual">{"".join(lines)}</ul>'


def _small(release: Release, panel: Panel) -> bool:
    point = _reading(release, panel).point
    return point is not None and small_point(point)


def _reading(release: Release, panel: Panel) -> Reading:
    names = {area.code: area.name for area in release.areas.values()}
    return reading_of(release, release.name, panel.indicator, Selection((names[panel.area],)))
