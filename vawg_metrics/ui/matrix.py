"""The matrix: measures by places, each cell a value with its words and shapes; nothing is ranked."""

from collections.abc import Sequence
from html import escape
from typing import Final

import streamlit as st

from vawg_metrics.catalogue.definitions import Indicator
from vawg_metrics.matrix import AREAS, Cell, Row, chance_words, signal_of, trend_word, word_of
from vawg_metrics.outputs.comparing import matrix_parcel
from vawg_metrics.periods import month_words
from vawg_metrics.reading import Release
from vawg_metrics.statements import point_word
from vawg_metrics.ui.compare import MATRIX, comparable
from vawg_metrics.ui.frame import Chosen
from vawg_metrics.ui.opened import matrix_rows
from vawg_metrics.ui.signs import KEY, MEANINGS, sign
from vawg_metrics.ui.take_away import draw_files
from vawg_metrics.wording import bare_value, listed, marker_words, unbroken

APART: Final = (
    "Each cell is judged by itself; the Overview allows for the number of series, and leaves out those whose newest "
    "judged month is earlier."
)


def draw_matrix(chosen: Chosen) -> None:
    """The core measures, or all of them on request, for every place."""
    st.header("Measures, place by place", anchor="matrix")
    st.markdown(
        "Places and measures stand in a fixed order; nothing is ranked. Higher and lower are said only where a test "
        "tells the place from the rest of LLR. The sign in a cell says whether the newest month or quarter that was "
        f"judged there is unlike the earlier ones of the same place. {KEY}"
    )
    st.toggle("All measures", key=MATRIX)
    rows = shown_rows(chosen)
    if chance := chance_words(rows):
        st.markdown(f"{chance} {APART}")
    st.html(matrix_html(rows))
    stem = f"matrix_places_{chosen.release.name}"
    draw_files(
        chosen, lambda: matrix_parcel(rows, chosen.release.name), "compare-matrix", stem, "the matrix", pictured=False
    )


def shown_rows(chosen: Chosen) -> tuple[Row, ...]:
    """The rows that are asked for."""
    measures = _measures(chosen.release, bool(st.session_state.get(MATRIX)))
    return matrix_rows(chosen.release, chosen.release.name, measures, chosen.selection.end)


def _measures(release: Release, every: bool) -> tuple[str, ...]:
    """The core measures that reach into the strategy; every one that has figures on request."""
    found: Sequence[Indicator] = comparable(release)
    return tuple(one.id for one in found if every or one.core)


def matrix_html(rows: Sequence[Row]) -> str:
    """The matrix as a real HTML table."""
    head = "".join(f'<th scope="col">{escape(area.name)}</th>' for area in AREAS)
    body = "".join(_row(row) for row in rows)
    return (
        '<div class="figure-wrap" tabindex="0" role="region" aria-label="Measures, place by place">'
        '<table class="figures places-matrix"><caption class="unseen">Measures, place by place</caption>'
        f'<thead><tr><th scope="col">Measure</th>{head}</tr></thead><tbody>{body}</tbody></table></div>'
    )


def _row(row: Row) -> str:
    when = row.period.words() if row.period else "no figure"
    unit = f", {row.indicator.unit_words}" if row.indicator.unit_words else ""
    cells = "".join(_cell(row.indicator, cell) for cell in row.cells)
    judged = _judged(row)
    return (
        f'<tr><th scope="row">{escape(row.indicator.title)}<br><small>{escape(when + unit + judged)}</small></th>'
        f"{cells}</tr>"
    )


def _judged(row: Row) -> str:
    """Which month or quarter the signs of a row judge, where it does not end with the row's figures."""
    periods = {cell.point.period for cell in row.cells if cell.point and cell.point.usual and cell.point.period}
    ends = sorted({one.end for one in periods})
    if not ends or row.period is None or ends == [row.period.end]:
        return ""
    return f"; signs judge {listed([month_words(one) for one in ends])}"


def _cell(indicator: Indicator, cell: Cell) -> str:
    place = f' data-place="{escape(cell.area.name)}"'
    figure = cell.figure
    if figure is None or not figure.known:
        why = cell.reason or (marker_words(figure).partition(":")[0] if figure else "not known")
        return f"<td{place}><small>{escape(why)}</small></td>"
    said = [f"<strong>{escape(unbroken(bare_value(indicator, figure.value)))}</strong>"]
    said += [f"<small>{escape(words)}</small>" for words in (word_of(indicator, cell), trend_word(cell)) if words]
    if cell.point is not None and cell.point.usual and cell.point.usual.centre is not None:
        meant = signal_of(indicator, cell)
        spoken = f"{MEANINGS[meant]}: {point_word(cell.point)}"
        said.append(f'{sign(meant)}<span class="unseen">{escape(spoken)}</span>')
    return f"<td{place}>{'<br>'.join(said)}</td>"
