"""The rows of Explore as a real HTML table, a page of them at a time."""

from typing import Final

import streamlit as st

from vawg_metrics.outputs.columns import MEANING, title_of
from vawg_metrics.outputs.explored import Table
from vawg_metrics.outputs.shorthand import cell_shorthand
from vawg_metrics.outputs.table import Record
from vawg_metrics.reading import Release
from vawg_metrics.ui.markup import html_table, named_lines
from vawg_metrics.wording import DEMONSTRATION, bare_value, marked, unit_name

A_PAGE: Final = 50
PAGE: Final = "explore-page"
ALIKE: Final = ("indicator", "grain", "breakdown", "release")  # said once where all rows have the same
IN_UNIT: Final = ("value", "lower", "upper", "rest_value", "change_from_value")


def draw_rows(release: Release, table: Table, counted: bool) -> None:
    """One page of rows; columns that are empty in every row are left out here and kept in the files.

    `counted` is whether the cells of places or periods across are counts.
    """
    if not table.records:
        st.markdown("**No row answers this.**")
        return
    pages = -(-len(table.records) // A_PAGE)
    page = 1
    if st.session_state.get(PAGE, 1) > pages:
        st.session_state[PAGE] = 1  # a filter has left fewer
    if pages > 1:
        page = st.number_input(f"Page of rows, 1 to {pages}", 1, pages, key=PAGE, width=220)
    first = (page - 1) * A_PAGE
    rows = table.records[first : first + A_PAGE]
    columns = [name for name in table.columns if name != DEMONSTRATION]  # the caption says it of every row
    names = [name for name in columns if any(row.get(name) not in (None, "") for row in table.records)]
    same = [name for name in ALIKE if name in names and len({row.get(name) for row in table.records}) == 1]
    names = [name for name in names if name not in same]
    caption = marked(f"Rows {first + 1:,} to {first + len(rows):,} of {len(table.records):,}", table.demonstration)
    caption += "".join(f"; {title_of(name)}: {table.records[0][name]}" for name in same)
    numbers = [place for place, name in enumerate(names) if any(_number(row.get(name)) for row in table.records)]
    in_unit = {*IN_UNIT, *(() if counted else (name for name in names if name not in MEANING))}
    body = [
        [_cell(release, row, name, place in numbers, name in in_unit) for place, name in enumerate(names)]
        for row in rows
    ]
    st.html(_units(release, table))
    header = [title_of("title" if name == "indicator" else name) for name in names]
    drawn = html_table(caption, header, body, numbers)
    st.html(f'<div class="explored">{drawn}</div>')


def _number(value: object) -> bool:
    return isinstance(value, int | float)


def _units(release: Release, table: Table) -> str:
    """What the values and the counts of each measure are."""
    said = []
    for id_ in dict.fromkeys(str(row["indicator"]) for row in table.records):
        one = release.catalogue.indicator(id_)
        counts = f"; count: {one.numerator.name}" if one.numerator else ""
        below = f"; out of: {one.denominator.name}" if one.denominator else ""
        said.append((one.title, f"value: {unit_name(one)}{counts}{below}."))
    return "".join(named_lines(title, (words,)) for title, words in said)


def _cell(release: Release, row: Record, name: str, number: bool, in_unit: bool) -> str:
    """A cell for people: numbers rounded as everywhere on the screen, the shorthand of why one is unknown."""
    value = row.get(name)
    if value is None or value == "":
        return cell_shorthand(row, name) if number else ""
    indicator = release.catalogue.indicator(str(row["indicator"]))
    if isinstance(value, str):
        return indicator.title if name == "indicator" else value
    if in_unit and isinstance(value, int | float):
        return bare_value(indicator, value)
    if isinstance(value, int):
        return f"{value:,}"
    return f"{value:,.3f}" if isinstance(value, float) else str(value)
