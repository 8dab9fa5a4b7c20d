"""Places compared: small charts over time, changes between two periods, bars by value, and the numbers drawn."""

import json
import struct
from collections.abc import Iterable, Mapping
from dataclasses import fields, is_dataclass, replace
from itertools import pairwise
from math import inf
from xml.etree import ElementTree

import plotly.graph_objects as go
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.readings import OPENED, PLACES, districts, figure, indicator, reading, run
from tests.test_charts import BOUNDARIES, COUNTS, EVERY_PLAN, SHARE, year_reading
from vawg_metrics.areas import DISTRICTS, LLR, UNPLACED, Area
from vawg_metrics.catalogue.definitions import Indicator
from vawg_metrics.charts import paper, screen
from vawg_metrics.charts.around import few_ticks, scale_around
from vawg_metrics.charts.changes_plan import LIMITS_NOTE, MOST, REASONS, UNTOLD, plan_changes
from vawg_metrics.charts.districts_plan import plan_districts
from vawg_metrics.charts.multiples_plan import plan_multiples
from vawg_metrics.charts.palette import colours
from vawg_metrics.charts.plan import BarsPlan, MapPlan, Plan, StacksPlan, TrendPlan
from vawg_metrics.charts.plan_places import ChangesPlan, MultiplesPlan
from vawg_metrics.charts.plotted import plotted
from vawg_metrics.charts.screen_changes import BOLD_CHARACTERS, CHARACTERS, changes_figure
from vawg_metrics.charts.screen_multiples import multiples_figure
from vawg_metrics.charts.trend_plan import plan_trend
from vawg_metrics.comparison import Comparison, Place
from vawg_metrics.periods import month_number
from vawg_metrics.progress import Obstacle, Progress, change_between
from vawg_metrics.reading import Reading
from vawg_metrics.selection import Selection

MONTHLY = indicator(native_period="month")
HOSTILE = ("<script>alert(1)</script>", "x" * 300, "long words " * 27, "שלום &lt;b&gt; עולם", "<b>a</b> $x^2$")
BEFORE, AFTER = "2024-03", "2025-03"


def over_time(*areas: str, of: Indicator = MONTHLY, months: int = 5, **changes: object) -> Reading:
    """Months of some places, each higher than the one before it."""
    figures = [
        one
        for number, name in enumerate(areas)
        for one in run(name, "2024-01", range(10 * number + 7, 10 * number + 7 + months), "month", of)
    ]
    return reading(figures, of, areas=tuple(PLACES[name] for name in areas), **changes)


def multiples(one: Reading) -> MultiplesPlan:
    plan = plan_multiples(one)
    assert isinstance(plan, MultiplesPlan), plan
    return plan


def place(
    area: Area | str, before: int | None, after: int, of: Indicator | None = None, obstacle: Obstacle = "",
    size: int = 10_000,
) -> Place:  # fmt: skip
    """A place with its change between two years, tested as it is everywhere."""
    earlier = figure(area, BEFORE, before, "year", size, of=of) if before is not None else None
    later = figure(area, AFTER, after, "year", size, of=of)
    found = change_between(of or indicator(), earlier, later) if earlier and not obstacle else None
    return Place(later.area, later, Progress(earlier, found, None, obstacle), None, None, None)


def compared(
    *places: Place, of: Indicator | None = None, chosen: Iterable[str] = ("LLR",), **changes: object
) -> Comparison:
    """A comparison of some places between 2023/24 and 2024/25."""
    figures = [one.figure for one in places if one.figure]
    own = reading(figures, of, Selection(tuple(chosen)), headline=figures[0] if figures else None, **changes)
    since = figure("LLR", BEFORE, 1, "year").period
    assert since is not None
    return Comparison(own, own, (since,), since, places, ())


def changed(one: Comparison) -> ChangesPlan:
    plan = plan_changes(one)
    assert isinstance(plan, ChangesPlan), plan
    return plan


EVERYWHERE = over_time("LLR", *(area.name for area in DISTRICTS), changes=(OPENED,), newest="2024-05")
CHANGES = compared(
    place("Leicester", 400, 300),
    place("Blaby", 100, 104),
    place("Charnwood", 30, 80),
    place("Rutland", 12, 15),
    place(UNPLACED, 50, 60),
    place("LLR", 900, 905),
    chosen=("Charnwood", "Blaby"),
)
PLANS: Mapping[str, Plan] = {
    "multiples": multiples(EVERYWHERE),
    "three multiples": multiples(over_time("Leicester", "Rutland", "LLR")),
    "multiples of years": multiples(
        reading([*run("LLR", "2022-03", [30, 31, 33], "year"), *run("Melton", "2022-09", [3, None, 4], "year")])
    ),
    "changes": changed(CHANGES),
    "changes of shares": changed(
        compared(place("Blaby", 30, 45, SHARE, size=100), place("LLR", 300, 310, SHARE, size=1000), of=SHARE)
    ),
    "nothing": plan_changes(compared()),
}


def words_of(thing: object) -> list[str]:
    """Every text in a plan."""
    if isinstance(thing, str):
        return [thing]
    if is_dataclass(thing):
        return [word for part in fields(thing) for word in words_of(getattr(thing, part.name))]
    return [word for part in thing for word in words_of(part)] if isinstance(thing, tuple) else []


# Small charts


def test_districts_keep_the_order_given_and_llr_stands_last() -> None:
    assert [name for name, _ in multiples(EVERYWHERE).panels] == [*(area.name for area in DISTRICTS), "LLR"]
    assert [name for name, _ in multiples(over_time("Rutland", "LLR", "Blaby")).panels] == ["Rutland", "Blaby", "LLR"]


def test_all_panels_have_one_scale_from_zero_and_one_span() -> None:
    plan = multiples(EVERYWHERE)
    values = [point.value for _, lines in plan.panels for line in lines for point in line.points if point.value]
    assert len(values) == 50
    assert plan.scale.low == 0 and plan.scale.high >= max(values)
    drawn = go.Figure(multiples_figure(plan, colours(False)))
    axes = [one for name, one in drawn.to_dict()["layout"].items() if name.startswith(("xaxis", "yaxis"))]
    assert len(axes) == 20
    assert {tuple(one["range"]) for one in axes} == {
        (plan.scale.low, plan.scale.high),
        (plan.span.first, plan.span.last),
    }


def test_llr_lies_calm_behind_every_other_panel_of_rates_and_never_of_counts() -> None:
    plan = multiples(over_time("Leicester", "Rutland", "LLR"))
    assert plan.behind_name == "LLR" and [line.calm for line in plan.behind] == [True]
    drawn = multiples_figure(plan, colours(False))["data"]
    grey = [trace["xaxis"] for trace in drawn if trace["line"].get("color") == colours(False).axis]
    assert grey == ["x", "x2"]
    counts = multiples(over_time("Leicester", "Rutland", "LLR", selection=Selection(("LLR",), measure="count")))
    assert (counts.behind, counts.behind_name) == ((), "")


def test_counts_leave_llr_out_and_say_so_for_it_would_flatten_the_districts() -> None:
    counts = multiples(over_time("Leicester", "Rutland", "LLR", selection=Selection(("LLR",), measure="count")))
    assert [name for name, _ in counts.panels] == ["Leicester", "Rutland"]
    assert counts.empty_panels[0][0] == "LLR" and "flatten" in counts.empty_panels[0][1]
    assert counts.scale.words == "number" and counts.scale.high < 27


def test_a_place_without_a_value_is_listed_with_the_reason_in_fixed_order() -> None:
    figures = [
        *run("Leicester", "2024-03", [40, 50, 60], of=SHARE),
        *run("Blaby", "2024-03", [None, None, None], of=SHARE),
        *run("Rutland", "2024-03", [9, 4, 8], of=SHARE),
        *(replace(one, value=None) for one in run(UNPLACED, "2024-03", [9, 9, 8], of=SHARE)),
    ]
    areas = tuple(PLACES[name] for name in ("Leicester", "Blaby", "Rutland", UNPLACED.name))
    carried = replace(SHARE, denominator=indicator().denominator)
    plan = multiples(reading(figures, carried, areas=areas))
    assert [name for name, _ in plan.panels] == ["Leicester"]
    assert [name for name, _ in plan.empty_panels] == ["Blaby", "Rutland", UNPLACED.name]
    reasons = [why for _, why in plan.empty_panels]
    assert "not known" in reasons[0] and "under 5" in reasons[1] and "nobody lives there" in reasons[2]
    assert all(f"{name}: {why}" in plan.alternative for name, why in plan.empty_panels)
    text = str(multiples_figure(plan, colours(False))["layout"]["annotations"])
    assert all(name in text for name, _ in plan.empty_panels)


def test_a_district_quarter_under_five_is_in_no_panel_and_in_no_words() -> None:
    small = replace(figure("Rutland", "2024-09", 4), value=4.4321)
    figures = [*run("Rutland", "2024-03", [9, 8]), small, *run("LLR", "2024-03", [40, 50, 60])]
    plan = multiples(reading(figures))
    values = [point.value for _, lines in plan.panels for line in lines for point in line.points]
    assert 9.0 in values and 4.4321 not in values
    assert not any("4.4" in text for text in words_of(plan))
    assert any("under 5" in note for note in plan.notes)


def test_the_alternative_gives_first_and_newest_value_of_every_place() -> None:
    plan = multiples(over_time("Leicester", "Rutland", "LLR"))
    assert plan.alternative == (
        "Households helped, per 1,000 households a month, first and newest value in January 2024 and in May 2024: "
        "Leicester 7.0 and 11.0; Rutland 17.0 and 21.0; LLR 27.0 and 31.0."
    )
    broken = multiples(over_time("Leicester", "Rutland", joins=("2024-03",)))
    assert "a break lies between, so the two are not compared" in broken.alternative


def test_gaps_stay_gaps_and_provisional_points_are_hollow_in_panels() -> None:
    first, second, third, fourth, fifth = run("Blaby", "2024-01", [4, None, 6, 7, 2], "month", MONTHLY)
    figures = [first, second, third, replace(fourth, marker="provisional"), replace(fifth, marker="incomplete")]
    plan = multiples(reading([*figures, *run("LLR", "2024-01", [5] * 5, "month", MONTHLY)], MONTHLY))
    drawn = go.Figure(multiples_figure(plan, colours(False)))
    line = next(trace for trace in drawn.data if trace.name == "Blaby")
    assert line.y == (4.0, None, 6.0, 7.0, None) and line.connectgaps is False
    assert line.marker.color[3] == colours(False).page != line.marker.color[2]
    assert [trace.y for trace in drawn.data if trace.marker.symbol == "circle-x"] == [(2.0,)]
    assert plan.panels[0][1][0].label == ("7.0",)


def test_years_that_end_in_different_months_are_two_lines_of_one_panel() -> None:
    figures = [*run("LLR", "2023-03", [5, 6], "year"), *run("LLR", "2023-09", [7, 8], "year")]
    plan = multiples(reading([*figures, *run("Blaby", "2023-03", [1, 2], "year")]))
    lines = dict(plan.panels)["LLR"]
    assert [len(line.points) for line in lines] == [2, 2] and [bool(line.label) for line in lines] == [False, True]


def test_marks_are_named_in_the_notes_for_panels_have_no_room() -> None:
    plan = multiples(over_time("Leicester", "Rutland", months=12, changes=(OPENED,)))
    assert "Dashed line: Counting rule changed, July 2024." in plan.notes
    assert "The solid upright line is January 2024: strategy begins." in plan.notes


def test_fewer_than_two_periods_or_places_draw_nothing_and_say_why() -> None:
    one = plan_multiples(over_time("Leicester", "Rutland", months=1))
    none = plan_multiples(reading([]))
    whole = plan_multiples(over_time("LLR"))
    assert one.empty == "One period only, January 2024: there are no lines to draw."
    assert none.empty == "No figure is held for LLR."
    assert whole.empty.startswith("Only LLR as a whole")
    assert not any(isinstance(plan, MultiplesPlan) for plan in (one, none, whole))


def test_a_panel_has_at_most_three_ticks_of_values_and_zero_is_one() -> None:
    for high in (3, 4, 5, 6):
        scale = scale_around("", [high], MOST)
        own = replace(scale, low=0.0, ticks=tuple(one for one in scale.ticks if one[0] >= 0))
        ticks = few_ticks(own)
        assert len(ticks) <= 3 and ticks[0][0] == 0 and ticks[-1] == own.ticks[-1]
    both = scale_around("", [-3.0, 2.0], MOST)
    assert [value for value, _ in few_ticks(both)] == [both.low, 0.0, both.high]


# Changes


def test_rows_stand_in_fixed_order_without_what_has_no_district() -> None:
    plan = changed(CHANGES)
    assert [row.name for row in plan.rows] == ["Leicester", "Blaby", "Charnwood", "Rutland", "LLR"]
    assert [row.role for row in plan.rows] == ["plain", "chosen", "chosen", "plain", "whole"]
    assert [row.style for row in plan.rows] == [0, 1, 0, 0, 0]


def test_changes_of_rates_are_in_per_cent_and_of_shares_in_percentage_points() -> None:
    leicester = changed(CHANGES).rows[0]
    assert leicester.estimate == pytest.approx(-25.0) and leicester.text.startswith("−25.0 % (−")
    share = PLANS["changes of shares"]
    assert isinstance(share, ChangesPlan)
    assert share.rows[0].estimate == pytest.approx(15.0) and share.rows[0].text.startswith("+15.0 points (+")
    assert (changed(CHANGES).scale.words, share.scale.words) == ("change in per cent", "change in percentage points")


def test_nothing_is_claimed_up_or_down_and_what_is_untold_says_so() -> None:
    plan = changed(CHANGES)
    assert [row.told for row in plan.rows] == [True, False, True, False, False]
    for row in plan.rows:
        assert (UNTOLD in row.text) is (row.estimate is not None and not row.told), row
    said = " ".join([*words_of(plan)]).lower()
    assert len(said) > 400
    for word in ("higher", "lower", "rise", "rose", "fell", "fall", "worst", "best", "increase", "decrease"):
        assert f" {word} " not in f" {said} ", word


def test_a_base_under_twenty_has_no_dot_and_says_both_numbers() -> None:
    rutland = changed(CHANGES).rows[3]
    assert (rutland.estimate, rutland.low, rutland.high, rutland.told) == (None, None, None, False)
    assert rutland.text == "too few for a percentage: 12 then, 15 after"


@pytest.mark.parametrize("obstacle", REASONS)
def test_every_obstacle_has_a_short_reason_and_no_dot(obstacle: Obstacle) -> None:
    plan = changed(compared(place("Blaby", 100, 104, obstacle=obstacle), place("LLR", 300, 400)))
    assert plan.rows[0].estimate is None and plan.rows[0].text == REASONS[obstacle]
    assert len(REASONS[obstacle]) <= 50


def test_every_obstacle_that_exists_has_a_reason() -> None:
    assert set(REASONS) == set(Obstacle.__args__) - {""}  # type: ignore[attr-defined]


def test_a_small_quarter_has_neither_dot_nor_number() -> None:
    later = figure("Rutland", AFTER, 3)
    small = Place(PLACES["Rutland"], later, Progress(figure("Rutland", BEFORE, 31), None), None, None, None)
    plan = changed(compared(small, place("LLR", 300, 400)))
    assert plan.rows[0].text == plan.rows[0].hover.removeprefix("Rutland: ") == "under 5: only in the table"


def test_without_any_change_the_plan_is_empty_and_says_why() -> None:
    plan = plan_changes(compared(place("Blaby", 100, 104, obstacle="join"), place("LLR", 9, 9, obstacle="join")))
    assert plan.empty == f"No change is given: {REASONS['join']}."
    mixed = plan_changes(compared(place("Blaby", 100, 104, obstacle="join"), place("LLR", 9, 9)))
    assert "Blaby: a new download began" in mixed.empty and "LLR: too few" in mixed.empty
    assert plan_changes(replace(CHANGES, since=None)).empty.startswith("No earlier period")


def test_titles_name_both_periods_and_the_alternative_names_every_place() -> None:
    plan = changed(CHANGES)
    assert plan.title == "Households helped: change from 2023/24 to 2024/25, by place"
    assert all(f"{row.name} {row.text.replace('; ', ', ')}" in plan.alternative for row in plan.rows)
    assert plan.footer and LIMITS_NOTE in plan.notes
    counts = changed(replace(CHANGES, reading=replace(CHANGES.reading, selection=Selection(measure="count"))))
    assert "rates, even where counts are chosen" in counts.subtitle and "rates, even" not in plan.subtitle


def test_limits_beyond_the_scale_are_cut_there_with_arrows_on_screen_and_paper() -> None:
    plan = changed(CHANGES)
    wild = replace(plan.rows[2], estimate=900.0, low=-300.0, high=inf)
    rows = (plan.rows[0], replace(plan.rows[2], high=inf), wild)
    scale = scale_around("", [end for row in rows for end in (row.estimate, row.low, row.high)], MOST)
    assert (scale.low, scale.high) == (-200.0, 200.0)
    cut = replace(plan, rows=rows, scale=scale)
    drawn = go.Figure(changes_figure(cut, colours(False)))
    whiskers, arrows, dots = drawn.data
    assert all(scale.low <= x <= scale.high for x in whiskers.x if x is not None)
    assert list(zip(arrows.x, arrows.marker.symbol, strict=True)) == [
        (-200.0, "triangle-left"),
        (200.0, "triangle-right"),
        (200.0, "triangle-right"),
    ]
    assert len(dots.x) == 2 and 900.0 not in dots.x
    assert "Infinity" not in (drawn.to_json() or "") and b"inf" not in paper.draw_svg(cut).split(b"<desc")[0]
    assert plotted(cut).rows[1][3] is None


def test_charnwoods_arrow_is_named_in_the_notes() -> None:
    plan = changed(CHANGES)
    assert (plan.rows[2].high or 0) > plan.scale.high == 200.0
    assert "Arrows: what runs beyond the scale (Charnwood)." in plan.notes
    assert not any(note.startswith("Arrows") for note in changed(compared(place("LLR", 300, 400))).notes)


@given(st.lists(st.none() | st.floats(-1e4, 1e4) | st.just(inf), max_size=6))
def test_a_scale_around_zero_holds_every_value_up_to_its_most(values: list[float | None]) -> None:
    scale = scale_around("", values, MOST, " %")
    known = [max(-MOST, min(MOST, value)) for value in values if value is not None]
    assert scale.low < 0 < scale.high and (0.0, "0") in [(value + 0.0, text) for value, text in scale.ticks]
    assert all(scale.low - 1e-6 <= value <= scale.high + 1e-6 for value in known)
    assert 3 <= len(scale.ticks) <= 9
    assert len({text for _, text in scale.ticks}) == len(scale.ticks)


def test_dots_are_filled_where_told_and_differ_without_colour() -> None:
    plan = changed(CHANGES)
    dots = go.Figure(changes_figure(plan, colours(False))).data[-1]
    page = colours(False).page
    assert [one == page for one in dots.marker.color] == [False, True, False, True]
    assert list(dots.marker.symbol) == ["circle", "diamond", "circle", "circle"]


# Bars by value


def test_bars_are_sorted_by_value_on_request_only_and_say_that_this_is_no_rank() -> None:
    one = year_reading((319, 74, None, 94, 201, 53, 49, 62, 18), "Leicester")
    fixed, by_value = plan_districts(one), plan_districts(one, by_value=True)
    assert isinstance(fixed, BarsPlan) and isinstance(by_value, BarsPlan)
    assert [bar.name for bar in fixed.blocks[0]] == [area.name for area in DISTRICTS]
    values = [bar.value for bar in by_value.blocks[0]]
    assert values[-1] is None and values[:-1] == sorted((v for v in values if v is not None), reverse=True)
    assert "Sorted by value on request; a place's position is not a rank" in by_value.subtitle
    assert "fixed order" in fixed.subtitle and "fixed order" not in by_value.subtitle
    assert fixed.blocks[1:] == by_value.blocks[1:]


# The numbers that are drawn


def test_a_trend_is_a_row_for_each_month_and_a_column_for_each_place() -> None:
    months = [*run("LLR", "2024-05", [4, 5, None], "month"), *run("Rutland", "2024-06", [1, 2], "month")]
    plan = plan_trend(reading(months, joins=("2024-06",)))
    assert isinstance(plan, TrendPlan) and len(plan.lines[0].points) == 4
    assert plotted(plan).header == ("Period ends", "LLR", "Rutland")
    assert plotted(plan).rows == (("2024-05", 4.0, None), ("2024-06", 5.0, 1.0), ("2024-07", None, 2.0))
    assert plotted(plan).kind == "line"


def test_years_that_end_in_different_months_are_one_column() -> None:
    plan = plan_trend(reading([*run("LLR", "2023-03", [5, 6], "year"), *run("LLR", "2023-09", [7, 8], "year")]))
    assert plotted(plan).header == ("Period ends", "LLR")
    assert plotted(plan).rows == (("2023-03", 5.0), ("2023-09", 7.0), ("2024-03", 6.0), ("2024-09", 8.0))


def test_bars_have_their_limits_where_any_are_drawn() -> None:
    plain = plotted(plan_districts(year_reading()))
    assert plain.kind == "bar" and plain.header == ("Place", "per 1,000 households")
    assert plain.rows[0] == ("Leicester", 31.9) and plain.rows[-1][0] == "LLR" and len(plain.rows) == 10
    own = districts(COUNTS)
    limited = (replace(own[0], lower=30.0, upper=34.0), *own[1:])
    whole = plotted(plan_districts(reading(own[-1:], districts=limited, headline=own[-1])))
    assert whole.header[2:] == ("95 % lower", "95 % upper")
    assert whole.rows[0] == ("Leicester", 31.9, 30.0, 34.0) and whole.rows[1][2:] == (None, None)


def test_maps_stacks_panels_and_changes_have_their_numbers() -> None:
    shown = plotted(EVERY_PLAN["map"])
    assert isinstance(EVERY_PLAN["map"], MapPlan) and (shown.kind, len(shown.rows)) == ("bar", 9)
    assert dict(shown.rows)["Leicester"] == 31.9 and None in dict(shown.rows).values()  # type: ignore[arg-type]
    stacks = plotted(EVERY_PLAN["groups"])
    assert isinstance(EVERY_PLAN["groups"], StacksPlan)
    assert (stacks.kind, stacks.header[0], stacks.rows) == ("stack", "Period", (("2024/25", 20.0, 30.0, 50.0),))
    panels = plotted(multiples(EVERYWHERE))
    assert panels.header == ("Period ends", *(area.name for area in DISTRICTS), "LLR")
    assert len(panels.rows) == 5 and panels.rows[0][:2] == ("2024-01", 17.0)
    rows = plotted(changed(CHANGES))
    assert rows.header == ("Place", "change in per cent", "95 % lower", "95 % upper")
    assert rows.rows[0][1] == pytest.approx(-25.0) and rows.rows[3] == ("Rutland", None, None, None)


@pytest.mark.parametrize("name", [*PLANS, *EVERY_PLAN])
def test_every_table_of_numbers_is_a_rectangle_of_a_name_and_numbers(name: str) -> None:
    plan = {**EVERY_PLAN, **PLANS}[name]
    table = plotted(plan)
    assert (table.kind == "none") is bool(plan.empty)
    assert bool(table.rows) is not bool(plan.empty)
    for row in table.rows:
        assert len(row) == len(table.header) and isinstance(row[0], str)
        assert all(cell is None or isinstance(cell, int | float) for cell in row[1:])


# What is drawn


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("name", PLANS)
def test_every_figure_passes_plotlys_own_check(name: str, dark: bool) -> None:
    drawn = go.Figure(screen.draw(PLANS[name], dark).to_dict())
    assert drawn.layout.font.color == colours(dark).text and drawn.layout.font.size >= 14
    assert bool(drawn.data) is not bool(PLANS[name].empty)


@pytest.mark.parametrize("name", ["three multiples", "changes of shares", "nothing"])
def test_paper_is_1600_wide_and_has_the_same_bytes_each_time(name: str) -> None:
    plan = PLANS[name]
    png = paper.draw_png(plan, BOUNDARIES)
    assert struct.unpack(">I", png[16:20]) == (1600,) and png == paper.draw_png(plan, BOUNDARIES)


def hostile_plans(name: str) -> tuple[MultiplesPlan, ChangesPlan]:
    """Both plans with a place, a measure and a note that hold hostile words."""
    wild = replace(PLACES["Blaby"], name=name)
    of = replace(MONTHLY, title=name[:60])
    figures = [replace(one, area=wild, note=name[:60]) for one in run("Blaby", "2024-01", [4, None, 6], "month", of)]
    over = multiples(reading([*figures, *run("LLR", "2024-01", [5, 6, 7], "month", of)], of, areas=(wild, LLR)))
    between = changed(compared(place(wild, 100, 190, of), place("LLR", 900, 905, of), of=of))
    return over, between


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_names_are_harmless_on_the_screen_and_on_paper(name: str) -> None:
    for plan in hostile_plans(name):
        assert any(name in text for text in words_of(plan))
        drawn = go.Figure(screen.draw(plan).to_dict())
        texts = strings_in(json.loads(drawn.to_json() or ""))
        shown = [text for key, text in texts if key in ("text", "ticktext")]
        assert shown and not any("<script" in text or "<b>a</b>" in text for text in shown)
        svg = paper.draw_svg(plan)
        root = ElementTree.fromstring(svg)
        assert b"<script" not in svg and not any(one.tag.endswith("script") for one in root.iter())


def strings_in(thing: object, key: str = "") -> list[tuple[str, str]]:
    """Every text in a figure with the key that it stands under."""
    if isinstance(thing, str):
        return [(key, thing)]
    if isinstance(thing, dict):
        return [one for name, part in thing.items() for one in strings_in(part, name)]
    return [one for part in thing for one in strings_in(part, key)] if isinstance(thing, list) else []


@pytest.mark.parametrize("name", [*HOSTILE, "North West Leicestershire"])
def test_no_line_of_words_is_wider_than_a_phone(name: str) -> None:
    over, between = hostile_plans(name)
    notes = changes_figure(between, colours(False))["layout"]["annotations"]
    rows = [line for one in notes for line in plain(one["text"]).split("<br>")]
    assert len(rows) >= 3 and all(len(line) <= CHARACTERS for line in rows)
    heads = [one for one in multiples_figure(over, colours(False))["layout"]["annotations"] if "<b>" in one["text"]]
    names = [line for one in heads[1:] for line in plain(one["text"]).split("<br>")]
    assert names and all(len(line) <= BOLD_CHARACTERS // 2 for line in names)


def plain(text: str) -> str:
    """A text without its bold marks, its letters unescaped."""
    return text.replace("<b>", "").replace("</b>", "").replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def test_panels_never_cover_each_other() -> None:
    drawn = multiples_figure(multiples(EVERYWHERE), colours(False))["layout"]
    across = {tuple(one["domain"]) for name, one in drawn.items() if name.startswith("xaxis")}
    down = sorted({tuple(one["domain"]) for name, one in drawn.items() if name.startswith("yaxis")})
    assert len(across) == 2 and len(down) == 5
    (_, end), (start, _) = sorted(across)
    assert end < start
    assert all(above[0] > below[1] for below, above in pairwise(down))
    assert all(0 <= low < high <= 1 for low, high in (*across, *down))


def test_what_is_not_held_is_hatched_in_every_panel() -> None:
    plan = multiples(EVERYWHERE)
    assert plan.band is not None and plan.band.first == month_number("2024-06")
    drawn = go.Figure(multiples_figure(plan, colours(False)))
    assert sum(trace.fill == "toself" for trace in drawn.data) == 10
