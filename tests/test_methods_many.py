"""Many panels at once: what chance alone would flag, and which flags are believed."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vawg_metrics.methods import MethodError
from vawg_metrics.methods.control import xmr
from vawg_metrics.methods.many import (
    benjamini_hochberg,
    chance_of_flag,
    newest_point_distance,
    newest_point_p,
    rounded_mean,
)
from vawg_metrics.methods.signals import signals

CHANCES = st.lists(st.floats(0, 1, allow_nan=False), min_size=1, max_size=40)


# Benjamini and Hochberg 1995, JRSS B 57:289, section 3.2: 15 comparisons, 4 rejected at 5 %.
PUBLISHED = (
    0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1.0,
)  # fmt: skip


def test_the_published_example_believes_the_first_four() -> None:
    assert benjamini_hochberg(PUBLISHED, 0.05).chosen.tolist() == [True] * 4 + [False] * 11


@given(CHANCES)
def test_the_step_up_rule_in_plain_loops_chooses_the_same(chances: list[float]) -> None:
    found = benjamini_hochberg(chances)
    ordered = sorted(chances)
    last = max((k for k in range(1, len(ordered) + 1) if ordered[k - 1] * (len(ordered) / k) <= 0.1), default=0)
    assert int(found.chosen.sum()) == sum(chance <= ordered[last - 1] for chance in chances) * (last > 0)
    assert (found.adjusted >= np.array(chances)).all() and (found.adjusted <= 1).all()


@given(CHANCES, st.randoms(use_true_random=False))
def test_the_order_of_panels_does_not_matter(chances: list[float], chance: object) -> None:
    order = list(range(len(chances)))
    chance.shuffle(order)  # type: ignore[attr-defined]
    found, shuffled = benjamini_hochberg(chances), benjamini_hochberg([chances[place] for place in order])
    assert shuffled.adjusted.tolist() == pytest.approx([found.adjusted[place] for place in order])


def test_an_extreme_newest_point_is_rare_and_a_usual_one_is_not() -> None:
    usual = np.random.default_rng(7).poisson(40, 30).astype(float)
    assert newest_point_p([*usual[:-1], usual.mean()]) > 0.9
    assert newest_point_p([*usual[:-1], usual.mean() + 40]) < 0.001
    assert newest_point_p([*usual[:-1], 0]) < 0.001


def test_the_same_series_has_the_same_p_whenever_it_is_asked() -> None:
    from vawg_metrics.methods import many

    values = [30, 35, 28, 33, 41, 29, 30, 36, 31, 45]
    first = newest_point_p(values)
    many._stable.cache_clear()
    assert newest_point_p(values) == first


def test_a_series_without_variation_says_nothing() -> None:
    assert newest_point_p([9] * 12) == 1
    assert newest_point_p([9] * 11 + [10]) == 1


def test_stable_series_have_every_p_equally_often() -> None:
    chances = np.random.default_rng(11)
    found = np.array([newest_point_p(chances.poisson(60, 30)) for _ in range(1500)])
    assert float((found <= 0.05).mean()) == pytest.approx(0.05, abs=0.018)
    assert float((found <= 0.5).mean()) == pytest.approx(0.5, abs=0.04)


def test_chance_flags_are_counted_by_the_rules_that_judge_real_series() -> None:
    chances = np.random.default_rng(13)
    flagged = [int(signals(xmr(chances.poisson(20, 24))).side[-1]) != 0 for _ in range(1500)]
    assert float(np.mean(flagged)) == pytest.approx(chance_of_flag(24, 20).any_rule, abs=0.01)


@pytest.mark.parametrize("length", [8, 12, 24, 36])
@pytest.mark.parametrize("mean", [5, 12, 300])
def test_at_most_three_newest_points_in_a_hundred_flag_by_chance(length: int, mean: float) -> None:
    found = chance_of_flag(length, mean)
    assert 0 < found.any_rule <= 0.03
    parts = (found.outside, found.trend, found.two_of_three, found.shift)
    assert max(parts) <= found.any_rule <= sum(parts) + 1e-12


def test_a_distance_of_2_66_lies_on_the_limit() -> None:
    values = np.array([50, 54, 47, 52, 49, 55, 51, 50, 48, 61], dtype=float)
    chart = xmr(values)
    distance = float(newest_point_distance(values))
    assert chart.centre[0] + distance * (chart.upper[0] - chart.centre[0]) / 2.66 == pytest.approx(61)


def test_means_are_rounded_to_the_nearest_simulated_one() -> None:
    assert [rounded_mean(mean) for mean in (5, 5.4, 9, 24, 100_000)] == [5, 5, 10, 20, 100]


BAD = [
    (lambda: benjamini_hochberg([0.5, 1.5]), "p must not be above 1"),
    (lambda: benjamini_hochberg([0.5], 0), "rate must lie between 0 and 1"),
    (lambda: newest_point_p([9] * 7), "values needs at least 8"),
    (lambda: newest_point_p([1, 2] * 5), "mean must not be below 5"),
    (lambda: newest_point_p([9, -1] * 5), "values must not be below 0"),
    (lambda: newest_point_p([9, 8] * 5, draws=5), "draws must be at least 100"),
    (lambda: chance_of_flag(7, 10), "length must be at least 8"),
    (lambda: chance_of_flag(12, 2), "mean must not be below 5"),
    (lambda: newest_point_distance([1]), "values needs at least 2"),
]


@pytest.mark.parametrize(("call", "said"), BAD, ids=[said for _, said in BAD])
def test_bad_input_is_refused_by_name(call: object, said: str) -> None:
    with pytest.raises(MethodError, match=said):
        call()  # type: ignore[operator]
