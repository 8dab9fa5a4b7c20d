"""Change and trend: exact tests against R and Fingertips, and what must hold for any counts."""

from fractions import Fraction
from math import comb

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vawg_metrics.methods import MethodError
from vawg_metrics.methods.binomial import at_least, at_most, two_sided_p
from vawg_metrics.methods.change import percentage_change, rate_ratio
from vawg_metrics.methods.detectable import smallest_detectable_change
from vawg_metrics.methods.season import SeasonSettings, decompose, same_period_last_year
from vawg_metrics.methods.trend import proportion_chi_square, proportion_trend, rate_trend, value_trend

COUNTS = st.integers(0, 3_000)
EXPOSURES = st.integers(1, 100_000)


# R 4.2.2 stats::poisson.test; the last is its documentation's example.
@pytest.mark.parametrize(
    ("before", "after", "exposures", "expected"),
    [
        (120, 150, (1, 1), (1.25, 0.976673848295717, 1.60266587537424, 0.0773893989802185)),
        (400, 401, (1, 1), (1.0025, 0.870649395778122, 1.15432529267921, 1.0)),
        (3, 9, (1, 1), (3, 0.748684450197064, 17.2280031269, 0.14599609375)),
        (275, 310, (49100, 50200), (1.1025715320536, 0.934297990809916, 1.30170177369166, 0.247047610531355)),
        (21, 11, (3011, 800), (1.9714880952381, 0.858426403391639, 4.277265943654071, 0.0796686330333)),
    ],
)
def test_a_rate_ratio_is_that_of_r(
    before: int, after: int, exposures: tuple[int, int], expected: tuple[float, ...]
) -> None:
    found = rate_ratio(before, after, *exposures)
    assert (found.ratio, found.lower, found.upper, found.p) == pytest.approx(expected, rel=1e-7)


def test_nothing_before_has_no_upper_limit_and_nothing_at_all_says_nothing() -> None:
    found = rate_ratio([0, 5, 0], [5, 0, 0])
    assert found.ratio[0] == float("inf") and found.lower[0] == pytest.approx(0.91635585731546)
    assert (found.ratio[1], found.lower[1]) == (0, 0) and found.p[1] == pytest.approx(0.0625)
    assert np.isnan(found.ratio[2]) and (found.lower[2], found.upper[2], found.p[2]) == (0, float("inf"), 1)


@given(COUNTS, COUNTS, EXPOSURES, EXPOSURES)
def test_turning_the_periods_round_inverts_the_ratio(x: int, y: int, s: int, t: int) -> None:
    found, turned = rate_ratio(x, y, s, t), rate_ratio(y, x, t, s)
    assert found.p == pytest.approx(turned.p, rel=1e-9)
    assert 0 <= found.lower < found.upper and 0 <= found.p <= 1
    if x and y:
        assert found.ratio * turned.ratio == pytest.approx(1)
        assert found.lower * turned.upper == pytest.approx(1)
        assert found.lower < found.ratio < found.upper


@given(st.integers(0, 60), st.integers(0, 60), st.integers(1, 9))
def test_the_exact_p_adds_up_every_outcome_no_likelier(k: int, n: int, tenths: int) -> None:
    k = min(k, n)
    q = Fraction(tenths, 10)
    chances = [comb(n, i) * q**i * (1 - q) ** (n - i) for i in range(n + 1)]
    assert two_sided_p(k, n, float(q)) == pytest.approx(float(sum(c for c in chances if c <= chances[k])), rel=1e-9)
    assert float(at_most(k, n, float(q))) == pytest.approx(float(sum(chances[: k + 1])), rel=1e-9)
    assert float(at_least(k, n, float(q))) == pytest.approx(float(sum(chances[k:])), rel=1e-9)


# Simulated with 60,000 pairs of counts: a rise of 44.7 % from 100 is found 80 % of the time, one of 46 % 82 %.
@pytest.mark.parametrize(
    ("base", "rise", "fall"),
    [(100, 0.447, -0.366), (500, 0.187, -0.171), (1000, 0.130, -0.122), (42_000, 0.020, -0.019)],
)
def test_the_smallest_change_that_could_have_been_seen(base: int, rise: float, fall: float) -> None:
    found = smallest_detectable_change(base)
    assert (found.rise, found.fall) == pytest.approx((rise, fall), abs=0.001)


def test_no_fall_can_be_seen_from_very_few() -> None:
    assert smallest_detectable_change(5).fall is None
    assert smallest_detectable_change(10).fall is not None


@pytest.mark.parametrize("way", ["rise", "fall"])
def test_a_detectable_change_is_found_as_often_as_it_says(way: str) -> None:
    change = getattr(smallest_detectable_change(60), way)
    chances = np.random.default_rng(1)
    before, after = chances.poisson(60, 20_000), chances.poisson(60 * (1 + change), 20_000)
    assert float((np.asarray(rate_ratio(before, after).p) <= 0.05).mean()) == pytest.approx(0.8, abs=0.015)


@given(st.integers(1, 50_000))
def test_more_events_let_a_smaller_change_be_seen(base: int) -> None:
    assert smallest_detectable_change(base * 2).rise < smallest_detectable_change(base).rise


def test_no_percentage_on_a_small_base() -> None:
    assert percentage_change(20, 25).percent == pytest.approx(25)
    found = percentage_change(19, 25)
    assert found.percent is None and found.reason == "no percentage is given on a base under 20"


# Fingertips' own tests (TrendMarkerCalculatorTest; FingertipsNext trend-analysis).
def test_trends_are_those_of_fingertips() -> None:
    found = value_trend(
        [24.67, 24.6, 28, 30.2, 30.6], [23.16, 23.15, 26.44, 28.63, 28.98], [26.25, 26.19, 29.64, 31.9, 32.25]
    )
    assert found.marker == "increasing" and round(found.chi_square or 0, 2) == 46.77
    found = proportion_trend([994, 1023, 1199, 1332, 1367], [40299, 41527, 42811, 44064, 44701])
    assert found.marker == "increasing" and found.chi_square == pytest.approx(47.8966767075892, rel=1e-9)
    found = proportion_trend([57274, 55865, 53681, 51767, 53185], [61834, 60511, 59074, 57508, 59028])
    assert found.marker == "decreasing"
    found = proportion_trend([5, 3, 1, 1, 2], [5, 5, 5, 4, 4])
    assert found.marker == "cannot be calculated" and found.p is None and "100 %" in found.reason


# R documentation example, stats::prop.trend.test (Fleiss 1981, page 139).
def test_a_trend_of_four_proportions_is_that_of_r() -> None:
    assert proportion_chi_square([83, 90, 129, 70], [86, 93, 136, 82], [1, 2, 3, 4]) == pytest.approx(8.224922285198)


def test_a_trend_of_rare_events_is_that_of_proportions() -> None:
    counts, people = [40, 52, 61, 75, 90], [10_000_000] * 5
    rare, exact = rate_trend(counts, people), proportion_trend(counts, people)
    assert rare.chi_square == pytest.approx(exact.chi_square, rel=1e-4)
    assert rare.marker == "increasing" and rare.slope == pytest.approx(12.3 / 10_000_000)
    assert rate_trend([0] * 5, people).marker == "cannot be calculated"


def test_one_period_alone_makes_no_trend() -> None:
    # The chi-square is far beyond its critical value, but the slope hangs on the last period.
    found = rate_trend([100, 100, 99, 98, 160], [1] * 5)
    assert found.chi_square is not None and found.chi_square > 9.55
    assert not found.steady and found.marker == "no change"


@given(st.lists(st.integers(1, 500), min_size=5, max_size=5), st.integers(2, 9))
def test_a_trend_turned_round_changes_sign_and_units_do_not_matter(counts: list[int], times: int) -> None:
    people = [1000, 1100, 1200, 1300, 1400]
    found = rate_trend(counts, people)
    turned = rate_trend(counts[::-1], people[::-1])
    assert turned.chi_square == pytest.approx(found.chi_square, rel=1e-6, abs=1e-9)
    swapped = {"increasing": "decreasing", "decreasing": "increasing"}
    assert turned.marker == swapped.get(found.marker, found.marker)
    later = rate_trend(counts, people, [2000 + times * step for step in range(5)])
    assert later.marker == found.marker
    assert later.chi_square == pytest.approx(found.chi_square, rel=1e-6, abs=1e-9)


# Base R's ldeaths, UK monthly deaths from lung disease 1974-79; stl(ldeaths, "periodic") in R 4.2.2.
LDEATHS = (
    3035, 2552, 2704, 2554, 2014, 1655, 1721, 1524, 1596, 2074, 2199, 2512, 2933, 2889, 2938, 2497, 1870, 1726,
    1607, 1545, 1396, 1787, 2076, 2837, 2787, 3891, 3179, 2011, 1636, 1580, 1489, 1300, 1356, 1653, 2013, 2823,
    3102, 2294, 2385, 2444, 1748, 1554, 1498, 1361, 1346, 1564, 1640, 2293, 2815, 3137, 2679, 1969, 1870, 1633,
    1529, 1366, 1357, 1570, 1535, 2491, 3084, 2605, 2573, 2143, 1693, 1504, 1461, 1354, 1333, 1492, 1781, 1915,
)  # fmt: skip


def test_a_season_is_that_of_r() -> None:
    found = decompose(LDEATHS)
    np.testing.assert_allclose(found.seasonal[:3], [887.666614965, 824.031707542, 673.3962855], 1e-9)
    np.testing.assert_allclose(found.trend[:3], [2066.99004197, 2086.35251086, 2105.71497976], 1e-9)
    np.testing.assert_allclose(found.seasonal + found.trend + found.remainder, LDEATHS)
    np.testing.assert_allclose(found.adjusted + found.seasonal, LDEATHS)
    assert (found.settings.seasonal, found.settings.trend, found.settings.low_pass) == (721, 19, 13)


def test_the_same_period_of_last_year_stands_in_before_three_years() -> None:
    before = same_period_last_year([1, 2, 3, 4, 5], period=4)
    assert np.isnan(before[:4]).all() and before[4] == 1


BAD = [
    (lambda: rate_ratio(-1, 2), "before must not be below 0"),
    (lambda: rate_ratio(1, 2.5), "after must be whole numbers"),
    (lambda: rate_ratio(1, 2, 0, 1), "exposure_before must be above 0"),
    (lambda: rate_ratio([1, 2], [1, 2, 3]), "differ in length: before"),
    (lambda: two_sided_p(1, 2, 1.5), "chance must not be above 1"),
    (lambda: percentage_change(-1, 2), "before must not be below 0"),
    (lambda: smallest_detectable_change(0), "base must be above 0"),
    (lambda: smallest_detectable_change(10, power=1.2), "power must lie between 0 and 1"),
    (lambda: proportion_trend([1, 2], [3, 4]), "a trend is judged over 5 periods: 2"),
    (lambda: proportion_trend([1, 2, 3, 4, 9], [5] * 5), "numerators must not be above"),
    (lambda: rate_trend([1, 2, 3, 4, 5], [1, 2, 3, 4]), "populations must have as many"),
    (lambda: rate_trend([1, 2, 3, 4, 5], [1] * 5, [1, 2, 3, 4, 6]), "times must be as many"),
    (lambda: value_trend([1] * 5, [1] * 5, [1] * 5), "upper must lie above lower"),
    (lambda: proportion_chi_square([0, 0, 0], [1, 1, 1], [1, 2, 3]), "numerators must lie between"),
    (lambda: decompose(LDEATHS[:35]), "values needs at least 36 points for a season"),
    (lambda: decompose(LDEATHS, SeasonSettings(periodic=False)), "settings.seasonal must be given"),
    (lambda: decompose(LDEATHS, SeasonSettings(periodic=False, seasonal=12)), "settings cannot be used"),
    (lambda: decompose([*LDEATHS[:-1], float("nan")]), "values holds a missing"),
    (lambda: same_period_last_year([1, 2], 0), "period must be at least 1"),
]


@pytest.mark.parametrize(("call", "said"), BAD, ids=[said for _, said in BAD])
def test_bad_input_is_refused_by_name(call: object, said: str) -> None:
    with pytest.raises(MethodError, match=said):
        call()  # type: ignore[operator]
