"""Limits of counts, rates and proportions: published numbers, and what must hold for any numbers."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vawg_metrics.methods import MethodError
from vawg_metrics.methods.funnel import (
    HIGH_95,
    HIGH_998,
    LOW_95,
    LOW_998,
    NOT_JUDGED,
    SIMILAR,
    compare_proportions,
    compare_rates,
    compare_standardised,
    proportion_funnel,
    rate_funnel,
    ratio_funnel,
)
from vawg_metrics.methods.intervals import BYAR, EXACT_POISSON, byar, exact_poisson, newcombe, poisson_limits, wilson
from vawg_metrics.methods.overdispersion import (
    dispersed_limits,
    dispersion,
    kept_when_truncated,
    log_rate_scores,
    log_ratio_scores,
    proportion_scores,
    root_ratio_scores,
    winsorised,
)
from vawg_metrics.methods.rates import directly_standardised, indirectly_standardised, rate
from vawg_metrics.methods.rest import proportions_against_rest, rates_against_rest

COUNTS = st.integers(0, 100_000)
SIZES = st.integers(1, 2_000_000)
LEVELS = st.sampled_from((0.8, 0.9, 0.95, 0.998))
SHARES = SIZES.flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))
AREAS = st.lists(st.tuples(st.integers(0, 5_000), st.integers(1_000, 400_000)), min_size=2, max_size=12)


# Garwood 1936 tables; R 4.2.2 stats::poisson.test.
@pytest.mark.parametrize(
    ("count", "lower", "upper"),
    [
        (0, 0.0, 3.68887945411394),
        (1, 0.0253178079842899, 5.5716433909389),
        (5, 1.62348639011842, 11.6683320793227),
        (9, 4.11537309737833, 17.0848034514192),
        (100, 81.3639912509232, 121.626793792426),
    ],
)
def test_exact_limits_are_those_of_garwood(count: int, lower: float, upper: float) -> None:
    found = exact_poisson(count)
    assert (found.lower, found.upper) == pytest.approx((lower, upper), rel=1e-9)


# PHEindicatormethods 2.1 test data: Byar's limits of 65 and 1045.
def test_byar_limits_are_those_of_phe() -> None:
    found, wide = byar([65, 1045]), byar([65, 1045], 0.998)
    np.testing.assert_allclose(found.lower, [50.163187710459454, 982.5932018073325], 1e-9)
    np.testing.assert_allclose(found.upper, [82.84913854593984, 1110.33121298565], 1e-9)
    np.testing.assert_allclose(wide.lower, [42.8802614714802, 947.9407035610374], 1e-9)
    np.testing.assert_allclose(wide.upper, [94.00029084431802, 1148.806160988033], 1e-9)


def test_few_events_are_exact_and_ten_are_byar() -> None:
    found = poisson_limits([9, 10])
    assert list(found.method) == [EXACT_POISSON, BYAR]
    assert found.lower[0] == exact_poisson(9).lower and found.upper[1] == byar(10).upper


# PHEindicatormethods 2.1 test data: 5, 20 and 222 events.
def test_rates_are_those_of_phe() -> None:
    found = rate([5, 20, 222], [100, 100, 3215], 100)
    np.testing.assert_allclose(found.lower, [1.62348639011842, 12.211428834875937, 6.026574877652675], 1e-9)
    np.testing.assert_allclose(found.upper, [11.668332079322669, 30.889880369197066, 7.87572937087185], 1e-9)


# Newcombe 1998, Statistics in Medicine 17:857, table I, score method.
@pytest.mark.parametrize(
    ("x", "n", "lower", "upper"),
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_wilson_limits_are_those_newcombe_published(x: int, n: int, lower: float, upper: float) -> None:
    found = wilson(x, n)
    assert (found.lower, found.upper) == pytest.approx((lower, upper), abs=5e-5)


# Newcombe 1998, Statistics in Medicine 17:873, table II, method 10.
@pytest.mark.parametrize(
    ("x", "n", "y", "m", "lower", "upper"),
    [
        (56, 70, 48, 80, 0.0524, 0.3339),
        (9, 10, 3, 10, 0.1705, 0.8090),
        (5, 56, 0, 29, -0.0381, 0.1926),
        (0, 10, 0, 20, -0.1611, 0.2775),
        (10, 10, 0, 10, 0.6075, 1.0),
    ],
)
def test_differences_are_those_newcombe_published(x: int, n: int, y: int, m: int, lower: float, upper: float) -> None:
    found = newcombe(x, n, y, m)
    assert (found.lower, found.upper) == pytest.approx((lower, upper), abs=5e-5)


@given(COUNTS, LEVELS)
def test_poisson_limits_contain_the_count_and_are_never_negative(count: int, level: float) -> None:
    found = poisson_limits(count, level)
    assert 0 <= found.lower <= count <= found.upper
    assert found.lower < found.upper


@given(SHARES, LEVELS)
def test_wilson_limits_contain_the_share_and_mirror_its_complement(share: tuple[int, int], level: float) -> None:
    x, n = share
    found, other = wilson(x, n, level), wilson(n - x, n, level)
    assert 0 <= found.lower <= x / n + 1e-12 and x / n - 1e-12 <= found.upper <= 1
    assert found.lower < found.upper
    assert (found.lower, found.upper) == pytest.approx((1 - other.upper, 1 - other.lower), abs=1e-12)


@given(COUNTS, SIZES, st.integers(2, 50))
def test_more_of_the_same_leaves_the_rate_and_narrows_its_limits(count: int, size: int, times: int) -> None:
    few, many = rate(count, size), rate(count * times, size * times)
    assert many.estimate == pytest.approx(few.estimate)
    assert many.upper - many.lower < few.upper - few.lower


@given(COUNTS, SIZES)
def test_a_higher_level_widens_every_limit(count: int, size: int) -> None:
    narrow, wide = rate(count, size, confidence=0.95), rate(count, size, confidence=0.998)
    assert wide.lower <= narrow.lower and narrow.upper < wide.upper


@given(SHARES, SHARES)
def test_a_difference_turned_round_changes_sign(one: tuple[int, int], other: tuple[int, int]) -> None:
    found, turned = newcombe(*one, *other), newcombe(*other, *one)
    assert (found.lower, found.upper) == pytest.approx((-turned.upper, -turned.lower), abs=1e-12)
    assert found.lower - 1e-12 <= found.estimate <= found.upper + 1e-12


@given(AREAS, st.randoms(use_true_random=False))
def test_areas_in_another_order_or_in_parts_are_judged_alike(areas: list[tuple[int, int]], chance: object) -> None:
    order = list(range(len(areas)))
    chance.shuffle(order)  # type: ignore[attr-defined]
    counts, people = np.array(areas).T
    whole = compare_rates(counts, people, 5.0)
    shuffled = compare_rates(counts[order], people[order], 5.0)
    assert list(shuffled.label) == [whole.label[place] for place in order]
    halves = [compare_rates(counts[part], people[part], 5.0) for part in (slice(0, 1), slice(1, None))]
    assert [label for half in halves for label in half.label] == list(whole.label)
    np.testing.assert_array_equal(np.concatenate([half.lower_95 for half in halves]), whole.lower_95)


@given(AREAS)
def test_an_area_is_high_exactly_when_its_limits_exclude_the_average(areas: list[tuple[int, int]]) -> None:
    counts, people = np.array(areas).T
    if counts.sum() == 0:
        return
    found = rates_against_rest(counts, people)
    for place, label in enumerate(found.label):
        rest = (counts.sum() - counts[place]) / (people.sum() - people[place]) * 1000
        assert found.average[place] == pytest.approx(rest)
        assert (label in (HIGH_95, HIGH_998)) == (found.lower_95[place] > found.average[place])
        assert (label in (LOW_95, LOW_998)) == (found.upper_95[place] < found.average[place])
        assert (label == SIMILAR) == (found.lower_95[place] <= found.average[place] <= found.upper_95[place])


# The example of the design: 1,557 offences at 4.0 per 1,000 against 2.6 in the other districts (rounded populations).
def test_an_area_is_compared_with_the_others_without_itself() -> None:
    found = rates_against_rest([1557, 2041], [388_348, 785_000])
    assert found.label.tolist() == [HIGH_998, LOW_998]
    assert found.value[0] == pytest.approx(4.01, abs=0.01)
    assert found.average[0] == pytest.approx(2.6, abs=0.01)
    assert (found.lower_998[0], found.upper_998[0]) == pytest.approx((3.70, 4.33), abs=0.01)
    shares = proportions_against_rest([50, 20], [100, 100])
    assert shares.average.tolist() == [0.2, 0.5] and shares.label.tolist() == [HIGH_998, LOW_998]


# PHEindicatormethods 2.1 test data: rows of the ratio and proportion funnels with their stored labels.
def test_funnel_labels_are_those_of_phe() -> None:
    found = compare_rates(
        [8, 151, 159, 191, 124], [6.239860227, 106.4429719, 232.9329036, 184.0963855, 183.894409], 1.0, per=1
    )
    assert found.label.tolist() == [SIMILAR, HIGH_998, LOW_998, SIMILAR, LOW_998]
    shares = compare_proportions(
        [35078.488, 24803.6256, 50050.7443, 48686.4364, 35795.6324], [41980, 31824, 61921, 59804, 45449], 0.80642448
    )
    assert shares.label.tolist() == [HIGH_998, LOW_998, SIMILAR, HIGH_998, LOW_998]


# PHEindicatormethods 2.1 test data: the first points of each funnel.
def test_funnel_lines_are_those_of_phe() -> None:
    shares = proportion_funnel([1, 2, 5], 0.80642448)
    np.testing.assert_allclose(shares.lower * 100, [3.204264, 25.885383, 46.011039], 1e-5)
    assert shares.upper.tolist() == [1, 1, 1]
    rates = rate_funnel([1, 5], 116.1720835, per=100_000, years=3)
    np.testing.assert_allclose(rates.lower, [20.85059119, 49.78092521], 1e-4)
    np.testing.assert_allclose(rates.upper, [4588.535848, 357.7858395], 1e-4)
    np.testing.assert_allclose(rates.lower_size, [1598.675694, 3348.002593], 1e-4)
    ratios = ratio_funnel([2, 5])
    np.testing.assert_allclose(ratios.lower * 100, [27.6828582, 42.85102213], 1e-5)
    np.testing.assert_allclose(ratios.upper_size, [0.242209467, 1.623486324], 1e-5)


def test_a_standardised_rate_of_few_events_is_not_judged() -> None:
    found = compare_standardised([2419, 4, 1332], [907.6174266, float("nan"), 469.5645784], 704.9004703)
    assert found.label.tolist() == [HIGH_998, NOT_JUDGED, LOW_998]
    assert np.isnan(found.value[1])


# Two invented age bands, chosen so that every wrong weighting gives another answer.
def test_a_direct_rate_weighs_bands_by_the_standard() -> None:
    found = directly_standardised([10, 40], [1000, 1000], [3, 1], per=1000)
    assert found.value == pytest.approx((3 * 10 + 1 * 40) / 4)
    assert found.lower is not None and found.upper is not None and found.lower < found.value < found.upper
    once = directly_standardised([10, 40], [1000, 1000], [3, 1], per=1000, people_by_events=[[10, 0], [40, 0]])
    again = directly_standardised([10, 40], [1000, 1000], [3, 1], per=1000, people_by_events=[[0, 5], [0, 20]])
    assert once.lower == pytest.approx(found.lower)
    assert again.lower is not None and again.lower < found.lower
    few = directly_standardised([4, 5], [1000, 1000], [3, 1])
    assert few.value is None and few.reason == "no standardised rate is given for fewer than 10 events"


# Invented bands first; then PHEindicatormethods 2.1 test data: 895 observed against 835.88 expected.
def test_an_indirect_ratio_is_observed_over_expected() -> None:
    found = indirectly_standardised([500, 395], [4000, 4970], [100_000, 50_000], [1_000_000, 500_000])
    assert (found.observed, found.expected) == (895, pytest.approx(897))
    assert found.ratio.estimate == pytest.approx(895 / 897)
    assert found.rate.estimate == pytest.approx(895 / 897 * 10_000)
    same = indirectly_standardised([895], [835.8835612311743], [1], [1])
    assert (same.ratio.lower, same.ratio.upper) == pytest.approx((1.0017147712553987, 1.143233287249895), rel=1e-9)


# FunnelPlotR 0.5 (MIT), worked example of six trusts.
def test_dispersion_is_that_of_funnelplotr() -> None:
    num, denom = [100, 150, 180, 80, 120, 225], [108, 112, 165, 95, 100, 220]
    logs, roots = log_ratio_scores(num, denom), root_ratio_scores(num, denom)
    kept = kept_when_truncated(logs.z)
    found = dispersion(logs.z[kept], logs.error[kept])
    assert (found.phi, found.tau_squared) == pytest.approx((2.94803317510236, 0.0194775305780216), rel=1e-9)
    found = dispersion(winsorised(roots.z), roots.error)
    assert (found.phi, found.tau_squared) == pytest.approx((2.32717825759412, 0.00343978015418627), rel=1e-9)
    lower, upper = dispersed_limits(0, logs.error, 0.0194775305780216)
    assert (np.exp(lower[0]), np.exp(upper[0])) == pytest.approx((0.717306749, 1.394103709), rel=1e-7)


@given(AREAS)
def test_limits_that_allow_for_differences_are_never_narrower(areas: list[tuple[int, int]]) -> None:
    counts, people = np.array(areas).T
    if counts.sum() == 0 or (counts > people).any():
        return
    for scores in (log_rate_scores(counts, people), proportion_scores(counts, people)):
        between = dispersion(winsorised(scores.z), scores.error).tau_squared
        plain, wide = (dispersed_limits(scores.target, scores.error, tau) for tau in (0.0, between))
        assert (wide[0] <= plain[0]).all() and (plain[1] <= wide[1]).all()


BAD = [
    (lambda: byar(-1), "count must not be below 0"),
    (lambda: byar(float("nan")), "count holds a missing"),
    (lambda: exact_poisson([1, float("inf")]), "count holds a missing or infinite"),
    (lambda: poisson_limits([]), "count is empty"),
    (lambda: poisson_limits("many"), "count must be numbers"),
    (lambda: byar(1, 95), "confidence must lie between 0 and 1"),
    (lambda: rate(1, 0), "population must be above 0"),
    (lambda: rate([1, 2], [1, 2, 3]), "differ in length: count"),
    (lambda: rate(1, 2, per=0), "per must be above 0"),
    (lambda: wilson(3, 2), "numerator must not be above denominator"),
    (lambda: wilson(0, 0), "denominator must be above 0"),
    (lambda: newcombe(1, 2, 3, 2), "other_numerator must not be above"),
    (lambda: newcombe(1, 2, 1, 0), "other_denominator must be above 0"),
    (lambda: newcombe([1, 2], [3, 3], [1, 2, 3], [4, 4, 4]), "differ in length"),
    (lambda: directly_standardised([1], [1, 2], [1, 2]), "populations must have as many numbers as counts"),
    (lambda: directly_standardised([1, 2], [1, 2], [0, 0]), "standard must not be zero"),
    (lambda: directly_standardised([9, 9], [99, 99], [1, 1], people_by_events=[[1]]), "people_by_events must have"),
    (lambda: indirectly_standardised([1], [1], [0], [1]), "reference_counts lead to no expected"),
    (lambda: indirectly_standardised([1], [1], [1], [0]), "reference_populations must be above 0"),
    (lambda: compare_rates([1, 2], [10, 10], [1, 2, 3]), "average must be one number or one for each of the 2"),
    (lambda: compare_proportions([1], [2], 1.5), "average must not be above 1"),
    (lambda: compare_standardised([1], [2]), "counts hold no area with 10"),
    (lambda: compare_standardised([10, 10], [2]), "rates must have as many"),
    (lambda: rates_against_rest([1], [10]), "counts needs at least two areas"),
    (lambda: proportion_funnel([10], 1.0), "average must lie between 0 and 1"),
    (lambda: rate_funnel([0], 5), "events must be above 0"),
    (lambda: ratio_funnel([-1]), "observed must be above 0"),
    (lambda: log_rate_scores([0, 0], [1, 1]), "counts are all zero"),
    (lambda: log_ratio_scores([0, 1], [1, 1]), "observed must be above 0"),
    (lambda: proportion_scores([3, 1], [2, 2]), "numerators must not be above"),
    (lambda: winsorised([1, 2], 0.5), "trim must be below 0.5"),
    (lambda: dispersion([1.0], [1.0]), "z needs at least 2"),
    (lambda: dispersed_limits(0, [1.0], -1), "tau_squared must not be below 0"),
]


@pytest.mark.parametrize(("call", "said"), BAD, ids=[said for _, said in BAD])
def test_bad_input_is_refused_by_name(call: object, said: str) -> None:
    with pytest.raises(MethodError, match=said):
        call()  # type: ignore[operator]
