"""Months, quarters and years: what they are called, and that nothing is lost on the way there and back."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vawg_metrics.periods import (
    GRAINS,
    MONTHS_IN,
    Period,
    month_number,
    month_text,
    month_words,
    quarter,
    shifted,
    year_ending,
)

NUMBERS = st.integers(0, 9999 * 12 + 11)
YEARS = st.integers(1900, 2098)
PERIODS = st.tuples(st.integers(12 * 1900, 12 * 2090), st.integers(0, 40)).map(
    lambda pair: Period(month_text(pair[0]), month_text(pair[0] + pair[1]))
)


@given(NUMBERS)
def test_a_month_survives_the_way_to_text_and_back(number: int) -> None:
    assert month_number(month_text(number)) == number
    assert month_text(month_number(month_text(number))) == month_text(number)


@given(NUMBERS, NUMBERS)
def test_months_sort_as_text_as_they_do_in_time(one: int, other: int) -> None:
    assert (month_text(one) < month_text(other)) == (one < other)


@given(st.integers(12 * 1000, 12 * 8000), st.integers(-500, 500))
def test_a_shift_forth_and_back_is_none(number: int, by: int) -> None:
    month = month_text(number)
    assert shifted(shifted(month, by), -by) == month
    assert month_number(shifted(month, by)) - number == by


@pytest.mark.parametrize(
    "text",
    ["", "2024", "2024-0", "2024-00", "2024-13", "2024-1", "24-01", "2024-01-01", "2024/01", " 2024-01", "2024-01 ",
     "2024-01\n", "-2024-01", "２０２４-01", "٢٠٢٤-01", "January 2024", "all"],
)  # fmt: skip
def test_what_is_no_month_is_refused_by_name(text: str) -> None:
    with pytest.raises(ValueError, match="is not a month written YYYY-MM"):
        month_number(text)


@given(st.text(max_size=12))
def test_any_text_is_a_month_or_refused(text: str) -> None:
    try:
        number = month_number(text)
    except ValueError:
        return
    assert month_text(number) == text


@given(PERIODS)
def test_a_period_holds_its_months_one_after_the_other(period: Period) -> None:
    months = list(period)
    assert (months[0], months[-1], len(months)) == (period.start, period.end, period.months)
    assert all(month_number(after) - month_number(before) == 1 for before, after in pairwise(months))
    assert Period.ending(period.end, period.months) == period


@given(PERIODS, PERIODS)
def test_different_periods_have_different_names(one: Period, other: Period) -> None:
    assert (one.words() == other.words()) == (one == other)


def test_a_period_cannot_end_before_it_begins() -> None:
    with pytest.raises(ValueError, match="cannot end in 2023-12"):
        Period("2024-01", "2023-12")


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        ("2025-12", "2025-12", "December 2025"),
        ("2024-04", "2024-06", "April to June 2024"),
        ("2024-01", "2024-12", "2024"),
        ("2024-04", "2025-03", "2024/25"),
        ("1999-04", "2000-03", "1999/00"),
        ("2024-07", "2025-06", "year to June 2025"),
        ("2024-12", "2025-02", "December 2024 to February 2025"),
        ("2023-01", "2024-12", "January 2023 to December 2024"),
    ],
)
def test_a_period_is_called_as_a_person_would(start: str, end: str, words: str) -> None:
    assert Period(start, end).words() == words


def test_the_months_have_their_names() -> None:
    assert month_words("2024-01") == "January 2024"
    assert month_words("2024-12") == "December 2024"


@given(YEARS)
def test_the_quarters_of_a_financial_year_are_its_twelve_months(year: int) -> None:
    for text in (f"{year}/{(year + 1) % 100:02d}", f"{year}-{year + 1}", f" {year}_{(year + 1) % 100:02d} "):
        quarters = [quarter(text, number) for number in (1, 2, 3, 4)]
        assert [month for one in quarters for month in one] == list(year_ending(f"{year + 1}-03"))


@pytest.mark.parametrize(
    ("year", "number"),
    [("2018/20", 1), ("2018/18", 1), ("2018", 1), ("18/19", 1), ("", 1), ("2018/19", 0), ("2018/19", 5)],
)
def test_what_is_no_quarter_is_refused(year: str, number: int) -> None:
    with pytest.raises(ValueError, match="is not a quarter of a financial year"):
        quarter(year, number)


def test_a_year_is_the_twelve_months_to_its_end() -> None:
    assert year_ending("2025-06") == Period("2024-07", "2025-06")


def test_every_grain_has_a_length() -> None:
    assert set(MONTHS_IN) == set(GRAINS)
