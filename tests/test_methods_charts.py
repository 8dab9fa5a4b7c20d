"""Control charts, their rules, and when there may be one: worked examples, and what must hold for any series."""

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from vawg_metrics.methods import MethodError
from vawg_metrics.methods.attributes import c_chart, p_chart, u_chart
from vawg_metrics.methods.chart import Baseline
from vawg_metrics.methods.control import (
    D2,
    i_prime,
    mean_moving_range,
    moving_range_chart,
    moving_ranges,
    run_chart,
    xmr,
)
from vawg_metrics.methods.rare import g_chart, t_chart
from vawg_metrics.methods.runs import crossings_needed, longest_allowed, runs, runs_of
from vawg_metrics.methods.signals import (
    NO_SIGNAL,
    OUTSIDE,
    SHIFT,
    TREND,
    TWO_OF_THREE,
    assurance,
    judged,
    meaning,
    seven_in_a_row,
    seven_rising_or_falling,
    signals,
    two_of_three,
    whole_run,
)
from vawg_metrics.methods.which_chart import chart_advice, floor_of, which_chart

# Montgomery, Introduction to Statistical Quality Control: example 6.5 (cost of mortgage loans), first 20 set limits.
LOANS = (
    310, 288, 297, 298, 307, 303, 294, 297, 308, 306, 294, 299, 297, 299, 314, 295, 293, 306, 301, 304,
    305, 282, 305, 296, 314, 295, 287, 301, 298, 311, 310, 292, 305, 299, 304, 310, 304, 305, 333, 328,
)  # fmt: skip
# Montgomery, example 7.3 (circuit boards); points 6 and 20 have known causes, the first 26 set limits.
BOARDS = (
    21, 24, 16, 12, 15, 5, 28, 20, 31, 25, 20, 24, 16, 19, 10, 17, 13, 22, 18, 39, 30, 24, 16,
    19, 17, 15, 16, 18, 12, 15, 24, 21, 28, 20, 25, 19, 18, 21, 16, 22, 19, 12, 14, 9, 16, 21,
)  # fmt: skip
# Montgomery, example 7.6 (hours between valve failures).
FAILURES = (
    286, 948, 536, 124, 816, 729, 4, 143, 431, 8, 2837, 596, 81, 227, 603, 492, 1199, 1214, 2831, 96,
)  # fmt: skip
# qicharts2: monthly C. difficile infections.
INFECTIONS = (
    17, 12, 27, 20, 20, 18, 22, 19, 19, 24, 17, 16, 24, 19, 19, 22, 25, 19,
    17, 6, 25, 17, 11, 14, 9, 11, 7, 13, 5, 5, 3, 5, 9, 4, 5, 9,
)  # fmt: skip
# qicharts2: cases between two events.
GAPS = (3, 0, 12, 5, 7, 1, 22, 9, 4, 15, 2, 6, 30, 8, 11, 0, 5, 18, 3, 7, 10, 41, 2, 6, 13)
SERIES = st.lists(st.integers(0, 400), min_size=8, max_size=40)
SIZED = st.lists(st.tuples(st.integers(0, 90), st.integers(100, 900)), min_size=8, max_size=30)


def test_xmr_limits_are_those_of_montgomery() -> None:
    chart = xmr(LOANS, Baseline(freeze=20), moving_ranges_out=3 / D2)
    assert (chart.centre[-1], chart.lower[-1], chart.upper[-1]) == pytest.approx(
        (300.5, 279.78331466965284, 321.21668533034716)
    )
    assert np.flatnonzero(signals(chart).outside).tolist() == [38, 39]
    nhs = xmr(LOANS, Baseline(freeze=20))
    assert nhs.upper[0] == pytest.approx(300.5 + 2.66 * 148 / 19)


def test_moving_range_limits_are_those_of_montgomery() -> None:
    chart = moving_range_chart(LOANS, Baseline(freeze=20))
    assert (chart.centre[5], chart.upper[5], chart.lower[5]) == pytest.approx((148 / 19, 25.44821052631579, 0))
    assert np.isnan(chart.values[0]) and chart.values[38] == 28
    assert np.flatnonzero(signals(chart).outside).tolist() == [38]


def test_points_with_a_known_cause_are_shown_but_set_no_limits() -> None:
    chart = c_chart(BOARDS, Baseline(freeze=26, exclude=(5, 19)))
    assert (chart.centre[0], chart.lower[0], chart.upper[0]) == pytest.approx(
        (19.666666666666668, 6.3625319710165975, 32.970801362316735)
    )
    (found,) = runs_of(chart)
    assert (found.points, found.useful, found.longest, found.crossings, found.signal) == (44, 44, 8, 14, True)
    assert np.flatnonzero(signals(chart).outside).tolist() == [5, 19]


# qicharts2 on the same infections: frozen at 24, and split after 24.
def test_limits_change_only_at_a_registered_change() -> None:
    whole, frozen, split = (c_chart(INFECTIONS, base) for base in (Baseline(), Baseline(freeze=24), Baseline((24,))))
    assert (whole.centre[0], whole.lower[0], whole.upper[0]) == pytest.approx(
        (14.8333333333333, 3.27911332504199, 26.3875533416247)
    )
    assert (frozen.centre[-1], frozen.lower[-1], frozen.upper[-1]) == pytest.approx(
        (18.7083333333333, 5.73239406097235, 31.6842726056943)
    )
    assert split.centre[23] == frozen.centre[23] and split.centre[24] == pytest.approx(85 / 12)
    assert [part.start for part in split.stretches()] == [0, 24]


def test_screening_leaves_large_moving_ranges_out_once() -> None:
    screened, unscreened = (xmr(INFECTIONS, screen=screen, moving_ranges_out=3 / D2) for screen in (True, False))
    assert (screened.lower[0], screened.upper[0]) == pytest.approx((3.3345848977889, 26.3320817688778))
    assert (unscreened.lower[0], unscreened.upper[0]) == pytest.approx((2.2193515704154, 27.4473150962513))
    assert float(mean_moving_range(np.array([1.0, 1, 1, 1, 1, 50]))) == 1


# Montgomery, examples 7.4 and 7.5; qicharts2 complaints (Laney's u').
def test_u_chart_limits_are_those_of_montgomery_and_laney() -> None:
    flaws = u_chart([14, 12, 20, 11, 7, 10, 21, 16, 19, 23], [500, 400, 650, 500, 475, 500, 600, 525, 600, 625], per=50)
    assert (flaws.centre[0], flaws.lower[0], flaws.upper[1]) == pytest.approx(
        (1.4232558139534883, 0.29147393012686534, 2.6886264279230376)
    )
    (found,) = runs_of(flaws)
    assert (found.longest, found.longest_allowed, found.crossings, found.crossings_needed) == (4, 6, 3, 2)
    sizes, counts = zip(*COMPLAINTS, strict=True)
    laney = u_chart(counts, sizes, laney=True)
    assert (laney.centre[0], laney.lower[0], laney.upper[3]) == pytest.approx(
        (0.0049972527472527, 0.0012383213926379, 0.010635649779175)
    )
    prime = i_prime(counts, sizes)
    assert (prime.lower[3], prime.upper[0]) == pytest.approx((-0.0009183316560256, 0.0089409756827716))


COMPLAINTS = (
    (90000, 426), (110000, 543), (90000, 428), (40000, 67), (60000, 303), (70000, 481), (90000, 304), (120000,
    718), (150000, 681), (210000, 1030), (190000, 704), (250000, 1062), (220000, 1085), (210000, 1311), (230000,
    1309), (220000, 1342), (310000, 1740), (330000, 1468), (320000, 1364), (330000, 1824),
)  # fmt: skip


# Montgomery, table 7.4.
def test_p_chart_limits_are_those_of_montgomery() -> None:
    sizes = [
        100,
        80,
        80,
        100,
        110,
        110,
        100,
        100,
        90,
        90,
        110,
        120,
        120,
        120,
        110,
        80,
        80,
        80,
        90,
        100,
        100,
        100,
        100,
        90,
        90,
    ]
    counts = [12, 8, 6, 9, 10, 12, 11, 16, 10, 6, 20, 15, 9, 8, 6, 8, 10, 7, 5, 8, 5, 8, 10, 6, 9]
    chart = p_chart(counts, sizes)
    assert (chart.centre[0], chart.lower[0], chart.upper[0]) == pytest.approx(
        (0.09551020408163265, 0.007334694727773067, 0.18368571343549223)
    )
    assert chart.lower[1] == 0
    wider = p_chart(counts, sizes, laney=True)
    assert wider.centre[0] == chart.centre[0] and wider.upper[0] != chart.upper[0]


def test_charts_of_rare_events() -> None:
    times = t_chart(FAILURES)
    assert (times.centre[0], times.lower[0], times.upper[0]) == pytest.approx(
        (430.04095178975825, 0, 6937.933488166575)
    )
    gaps = g_chart(GAPS)
    assert (gaps.centre[0], gaps.lower[0], gaps.upper[0]) == pytest.approx((7, 0, 39.8628485110044))
    assert np.flatnonzero(signals(gaps).outside).tolist() == [21]


def test_a_run_chart_is_judged_by_its_runs_alone() -> None:
    chart = run_chart(INFECTIONS)
    (found,) = runs_of(chart)
    assert chart.centre[0] == 17 and (found.useful, found.longest, found.crossings) == (32, 14, 6)
    assert found.signal and not chart.has_width
    with pytest.raises(MethodError, match="chart has no limits"):
        signals(chart)
    assert chart_advice(chart).reason == "a run chart has no limits: it is judged by its runs"


# qicharts2 runs.analysis.
@pytest.mark.parametrize(
    ("useful", "longest", "crossings"),
    [(10, 6, 2), (12, 7, 3), (20, 7, 6), (24, 8, 8), (36, 8, 13), (21, 7, 6), (33, 8, 11), (40, 8, 14)],
)
def test_runs_limits_are_those_of_anhoej(useful: int, longest: int, crossings: int) -> None:
    assert (longest_allowed(useful), crossings_needed(useful)) == (longest, crossings)


def test_too_few_points_off_the_centre_make_no_runs_signal() -> None:
    found = runs([6, 6, 6, 6, 6, 6, 6, 6, 6], 5)
    assert found.longest == 9 and not found.enough and not found.signal
    assert runs([5, 5], 5).useful == 0


# NHSRplotthedots 0.2.0 (MIT): its unit cases for each rule.
def test_nhs_rules_are_those_of_making_data_count() -> None:
    assert seven_rising_or_falling([2, 1, 2, 3, 4, 5, 6, 7, 3]).tolist() == [0, 0, 0, 0, 0, 0, 0, 1, 0]
    assert seven_rising_or_falling([1, 2, 3, 3, 4, 5, 6]).tolist() == [0] * 7
    assert seven_rising_or_falling([7, 6, 5, 4, 3, 2, 1]).tolist() == [0, 0, 0, 0, 0, 0, -1]
    assert seven_in_a_row([1, 1, 1, 1, 1, 1, 1, 1, -1]).tolist() == [0, 0, 0, 0, 0, 0, 1, 1, 0]
    assert seven_in_a_row([1, 1, 1, 1, 1, 1, -1]).tolist() == [0] * 7
    assert two_of_three([1, 0, 1], [1, 1, 1]).tolist() == [1, 1, 1]
    assert two_of_three([0, 0, 1, 0, 1, 0, 0], [1] * 7).tolist() == [0, 0, 1, 1, 1, 0, 0]
    assert two_of_three([1, 0, 1], [1, -1, 1]).tolist() == [0, 0, 0]
    assert whole_run([0, 0, 0, 0, 0, 0, 1, 1, 0]).tolist() == [1, 1, 1, 1, 1, 1, 1, 1, 0]


# As in NHSRplotthedots: a point beyond a limit is not counted among the two, and the third point is not flagged.
def test_two_of_three_counts_points_near_a_limit_and_not_beyond_it() -> None:
    def said(*sigmas: float) -> list[int]:
        values = np.array(sigmas)
        return judged(values, np.zeros(1), (np.array([-3.0]), np.array([3.0])), (np.array([-2.0]), np.array([2.0])))[
            2
        ].tolist()

    assert said(2.5, 4, 0.5) == [0, 0, 0]
    assert said(2.5, 0.5, 2.1) == [1, 0, 1]
    assert said(-2.5, -2.1, -0.5) == [-1, -1, 0]
    assert said(2.5, -0.5, 2.1) == [0, 0, 0]


# NHSRplotthedots 0.2.0 (MIT), whole series with the rule that names each point.
def test_a_whole_series_is_flagged_as_making_data_count_flags_it() -> None:
    trend = signals(
        xmr([20, 24, 18, 22, 19, 23, 20, 24, 18, 22, 19, 20, 21, 22, 23, 24, 25, 26, 18, 22, 19, 23, 20, 24])
    )
    assert trend.rule.tolist() == [NO_SIGNAL] * 10 + [TREND] * 8 + [NO_SIGNAL] * 6
    shift = signals(
        xmr([20, 24, 18, 22, 19, 23, 20, 24, 18, 22, 19, 23, 30, 31, 29, 32, 30, 31, 29, 30, 20, 22, 19, 23])
    )
    close = {13, 15, 17}
    named = [SHIFT] * 12 + [TWO_OF_THREE if place in close else SHIFT for place in range(12, 20)] + [NO_SIGNAL] * 4
    assert shift.rule.tolist() == named and shift.side.tolist() == [-1] * 12 + [1] * 8 + [0] * 4
    outside = signals(xmr([20, 22] * 6 + [40] + [20, 22] * 6))
    assert outside.rule[12] == OUTSIDE and bool(outside)


def test_a_signal_means_what_the_direction_makes_of_it() -> None:
    assert [meaning(side, "lower") for side in (1, 0, -1)] == ["concern", "usual", "improvement"]
    assert [meaning(side, "higher") for side in (1, -1)] == ["improvement", "concern"]
    assert [meaning(side, "neither") for side in (1, -1)] == ["changed", "changed"]
    assert (assurance(1, 3, 4, "higher"), assurance(5, 7, 4, "higher")) == ("fails", "passes")
    assert (assurance(1, 3, 4, "lower"), assurance(1, 5, 4, "lower")) == ("passes", "inconsistent")


@given(SERIES, st.integers(2, 9), st.integers(-50, 50))
def test_units_and_shifts_do_not_change_a_verdict(values: list[int], times: int, shift: int) -> None:
    assume(which_chart(values, counts=False).verdict)
    x = np.array(values)
    found, scaled = xmr(x), xmr(x * times + shift)
    np.testing.assert_allclose(scaled.upper, found.upper * times + shift, atol=1e-6)
    np.testing.assert_allclose(scaled.lower, found.lower * times + shift, atol=1e-6)


@given(SERIES)
def test_limits_are_shown_only_where_they_have_width_and_never_below_nothing(values: list[int]) -> None:
    advice = which_chart(values)
    chart = xmr(values, floor=floor_of(True))
    assert (chart.lower >= 0).all() and (chart.lower <= chart.near_lower).all()
    assert (chart.near_upper <= chart.upper).all()
    if advice.limits:
        assert chart.has_width and chart_advice(chart).verdict
    else:
        assert advice.reason and not advice.verdict
    if not chart.has_width:
        assert not chart_advice(chart).limits


@given(st.integers(0, 500), st.integers(8, 40))
def test_a_constant_series_is_never_judged(value: int, points: int) -> None:
    for counts in (True, False):
        assert not which_chart([value] * points, counts=counts).verdict
    assert not chart_advice(xmr([value] * points)).limits


@given(SIZED, st.integers(2, 20))
def test_more_of_the_same_leaves_a_rate_and_narrows_its_limits(points: list[tuple[int, int]], times: int) -> None:
    counts, sizes = np.array(points).T
    assume(counts.sum() > 0)
    few, many = u_chart(counts, sizes), u_chart(counts * times, sizes * times)
    np.testing.assert_allclose(many.centre, few.centre)
    assert (many.upper < few.upper).all()
    share, larger = p_chart(counts, sizes), p_chart(counts * times, sizes * times)
    assert (larger.upper - larger.lower < share.upper - share.lower).all()
    assert (share.lower >= 0).all() and (share.upper <= 1).all()


@given(SERIES)
def test_no_run_crosses_a_registered_change(values: list[int]) -> None:
    half = len(values) // 2
    assume(half >= 2)
    both = signals(xmr(values, Baseline((half,))))
    apart = [signals(xmr(part)) for part in (values[:half], values[half:])]
    assert both.rule.tolist() == [rule for part in apart for rule in part.rule.tolist()]


@given(st.lists(st.lists(st.integers(0, 300), min_size=9, max_size=9), min_size=1, max_size=5))
def test_many_series_are_measured_as_one_is(rows: list[list[int]]) -> None:
    together = mean_moving_range(moving_ranges(rows))
    assert together.tolist() == [float(mean_moving_range(moving_ranges(row))) for row in rows]


@pytest.mark.parametrize(
    ("values", "given_words", "form", "reason"),
    [
        (
            [4, 6, 4, 5, 5, 4, 6, 5, 4, 5],
            {},
            "quarters",
            "fewer than 5 a month on average, so quarterly counts are judged instead",
        ),
        (
            [4] * 9,
            {"grain": "quarter"},
            "rare",
            "fewer than 5 a quarter on average, so the time between events is judged instead",
        ),
        ([50, 60] * 3, {}, "as declared", "usual variation needs at least 8 points and there are 6"),
        ([50], {}, "as declared", "usual variation needs at least 8 points and there is 1"),
        ([50, 60] * 4, {}, "as declared", "the range rests on 8 points and is provisional"),
        ([50, 60] * 6, {}, "as declared", "the range rests on 12 points and is provisional"),
        ([50, 60] * 6 + [55], {}, "as declared", ""),
        (
            [50] * 13,
            {},
            "as declared",
            "the points hardly differ from one to the next, so usual variation cannot be measured",
        ),
        (
            [5] * 12 + [6] + [5] * 12,
            {},
            "as declared",
            "the points hardly differ from one to the next, so usual variation cannot be measured",
        ),
        (
            [50, 60] * 9,
            {"rolling": True},
            "none",
            "rolling sums share months, so a control chart of them would flag what is not there",
        ),
        ([0.2, 0.4] * 7, {"counts": False}, "as declared", ""),
    ],
)
def test_which_chart_when(values: list[float], given_words: dict, form: str, reason: str) -> None:
    advice = which_chart(values, **given_words)
    assert (advice.form, advice.reason) == (form, reason)
    assert advice.limits == advice.verdict == (reason == "" or "provisional" in reason)
    assert advice.provisional == ("provisional" in reason)


def test_the_newest_stretch_decides_what_may_be_said() -> None:
    values = [50, 60] * 10
    assert chart_advice(xmr(values)).reason == ""
    assert chart_advice(xmr(values, Baseline((14,)))).reason.endswith("needs at least 8 points and there are 6")
    assert chart_advice(p_chart([0] * 12, [10] * 12)).reason.startswith("the points hardly differ")
    assert chart_advice(c_chart(values, Baseline(freeze=9))).provisional


BAD = [
    (lambda: xmr([1]), "values needs at least 2 numbers"),
    (lambda: xmr([1, float("nan"), 3]), "values holds a missing"),
    (lambda: xmr([[1, 2], [3, 4]]), "values must be one row"),
    (lambda: xmr([1, 2, 3], Baseline((3,))), "breaks must lie between 1 and 2"),
    (lambda: xmr([1, 2, 3], Baseline((1,))), "a stretch between breaks needs at least 2"),
    (lambda: xmr([1, 2, 3], Baseline(exclude=(5,))), "exclude must name points from 0 to 2"),
    (lambda: xmr([1, 2, 3], Baseline(exclude=(0, 1, 2))), "exclude leaves a stretch without a point"),
    (lambda: xmr([1, 2, 3], Baseline(exclude=(1,))), "values leave no two neighbouring points"),
    (lambda: xmr([1, 2, 3], Baseline(freeze=1)), "freeze must be at least 2"),
    (lambda: moving_ranges([1]), "values needs at least 2 points"),
    (lambda: c_chart([1, -1]), "counts must not be below 0"),
    (lambda: u_chart([1, 2], [1, 0]), "sizes must be above 0"),
    (lambda: u_chart([1, 2], [1, 2, 3]), "sizes must have as many numbers as counts: 3 against 2"),
    (lambda: u_chart([0, 0], [1, 1], laney=True), "counts must vary"),
    (lambda: p_chart([2, 1], [1, 1]), "numerators must not be above"),
    (lambda: p_chart([1, 1], [0, 1]), "denominators must be above 0"),
    (lambda: i_prime([1, 2], [0, 1]), "sizes must be above 0"),
    (lambda: g_chart([1.5]), "gaps must be whole"),
    (lambda: t_chart([0, 1]), "times must be above 0"),
    (lambda: runs([1, 2], [1, 2, 3]), "centre must have as many"),
    (lambda: longest_allowed(0), "useful must be at least 1"),
    (lambda: crossings_needed(0), "useful must be at least 1"),
    (lambda: seven_in_a_row([2, 3]), "steps must be -1, 0 or 1"),
    (lambda: two_of_three([1], [1, 1]), "close must have as many"),
    (lambda: meaning(1, "up"), "better must be higher"),  # type: ignore[arg-type]
    (lambda: assurance(3, 1, 2, "higher"), "lower must not be above upper"),
    (lambda: assurance(1, 3, 2, "neither"), "better must be higher or lower"),  # type: ignore[arg-type]
    (lambda: which_chart([-1, 2]), "values must not be below 0"),
    (lambda: which_chart([1, 2], grain="week"), "grain must be month"),  # type: ignore[arg-type]
]


@pytest.mark.parametrize(("call", "said"), BAD, ids=[said for _, said in BAD])
def test_bad_input_is_refused_by_name(call: object, said: str) -> None:
    with pytest.raises(MethodError, match=said):
        call()  # type: ignore[operator]
