"""The auditor's mathematics against plain enumeration, each kind of figure against all counts, and cases by hand."""

import itertools
import json
import random
from decimal import ROUND_HALF_UP, Decimal

import pytest

from vawg_metrics.disclosure import heard
from vawg_metrics.disclosure.cases import Answer, read_cases, solve_case
from vawg_metrics.disclosure.feasible import Interval, Known, System, interval_of, weakest
from vawg_metrics.disclosure.grid import Cell, DisclosureError, Equation
from vawg_metrics.disclosure.rules import two_significant
from vawg_metrics.errors import FaultsFound
from vawg_metrics.methods.intervals import poisson_limits, wilson

A, B, C, D = (Cell(name, "") for name in "ABCD")


def possible(system: System, most: int) -> list[dict[Cell, int]]:
    """Every solution with counts up to `most`, by trying all."""
    return [
        point
        for values in itertools.product(range(most + 1), repeat=len(system.cells))
        for point in [dict(zip(system.cells, values, strict=True))]
        if all(holds(known, point) for known in system.knowns)
    ]


def holds(known: Known, point: dict[Cell, int]) -> bool:
    total = sum(factor * point[cell] for cell, factor in known.terms)
    return (known.low is None or total >= known.low) and (known.high is None or total <= known.high)


def random_system(seed: int, most: int) -> System:
    """Up to four counts up to `most`, with sums, differences and multiples known within some bounds."""
    dice = random.Random(seed)
    cells = (A, B, C, D)[: dice.randint(2, 4)]
    knowns = [Known(((cell, 1),), None, dice.randint(3, most), f"at most, {cell}") for cell in cells]
    for number in range(dice.randint(1, 4)):
        among = dice.sample(cells, dice.randint(1, len(cells)))
        terms = tuple((cell, dice.choice((-3, -2, -1, 1, 1, 1, 2))) for cell in among)
        low = dice.randint(-6, 12)
        high = dice.choice((None, low, low + 1, low + 4))
        knowns.append(Known(terms, dice.choice((low, low, None)) if high is not None else low, high, f"known {number}"))
    return System(cells, tuple(knowns))


# Intervals


@pytest.mark.parametrize("seed", range(80))
def test_intervals_are_those_of_plain_enumeration(seed: int) -> None:
    system = random_system(seed, most=7)
    points = possible(system, most=7)
    if not points:
        with pytest.raises(DisclosureError, match="contradicts itself; these cannot all be true"):
            interval_of(system, A)
        return
    for cell in system.cells:
        values = sorted({point[cell] for point in points})
        found = interval_of(system, cell)
        assert (found.low, found.high) == (values[0], values[-1])
        if len(values) < 5:
            assert found.candidates == len(values)
            assert found.only in ((), tuple(values))
        assert found.under_five is (len(values) < 5)
        assert found.recovered is (len(values) == 1)
        assert found.provable_zero is (values == [0])


@pytest.mark.parametrize("seed", range(120, 150))
def test_the_weakest_are_the_same_as_one_by_one_and_in_order(seed: int) -> None:
    system = random_system(seed, most=9)
    if not possible(system, most=9):
        return
    found = weakest(system, system.cells, first=2)
    assert sorted(cell for cell, _ in found) == sorted(system.cells)
    assert [interval.candidates for _, interval in found] == sorted(interval.candidates for _, interval in found)
    narrowest = sorted(interval_of(system, cell).candidates for cell in system.cells)
    for number, (cell, interval) in enumerate(found):
        exactly = interval_of(system, cell)
        assert interval.under_five is exactly.under_five
        if interval.exact:
            assert interval == exactly
        else:
            assert number >= 2 and exactly.candidates >= interval.candidates >= 5
            assert exactly.low <= interval.low and (exactly.high is None or interval.high <= exactly.high)
    assert [interval.candidates for _, interval in found[:2]] == narrowest[:2]


def test_counts_without_an_upper_end_have_any_number_of_candidates() -> None:
    system = System((A, B), (Known(((A, 1), (B, -1)), 2, None, "A is larger by two"),))
    assert interval_of(system, A) == Interval(2, None)
    assert not interval_of(system, B).under_five
    assert interval_of(system, B).words() == "0 or more"


def test_a_gap_between_the_ends_is_not_taken_for_a_candidate() -> None:
    """Twice an unknown number of at most 3: 0, 2, 4, 6 are four candidates, not seven."""
    system = System((A, B), (Known(((A, 1), (B, -2)), 0, 0, "pairs"), Known(((B, 1),), None, 3, "at most 3 pairs")))
    found = interval_of(system, A)
    assert found == Interval(0, 6, only=(0, 2, 4, 6)) and found.under_five
    assert found.words() == "4 values, 0, 2, 4, 6"
    assert weakest(system, (A,))[0][1].under_five


def test_what_cells_alone_say_is_taken_exactly() -> None:
    system = System((A,), (Known(((A, -2),), -9, -3, "twice A is 3 to 9"), Known(((A, 3),), None, 11, "thrice")))
    assert interval_of(system, A) == Interval(2, 3)


def test_a_contradiction_names_only_what_contradicts() -> None:
    knowns = (
        heard.exact(A, 3, "the table"),
        heard.adds_up(Equation(C, (A, B)), "the sum"),
        heard.exact(C, 2, "the note"),
        heard.rounded(D, 5, "another table"),
        heard.rounded(B, 0, "the chart"),
    )
    with pytest.raises(DisclosureError) as raised:
        weakest(System((A, B, C, D), knowns), (D,))
    assert str(raised.value).endswith("cannot all be true: the table; the sum; the note.")


def test_what_speaks_of_strangers_or_of_nothing_is_refused() -> None:
    with pytest.raises(DisclosureError, match="not in the system: B"):
        System((A,), (heard.part_of(A, B, "a share"),))
    with pytest.raises(DisclosureError, match="factor other than 0"):
        System((A,), (Known(((A, 0),), 1, 2, "nothing"),))
    for ask in (lambda: interval_of(System((A,), ()), B), lambda: weakest(System((A,), ()), (B,))):
        with pytest.raises(DisclosureError, match="not in the system"):
            ask()


@pytest.mark.parametrize(
    ("interval", "words"),
    [(Interval(3, 3), "recovered: it is 3"), (Interval(0, 0), "provably zero"), (Interval(1, 4), "4 values, 1 to 4"),
     (Interval(1, 5, exact=False), "at least 5 values, 1 to 5")],
)  # fmt: skip
def test_an_interval_says_itself(interval: Interval, words: str) -> None:
    assert interval.words() == words


# What is heard


def counts_in(known: Known, most: int = 400) -> list[int]:
    """The counts of its one cell that a Known allows."""
    return [count for count in range(most + 1) if holds(known, {known.terms[0][0]: count})]


def printed(value: float, decimals: int) -> str:
    return str(Decimal(repr(value)).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP))


@pytest.mark.parametrize(("shown", "least"), [(0, 0), (5, 1), (10, 6)])
def test_a_rounded_count_lies_within_four(shown: int, least: int) -> None:
    assert counts_in(heard.rounded(A, shown, "")) == list(range(least, shown + 5))


@pytest.mark.parametrize("decimals", [0, 1, 2, 3])
@pytest.mark.parametrize("population", [137, 52_300, 1_135_700])
def test_a_printed_rate_leaves_the_counts_that_print_so(decimals: int, population: int) -> None:
    for count in range(0, 130, 7):
        text = printed(count * 1000 / population, decimals)
        same = [other for other in range(population + 1)[:400] if printed(other * 1000 / population, decimals) == text]
        found = counts_in(heard.printed_rate(A, text, population, 1000, ""))
        assert set(same) <= set(found) and len(found) <= len(same) + 2  # the ends may be halves
        assert count in found


def test_a_rate_in_two_significant_figures_leaves_the_counts_that_print_so() -> None:
    for population in (950, 98_000):
        for count in range(0, 400, 3):
            shown = two_significant(count * 1000 / population)
            same = [other for other in range(401) if two_significant(other * 1000 / population) == shown]
            found = counts_in(heard.printed_rate(A, f"{shown:g}", population, 1000, "", significant=2))
            assert set(same) <= set(found) and len(found) <= len(same) + 2


@pytest.mark.parametrize("text", ["33", "33.3", "0", "0.0", "100", "4.25"])
def test_a_percentage_of_an_unknown_denominator_bounds_both(text: str) -> None:
    knowns = heard.printed_share_of(A, B, text, "")
    decimals = len(text.partition(".")[2])
    half = Decimal(5).scaleb(-decimals - 1)
    for b, a in itertools.product(range(60), repeat=2):
        allowed = all(holds(known, {A: a, B: b}) for known in knowns)
        assert allowed is (b > 0 and abs(Decimal(100 * a) - Decimal(text) * b) <= half * b)


def test_a_share_of_a_known_denominator_and_a_shade_and_a_blank() -> None:
    assert counts_in(heard.printed_share(A, "37.5", 8, "")) == [3]
    assert counts_in(heard.shade(A, 0.1, 0.3, 10_000, 1000, "")) == [1, 2]
    assert counts_in(heard.shade(A, None, 0.1, 10_000, 1000, "")) == [0]
    assert counts_in(heard.shade(A, 39.5, None, 10_000, 1000, ""))[0] == 395
    assert counts_in(heard.hidden_under(A, 5, "", least=1)) == [1, 2, 3, 4]
    assert counts_in(heard.own_part(A, 398, "")) == [398, 399, 400]
    assert counts_in(heard.exact(A, 7, "")) == [7]


def test_sums_equations_and_parts_hold_for_just_the_right_counts() -> None:
    for a, b in itertools.product(range(8), repeat=2):
        point = {A: a, B: b, C: 6}
        assert holds(heard.summed((A, B), 5, 2, ""), point) is (3 <= a + b <= 7)
        assert holds(heard.adds_up(Equation(C, (A, B)), ""), point) is (a + b == 6)
        assert holds(heard.part_of(A, B, ""), point) is (a <= b)


def test_a_confidence_limit_leaves_the_counts_that_print_so() -> None:
    upper = {count: float(poisson_limits(count).upper) / 52.3 for count in range(401)}
    lower = {count: 100 * float(wilson(count, 90).lower) for count in range(91)}
    for formula, decimals, most in ((upper, 2, 400), (upper, 0, 400), (lower, 1, 90), (lower, 0, 90)):
        for count in range(0, most + 1, 9):
            text = printed(formula[count], decimals)
            same = [other for other in formula if printed(formula[other], decimals) == text]
            found = counts_in(heard.limit(A, text, formula.__getitem__, "", most=most), most)
            assert set(same) <= set(found) and len(found) <= len(same) + 2


def test_what_cannot_have_been_printed_is_refused() -> None:
    with pytest.raises(DisclosureError, match="not a number as printed"):
        heard.printed_rate(A, "about 3", 100, 1000, "")
    with pytest.raises(DisclosureError, match="not a number as printed"):
        heard.printed_rate(A, "nan", 100, 1000, "")
    with pytest.raises(DisclosureError, match="no rate can be given of 0 people"):
        heard.shade(A, 0, 1, 0, 1000, "the map")
    with pytest.raises(DisclosureError, match=r"no count up to 9 gives 3\.7"):
        heard.limit(A, "3.7", float, "the limit", most=9)


# Cases by hand

EXAMPLE = {
    "cases": [
        {
            "name": "an exact total",
            "cells": ["Melton", {"name": "Rutland", "low": 0, "high": 4}, {"name": "both"}],
            "known": [
                {"where": "shown as 10", "terms": {"Melton": 1}, "low": 6, "high": 14},
                {"where": "the sum", "terms": {"both": 1, "Melton": -1, "Rutland": -1}, "equals": 0},
                {"where": "the other publisher", "terms": {"both": 1}, "equals": 6},
            ],
            "sensitive": ["Melton", "Rutland"],
        }
    ]
}


def answer_to(content: object) -> Answer:
    (case,) = read_cases(json.dumps(content))
    return solve_case(case)


def test_a_case_is_read_solved_and_said() -> None:
    answer = answer_to(EXAMPLE)
    assert answer.intervals == (("Melton", Interval(6, 6)), ("Rutland", Interval(0, 0)))
    assert answer.words() == ("an exact total:", "  Melton: recovered: it is 6", "  Rutland: provably zero")


def test_the_example_in_the_description_is_a_case() -> None:
    from vawg_metrics.disclosure import cases

    text = cases.__doc__ or ""
    assert answer_to(json.loads(text[text.index("{") : text.rindex("}") + 1])).intervals == answer_to(EXAMPLE).intervals


def test_a_case_that_contradicts_itself_says_so_in_words() -> None:
    content = {"cases": [{"name": "odd", "cells": ["a"], "known": [{"terms": {"a": 2}, "equals": 3}]}]}
    (line,) = answer_to(content).words()
    assert line == "odd: What is known contradicts itself; these cannot all be true: statement 1."


@pytest.mark.parametrize("seed", range(25))
def test_cases_are_solved_as_plain_enumeration_solves_them(seed: int) -> None:
    system = random_system(seed, most=6)
    names = {cell: f"{cell.line} – “{cell.line}”, 100 %" for cell in system.cells}  # a name is any text
    known = [
        {"terms": {names[cell]: factor for cell, factor in one.terms}}
        | ({} if one.low is None else {"low": one.low})
        | ({} if one.high is None else {"high": one.high})
        for one in system.knowns
        if one.low is not None or one.high is not None
    ]
    answer = answer_to({"cases": [{"name": "random", "cells": list(names.values()), "known": known}]})
    points = possible(system, most=6)
    assert bool(answer.contradiction) is (not points)
    for name, interval in answer.intervals:
        (cell,) = (cell for cell in names if names[cell] == name)
        values = sorted({point[cell] for point in points})
        assert (interval.low, interval.high) == (values[0], values[-1])
        assert len(values) >= 5 or interval.candidates == len(values)


def test_every_fault_of_a_file_is_reported_at_once() -> None:
    content = {
        "cases": [
            {"name": "one", "cells": ["a", "a", {"name": "b", "low": -1, "high": "x", "hihg": 3}], "sensitive": ["z"]},
            {"name": "two", "cells": ["a"], "known": [
                {"terms": {"b": 1.5}}, {"terms": {"a": 0}, "equals": 1, "low": 1}, 7,
                {"terms": {"a": 1}, "low": 5, "high": 4, "where": 3}, {"terms": {"a": 10**12}, "equals": True}]},
            {"cells": []},
            "four",
            {"name": "five", "cells": ["a"]},
            {"name": "five", "cells": ["a"], "extra": 1, "known": {}, "sensitive": []},
            {"name": "five", "cells": [{"low": 1}]},
            {"name": "five", "cells": ["b"]},
        ],
        "more": 1,
    }  # fmt: skip
    with pytest.raises(FaultsFound) as raised:
        read_cases(json.dumps(content | {"more": 1}), "small.json")
    assert "small.json: 'more' means nothing here." in str(raised.value)
    del content["more"]
    with pytest.raises(FaultsFound) as raised:
        read_cases(json.dumps(content), "small.json")
    faults = raised.value.faults
    assert {fault.file for fault in faults} == {"small.json"} and all(fault.repair for fault in faults)
    assert {fault.row.partition("'")[0].strip() for fault in faults} == {f"case {n}" for n in (1, 2, 3, 4, 6, 7, 8)}
    text = str(raised.value)
    for words in (
        "two cells 'a'", "'low' of the cell 'b' is below 0", "'high' of the cell 'b' is 'x'", "'hihg' means nothing",
        "sensitive cell 'z'", "speaks of 'b'", "factor of 'b' in statement 1 is 1.5", "statement 1 has no end",
        "factor of 'a' in statement 2 is 0", "'equals' and another end", "Statement 3 is not an object",
        "'low' of statement 4 is above", "'where' of statement 4", "'equals' of statement 5 is True", "1000000000000",
        "It has no name", "It has no cells", "It is not an object", "'extra' means nothing", "'known' is not a list",
        "'sensitive' is not a list", "Cell 1 has no name", "Another case has this name",
    ):  # fmt: skip
        assert words in text, words


@pytest.mark.parametrize(
    ("text", "words"),
    [("{", "small.json, line 1: It is not JSON"), ("[]", "not an object with a list 'cases'"),
     ('{"cases": []}', "holds no case"), ('{"cases": [], "cases": []}', "'cases' stands twice"),
     ("[" * 100_000, "nested too deeply")],
)  # fmt: skip
def test_a_file_that_holds_no_cases_says_why(text: str, words: str) -> None:
    with pytest.raises(FaultsFound, match=words):
        read_cases(text, "small.json")
