"""Explore, beneath the table: its files, its chart, the year to date, what to check and how to make it again."""

from dataclasses import replace
from functools import partial
from typing import Final

import streamlit as st

from vawg_metrics.areas import DISTRICTS
from vawg_metrics.catalogue.definitions import Indicator
from vawg_metrics.charts.multiples_plan import plan_multiples
from vawg_metrics.charts.plan import Plan
from vawg_metrics.charts.trend_plan import plan_trend
from vawg_metrics.exploration import ALL_DISTRICTS
from vawg_metrics.narrative import rounding_words
from vawg_metrics.outputs.explored import command
from vawg_metrics.outputs.exploring import definition_text, explored_parcel, stem_of
from vawg_metrics.outputs.parcel import Parcel
from vawg_metrics.reading import Reading, Release
from vawg_metrics.selection import MOST_AREAS
from vawg_metrics.statements import year_words
from vawg_metrics.ui.by_command import draw_by_command
from vawg_metrics.ui.charts import draw_chart, draw_notes
from vawg_metrics.ui.explore import Shown
from vawg_metrics.ui.frame import Chosen
from vawg_metrics.ui.markup import html_table, literal, paragraph
from vawg_metrics.ui.opened import reading_of, table_totals, year_to_date_of
from vawg_metrics.ui.take_away import draw_files, draw_whole_page
from vawg_metrics.wording import count_words, marked, unbroken

CHART_OF: Final = "explore-chart"


def draw_chart_of(chosen: Chosen, shown: Shown | None) -> None:
    """The files of the table, and a chart of one of its measures: lines of up to four places, small charts of more."""
    if shown is None:
        return
    measures = [shown.source.catalogue.indicator(one) for one in shown.asked.indicators]
    titles = {one.id: one.title for one in measures}
    chart_of = measures[0].id
    st.header(marked("Chart of the table", shown.source.demonstration), anchor="chart")
    if len(measures) > 1:
        chart_of = st.selectbox("Chart of", list(titles), key=CHART_OF, format_func=titles.__getitem__)
    plan = _plan(chosen, shown, chart_of)
    if not plan.empty:
        st.markdown(unbroken(f"**{literal(plan.title)}.** {literal(plan.subtitle)}"))
    draw_chart(plan, f"explore-{chart_of}")
    draw_notes(plan)
    reading = _reading(chosen, shown, chart_of)
    if words := paragraph(rounding_words(reading)) + paragraph(reading.indicator.unlike):
        st.html(words)
    made = partial(_parcel, chosen, shown, plan)
    stem = stem_of(shown.asked, shown.table)
    draw_files(chosen, made, "explore", stem, "the table and its chart", pictured=not plan.empty)


def _parcel(chosen: Chosen, shown: Shown, plan: Plan) -> Parcel:
    """The table with its chart and all that the page says beneath."""
    release = shown.source
    checks = table_totals(release, release.name, shown.asked)
    said = [(f"Year to date, {name}", f"{title}: {words}") for title, name, words in _years(chosen, shown)]
    return explored_parcel(release, shown.asked, shown.layout, shown.table, checks, plan, said)


def draw_take_away(chosen: Chosen, shown: Shown | None) -> None:
    """The ZIP of the page."""
    if shown is None:
        return
    measures = shown.asked.indicators
    asked = st.session_state.get(CHART_OF)
    plan = _plan(chosen, shown, asked if asked in measures else measures[0])
    stem = stem_of(shown.asked, shown.table)
    made_up = shown.source.demonstration
    draw_whole_page(
        chosen, stem, "A table of Explore", lambda: [_parcel(chosen, shown, plan)], made_up=made_up, empty=made_up
    )


def _plan(chosen: Chosen, shown: Shown, id_: str) -> Plan:
    reading = _reading(chosen, shown, id_)
    return plan_trend(reading) if len(reading.areas) <= MOST_AREAS else plan_multiples(reading)


def _reading(chosen: Chosen, shown: Shown, id_: str) -> Reading:
    """What the chart is of: one measure for the places and months of the table."""
    names = [name for name in shown.asked.areas if name != ALL_DISTRICTS]
    if ALL_DISTRICTS in shown.asked.areas:
        names += [area.name for area in DISTRICTS if area.name not in names]
    grain = "" if shown.asked.grain == "suits" else shown.asked.grain
    start = shown.asked.first or "all"
    selection = replace(chosen.selection, areas=tuple(names), start=start, grain=grain)
    return reading_of(shown.source, shown.source.name, id_, selection)


def draw_year_to_date(chosen: Chosen, shown: Shown | None) -> None:
    """The financial year to date against the same months a year before, for the places of the filter."""
    if shown is None:
        return
    said = _years(chosen, shown)
    made_up = shown.source.demonstration
    st.header(marked("Financial year to date", made_up), anchor="year-to-date")
    caption = marked(
        "April to the newest month, beside the same months a year before, for the areas at the side", made_up
    )
    st.html(html_table(caption, ("Measure", "Place", "Finding"), said))
    st.markdown("Rolling 12 months: choose them under Periods, at the side.")


def _years(chosen: Chosen, shown: Shown) -> list[tuple[str, str, str]]:
    """Each measure and place of the filter, and its year to date in words."""
    said = []
    for id_ in shown.asked.indicators:
        indicator = shown.source.catalogue.indicator(id_)
        for name in chosen.selection.areas:
            found = year_to_date_of(shown.source, shown.source.name, id_, name, shown.asked.last)
            said.append((indicator.title, name, unbroken(year_words(indicator, found))))
    return said


def draw_checks(chosen: Chosen, shown: Shown | None) -> None:
    """Totals to check, the definitions to copy, the id and the command that makes the same table."""
    if shown is None:
        return
    st.header("Check it, and make it again", anchor="check")
    rows = [
        (one.indicator, one.grain, count_words(one.rows), count_words(one.known), count_words(one.numerator),
         count_words(one.denominator), f"{one.first} to {one.last}")
        for one in table_totals(shown.source, shown.source.name, shown.asked)
    ]  # fmt: skip
    header = ("Measure", "Period", "Rows", "Known", "Numerators add up to", "Denominators add up to", "Months")
    note = "Sums over places and periods that overlap mean nothing by themselves: they are there to be found again."
    made_up = shown.source.demonstration
    caption = marked("Totals to check, before any filter on rows", made_up)
    st.html(html_table(caption, header, rows, range(2, 6)) + paragraph(note))
    if made_up:
        st.markdown("No figure id and no command make this table again: commands never see made-up figures.")
    else:
        _draw_again(shown)
    st.markdown("Definitions to copy:")
    for id_ in shown.asked.indicators:
        indicator = shown.source.catalogue.indicator(id_)
        st.code(_definition(shown.source, indicator), language=None, wrap_lines=True)


def _draw_again(shown: Shown) -> None:
    """The id, and the command that makes the same table."""
    st.markdown("Figure id: the same measures, versions, question and edition always give the same one.")
    st.code(shown.table.id, language=None)
    draw_by_command("This prints the same table.", command(shown.asked, shown.layout), "explore")


def _definition(release: Release, indicator: Indicator) -> str:
    return definition_text(indicator, release.catalogue.source(indicator.source) if indicator.source else None)
