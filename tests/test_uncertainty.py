"""Limits, comparisons and charts of published figures: the tiny world's, and small worlds made for one question."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import duckdb
import pytest

from tests.tiny import CODES, COUNTED, VIOLENCE, WEIGHT, household_facts, tiny_catalogue, write_world
from vawg_metrics.areas import DISTRICTS, LEICESTERSHIRE, LLR
from vawg_metrics.catalogue.definitions import Indicator
from vawg_metrics.catalogue.registers import Download, RecordingChange
from vawg_metrics.figure import Figure
from vawg_metrics.methods import MethodError
from vawg_metrics.periods import month_number, month_text, quarter, shifted
from vawg_metrics.publication.variation import Panel, judge_board, judge_newest, judge_stretch
from vawg_metrics.reading import Release, open_data, select_figures
from vawg_metrics.sources.contract import Fact

Count = Callable[[str, int], int | None]
HOUSEHOLD = "violence_by_household"
WHOLE = Download("police_uk_street", "whole", "2000-01", "2040-12")
STEPS = (3, -2, 1, 0, -3, 2, -1, 1, 2, -3, 0, 1)  # usual ups and downs, on which no rule says anything


def figures(release: Release, indicator: str, area: str, grain: str = "month") -> dict[str, Figure]:
    """The undivided figures of an area by name, by their last month."""
    found = select_figures(release, indicator, (CODES[area],), grain)
    return {one.period.end: one for one in found if one.period}


def points(release: Release, indicator: str, area: str, grain: str = "month") -> dict[str, int | None]:
    """How many points the run of each period has; None for a period that belongs to none."""
    found = figures(release, indicator, area, grain).items()
    return {end: one.usual.points if one.usual else None for end, one in found}


def crimes(months: int, count: Count, start: str = "2023-01") -> tuple[Fact, ...]:
    """Violence by month in every place, as charged as it is counted."""
    found = []
    for number in range(months):
        month = shifted(start, number)
        for code in COUNTED:
            counted = count(code, number)
            if counted is not None:
                found.append(Fact(code, month, month, VIOLENCE, "Suspect charged", counted))
    return tuple(found)


def usual(code: str, number: int) -> int:
    """Some forty a month, with usual ups and downs."""
    return 40 + STEPS[number % len(STEPS)]


def opened(
    folder: Path,
    street: tuple[Fact, ...],
    measure: Indicator | None = None,
    *,
    households: int = 1,
    changes: tuple[RecordingChange, ...] = (),
    downloads: tuple[Download, ...] = (WHOLE,),
) -> Release:
    """A world of crimes by month, with one measure and without what parts the tiny world's series."""
    people = tuple(replace(one, count=(one.count or 0) * households) for one in household_facts())
    write_world(folder / "published", {"police_uk_street": street, "census_households": people})
    plain = tiny_catalogue()
    chosen = measure or plain.indicator(HOUSEHOLD)
    catalogue = replace(plain, indicators=(chosen,), recording_changes=changes, known_faults=(), downloads=downloads)
    return open_data(folder, catalogue)


def panels(release: Release) -> dict[str, tuple[Any, ...]]:
    """The panels of a release: grain, last month, points, rule and side by area."""
    rows = release.warehouse.rows("select area, grain, period_end, points, rule, side from panel")
    return {area: (grain, month_text(end), *rest) for area, grain, end, *rest in rows}


def count_of(release: Release, condition: str) -> int:
    """How many published figures meet a condition."""
    ((found,),) = release.warehouse.rows(f"select count(*) from figure where {condition}")
    return found


# Limits


def test_limits_contain_the_value_and_are_never_negative(tiny: Release) -> None:
    assert count_of(tiny, "lower is not null") > 4000
    assert count_of(tiny, "lower is not null and not (0 <= lower and lower <= value and value <= upper)") == 0
    assert count_of(tiny, "method = 'Wilson' and upper > 100") == 0


def test_a_figure_has_both_limits_and_a_method_or_none_of_them(tiny: Release) -> None:
    assert count_of(tiny, "(lower is null) <> (upper is null) or (lower is null) <> (method = '')") == 0
    assert count_of(tiny, "value is null and lower is not null") == 0


def test_a_known_figure_lacks_limits_only_where_its_measure_has_none(tiny: Release) -> None:
    rows = tiny.warehouse.rows("select distinct indicator from figure where value is not null and lower is null")
    assert {one for (one,) in rows} == {"homeless_per_waiting", "agreed_share"}


def test_limits_are_those_of_the_tables(tiny: Release) -> None:
    # Garwood 1936: of none 0 to 3.689, of one 0.0253 to 5.572; forty-one by Byar are near the exact 29.42 to 55.62
    none = figures(tiny, "robberies", "Melton")["2023-06"]
    one = figures(tiny, "robberies", "Melton")["2023-05"]
    assert (none.lower, none.upper) == (0, pytest.approx(3.689, abs=5e-4))
    assert (one.lower, one.upper) == (pytest.approx(0.0253, abs=5e-5), pytest.approx(5.572, abs=5e-4))
    many = figures(tiny, "violence_rate", "Leicester")["2023-01"]
    assert many.lower == pytest.approx(29.42 * 1000 / 1100, rel=1e-3)
    assert many.upper == pytest.approx(55.62 * 1000 / 1100, rel=1e-3)
    assert [found.method for found in (none, many)] == ["exact Poisson (Garwood)", "Byar"]
    # one of twenty-one by Wilson, worked out by hand: 0.85 to 22.67 %
    share = figures(tiny, "charged_share", "Leicester")["2024-01"]
    assert (share.numerator, share.denominator, share.method) == (1, 21, "Wilson")
    assert (share.lower, share.upper) == (pytest.approx(0.846, abs=0.01), pytest.approx(22.67, abs=0.01))


def test_multiplying_counts_and_households_leaves_values_and_narrows_limits(tmp_path: Path) -> None:
    few = opened(tmp_path / "few", crimes(24, usual))
    many = opened(tmp_path / "many", crimes(24, lambda code, number: 100 * usual(code, number)), households=100)
    before, after = figures(few, HOUSEHOLD, "Blaby"), figures(many, HOUSEHOLD, "Blaby")
    assert before.keys() == after.keys() and len(before) == 24
    for end, one in before.items():
        other = after[end]
        assert other.value == pytest.approx(one.value)
        assert one.upper and one.lower and other.upper and other.lower
        assert (other.upper - other.lower) / (one.upper - one.lower) == pytest.approx(0.1, rel=0.05)
        assert one.compared and other.compared
        assert other.compared.rest_value == pytest.approx(one.compared.rest_value)


def test_what_exceeds_its_whole_has_a_value_and_no_limits(tmp_path: Path) -> None:
    when = quarter("2024/25", 1)
    facts = tuple(
        Fact(area.code, when.start, when.end, item, "relief", count)
        for area in DISTRICTS
        for item, count in (("owed_domestic_abuse", 12 if area.name == "Melton" else 4), ("owed", 10))
    )
    write_world(tmp_path / "published", {"homelessness": facts})
    share = tiny_catalogue().indicator("homeless_share")
    found = open_data(tmp_path, replace(tiny_catalogue(), indicators=(share,)))
    over = figures(found, "homeless_share", "Melton", "quarter")[when.end]
    other = figures(found, "homeless_share", "Blaby", "quarter")[when.end]
    assert (over.value, over.lower, over.upper, over.method) == (120, None, None, "")
    assert (other.method, other.compared) == ("Wilson", None)  # nor can a rest that holds it be one side


# Each place against the rest


def test_a_place_against_the_rest_leaves_out_itself_and_what_has_no_district(tiny: Release) -> None:
    # January 2023: weight * 41 + rank; the other eight of Leicester weigh 510, those of Melton 511 - 32
    leicester = figures(tiny, "violence_rate", "Leicester")["2023-01"].compared
    melton = figures(tiny, "violence_rate", "Melton")["2023-01"].compared
    assert leicester and (leicester.rest_numerator, leicester.rest_denominator) == (510 * 41 + 36, 510 * 1100)
    assert melton and (melton.rest_numerator, melton.rest_denominator) == (479 * 41 + 36 - 5, 479 * 1100)
    assert leicester.rest_value == pytest.approx(1000 * (510 * 41 + 36) / (510 * 1100))


def test_the_county_is_compared_with_leicester_and_rutland(tiny: Release) -> None:
    found = figures(tiny, "violence_rate", "Leicestershire")["2023-01"].compared
    assert found and (found.rest_numerator, found.rest_denominator) == (257 * 41 + 8, 257 * 1100)


def test_an_upper_tier_is_compared_with_the_other_two(tiny: Release) -> None:
    # 10, 30 and 90 of 100, 200 and 400, in the order of the tiers: Leicester, Leicestershire, Rutland
    found = {name: figures(tiny, "factor_share", name, "year")["2022-03"].compared for name in ("Leicester", "Rutland")}
    rest = {name: (one.rest_numerator, one.rest_denominator) for name, one in found.items() if one}
    assert rest == {"Leicester": (120, 600), "Rutland": (40, 300)}


def test_llr_the_unplaced_the_force_and_places_beside_are_compared_with_nothing(tiny: Release) -> None:
    rows = tiny.warehouse.rows("select distinct area from figure where comparison <> ''")
    assert {code for (code,) in rows} == {LEICESTERSHIRE.code, *(area.code for area in DISTRICTS)}
    assert count_of(tiny, "indicator in ('robberies', 'women', 'homeless_per_waiting') and comparison <> ''") == 0


@pytest.mark.parametrize(
    ("indicator", "grain", "end"),
    [
        ("violence_rate", "month", "2023-05"),  # Harborough is incomplete
        ("violence_rate", "month", "2023-03"),  # held for nobody
        ("homeless_share", "quarter", "2023-12"),  # Charnwood did not supply
        ("homeless_rate", "quarter", "2024-06"),  # Melton's is suppressed
        ("factor_share", "year", "2023-03"),  # Rutland's is suppressed
        ("charged_share", "month", "2024-02"),  # nothing is known of Rutland yet
    ],
)
def test_nothing_is_compared_where_one_of_the_places_is_not_whole(
    tiny: Release, indicator: str, grain: str, end: str
) -> None:
    places = [area.code for area in DISTRICTS]
    number = month_number(end)
    found = select_figures(tiny, indicator, tuple(places), grain, number, number)
    assert found and all(one.compared is None for one in found)
    assert end == "2023-03" or any(one.value is not None for one in found)


def test_a_label_says_what_the_limits_published_with_it_say(tiny: Release) -> None:
    labels = """
        case when lower_998 > rest_value then 'high 99.8 %' when upper_998 < rest_value then 'low 99.8 %'
            when lower > rest_value then 'high 95 %' when upper < rest_value then 'low 95 %' else 'similar' end
    """
    assert count_of(tiny, "comparison <> ''") > 2000
    assert count_of(tiny, f"comparison <> '' and comparison <> {labels}") == 0
    assert count_of(tiny, "comparison <> '' and not (lower_998 <= lower and upper <= upper_998)") == 0


def test_one_place_with_twice_the_rate_is_high_and_one_like_the_rest_is_similar(tmp_path: Path) -> None:
    def count(code: str, number: int) -> int:
        return WEIGHT[code] * 20 * (2 if code == CODES["Melton"] else 1)

    found = opened(tmp_path, crimes(12, count, "2024-01"))
    label = {
        name: one.label
        for name in ("Melton", "Leicester")
        if (one := figures(found, HOUSEHOLD, name)["2024-01"].compared)
    }
    assert label == {"Melton": "high 99.8 %", "Leicester": "similar"}


# Runs


def test_no_run_crosses_a_gap_or_a_change_of_recording(tiny: Release) -> None:
    # January and February; March is not held; April to September; counting changes; a year to September 2024
    found = points(tiny, "violence_rate", "Leicester")
    assert list(found.values()) == [2, 2, None, *[6] * 6, *[12] * 12]
    assert list(points(tiny, HOUSEHOLD, "Leicester").values()) == [2, 2, None, *[18] * 18]


def test_no_run_holds_an_incomplete_period(tiny: Release) -> None:
    found = points(tiny, HOUSEHOLD, "Oadby and Wigston")
    assert (found["2023-06"], found["2023-07"], found["2023-08"]) == (3, None, 14)


def test_no_run_crosses_a_join_of_downloads_where_that_matters(tmp_path: Path) -> None:
    street = crimes(24, usual)
    halves = tuple(
        Download("police_uk_street", id_, start, end)
        for id_, start, end in (("first", "2023-01", "2023-12"), ("second", "2024-01", "2024-12"))
    )
    within = replace(tiny_catalogue().indicator("charged_share"), mature_after_months=0)
    across = replace(within, within_download=False)
    for measure, run in ((across, 24), (within, 12)):
        found = opened(tmp_path / f"{run}", street, measure, downloads=halves)
        assert set(points(found, "charged_share", "Blaby").values()) == {run}


def test_a_change_sets_new_limits_from_its_own_month_on(tmp_path: Path) -> None:
    change = RecordingChange("change", "2024-01", "Counted anew", "More is counted", (HOUSEHOLD,))
    street = crimes(24, lambda code, number: usual(code, number) * (2 if number >= 12 else 1))
    found = figures(opened(tmp_path, street, changes=(change,)), HOUSEHOLD, "Blaby")
    centres = [one.usual.centre for one in found.values() if one.usual]
    assert centres == pytest.approx([40 + 1 / 12] * 12 + [80 + 1 / 6] * 12)


def test_a_change_that_breaks_nothing_parts_nothing(tmp_path: Path) -> None:
    change = RecordingChange("note", "2024-01", "Noted", "Nothing changed", (HOUSEHOLD,), breaks=False)
    assert set(points(opened(tmp_path, crimes(24, usual), changes=(change,)), HOUSEHOLD, "Blaby").values()) == {24}


def test_a_quarter_within_which_counting_changed_stands_alone(tmp_path: Path) -> None:
    change = RecordingChange("change", "2024-02", "Counted anew", "More is counted", (HOUSEHOLD,))
    found = points(opened(tmp_path, crimes(24, usual), changes=(change,)), HOUSEHOLD, "Blaby", "quarter")
    assert list(found.values()) == [4, 4, 4, 4, 1, 3, 3, 3]


def test_an_outcome_that_is_not_settled_is_not_charted(tiny: Release) -> None:
    found = points(tiny, "charged_share", "Leicester")
    assert found["2024-05"] and found["2024-06"] is None and found["2024-09"] is None
    assert found["2023-04"] is None  # the first download is never old enough
    assert count_of(tiny, "indicator = 'charged_share' and marker = 'provisional' and chart_points is not null") == 0


def test_rolling_sums_years_groups_and_what_has_no_district_are_never_charted(tiny: Release) -> None:
    never = "(grain not in ('month', 'quarter') or grp <> '' or area like '%-none')"
    assert count_of(tiny, "chart_points is not null") > 1000
    assert count_of(tiny, f"chart_points is not null and {never}") == 0


def test_a_measure_that_ends_before_the_strategy_begins_is_not_charted(tmp_path: Path) -> None:
    ended = opened(tmp_path / "ended", crimes(24, usual, "2022-01"))
    reaching = opened(tmp_path / "reaching", crimes(24, usual, "2022-02"))
    assert count_of(ended, "chart_points is not null") == 0 and panels(ended) == {}
    assert count_of(reaching, "chart_centre is not null") > 200


# Charts


def test_a_constant_series_gets_no_limits(tmp_path: Path) -> None:
    found = opened(tmp_path, crimes(24, lambda code, number: 40))
    assert count_of(found, "chart_points = 24") > 200
    assert count_of(found, "chart_centre is not null or chart_rule <> ''") == 0
    assert count_of(found, "chart_points is not null and chart_note = ''") == 0
    assert panels(found) == {}


@pytest.mark.parametrize(
    ("months", "limits", "words"), [(7, False, True), (8, True, True), (12, True, True), (13, True, False)]
)
def test_limits_need_eight_points_and_are_provisional_until_thirteen(
    tmp_path: Path, months: int, limits: bool, words: bool
) -> None:
    newest = figures(opened(tmp_path, crimes(months, usual, "2024-01")), HOUSEHOLD, "Blaby")[
        shifted("2024-01", months - 1)
    ]
    assert newest.usual and newest.usual.points == months
    assert (newest.usual.centre is not None, newest.usual.note != "") == (limits, words)


def test_fewer_than_five_a_month_are_judged_by_the_quarter(tmp_path: Path) -> None:
    found = opened(tmp_path, crimes(24, lambda code, number: 2 + number % 3 + number % 2))
    monthly, quarterly = figures(found, HOUSEHOLD, "Blaby"), figures(found, HOUSEHOLD, "Blaby", "quarter")
    assert all(one.usual and one.usual.centre is None for one in monthly.values())
    assert all(one.usual and one.usual.centre == pytest.approx(10.5) for one in quarterly.values())
    assert panels(found)[CODES["Blaby"]][:3] == ("quarter", "2024-12", 8)
    assert panels(found)[LLR.code][0] == "month"


def test_chart_limits_lie_within_what_is_possible(tiny: Release) -> None:
    assert count_of(tiny, "chart_lower < 0 or (indicator = 'charged_share' and chart_upper > 100)") == 0
    assert count_of(tiny, "chart_lower = 0") > 0


def test_a_chart_says_whether_a_point_is_beyond_its_limits(tiny: Release) -> None:
    shown = "case when indicator = 'charged_share' then value else numerator end"
    beyond = f"({shown} > chart_upper or {shown} < chart_lower)"
    assert count_of(tiny, f"chart_centre is not null and {beyond} <> (chart_rule = 'beyond a limit')") == 0
    assert count_of(tiny, "chart_rule = 'beyond a limit'") > 100
    assert count_of(tiny, "(chart_rule = '') <> (chart_side = 0) or (chart_centre is null and chart_rule <> '')") == 0


# The board


def test_a_newest_point_far_out_is_on_the_board_flagged_and_believed(tmp_path: Path) -> None:
    def count(code: str, number: int) -> int:
        return usual(code, number) + (60 if code == CODES["Melton"] and number == 23 else 0)

    found = opened(tmp_path, crimes(24, count))
    shown = panels(found)
    assert set(shown) == {LLR.code, *(area.code for area in DISTRICTS)}  # neither the county nor the unplaced
    assert shown[CODES["Melton"]] == ("month", "2024-12", 24, "beyond a limit", 1)
    assert shown[CODES["Blaby"]] == ("month", "2024-12", 24, "", 0)
    rows = found.warehouse.rows("select * from panel")
    assert CODES["Melton"] in {one.area for one in judge_board(Panel(*row) for row in rows).believed}


def test_a_series_that_ends_before_its_measure_is_not_on_the_board(tmp_path: Path) -> None:
    found = opened(
        tmp_path,
        crimes(24, lambda code, number: None if (code, number) == (CODES["Melton"], 23) else usual(code, number)),
    )
    assert CODES["Melton"] not in panels(found) and CODES["Blaby"] in panels(found)


def panel(area: str, p: float, rule: str) -> Panel:
    return Panel("measure", area, "month", 24_000, 24, 40.0, p, 0.016, rule, 1 if rule else 0)


def test_a_board_believes_only_what_a_rule_flags_and_names_the_least_likely_first() -> None:
    board = judge_board(
        [
            panel("a", 0.004, "beyond a limit"),
            panel("b", 0.0001, "beyond a limit"),
            panel("c", 0.002, ""),
            panel("d", 0.9, ""),
        ]
    )
    assert [one.area for one in board.believed] == ["b", "a"]
    assert [one.area for one in board.flagged] == ["a", "b"]
    assert board.expected == pytest.approx(4 * 0.016)


def test_the_more_panels_there_are_the_less_a_single_one_is_believed() -> None:
    odd = panel("odd", 0.01, "beyond a limit")
    assert judge_board([odd]).believed == (odd,)
    assert judge_board([odd, *(panel(f"{number}", 0.5, "") for number in range(20))]).believed == ()


def test_an_empty_board_says_nothing() -> None:
    board = judge_board([])
    assert (board.panels, board.expected, board.flagged, board.believed, board.adjusted) == ((), 0.0, (), (), ())


def test_the_newest_point_of_a_share_is_judged_by_its_share_and_the_counts_behind_it() -> None:
    counts = [40.0 + STEPS[number % 12] for number in range(24)]
    shares = [counts[number] / 4 for number in range(23)] + [30.0]
    stretch = judge_stretch(counts, shares, "month")
    assert stretch.chart is not None and stretch.chart.values.tolist() == shares
    assert stretch.signals is not None and str(stretch.signals.rule[-1]) == "beyond a limit"
    p, chance = judge_newest(stretch, 40.0)
    assert p < 0.001 and 0.01 < chance < 0.03


@pytest.mark.parametrize("counts", [[-1.0] * 12, [float("nan")] * 12, []])
def test_what_is_no_series_of_counts_is_refused(counts: list[float]) -> None:
    with pytest.raises(MethodError):
        judge_stretch(counts, None, "month")


# Sealed


@pytest.mark.parametrize("table", ["peer", "judged_measure"])
def test_what_publication_needed_to_judge_is_gone_when_it_is_sealed(tiny: Release, table: str) -> None:
    with pytest.raises(duckdb.Error):
        tiny.warehouse.rows(f"select * from {table}")


def test_the_panels_stay_for_the_board(tiny: Release) -> None:
    rows = tiny.warehouse.rows("select p, chance from panel")
    assert len(rows) > 10 and all(0 < p <= 1 and 0 < chance < 0.1 for p, chance in rows)
