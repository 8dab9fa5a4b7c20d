"""Charts: what is planned, and that screen and paper draw just that."""

import ast
import json
import struct
from dataclasses import fields, replace
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree

import plotly.graph_objects as go
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from tests.readings import OPENED, OUTCOMES, PLACES, districts, figure, indicator, reading, run
from vawg_metrics.areas import BESIDE, DISTRICTS, LLR, NEIGHBOURING_FORCES, UNPLACED
from vawg_metrics.charts import lettering, palette, paper, paper_sheet, screen
from vawg_metrics.charts.axes import baseline_start, scale_of
from vawg_metrics.charts.gaps import gap_notes
from vawg_metrics.charts.lettering import CHARACTER, HEIGHT, LINE, WIDTH, spread, staggered
from vawg_metrics.charts.map_plan import INSIDE
from vawg_metrics.charts.plan import BarsPlan, MapPlan, Mark, Plan, Span, StacksPlan, TrendPlan
from vawg_metrics.charts.plans import PLANS
from vawg_metrics.charts.screen_bars import value_lines
from vawg_metrics.charts.trend_plan import plan_trend
from vawg_metrics.periods import Period, month_number
from vawg_metrics.reading import NeighbourRange, Reading, Release, read
from vawg_metrics.selection import Selection

ROOT = Path(__file__).resolve().parents[1]
CHARTS = ROOT / "vawg_metrics" / "charts"
SHARE = indicator(unit="percent", per=100, unit_words="", breakdown=OUTCOMES)
COUNT = indicator(denominator=None, unit="count", unit_words="")
YEARLY = indicator(native_period="year")
BOUNDARIES = json.loads((ROOT / "static" / "districts.geojson").read_text("utf-8"))
COUNTS = (319, 74, 47, 94, 201, 53, 49, 62, 18)


def trend(*figures: object, **changes: object) -> TrendPlan:
    plan = plan_trend(reading([one for several in figures for one in several], **changes))  # type: ignore[attr-defined]
    assert isinstance(plan, TrendPlan), plan
    return plan


def year_reading(counts: tuple[int | None, ...] = COUNTS, area: str = "Charnwood", **changes: object) -> Reading:
    own = districts(counts, of=changes.get("of"))  # type: ignore[arg-type]
    chosen = next(one for one in own if one.area.name == area)
    return reading([chosen], districts=own, headline=chosen, **changes)  # type: ignore[arg-type]


def grouped(*counts: int | None, grain: str = "year", area: str = "LLR") -> Reading:
    groups = [
        figure(area, "2025-03", count, grain, 100, group=group.id, of=SHARE)
        for group, count in zip(OUTCOMES.groups, counts, strict=True)
    ]
    return reading([figure(area, "2025-03", 9, grain, 100, of=SHARE), *groups], SHARE)


EVERY_PLAN: dict[str, Plan] = {
    "trend": plan_trend(
        reading(
            [*run("LLR", "2023-03", [30, 31, None, 33, 34]), *run("Rutland", "2023-03", [9, 8, 7, 6, 5])],
            changes=(OPENED,),
        )
    ),
    "one period": plan_trend(reading(run("LLR", "2025-03", [30], "year"), YEARLY)),
    "districts": PLANS["districts"](year_reading()),
    "map": PLANS["map"](year_reading((319, 74, None, 94, 201, 53, 49, 62, 18), "Leicester")),
    "groups": PLANS["groups"](grouped(20, 30, 50)),
    "empty": plan_trend(reading([])),
}


# What is planned


def test_plans_know_no_drawing_library() -> None:
    drawing = {"plotly", "matplotlib"}
    for path in CHARTS.glob("*.py"):
        imported = {
            (node.module or "") if isinstance(node, ast.ImportFrom) else node.names[0].name
            for node in ast.walk(ast.parse(path.read_text("utf-8")))
            if isinstance(node, ast.Import | ast.ImportFrom)
        }
        found = {name.split(".")[0] for name in imported} & drawing
        allowed = {"plotly"} if path.stem == "screen" else {"matplotlib"} if path.stem.startswith("paper") else set()
        assert found <= allowed, path.name


def test_the_axis_runs_from_january_before_the_strategy_to_its_end() -> None:
    plan = trend(run("LLR", "2023-06", [4, 5, 6]))
    assert (plan.span.first, plan.span.last) == (month_number("2023-01"), month_number("2026-12") + 1)
    assert [text for _, text in plan.span.ticks] == ["2023", "2024", "2025", "2026"]
    assert baseline_start(Period("2024-04", "2027-03")) == month_number("2023-01")


def test_all_years_begin_with_the_oldest_figure_and_a_chosen_month_with_itself() -> None:
    figures = run("LLR", "2018-06", [4] * 24)
    whole = trend(figures, selection=Selection(("LLR",), start="all"))
    assert whole.span.first == month_number("2018-06")
    assert plan_trend(reading(figures), all_years=True).span == whole.span  # type: ignore[attr-defined]
    asked = trend(figures[8:], selection=Selection(("LLR",), start="2020-04", end="2022-03"))
    assert (asked.span.first, asked.span.last) == (month_number("2020-04"), month_number("2024-03") + 1)


def test_history_has_an_axis_of_its_own_without_the_strategy() -> None:
    plan = trend(run("LLR", "2014-03", [5, 6, 7], "year"), of=YEARLY)
    assert plan.span.last < month_number("2017-01")
    assert plan.band is None
    assert plan.marks == ()


def test_what_is_not_held_is_hatched_from_the_newest_month_to_the_end() -> None:
    plan = trend(run("LLR", "2023-03", [4, 5]), newest="2025-12")
    assert plan.band is not None
    assert (plan.band.first, plan.band.last) == (month_number("2026-01"), plan.span.last)
    assert plan.band.label.label == ("Not held here",)


def test_a_span_that_ends_before_the_newest_month_is_not_called_not_held() -> None:
    plan = trend(run("LLR", "2023-03", [4, 5]), newest="2025-12", selection=Selection(("LLR",), end="2024-12"))
    assert plan.band is None


def test_recording_changes_and_the_start_are_marked_inside_the_span_only() -> None:
    early = replace(OPENED, month="2018-04", label="Before the span")
    plan = trend(run("LLR", "2023-03", [4, 5]), changes=(early, OPENED))
    assert [(mark.label, mark.dashed) for mark in plan.marks] == [
        (("Strategy begins",), False),
        (("Counting rule changed",), True),
    ]


def test_a_gap_stays_a_gap_and_is_named_once_for_all_its_areas() -> None:
    figures = [
        *run("LLR", "2022-09", [4, None, None, 7], "month"),
        *run("Rutland", "2022-09", [1, None, None, 2], "month"),
    ]
    noted = [replace(one, note="not in the copy held here") if not one.known else one for one in figures]
    plan = trend(noted, selection=Selection(("LLR", "Rutland"), start="all"))
    assert plan.lines[0].joined == (4.0, None, None, 7.0)
    assert gap_notes(reading(noted)) == ["Gap, LLR, Rutland: October to November 2022 (not in the copy held here)."]


def test_a_gap_gives_only_the_reason_that_all_its_periods_share() -> None:
    ends, notes = ("2022-11", "2022-12"), ("not held; without 2022-11", "not held; without 2022-11, 2022-12")
    gap = [figure("LLR", end, None, "rolling12", note=note) for end, note in zip(ends, notes, strict=True)]
    known = run("LLR", "2023-01", [8, 9], "rolling12")
    assert gap_notes(reading([*gap, *known])) == [
        "Gap, LLR: runs of 12 months ending November 2022 to December 2022 (not held)."
    ]


def test_provisional_points_are_hollow_and_incomplete_ones_stand_alone() -> None:
    first, second, third, fourth = run("LLR", "2023-03", [4, 5, 1, 6])
    plan = trend([first, replace(second, marker="provisional"), replace(third, marker="incomplete"), fourth])
    points = plan.lines[0].points
    assert [(point.hollow, point.crossed) for point in points] == [
        (False, False),
        (True, False),
        (True, True),
        (False, False),
    ]
    assert plan.lines[0].joined == (4.0, 5.0, None, 6.0)
    assert plan.notes[:2] == ("Hollow points are provisional.", "Crossed points are incomplete.")


def test_long_lines_carry_few_signs_but_every_lonely_and_hollow_point_has_one() -> None:
    figures = list(run("LLR", "2023-01", [*range(20), None, 3, None, *range(12)], "month"))
    figures[4] = replace(figures[4], marker="provisional")
    points = trend(figures).lines[0].points
    assert points[4].marked and points[21].marked and points[-1].marked
    assert sum(point.marked for point in points) < 12


def test_years_that_end_in_different_months_are_not_joined() -> None:
    plan = trend([*run("LLR", "2023-03", [5, 6], "year"), *run("LLR", "2023-09", [7, 8], "year")], of=YEARLY)
    assert [len(line.points) for line in plan.lines] == [2, 2]
    assert [bool(line.label) for line in plan.lines] == [False, True]


def test_years_are_named_at_their_points() -> None:
    plan = trend(run("LLR", "2023-03", [5, 6, 7], "year"), of=YEARLY)
    assert plan.span.ticks == tuple(
        (month_number(f"{year}-03") + 0.5, f"{year - 1}/{year - 2000}") for year in (2023, 2024, 2025)
    )
    september = trend(run("LLR", "2023-09", [5, 6], "year"), of=YEARLY)
    assert september.span.ticks[-1][1] == "to Sep\n2024"


def test_one_period_is_bars_and_says_so() -> None:
    plan = plan_trend(reading(run("LLR", "2025-03", [30], "year"), YEARLY))
    assert isinstance(plan, BarsPlan)
    assert plan.notes == ("One year only: 2024/25. There is no trend.",)
    more = plan_trend(reading(run("LLR", "2025-03", [30], "year"), YEARLY, oldest="2018-04"))
    assert more.notes == ("One complete year only in the span shown: 2024/25. There is no trend.",)


def test_nothing_to_draw_says_why() -> None:
    plan = plan_trend(reading([], selection=Selection(("Melton",)), oldest="2018-04", newest="2020-03"))
    assert (
        plan.empty
        == "No figure is held for Melton in the months chosen. The measure is held from April 2018 to March 2020."
    )


SMALL = 4.4321


@pytest.mark.parametrize("grain, drawn", [("quarter", False), ("year", True)])
def test_a_district_quarter_under_five_is_drawn_nowhere(grain: str, drawn: bool) -> None:
    small = replace(figure("Rutland", "2025-03", 4, grain), value=SMALL)
    figures = [*run("Rutland", "2024-03", [9, 8, 7], grain, step=3), small]
    one = reading(figures, districts=(*figures[-1:], figure("Leicester", "2025-03", 30, grain)), headline=small)
    for view in ("trend", "districts", "map"):
        plan = PLANS[view](one)
        said = str([getattr(plan, part.name) for part in fields(plan) if part.name != "title"])
        assert (f"{SMALL}" in said) is drawn, view
        assert ("4.4" in plan.alternative) is drawn, view
        assert ("4.4" in screen.draw(plan).to_json()) is drawn, view  # type: ignore[operator]
    assert any("under 5" in note for note in plan_trend(one).notes) is not drawn


def test_a_quarter_under_five_of_llr_and_a_month_of_police_figures_are_drawn() -> None:
    assert trend(run("LLR", "2023-03", [4, 3])).lines[0].joined == (4.0, 3.0)
    monthly = indicator(native_period="month")
    assert trend(run("Rutland", "2023-03", [4, 3], "quarter"), of=monthly).lines[0].joined == (4.0, 3.0)


def test_a_quarter_with_a_small_part_has_no_stack() -> None:
    quarterly = replace(SHARE, native_period="quarter")
    small = replace(grouped(20, 30, 4, grain="quarter", area="Rutland"), indicator=quarterly)
    assert PLANS["groups"](small).empty.startswith("A district's quarter under 5")
    assert isinstance(PLANS["groups"](grouped(20, 30, 4)), StacksPlan)


def test_districts_stand_in_their_fixed_order_then_llr_then_the_free_comparators() -> None:
    beside = [figure(area, "2025-03", 30, "year") for area in (BESIDE[1], BESIDE[0])]
    elsewhere = figure(replace(BESIDE[0], code="E07000223", name="Adur", kind="authority"), "2025-03", 9, "year")
    plan = PLANS["districts"](year_reading(comparators=(*beside, elsewhere)))
    assert isinstance(plan, BarsPlan)
    names = [[bar.name for bar in block] for block in plan.blocks]
    assert names == [[area.name for area in DISTRICTS], ["LLR"], [area.name for area in BESIDE[:2]]]
    assert plan.reference is not None and plan.reference.name == "LLR"
    assert [bar.role for bar in plan.blocks[0]][:3] == ["plain", "plain", "chosen"]
    assert plan.notes == (
        "No district recorded: 8 of LLR's 925 households helped (0.9 %). They count in LLR and in no district.",
    )


def test_counts_are_compared_among_districts_only() -> None:
    plan = PLANS["districts"](year_reading(selection=Selection(("Charnwood",), measure="count")))
    assert isinstance(plan, BarsPlan)
    assert [len(block) for block in plan.blocks] == [9]
    assert plan.notes[0] == "LLR as a whole: 925."
    assert plan.scale.words == "number"


def test_an_unknown_district_keeps_its_row_and_says_so() -> None:
    plan = PLANS["districts"](year_reading((319, 74, None, 94, 201, 53, 49, 62, 18), "Leicester"))
    assert isinstance(plan, BarsPlan)
    assert (plan.blocks[0][2].value, plan.blocks[0][2].text) == (None, "not known")


def test_statistical_neighbours_are_one_sentence_and_no_bars() -> None:
    near = NeighbourRange(20, 18, 1.0, 2.5, 4.0)
    plan = PLANS["districts"](year_reading(neighbours=near))
    assert isinstance(plan, BarsPlan)
    assert any("18 have a figure" in note for note in plan.notes)
    counts = PLANS["districts"](year_reading(neighbours=near, selection=Selection(("Charnwood",), measure="count")))
    assert not any("have a figure" in note for note in counts.notes)


def test_a_force_measure_has_no_districts_and_an_upper_one_has_three() -> None:
    force = PLANS["districts"](year_reading(of=indicator(geography="force"), area="LLR"))
    assert force.empty.startswith("Only published for the whole force")
    upper = indicator(geography="upper")
    own = [figure(name, "2025-03", 30, "year", of=upper) for name in ("Leicester", "Leicestershire", "Rutland", "LLR")]
    plan = PLANS["districts"](reading(own[3:], upper, districts=tuple(own), headline=own[3]))
    assert isinstance(plan, BarsPlan)
    assert [len(block) for block in plan.blocks] == [3, 1]


def test_the_map_shows_rates_even_when_counts_are_chosen() -> None:
    rates, counts = (
        PLANS["map"](year_reading(selection=Selection(("Charnwood",), measure=kind))) for kind in ("rate", "count")
    )
    assert isinstance(rates, MapPlan) and isinstance(counts, MapPlan)
    assert rates.shades == counts.shades
    assert "even where counts are chosen" in counts.subtitle
    assert rates.edges[0] == (0.0, "0")
    assert all(
        one.value is None or rates.edges[one.step or 0][0] <= one.value <= rates.edges[-1][0] for one in rates.shades
    )
    assert PLANS["map"](year_reading(of=COUNT)).empty
    assert PLANS["map"](year_reading(of=indicator(geography="upper"))).empty


def test_values_on_the_map_stand_inside_their_districts() -> None:
    for feature in BOUNDARIES["features"]:
        assert shapely.geometry.shape(feature["geometry"]).contains(shapely.Point(*INSIDE[feature["id"]]))


def test_groups_make_a_hundred_or_are_not_stacked() -> None:
    plan = PLANS["groups"](grouped(20, 30, 50))
    assert isinstance(plan, StacksPlan)
    assert plan.stacks[0].shares == (20.0, 30.0, 50.0)
    assert PLANS["groups"](grouped(20, None, 50)).empty == "No parts are known for LLR."
    overlapping = replace(SHARE, breakdown=replace(OUTCOMES, adds_up=False))
    assert "overlap" in PLANS["groups"](replace(grouped(20, 30, 50), indicator=overlapping)).empty
    assert PLANS["groups"](year_reading()).empty


def test_runs_of_twelve_months_in_stacks_do_not_overlap() -> None:
    ends = [f"2024-{month:02d}" for month in range(1, 13)] + ["2025-01", "2025-02", "2025-03"]
    groups = [
        figure("LLR", end, 10, "rolling12", 100, group=group.id, of=SHARE) for end in ends for group in OUTCOMES.groups
    ]
    plan = PLANS["groups"](reading([*run("LLR", "2025-03", [9], "rolling12", SHARE), *groups], SHARE))
    assert isinstance(plan, StacksPlan)
    assert [stack.name for stack in plan.stacks] == ["2023/24", "2024/25"]


# Breaks, small quarters and reasons


def test_lines_are_broken_at_downloads_and_at_changes_that_break() -> None:
    months = run("LLR", "2024-05", [4, 5, 6, 7, 8], "month")
    soft = replace(OPENED, month="2024-06", breaks=False)
    plan = trend(months, changes=(OPENED, soft), joins=("2024-09",))
    assert plan.lines[0].joined == (4.0, 5.0, None, 6.0, 7.0, None, 8.0)
    assert plan.lines[0].points[-1].marked
    assert [mark.label for mark in plan.marks][-1] == ("New download",)
    assert plan.alternative == "One period only since September 2024, September 2024: 8.0 for LLR."
    drawn = screen.draw(plan)
    assert tuple(drawn.data[1].y) == plan.lines[0].joined
    assert paper.draw_svg(plan)


def test_a_run_of_months_over_a_break_stands_alone() -> None:
    plan = trend(run("LLR", "2024-11", [4, 5, 6], "rolling12"), joins=("2024-06",))
    assert plan.lines[0].joined == (4.0, None, 5.0, None, 6.0)
    assert all(point.marked for point in plan.lines[0].points if point.value is not None)
    assert "spans a break in June 2024 and is not compared" in plan.alternative
    after = trend(run("LLR", "2025-04", [4, 5, 6], "rolling12"), joins=("2024-06",))
    assert after.lines[0].joined == (4.0, None, 5.0, 6.0)
    assert after.alternative.startswith("LLR since June 2024: 5.0 in year to May 2025 and 6.0 in year to June 2025")


def test_incomplete_points_are_named_and_are_neither_lowest_nor_last() -> None:
    first, second, third = run("LLR", "2023-03", [4, 5, 1])
    plan = trend([first, second, replace(third, marker="incomplete", note="a failure of coding")])
    assert "lowest 4.0 (January to March 2023), highest 5.0" in plan.alternative
    assert plan.alternative.endswith("July to September 2023 is incomplete.")
    assert "LLR, July to September 2023: incomplete (a failure of coding)." in plan.notes


def test_a_district_with_a_small_quarter_has_no_line_of_quarterly_shares() -> None:
    own, whole = run("Charnwood", "2023-03", [9, 4, 8], of=SHARE), run("LLR", "2023-03", [40, 50, 60], of=SHARE)
    plan = trend([*own, *whole], of=SHARE)
    said = (
        "Charnwood: some quarters count fewer than 5, so its quarterly shares are not drawn; choose rolling 12 months."
    )
    assert plan.alternative == said and said in plan.notes
    assert [line.name for line in plan.lines] == ["LLR"]
    assert said in plan_trend(reading(own, SHARE)).empty
    counted = trend([*own, *whole], of=SHARE, selection=Selection(("Charnwood", "LLR"), measure="count"))
    assert counted.lines[0].joined == (9.0, None, 8.0)


def test_a_small_quarter_is_told_apart_from_a_gap() -> None:
    plan = trend(run("Rutland", "2023-03", [9, 4, None, 8]))
    assert "Rutland: 1 quarter under 5 is in the table and not drawn; this is not a gap." in plan.notes
    assert "Gap, Rutland: July to September 2023 (not supplied)." in plan.notes
    assert "1 period is a gap. Rutland: 1 quarter under 5" in plan.alternative


def test_gaps_withheld_by_the_publisher_are_said_so() -> None:
    first, second, third, fourth = run("LLR", "2023-03", [4, None, None, 5])
    notes = gap_notes(reading([first, replace(second, marker="suppressed"), third, fourth]))
    assert notes == [
        "Gap, LLR: April to June 2023 (withheld by the publisher).",
        "Gap, LLR: July to September 2023 (not supplied).",
    ]


def test_no_district_has_no_rate_and_no_gap() -> None:
    unplaced = [replace(one, value=None) for one in run(UNPLACED, "2023-03", [4, 5])]
    said = "No rate for 'No district recorded': nobody lives there. Choose counts."
    assert plan_trend(reading(unplaced)).empty == said
    beside = trend(run("LLR", "2023-03", [4, 5]), unplaced)
    assert said in beside.notes and not any(note.startswith("Gap") for note in beside.notes)
    assert trend(unplaced, selection=Selection((UNPLACED.name,), measure="count")).lines


def test_a_rate_of_a_month_or_quarter_says_so() -> None:
    for grain, words in (("month", " a month"), ("quarter", " a quarter"), ("rolling12", "")):
        assert trend(run("LLR", "2024-03", [4, 5], grain)).scale.words == f"per 1,000 households{words}"
    plan = PLANS["districts"](replace(year_reading(), grain="month"))
    assert isinstance(plan, BarsPlan) and plan.scale.words == "per 1,000 households"


def test_places_say_what_is_provisional_and_which_forces_are_not_held() -> None:
    own = year_reading()
    assert own.headline
    beside = tuple(figure(area, "2025-03", 30, "year") for area in NEIGHBOURING_FORCES[:1])
    early = replace(own, headline=replace(own.headline, marker="provisional"), comparators=beside)
    plan = PLANS["districts"](early)
    assert plan.subtitle.endswith("2024/25 (provisional).")
    assert "Lincolnshire, Northamptonshire and Nottinghamshire: not held for 2024/25." in plan.notes
    assert "2024/25 (provisional)." in PLANS["map"](early).subtitle
    assert "provisional" not in PLANS["districts"](own).subtitle


def test_counts_of_forces_are_not_compared() -> None:
    chosen = {"of": indicator(geography="force"), "area": "Leicester"}
    plan = PLANS["districts"](year_reading(selection=Selection(("Leicester",), measure="count"), **chosen))  # type: ignore[arg-type]
    assert plan.empty == "Counts of forces of different size are not compared: choose rates."


def test_long_words_at_bars_stand_in_two_lines() -> None:
    assert value_lines("9.9 % (1,749 of 17,603)") == ("9.9 %", "1,749 of 17,603")
    assert value_lines("4.1 (201)") == ("4.1 (201)",)
    assert value_lines("under 5: only in the table") == ("under 5: only in the table",)


def test_the_screen_has_no_bar_of_buttons() -> None:
    assert screen.CONFIG["displayModeBar"] is False


def test_numbers_in_parts_are_hidden_where_they_do_not_fit() -> None:
    drawn = checked(screen.draw(PLANS["groups"](grouped(7, 6, 87))))
    assert [trace.text[0] for trace in drawn.data] == ["7.0 %", "", "87 %"]
    assert (drawn.layout.uniformtext.mode, drawn.data[0].constraintext) == ("hide", "inside")


# Scales and letters


@given(st.lists(st.just(0.0) | st.floats(1e-6, 1e7), min_size=1, max_size=5), st.sampled_from([None, COUNT]))
def test_scales_begin_at_zero_and_hold_every_value(values: list[float], of: object) -> None:
    scale = scale_of(reading(run("LLR", "2023-03", [1]), of), values)  # type: ignore[arg-type]
    assert scale.low == 0 and scale.ticks[0][0] == 0
    assert scale.high >= max(values) * 0.999999
    assert 2 <= len(scale.ticks) <= 7
    assert len({text for _, text in scale.ticks}) == len(scale.ticks)


def test_negative_corrections_go_below_zero() -> None:
    scale = scale_of(reading(run("LLR", "2023-03", [1]), COUNT), [-3.0, 6.0])
    assert scale.low <= -3 and 0.0 in [value for value, _ in scale.ticks]


@given(st.lists(st.tuples(st.floats(0, 10), st.integers(1, 2)), min_size=1, max_size=4))
def test_names_at_the_ends_of_lines_never_cover_each_other(labels: list[tuple[float, int]]) -> None:
    heights = spread([value for value, _ in labels], [lines for _, lines in labels], 0, 10)
    unit = 10 / HEIGHT * LINE
    ordered = sorted((height, lines) for height, (_, lines) in zip(heights, labels, strict=True))
    for (low, below), (high, above) in pairwise(ordered):
        assert high - low >= (below + above) / 2 * unit - 1e-6
    assert ordered[-1][0] + ordered[-1][1] / 2 * unit <= 10 + 1e-6


SPAN = Span(0, 108, (), ())
WORDS = st.text("abcdefgh ", min_size=3, max_size=45).filter(lambda text: text.strip())


@given(st.lists(st.tuples(st.integers(1, 108), WORDS), min_size=1, max_size=9))
def test_labels_above_a_chart_never_cover_each_other(marks: list[tuple[int, str]]) -> None:
    placed = staggered([Mark(float(place), (text,)) for place, text in marks], SPAN)
    boxes = []
    for mark in placed:
        at, wide = mark.place / 108 * WIDTH, max(len(line) for line in mark.label) * CHARACTER
        left = at - wide if mark.leftward else at
        boxes.append((left, left + wide, mark.row, mark.row + len(mark.label)))
    for number, (left, right, low, high) in enumerate(boxes):
        for start, end, under, over in boxes[number + 1 :]:
            assert right <= start or end <= left or high <= under or over <= low


@given(st.text("abcdefghijklmnop -", max_size=300), st.floats(0.4, 7))
def test_words_on_paper_never_pass_the_edge(text: str, width: float) -> None:
    lines = paper_sheet.set_in(text, width, 10)
    assert all(paper_sheet.width_of(line, 10) <= width or len(line) == 1 for line in lines)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")


@pytest.mark.parametrize("dark", [False, True])
def test_colours_reach_the_contrast_that_they_need(dark: bool) -> None:
    tone = palette.colours(dark)
    assert palette.contrast(tone.text, tone.page) >= 7
    for colour in (*tone.chosen, *tone.parts, tone.plain, tone.whole, tone.mark, tone.axis, tone.border):
        assert palette.contrast(colour, tone.page) >= 3, colour
    for colour in (*tone.parts, *tone.steps, tone.unknown):
        assert palette.contrast(palette.text_on(colour), colour) >= 4.5, colour
    depths = [palette.luminance(step) for step in tone.steps]
    assert depths == sorted(depths, reverse=not dark)


def test_areas_differ_without_colour() -> None:
    assert len(set(palette.DASHES)) == len(set(palette.SIGNS)) == 4
    assert set(palette.GLYPHS) == set(palette.SIGNS)


# What is drawn


def checked(drawn: go.Figure) -> go.Figure:
    """The figure with every property checked by Plotly, which the screen leaves out for speed."""
    return go.Figure(drawn.to_dict())


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("name", EVERY_PLAN)
def test_every_plan_is_drawn_on_both_pages(name: str, dark: bool) -> None:
    drawn = checked(screen.draw(EVERY_PLAN[name], dark))
    text = drawn.to_json()
    assert text is not None and "http" not in text
    assert drawn.layout.paper_bgcolor == drawn.layout.plot_bgcolor == "rgba(0,0,0,0)"
    assert drawn.layout.font.color == palette.colours(dark).text
    assert drawn.layout.font.size >= 14
    assert drawn.layout.template.layout.to_plotly_json() == {}


@pytest.mark.parametrize("name", EVERY_PLAN)
def test_every_plan_is_printed_with_the_same_bytes_each_time(name: str) -> None:
    plan = EVERY_PLAN[name]
    png, svg = paper.draw_png(plan, BOUNDARIES), paper.draw_svg(plan, BOUNDARIES)
    assert png == paper.draw_png(plan, BOUNDARIES)
    assert svg == paper.draw_svg(plan, BOUNDARIES)
    assert struct.unpack(">I", png[16:20]) == (1600,)
    assert plan.title.encode() in png


@pytest.mark.parametrize("name", EVERY_PLAN)
def test_an_svg_speaks_to_those_who_do_not_see_it(name: str) -> None:
    plan = EVERY_PLAN[name]
    root = ElementTree.fromstring(paper.draw_svg(plan, BOUNDARIES))
    space = "{http://www.w3.org/2000/svg}"
    assert root.get("role") == "img" and root.get("aria-labelledby") == "title desc"
    assert root.findtext(f"{space}title") == plan.title
    described = root.findtext(f"{space}desc") or ""
    assert (plan.alternative or plan.empty) in described
    assert all(line in described for line in plan.footer)
    assert b"dc:date" not in paper.draw_svg(plan, BOUNDARIES)


def test_a_map_on_paper_needs_its_boundaries() -> None:
    with pytest.raises(ValueError, match="boundaries"):
        paper.draw_png(EVERY_PLAN["map"])


def test_lines_on_the_screen_keep_gaps_and_their_own_dash_and_sign() -> None:
    drawn = checked(screen.draw(EVERY_PLAN["trend"]))
    lines = [trace for trace in drawn.data if trace.name]
    assert [line.name for line in lines] == ["LLR", "Rutland"]
    assert all(line.connectgaps is False for line in lines)
    assert lines[0].y[2] is None
    assert {(line.line.dash, line.marker.symbol) for line in lines} == {("solid", "circle"), ("dash", "diamond")}
    assert drawn.layout.yaxis.range[0] == 0


def test_an_incomplete_point_on_the_screen_is_crossed_and_off_the_line() -> None:
    first, second, third = run("LLR", "2023-03", [4, 1, 6])
    drawn = checked(screen.draw(trend([first, replace(second, marker="incomplete"), third])))
    assert drawn.data[1].y == (4.0, None, 6.0)
    assert (drawn.data[2].y, drawn.data[2].marker.symbol) == ((1.0,), "circle-x")


def test_names_and_notes_are_never_taken_for_markup() -> None:
    wild = replace(LLR, name="<b>A & B</b>")
    figures = [replace(one, area=wild, note="<i>note</i>") for one in run("LLR", "2023-03", [4, 5, 6])]
    text = screen.draw(trend(figures, areas=(wild,))).to_json() or ""
    assert "<b>A" not in text and "<i>" not in text
    assert paper.draw_svg(trend(figures, areas=(wild,)))


def test_the_map_asks_only_this_server_for_its_shapes() -> None:
    drawn = checked(screen.draw(EVERY_PLAN["map"]))
    known, unknown, values = drawn.data
    assert known.geojson == unknown.geojson == "app/static/districts.geojson"
    assert unknown.locations == ("E07000130",)
    assert len(values.text) == 9 and "?" in values.text
    assert drawn.layout.geo.visible is False
    assert screen.CONFIG["topojsonURL"] == "app/static/topojson/"
    name = f"{drawn.layout.geo.scope or 'world'}_{drawn.layout.geo.resolution or 110}m.json"
    empty = json.loads((ROOT / "static" / "topojson" / name).read_text("utf-8"))
    assert empty["type"] == "Topology" and empty["arcs"] == []


def test_every_place_of_the_home_has_a_style_when_it_is_chosen() -> None:
    chosen = list(PLACES)[:4]
    plan = trend(*(run(name, "2023-03", [4, 5, 6]) for name in chosen))
    assert [line.style for line in plan.lines] == [0, 1, 2, 3]
    assert all(len(line) <= lettering.NAME_CHARACTERS for one in plan.lines for line in one.label)


@pytest.mark.real_data
def test_bars_of_parts_on_either_side_of_a_recording_change_say_that_they_are_not_compared(release: Release) -> None:
    indicator = release.catalogue.indicator("violence_sexual_offences_charged_share")
    years = PLANS["groups"](read(release, indicator, Selection(grain="rolling12"))).notes
    assert any(note.startswith("Recording changed in spring 2023") for note in years)
    months = PLANS["groups"](read(release, indicator, Selection())).notes
    assert not any(note.startswith("Recording changed") for note in months)  # the months drawn are all after it
