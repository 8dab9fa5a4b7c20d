"""The Data page: what is held for which years, how old it is, what to fetch, what is wrong, where it came from."""

from collections.abc import Iterable
from typing import Final

import streamlit as st

from vawg_metrics.areas import HOME
from vawg_metrics.holdings import gaps_of, months_held, year_cells
from vawg_metrics.periods import month_number, month_words, shifted
from vawg_metrics.published import Provenance
from vawg_metrics.standing import coverage_of
from vawg_metrics.ui.frame import Chosen
from vawg_metrics.ui.markup import html_table
from vawg_metrics.ui.opened import present_month
from vawg_metrics.wording import age_words

CELLS: Final = {
    "held": "● held",
    "part": "◐ part of the year",
    "unknown": "○ not known",
    "before": "· before the series",
    "after": "– not held here",
    "whole": "◇ published for LLR only",
    "awaited": "□ not collected",
}
SPOKEN: Final = {sign: words for sign, _, words in (cell.partition(" ") for cell in CELLS.values())}


def draw_intro(chosen: Chosen) -> None:
    """What this page is, and how many measures reach how far."""
    catalogue = chosen.release.catalogue
    measures = [one for one in catalogue.indicators if one.priority != "context" and not one.retired]
    coverage = coverage_of(chosen.release, measures)
    st.title("What is held, and how far it can be trusted", anchor=False)
    st.markdown(
        f"{coverage.held} of {coverage.measures} measures reach into the strategy, {coverage.history} stop before it, "
        f"{coverage.awaited} await partners. Showing **{chosen.selection.areas[0]}**. Edition {chosen.release.name}."
    )


def draw_matrix(chosen: Chosen) -> None:
    """Measures by calendar year of their periods' ends: held, part, not known, not held here, not collected."""
    st.header("Which years are held", anchor="which-years")
    st.markdown("Each cell is a year in which a period of the measure ends. " + " · ".join(CELLS.values()) + ".")
    catalogue = chosen.release.catalogue
    years = [str(year) for year in range(2018, int(catalogue.strategy.ends[:4]) + 1)]
    area = next(area for area in HOME if area.name == chosen.selection.areas[0])
    for priority in catalogue.strategy.priorities:
        measures = [one for one in catalogue.indicators if one.priority == priority.id and not one.retired]
        rows = []
        for one in measures:
            cells = year_cells(chosen.release, one, area, years)
            rows.append((f"{one.code} {one.title}", *(CELLS[cells[year]].split()[0] for year in years)))
        with st.expander(f"{priority.short}: {len(measures)} measures", expanded=priority.number == 2):
            st.html(html_table(f"{priority.short}, {area.name}", ("Measure", *years), rows, spoken=SPOKEN))


def draw_freshness(chosen: Chosen) -> None:
    """How old each source is, and whether newer figures probably exist."""
    st.header("How old it is", anchor="how-old")
    today, rows = present_month(), []
    for source in chosen.release.catalogue.sources:
        files = chosen.release.manifest.of_source(source.id)
        if not files or source.rhythm == "computed":
            continue
        newest = max(one.covers[1] for one in files)
        step = {"monthly": 1, "quarterly": 3, "yearly": 12}.get(source.rhythm)
        if step is None:
            due = "no further edition is expected"
        else:
            month = shifted(newest, step + source.lag_months)
            past = month_number(month) <= month_number(today)
            due = f"{month_words(month)}" + ("; probably published, not held here" if past else "")
        rows.append((f"{source.publisher}: {source.dataset}", age_words(newest, today), source.rhythm, due))
    st.html(html_table("Age of each source", ("Source", "Held", "Published", "Next edition due"), rows))


def draw_to_fetch(chosen: Chosen) -> None:
    """Which months to fetch from which publisher's page, and the command that loads them."""
    st.header("What to fetch", anchor="what-to-fetch")
    lines = []
    for source in chosen.release.catalogue.sources:
        gaps = gaps_of(chosen.release, source, present_month())
        if gaps:
            lines.append(
                f"* **{source.publisher}, {source.dataset}**: {', '.join(gaps)}. {source.fetch} From {source.page}."
            )
    st.markdown("\n".join(lines) if lines else "Nothing is missing and nothing is due.")
    st.markdown("Save the files in a folder and load them. Nothing is changed unless every file is sound:")
    st.code("python -m vawg_metrics ingest path/to/the/folder", language="bash", wrap_lines=True)


def draw_faults(chosen: Chosen) -> None:
    """What is known to be wrong with each source, and the register of recording changes."""
    catalogue = chosen.release.catalogue
    st.header("Known faults", anchor="known-faults")
    for source in catalogue.sources:
        if source.known_faults and chosen.release.manifest.of_source(source.id):
            with st.expander(f"{source.publisher}: {source.dataset}"):
                st.markdown("\n".join(f"* {fault}" for fault in source.known_faults))
    st.header("Recording changes", anchor="recording-changes")
    st.markdown("After such a change a series is not the same series. They are drawn on the charts they touch.")
    changes = sorted(catalogue.recording_changes, key=lambda one: one.month)
    rows = [(one.date_words or month_words(one.month), one.label, one.what) for one in changes]
    st.html(html_table("Register of recording changes", ("When", "Change", "What it does"), rows))


def draw_provenance(chosen: Chosen) -> None:
    """Every file that was read, and where each of its rows went."""
    st.header("Where it came from", anchor="where-from")
    manifest = chosen.release.manifest
    st.markdown(
        f"{len({one.sha256 for one in manifest.files})} files of publishers were read. Of each, the rows read are the "
        "rows kept and the rows set aside, to the row. Only counts were kept: no crime number, place or street."
    )
    for source in chosen.release.catalogue.sources:
        files = manifest.of_source(source.id)
        if files:
            with st.expander(f"{source.publisher}: {source.dataset} ({len(files)} files, {months_held(files)})"):
                st.markdown(f"Licence: {source.licence}. Page: {source.page}.")
                st.html(_ledger(source.dataset, files))


def _ledger(name: str, files: Iterable[Provenance]) -> str:
    header = ("File", "Edition", "Rows read", "Kept", "Set aside", "Fingerprint")
    rows = [
        (one.file, one.edition, f"{one.read:,}", _reasons(one.kept), _reasons(one.set_aside), one.sha256[:16])
        for one in files
    ]
    return html_table(f"Files of {name}", header, rows, (2,))


def _reasons(parts: tuple[tuple[str, int], ...]) -> str:
    return "; ".join(f"{rows:,} {reason}" for reason, rows in parts if rows) or "0"
