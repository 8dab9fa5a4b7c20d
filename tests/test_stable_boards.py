"""Boards on which nothing happens: how often the code that judges the real board would say that something did."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import reduce
from statistics import median
from typing import Literal

import numpy as np
import pytest

from vawg_metrics.publication.variation import Board, Panel, judge_board, judge_newest, judge_stretch
from vawg_metrics.reading import Release

Grain = Literal["month", "quarter"]
Shape = tuple[int, float, Grain]

# The board of the figures to December 2025: how many points each series has, and of what mean count.
QUARTERLY: dict[int, tuple[float, ...]] = {
    10: (5.1, 9.6, 10.5, 12.4, 13.9, 15.6, 20.8, 21.4, 21.4, 23.9, 26.7, 47.3, 68.2, 213.4, 226.5, 226.5),
    12: (11.6, 12.8, 12.8),
    16: (8.1, 10.0, 10.0),
    17: (6.6, 26.5, 37.6, 37.6),
    18: (10.8, 11.6, 11.6, 13.4, 13.6, 13.6, 15.3, 17.7, 19.0, 19.0, 53.5, 64.6, 64.6),
    31: (5.2,),
}
MONTHLY: dict[int, tuple[float, ...]] = {
    33: (62.5, 119.2, 132.5, 161.0, 213.2, 257.3, 258.6, 429.7, 1501.8, 3288.3),
}
SHAPES: tuple[Shape, ...] = (
    *((points, mean, "quarter") for points, means in QUARTERLY.items() for mean in means),
    *((points, mean, "month") for points, means in MONTHLY.items() for mean in means),
)
SEED, BATCH = 20_251_201, 50


@dataclass(frozen=True)
class Tally:
    """What was said of many boards. `expected` is the sum of the flags that each board says chance would give."""

    boards: int = 0
    panels: int = 0
    flagged: int = 0
    believed: int = 0
    believing: int = 0
    expected: float = 0.0

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(*(mine + own for mine, own in zip(vars(self).values(), vars(other).values(), strict=True)))

    def words(self) -> str:
        """The rates, for a person to read."""
        return (
            f"{self.boards} boards, {self.panels} panels: flagged {self.flagged / self.panels:.4f}, "
            f"expected {self.expected / self.panels:.4f}, believed {self.believed / self.panels:.5f}, "
            f"boards that believe any {self.believing / self.boards:.4f}"
        )


def panel_of(counts: np.ndarray, grain: Grain, name: str) -> Panel | None:
    """The newest point of one series as publication judges it; None where it may have no chart."""
    stretch = judge_stretch(counts, None, grain)
    if stretch.chart is None or stretch.signals is None:
        return None
    mean = float(counts.mean())
    p, chance = judge_newest(stretch, mean)
    rule, side = str(stretch.signals.rule[-1]), int(stretch.signals.side[-1])
    return Panel("stable", name, grain, counts.size, counts.size, mean, p, chance, rule, side)


def stable_board(chances: np.random.Generator, planted: float = 0.0) -> Board:
    """A board of independent Poisson counts; `planted` standard deviations are added to its last newest point."""
    panels = []
    for number, (points, mean, grain) in enumerate(SHAPES):
        counts = chances.poisson(mean, points).astype(float)
        if number == len(SHAPES) - 1:
            counts[-1] += round(planted * mean**0.5)
        panels.append(panel_of(counts, grain, f"{number:02d}"))
    return judge_board(panel for panel in panels if panel is not None)


def tally_of(board: Board) -> Tally:
    flagged, believed = len(board.flagged), len(board.believed)
    return Tally(1, len(board.panels), flagged, believed, int(believed > 0), board.expected)


def batch_of(number: int, boards: int = BATCH) -> Tally:
    """One batch of stable boards, the same whenever and wherever it is asked for."""
    chances = np.random.default_rng([SEED, number])
    return reduce(Tally.__add__, (tally_of(stable_board(chances)) for _ in range(boards)))


def simulated(batches: Iterable[int]) -> Tally:
    """Some batches of stable boards together."""
    return reduce(Tally.__add__, map(batch_of, batches))


def broken_promises(tally: Tally) -> list[str]:
    """Which of the promises made of a stable board do not hold, in words."""
    allowed = 0.1 + 3 * (0.1 * 0.9 / tally.boards) ** 0.5
    promises = {
        "at most 3 % of panels flag": tally.flagged <= 0.03 * tally.panels,
        "at most 2 % of panels are believed": tally.believed <= 0.02 * tally.panels,
        "at most one board in ten believes any": tally.believing <= allowed * tally.boards,
        "the number expected by chance is what chance gives": abs(tally.flagged / tally.expected - 1) < 0.1,
        "nearly every series is judged": tally.panels > 0.9 * tally.boards * len(SHAPES),
    }
    return [promise for promise, kept in promises.items() if not kept]


@pytest.mark.proof
@pytest.mark.parametrize("thousand", range(10))
def test_ten_thousand_stable_boards_flag_and_believe_as_rarely_as_they_say(thousand: int) -> None:
    """A thousand at a time, each of which keeps every promise by itself."""
    tally = simulated(range(thousand * 1000 // BATCH, (thousand + 1) * 1000 // BATCH))
    assert tally.boards == 1000
    assert broken_promises(tally) == [], tally.words()


def test_a_newest_point_far_out_is_flagged_and_believed() -> None:
    for seed in range(5):
        board = stable_board(np.random.default_rng(seed), planted=10)
        planted = board.panels[-1]
        assert (planted.rule, planted.side) == ("beyond a limit", 1)
        assert planted in board.flagged and planted in board.believed
        assert planted.p < 0.001 and board.adjusted[-1] < 0.1


def test_boards_on_which_something_happened_break_the_promises() -> None:
    chances = np.random.default_rng(SEED)
    tally = reduce(Tally.__add__, (tally_of(stable_board(chances, planted=10)) for _ in range(30)))
    assert "at most one board in ten believes any" in broken_promises(tally)
    assert tally.believing == tally.boards == 30


def test_a_board_is_the_same_however_it_is_computed() -> None:
    assert batch_of(3, 5) == batch_of(3, 5)
    assert batch_of(3, 5) != batch_of(4, 5)


def test_a_series_whose_mean_is_under_five_by_chance_is_left_out() -> None:
    assert panel_of(np.array([5.0, 4, 6, 5, 4, 5, 5, 4, 6, 5]), "quarter", "few") is None
    assert panel_of(np.array([5.0, 4, 6, 5, 4, 5, 5, 6, 6, 5]), "quarter", "enough") is not None


@pytest.mark.real_data
def test_the_simulated_boards_have_the_shape_of_the_real_one(release: Release) -> None:
    real = release.warehouse.rows("select points, mean, grain from panel")
    assert len(SHAPES) == 50
    assert 0.5 < len(real) / len(SHAPES) < 2
    for column in (0, 1):
        for of in (min, median, max):
            assert 0.5 < of(row[column] for row in real) / of(shape[column] for shape in SHAPES) < 2
    assert {grain for _, _, grain in real} == {grain for _, _, grain in SHAPES}
