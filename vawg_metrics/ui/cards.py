"""One measure on the screen: the finding, the words, the chart, the table, the files to take away."""

from dataclasses import replace
from typing import Final

import streamlit as st

from vawg_metrics.baseline import since_baseline
from vawg_metrics.catalogue.definitions import Indicator, Source
from vawg_metrics.charts import screen
from vawg_metrics.charts.plan import Plan
from vawg_metrics.charts.plans import PLANS
from vawg_metrics.narrative import beside, caption, heading, population_words
from vawg_metrics.outputs.csv_file import write_csv
from vawg_metrics.outputs.naming import file_name
from vawg_metrics.outputs.picture import write_png, write_svg
from vawg_metrics.reading import Reading
from vawg_metrics.selection import Selection
from vawg_metrics.ui.frame import Chosen
from vawg_metrics.ui.opened import present_month, reading_of
from vawg_metrics.ui.tables import figure_table
from vawg_metrics.wording import age_words, unbroken

VIEW_NAMES: Final = {
    "trend": "Trend",
    "groups": "Parts",
    "districts": "Districts",
    "beside": "Beside others",
    "map": "Map",
}


def draw_card(chosen: Chosen, indicator: Indicator, opens_with: str = "") -> None:
    """Draw the card of a collected measure for the selection; `opens_with` names the view to open with."""
    with st.container(key=f"card-{indicator.id}"):
        reading = reading_of(chosen.release, chosen.release.name, indicator.id, chosen.selection)
        st.header(unbroken(heading(reading)), anchor=indicator.id.replace("_", "-"), divider="grey")
        for sentence in reading.unanswered:
            st.markdown(f"**{sentence}**")
        if not reading.areas:
            return
        _said(chosen, reading)
        _figure(chosen, indicator, reading, opens_with)
        st.markdown(_source_line(chosen.release.catalogue.source(indicator.source), reading))
        _definition(indicator, reading)


def _said(chosen: Chosen, reading: Reading) -> None:
    """What stands beside the finding: the other areas, and the baseline."""
    sentences = (beside(reading), since_baseline(chosen.release, reading))
    st.markdown(" ".join(sentence for sentence in sentences if sentence))


@st.fragment
def _figure(chosen: Chosen, indicator: Indicator, usual: Reading, opens_with: str) -> None:
    """The part of a card that changes when another view is picked, drawn again by itself."""
    views = _views(indicator)
    asked = first = opens_with or _first_view(views, usual)
    whole = False
    if len(views) > 1:
        left, right = st.columns([3, 1], vertical_alignment="bottom")
        with left:
            asked = st.segmented_control(
                f"View of {indicator.title}",
                views,
                default=first,
                required=True,
                format_func=VIEW_NAMES.__getitem__,
                key=f"view-{indicator.id}",
                label_visibility="collapsed",
            )
        with right:
            whole = asked in ("trend", "groups") and st.toggle("All years", key=f"all-{indicator.id}")
    reading = reading_of(chosen.release, chosen.release.name, indicator.id, _selected(chosen, asked, whole))
    view = "districts" if asked == "beside" else asked
    plan = PLANS[view](reading)
    if indicator.native_period != "edition":
        _chart(plan, reading, view)
    with st.expander("The same as a table"):
        st.html(figure_table(reading, view))
    _take_away(chosen, reading, view, plan)


def _selected(chosen: Chosen, view: str, whole: bool) -> Selection:
    """The selection that a view shows: all years where asked, and parts by twelve months unless a grain is asked."""
    selection = chosen.selection.all_years() if whole else chosen.selection
    return replace(selection, grain="rolling12") if view == "groups" and not selection.grain else selection


def _first_view(views: list[str], reading: Reading) -> str:
    """The trend, but the places side by side where there is one period only and so no trend."""
    places = next((view for view in ("districts", "beside") if view in views), "trend")
    return places if len({one.period for one in reading.known}) <= 1 else "trend"


def _views(indicator: Indicator) -> list[str]:
    """The views that a measure has: parts first where it has a breakdown, a map only where there are districts."""
    if indicator.native_period == "edition":
        return ["trend"]
    views = ["trend"]
    if indicator.breakdown and indicator.breakdown.adds_up:
        views.append("groups")
    if indicator.geography in ("district", "district_and_unplaced", "upper"):
        views.append("districts")
    else:
        views.append("beside")
    if indicator.geography in ("district", "district_and_unplaced") and indicator.denominator:
        views.append("map")
    return views


def _chart(plan: Plan, reading: Reading, view: str) -> None:
    """The caption in words, then the chart with its text alternative and its notes, or why there is none."""
    st.markdown(caption(reading) if view == "trend" else plan.subtitle)
    if plan.empty:
        st.markdown(f"*{plan.empty}*")
        return
    dark = st.context.theme.type == "dark"
    config = screen.CONFIG | {
        "toImageButtonOptions": {"format": "png", "scale": 2, "filename": file_name(reading, "", view)}
    }
    key = f"{view}-{reading.indicator.id}"
    st.plotly_chart(screen.draw(plan, dark), key=key, config=config, alt=plan.alternative, theme=None)
    if plan.notes:
        st.markdown(" ".join(plan.notes))


def _take_away(chosen: Chosen, reading: Reading, view: str, plan: Plan) -> None:
    """The files of exactly this view, made only when somebody asks for one."""
    boundaries = chosen.release.boundaries
    kinds = [("CSV", "csv", "text/csv", lambda: write_csv(reading, view))]
    if not plan.empty:
        kinds.append(("SVG", "svg", "image/svg+xml", lambda: write_svg(reading, view, boundaries)))
        kinds.append(("PNG", "png", "image/png", lambda: write_png(reading, view, boundaries)))
    with st.container(horizontal=True, key=f"files-{view}-{reading.indicator.id}"):
        for label, suffix, mime, made in kinds:
            st.download_button(
                f"{label}",
                made,
                file_name(reading, suffix, view),
                mime,
                key=f"{suffix}-{view}-{reading.indicator.id}",
                on_click="ignore",
                help=f"{label} of {reading.indicator.title}",
            )


def _source_line(source: Source, reading: Reading) -> str:
    """Where the figures come from and how old they are."""
    if not reading.newest:
        return f"Source: {source.publisher}, {source.dataset}."
    editions = {one.edition for one in reading.provenance}
    edition = (
        next(iter(editions)) if len(editions) == 1 else f"{len(reading.provenance)} files, listed on the Data page"
    )
    age = age_words(reading.newest, present_month())
    later = "; newer figures probably exist and are not held here" if _past_due(source, reading) else ""
    return f"Source: {source.publisher}, {source.dataset} ({edition}). Held {age}{later}. Edition {reading.release}."


def _past_due(source: Source, reading: Reading) -> bool:
    months = {"monthly": 1, "quarterly": 3, "yearly": 12}.get(source.rhythm, 0)
    if not months:
        return False
    year, month = (int(part) for part in present_month().split("-"))
    newest_year, newest_month = (int(part) for part in reading.newest.split("-"))
    return (year - newest_year) * 12 + month - newest_month > source.lag_months + months


def _definition(indicator: Indicator, reading: Reading) -> None:
    """What is counted, what is not, and what to be careful about."""
    with st.expander("What is counted, what is not, and what to be careful about"):
        rows = [
            ("Question", (indicator.question,)),
            ("Who is counted", (indicator.whom,)),
            ("Counted", indicator.includes),
            ("Not counted", indicator.excludes),
            ("Be careful", (*indicator.caveats, population_words(reading))),
            ("Recording changes", tuple(f"{one.date_words or one.month}: {one.what}" for one in reading.changes)),
            ("Method", (indicator.method,)),
            ("Why it matters", (indicator.why,)),
            ("A question for the board", (indicator.ask,)),
            ("Status", ("Proposed, to be confirmed by the partnership.",)),
        ]
        said = []
        for name, lines in rows:
            lines = tuple(line for line in lines if line)
            if len(lines) == 1:
                said.append(f"**{name}.** {lines[0]}")
            elif lines:
                said.append(f"**{name}.**\n" + "\n".join(f"* {line}" for line in lines))
        st.markdown("\n\n".join(said))
