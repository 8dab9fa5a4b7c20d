"""The proof: random linked releases leave every count open, and each planted leak is found.

A plant is something more that a reader receives. It is true of the counts behind the release, the release without it
is not flagged, and with it the audit finds a count with fewer than five possible values or a zero that can be proven.
"""

import itertools
import random
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

import pytest

from tests.disclosure_worlds import KEY, LEAVES, QUARTERS, linked_returns, released_year, with_more_referrals
from vawg_metrics.disclosure import heard
from vawg_metrics.disclosure.feasible import Interval, Known, System, interval_of, weakest
from vawg_metrics.disclosure.grid import Cell, DisclosureError, Equation, Grid
from vawg_metrics.disclosure.rounding import RoundingImpossible, round_grid, still_true
from vawg_metrics.disclosure.rules import dominated
from vawg_metrics.methods.intervals import poisson_limits, wilson

# Random linked releases


def audited(seed: int, size: int = 0) -> None:
    """Four quarters and their windows: no published count has fewer than five candidates, and no zero is provable."""
    system, published = released_year(seed, size=size)
    found = weakest(system, published, first=1)
    flagged = [f"{cell}: {one.words()}" for cell, one in found if one.under_five or one.provable_zero]
    assert not flagged
    assert len(found) == len(published) and found[0][1].exact


@pytest.mark.parametrize("seed", range(20))
def test_twenty_linked_releases_leave_every_count_open(seed: int) -> None:
    audited(seed)


@pytest.mark.proof
@pytest.mark.parametrize("twenty", range(1, 11))
def test_two_hundred_linked_releases_leave_every_count_open(twenty: int) -> None:
    for seed in range(20 * twenty, 20 * twenty + 20):
        audited(seed, size=0 if seed % 20 else 3)


# Planted leaks


@dataclass(frozen=True)
class Plant:
    """A release, something more that the reader receives, the true counts, and what it gives away of one of them."""

    told: tuple[Known, ...]
    more: tuple[Known, ...]
    truth: Mapping[Cell, int]
    victim: Cell
    left: Interval


MELTON, RUTLAND, BLABY, ALL = (Cell("referrals", area) for area in ("Melton", "Rutland", "Blaby", "LLR"))
PART, WHOLE, OTHER = (Cell(line, "Melton") for line in ("supported", "referrals", "repeat"))
PLANTS: dict[str, Callable[[], Plant]] = {}


def plant(build: Callable[[], Plant]) -> Callable[[], Plant]:
    PLANTS[build.__name__] = build
    return build


def release(shown: Mapping[Cell, int], total: Cell | None = None) -> tuple[Known, ...]:
    """Rounded counts of some places and the sum that ties them to their total."""
    told = [heard.rounded(cell, value, f"{cell} shown as {value}") for cell, value in shown.items()]
    if total:
        parts = tuple(cell for cell in shown if cell != total)
        told.append(heard.adds_up(Equation(total, parts), "the sum"))
    return tuple(told)


@plant
def a_singleton_with_an_exact_total() -> Plant:
    told = release({MELTON: 5, RUTLAND: 0, ALL: 5}, ALL)
    return Plant(
        told, (heard.exact(ALL, 1, "the annual report"),), {MELTON: 1, RUTLAND: 0, ALL: 1}, MELTON, Interval(1, 1)
    )


@plant
def an_exact_total_from_another_publisher() -> Plant:
    told = release({MELTON: 10, RUTLAND: 0, ALL: 10}, ALL)
    return Plant(told, (heard.exact(ALL, 6, "a ministry"),), {MELTON: 6, RUTLAND: 0, ALL: 6}, RUTLAND, Interval(0, 0))


@plant
def an_exact_year_beside_rounded_quarters() -> Plant:
    quarters = [MELTON.at(quarter) for quarter in QUARTERS]
    told = release(dict(zip(quarters, (5, 5, 0, 5), strict=True)))
    truth = dict(zip(quarters, (1, 1, 0, 1), strict=True))
    return Plant(told, (heard.summed(quarters, 3, 0, "the year"),), truth, quarters[2], Interval(0, 0))


@plant
def windows_that_are_rounded_separately() -> Plant:
    quarters = [MELTON.at(f"Q{number}") for number in range(1, 8)]
    counts = (4, 4, 4, 4, 1, 0, 0)
    told = release(dict(zip(quarters, (0, 0, 0, 0, 5, 0, 0), strict=True)))
    more = tuple(
        heard.summed(quarters[first : first + 4], shown, 4, f"four quarters from {first + 1}")
        for first, shown in enumerate((20, 15, 10, 5))
    )
    return Plant(told, more, dict(zip(quarters, counts, strict=True)), quarters[3], Interval(4, 4))


@plant
def a_square_with_exact_margins_and_its_small_cells_hidden() -> Plant:
    """Hidden: two in row A, one in row B. Row B's own total gives its hidden cell, and with it the column's other."""
    cells = {(row, column): Cell("referrals", row, column) for row in "AB" for column in "xyz"}
    counts = dict(zip(cells.values(), (2, 30, 3, 40, 60, 1), strict=True))
    rows = [[cells[row, column] for column in "xyz"] for row in "AB"]
    columns = [[cells[row, column] for row in "AB"] for column in "xyz"]
    margins = [heard.summed(line, sum(counts[cell] for cell in line), 0, "margin") for line in (*rows, *columns)]
    shown = [heard.exact(cell, count, "the table") for cell, count in counts.items() if count >= 5]
    hidden = [heard.hidden_under(cell, 5, "blank", least=1) for cell, count in counts.items() if count < 5]
    told = tuple(heard.rounded(cell, -(-count // 5) * 5, "the table") for cell, count in counts.items())
    return Plant(told, (*margins, *shown, *hidden), counts, cells["A", "x"], Interval(2, 2))


@plant
def counts_of_one_to_four_hidden_beside_exact_margins() -> Plant:
    counts = {MELTON: 4, RUTLAND: 4, BLABY: 0, ALL: 8}
    told = (heard.adds_up(Equation(ALL, (MELTON, RUTLAND, BLABY)), "the sum"),)
    hidden = [heard.hidden_under(cell, 5, "blank", least=1) for cell in (MELTON, RUTLAND)]
    return Plant(
        told, (*hidden, heard.exact(BLABY, 0, "0"), heard.exact(ALL, 8, "the margin")), counts, RUTLAND, Interval(4, 4)
    )


@plant
def a_blank_that_the_code_says_is_under_a_threshold() -> Plant:
    told = release({MELTON: 5})
    return Plant(told, (heard.hidden_under(MELTON, 5, "no share, since under 5"),), {MELTON: 3}, MELTON, Interval(1, 4))


@plant
def a_rate_with_two_decimals() -> Plant:
    told = release({MELTON: 5})
    return Plant(
        told, (heard.printed_rate(MELTON, "0.06", 52_300, 1000, "a file"),), {MELTON: 3}, MELTON, Interval(3, 3)
    )


@plant
def the_shade_of_a_map() -> Plant:
    told = release({MELTON: 5})
    return Plant(told, (heard.shade(MELTON, 0.02, 0.08, 52_300, 1000, "the key"),), {MELTON: 3}, MELTON, Interval(2, 4))


@plant
def a_percentage_with_decimals_in_a_tooltip() -> Plant:
    told = (*release({PART: 5, WHOLE: 15}), heard.part_of(PART, WHOLE, "a part"))
    return Plant(
        told, heard.printed_share_of(PART, WHOLE, "33.3", "tooltip"), {PART: 5, WHOLE: 15}, PART, Interval(4, 6)
    )


@plant
def a_percentage_of_an_exact_denominator() -> Plant:
    told = release({PART: 5})
    return Plant(told, (heard.printed_share(PART, "38", 8, "a card"),), {PART: 3}, PART, Interval(3, 3))


@plant
def an_upper_confidence_limit_of_a_rate() -> Plant:
    def limit(count: int) -> float:
        return float(poisson_limits(count).upper) / 52.3

    told = release({MELTON: 0})
    return Plant(told, (heard.limit(MELTON, "0.1", limit, "the error bar"),), {MELTON: 1}, MELTON, Interval(0, 2))


@plant
def a_lower_confidence_limit_of_a_share() -> Plant:
    def limit(count: int) -> float:
        return 100 * float(wilson(count, 40).lower)

    told = release({PART: 10})
    return Plant(
        told, (heard.limit(PART, f"{limit(7):.1f}", limit, "the file", most=40),), {PART: 7}, PART, Interval(7, 7)
    )


@plant
def a_cell_that_moved_and_was_not_revised() -> Plant:
    told = release({MELTON: 5})
    return Plant(told, (heard.rounded(MELTON, 0, "the release before"),), {MELTON: 3}, MELTON, Interval(1, 4))


@plant
def the_size_of_a_revision_in_words() -> Plant:
    before = MELTON.at("before")
    down = Known(((before, 1), (MELTON, -1)), 4, 4, "four fewer than in the last release")
    told = release({MELTON: 0, before: 0})
    return Plant(told, (down,), {MELTON: 0, before: 4}, MELTON, Interval(0, 0))


@plant
def a_revised_five_that_became_nil_only_since_five_was_no_longer_true() -> Plant:
    """What the code would tell if a released value stood as long as it is still true."""
    told = release({MELTON: 0})
    neighbours = [count for count in range(20) if still_true(count, 5)]
    assert neighbours == list(range(1, 10))
    return Plant(told, (Known(((MELTON, 1),), None, 0, "5 is not true any more"),), {MELTON: 0}, MELTON, Interval(0, 0))


@plant
def a_revised_cell_that_is_blank_since_it_could_not_be_rounded() -> Plant:
    """Impossible means: Melton and Rutland together are 5 or more above or below what is shown of them."""
    shown = {MELTON: 0, RUTLAND: 0}
    grid = Grid({MELTON: 4, RUTLAND: 4, BLABY: 3, ALL: 11}, (Equation(ALL, (MELTON, RUTLAND, BLABY)),))
    with pytest.raises(RoundingImpossible):
        round_grid(grid, KEY, QUARTERS[0], shown)
    for melton, rutland in itertools.product(range(5), repeat=2):
        for blaby in range(5) if melton + rutland < 5 else ():
            counts = {MELTON: melton, RUTLAND: rutland, BLABY: blaby, ALL: melton + rutland + blaby}
            round_grid(Grid(counts, grid.equations), KEY, QUARTERS[0], shown)  # is possible
    blank = Known(((MELTON, 1), (RUTLAND, 1)), 5, None, "Blaby is blank")
    return Plant(release(shown), (blank,), {MELTON: 4, RUTLAND: 4}, MELTON, Interval(1, 4))


@plant
def a_zero_shown_as_exact() -> Plant:
    told = release({MELTON: 0, RUTLAND: 5, ALL: 5}, ALL)
    return Plant(told, (heard.exact(MELTON, 0, "none"),), {MELTON: 0, RUTLAND: 3, ALL: 3}, MELTON, Interval(0, 0))


@plant
def a_lone_total_rounded_to_the_nearest() -> Plant:
    return Plant(release({ALL: 0}), (heard.rounded(ALL, 0, "nearest", within=2),), {ALL: 2}, ALL, Interval(0, 2))


@plant
def a_numerator_of_five_over_a_denominator_of_nil() -> Plant:
    told = release({PART: 5, WHOLE: 0})
    return Plant(told, (heard.part_of(PART, WHOLE, "a part"),), {PART: 2, WHOLE: 3}, PART, Interval(1, 4))


@plant
def parts_that_exclude_each_other_and_were_rounded_apart() -> Plant:
    told = (
        *release({PART: 15, OTHER: 15, WHOLE: 20}),
        heard.part_of(PART, WHOLE, "a part"),
        heard.part_of(OTHER, WHOLE, "a part"),
    )
    apart = Known(((WHOLE, 1), (PART, -1), (OTHER, -1)), 0, None, "nobody is in both")
    return Plant(told, (apart,), {PART: 12, OTHER: 11, WHOLE: 24}, PART, Interval(11, 13))


@plant
def a_part_of_a_small_count_that_is_published_exactly() -> Plant:
    told = release({PART: 5})
    exact = (heard.part_of(PART, WHOLE, "all were recorded by the police"), heard.exact(WHOLE, 2, "police.uk"))
    return Plant(told, exact, {PART: 2, WHOLE: 2}, PART, Interval(1, 2))


@plant
def a_supplier_that_knows_its_own() -> Plant:
    own, others = Cell("own", "Melton"), Cell("others", "Melton")
    told = (*release({WHOLE: 5}), heard.adds_up(Equation(WHOLE, (own, others)), "two suppliers"))
    return Plant(told, (heard.exact(own, 8, "its own files"),), {own: 8, others: 1, WHOLE: 9}, others, Interval(0, 1))


def cells_of(knowns: Iterable[Known]) -> tuple[Cell, ...]:
    return tuple(sorted({cell for known in knowns for cell, _ in known.terms}))


@pytest.mark.parametrize("name", PLANTS)
def test_each_planted_leak_is_found_and_the_release_without_it_is_not_flagged(name: str) -> None:
    plant = PLANTS[name]()
    for known in (*plant.told, *plant.more):
        total = sum(factor * plant.truth[cell] for cell, factor in known.terms)
        assert known.low is None or total >= known.low, f"{known} is not true"
        assert known.high is None or total <= known.high, f"{known} is not true"
    cells = cells_of((*plant.told, *plant.more))
    clean = weakest(System(cells, plant.told), cells, first=len(cells))
    assert not [f"{cell}: {one.words()}" for cell, one in clean if one.under_five or one.provable_zero]
    found = dict(weakest(System(cells, (*plant.told, *plant.more)), cells))
    assert found[plant.victim] == plant.left, {str(cell): one.words() for cell, one in found.items()}
    assert found[plant.victim].under_five or found[plant.victim].provable_zero


def test_there_are_plants_of_many_kinds() -> None:
    assert len(PLANTS) >= 14


# Which relations leak, and what keeps them from it


def test_parts_that_exclude_each_other_are_safe_once_their_sum_is_in_the_grid() -> None:
    rest = Cell("neither", "Melton")
    for counts in itertools.product((0, 4, 12), repeat=3):
        truth = dict(zip((PART, OTHER, rest), counts, strict=True)) | {WHOLE: sum(counts)}
        grid = Grid(truth, (Equation(WHOLE, (PART, OTHER, rest)),), frozenset({rest}))
        shown = round_grid(grid, KEY, "2026-27 Q2")
        told = (*release(shown), heard.adds_up(grid.equations[0], "nobody is in both"))
        assert not [one for _, one in weakest(System(tuple(truth), told), grid.published) if one.under_five]


def test_a_supplier_learns_of_the_others_just_when_less_is_shown_than_its_own() -> None:
    """The rule of 80 % does not prevent it: own 6 and others 3, shown as 5, leave the others 0 to 3."""
    own, others = Cell("own", "Melton"), Cell("others", "Melton")
    both = heard.adds_up(Equation(WHOLE, (own, others)), "two suppliers")
    for a, b in itertools.product((0, 1, 3, 4, 5, 6, 8, 9), repeat=2):
        for shown in {(a + b) // 5 * 5, -(-(a + b) // 5) * 5}:
            told = (heard.rounded(WHOLE, shown, "shown"), both, heard.exact(own, a, "its own files"))
            assert interval_of(System((own, others, WHOLE), told), others).under_five is (a > shown)
    assert dominated({"own": 6, "others": 3}) == ""


def test_two_releases_leave_every_count_open_when_all_that_was_not_revised_stays() -> None:
    """A revised referral moves its own cells and their totals; everything else, hidden cells too, is frozen."""
    done = 0
    for seed in range(8):
        dice = random.Random(seed)
        grid = linked_returns(seed).grid()
        before = round_grid(grid, KEY, QUARTERS[0])
        revised = with_more_referrals(grid, dice.choice(LEAVES["district"]), 1 + seed % 4)
        frozen = {cell: value for cell, value in before.items() if revised.counts[cell] == grid.counts[cell]}
        try:
            after = round_grid(revised, KEY, QUARTERS[0], frozen)
        except RoundingImpossible:
            continue
        done += 1
        names = {cell: cell if cell in frozen else cell.at("revised") for cell in grid.counts}
        told = [heard.rounded(cell, before[cell], f"first: {cell}") for cell in before]
        told += [heard.rounded(names[cell], after[cell], f"then: {cell}") for cell in after]
        told += [heard.adds_up(one, f"first: {one.total}") for one in grid.equations]
        told += [
            heard.adds_up(Equation(names[one.total], tuple(names[part] for part in one.parts)), f"then: {one.total}")
            for one in grid.equations
        ]
        cells = tuple({*names, *names.values()})
        found = weakest(System(cells, tuple(told)), [cell for cell in cells if cell.at("") not in grid.hidden], first=1)
        assert not [f"{cell}: {one.words()}" for cell, one in found if one.under_five or one.provable_zero]
    assert done >= 4


def test_a_contradiction_is_said_and_not_taken_for_safety() -> None:
    told = (*release({MELTON: 5, RUTLAND: 0, ALL: 5}, ALL), heard.exact(ALL, 20, "another table"))
    with pytest.raises(DisclosureError, match="cannot all be true"):
        weakest(System((MELTON, RUTLAND, ALL), told), (MELTON,))
