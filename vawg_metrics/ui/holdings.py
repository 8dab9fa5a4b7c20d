"""The Data page: what is held for which years, how old it is, what to fetch, what is wrong, where it came from."""

from collections.abc import Iterable
from typing import Final

import streamlit as st

from vawg_metrics.areas import HOME
from vawg_metrics.catalogue.definitions import Source
from vawg_metrics.holdings import gaps_of, months_held, year_cells
from vawg_metrics.periods import month_number, month_words, shifted
from vawg_metrics.published import Provenance
from vawg_metrics.standing import coverage_of
from vawg_metrics.ui.by_command import draw_by_command
from vawg_metrics.ui.frame import Chosen
from vawg_metrics.ui.markup import folded, html_table, named_lines, on_this_page, paragraph
from vawg_metrics.ui.opened import present_month
from vawg_metrics.wording import age_words

PARTS: Final = {
    "which-years": "Which years are held",
    "how-old": "How old it is",
    "what-is-missing": "What is missing",
    "known-faults": "Known faults",
    "recording-changes": "Recording changes",
    "where-from": "Where it came from",
}
INGEST: Final = "python -m vawg_metrics ingest path/to/the/folder"
CELLS: Final = {
    "held": "● held",
    "part": "◐ part of the year",
    "unknown": "○ not known",
    "before": "· before the series",
    "after": "– not held here",
    "whole": "◇ published for LLR only",
    "awaited": "□ not collected: the measure is not held",
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
        f"{coverage.awaited} are not held. Showing **{chosen.selection.areas[0]}**. Edition {chosen.release.name}."
    )
    with st.container(key="links-data"):
        st.page_link("pages/not_held.py", label="What is not held, and who could supply it")
    st.html(on_this_page("Parts of this page", PARTS.items()))


def _head(anchor: str) -> None:
    st.header(PARTS[anchor], anchor=anchor)


def draw_matrix(chosen: Chosen) -> None:
    """Measures by calendar year of their periods' ends: held, part, not known, not held here, not collected."""
    _head("which-years")
    st.markdown("Each cell is a year in which a period of the measure ends. " + "; ".join(CELLS.values()) + ".")
    catalogue = chosen.release.catalogue
    years = [str(year) for year in range(2018, int(catalogue.strategy.ends[:4]) + 1)]
    area = next(area for area in HOME if area.name == chosen.selection.areas[0])
    for priority in catalogue.strategy.priorities:
        measures = [one for one in catalogue.indicators if one.priority == priority.id and not one.retired]
        rows = []
        for one in measures:
            cells = year_cells(chosen.release, one, area, years)
            rows.append((f"{one.code} {one.title}", *(CELLS[cells[year]].split()[0] for year in years)))
        held = sum(chosen.release.holds(one) for one in measures)
        with st.expander(f"{priority.short}: {len(measures)} measures, of which {held} have figures"):
            st.html(html_table(f"{priority.short}, {area.name}", ("Measure", *years), rows, spoken=SPOKEN))


def draw_freshness(chosen: Chosen) -> None:
    """How many sources are past due, and folded away how old each is and when its next edition is due."""
    _head("how-old")
    today, late, rows = present_month(), 0, []
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
            late += past
            due = f"{month_words(month)}" + ("; probably published, not held here" if past else "")
        rows.append((_name(source), age_words(newest, today), source.rhythm, due))
    st.markdown(f"Of {len(rows)} sources, {late} have probably published newer figures, which are not held here.")
    with st.expander(f"Age of each source: {len(rows)} rows"):
        st.html(html_table("Age of each source", ("Source", "Held", "Published", "Next edition due"), rows))


def draw_to_fetch(chosen: Chosen) -> None:
    """Which months of which source are not held and whose page has them; how they are loaded, in a fold of its own."""
    _head("what-is-missing")
    lacking = {
        source: gaps
        for source in chosen.release.catalogue.sources
        if (gaps := gaps_of(chosen.release, source, present_month()))
    }
    if not lacking:
        st.markdown("Nothing is missing and nothing is due.")
        return
    number = "1 source" if len(lacking) == 1 else f"{len(lacking)} sources"
    st.markdown(f"Of {number}, months are missing here that were published, or should have been by their rhythm.")
    with st.expander(f"What is missing, and on whose page it is: {_rows(len(lacking))}", expanded=True):
        st.markdown(
            "\n".join(f"* **{_name(one)}**: {', '.join(gaps)}. From {one.page}." for one, gaps in lacking.items())
        )
    said = "Save the files in a folder and load them. Nothing is changed unless every file is sound."
    lines = "\n".join(f"* **{_name(one)}**: {one.fetch}" for one in lacking)
    draw_by_command(f"{lines}\n\n{said}", INGEST, "data")


def draw_faults(chosen: Chosen) -> None:
    """What is known to be wrong with each source, and the register of recording changes."""
    catalogue = chosen.release.catalogue
    _head("known-faults")
    faulty = [one for one in catalogue.sources if one.known_faults and chosen.release.manifest.of_source(one.id)]
    faults = sum(len(one.known_faults) for one in faulty)
    st.markdown("What is known to be wrong with the figures of each source." if faulty else "None is known.")
    if faulty:
        with st.expander(f"Known faults of {len(faulty)} sources: {_rows(faults)}"):
            st.html("".join(named_lines(_name(one), one.known_faults) for one in faulty))
    _head("recording-changes")
    st.markdown("After such a change a series is not the same series. They are drawn on the charts they touch.")
    changes = sorted(catalogue.recording_changes, key=lambda one: one.month)
    titles = {one.id: one.title for one in catalogue.indicators}
    rows = [
        (
            one.date_words or month_words(one.month),
            one.label,
            one.what,
            "; ".join(titles[id_] for id_ in one.indicators) or "none of those here",
        )
        for one in changes
    ]
    with st.expander(f"Register of recording changes: {_rows(len(rows))}"):
        st.html(html_table("Register of recording changes", ("When", "Change", "What it does", "Measures"), rows))


def draw_provenance(chosen: Chosen) -> None:
    """Every file that was read, and where each of its rows went."""
    _head("where-from")
    manifest = chosen.release.manifest
    st.markdown(
        f"{len({one.sha256 for one in manifest.files})} files of publishers were read. Of each, the rows read are the "
        "rows kept and the rows set aside, to the row. Only counts were kept: no crime number, place or street."
    )
    held = {one: files for one in chosen.release.catalogue.sources if (files := manifest.of_source(one.id))}
    with (
        st.container(key="ledgers"),
        st.expander(f"Files of {len(held)} sources: {_rows(sum(len(files) for files in held.values()))}"),
    ):
        for source, files in held.items():
            number = "1 file" if len(files) == 1 else f"{len(files)} files"
            summary = f"{_name(source)} ({number}, {months_held(files)})"
            about = paragraph(f"Licence: {source.licence}. Page: {source.page}.")
            st.html(folded(summary, about + _ledger(source.dataset, files)))


def _name(source: Source) -> str:
    return f"{source.publisher}: {source.dataset}"


def _rows(number: int) -> str:
    return "1 row" if number == 1 else f"{number} rows"


def _ledger(name: str, files: Iterable[Provenance]) -> str:
    header = ("File", "Edition", "Rows read", "Kept", "Set aside", "Fingerprint")
    rows = [
        (one.file, one.edition, f"{one.read:,}", _reasons(one.kept), _reasons(one.set_aside), one.sha256[:16])
        for one in files
    ]
    return html_table(f"Files of {name}", header, rows, (2,))


def _reasons(parts: tuple[tuple[str, int], ...]) -> str:
    return "; ".join(f"{rows:,} {reason}" for reason, rows in parts if rows) or "0"
