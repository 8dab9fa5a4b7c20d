"""How numbers, markers and ages are written for people."""

from dataclasses import replace
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.tiny import tiny_catalogue
from vawg_metrics.areas import LLR
from vawg_metrics.catalogue.definitions import Indicator
from vawg_metrics.periods import Period
from vawg_metrics.reading import Figure
from vawg_metrics.sources.contract import FactMarker
from vawg_metrics.wording import (
    MARKER_WORDS,
    age_words,
    bare_value,
    count_words,
    finding_words,
    in_sentence,
    marker_words,
    value_words,
)

RATE = tiny_catalogue().indicator("violence_rate")
MARKERS = (
    "", "provisional", "incomplete", "revised", "missing", "suppressed", "protected", "not_due", "overdue",
    "not_collected",
)  # fmt: skip


def of(unit: str) -> Indicator:
    return replace(RATE, unit=unit)  # type: ignore[arg-type]


def figure(
    numerator: int | None, denominator: int | None, value: float | None, marker: str = "", note: str = ""
) -> Figure:
    period = Period("2024-04", "2025-03")
    return Figure("violence_rate", LLR, "year", period, "", "", numerator, denominator, value, marker, note, "")


def test_a_count_has_its_thousands_and_an_unknown_one_a_dash() -> None:
    assert [count_words(count) for count in (0, 999, 1557, 1234567, None)] == ["0", "999", "1,557", "1,234,567", "–"]


@pytest.mark.parametrize(
    ("unit", "value", "words"),
    [
        ("rate", 3.96, "4.0 per 1,000 residents"),
        ("rate", 0.456, "0.46 per 1,000 residents"),
        ("rate", 0.0, "0.0 per 1,000 residents"),
        ("rate", 1234.5, "1,234.5 per 1,000 residents"),
        ("percent", 12.65, "13 %"),
        ("percent", 2.87, "2.9 %"),
        ("percent", 0.0, "0 %"),
        ("percent", 100.0, "100 %"),
        ("count", 1557.0, "1,557"),
        ("count", 2.5, "2.5"),
        ("ratio", 0.5, "0.5"),
        ("days", 61.5, "61.5 days"),
        ("pounds", 1250000.0, "£1,250,000 per 1,000 residents"),
        ("rate", None, "not known"),
    ],
)
def test_a_value_is_written_by_its_unit(unit: str, value: float | None, words: str) -> None:
    assert value_words(of(unit), value) == words


@given(st.sampled_from(["rate", "percent"]), st.floats(0, 1e6, exclude_min=True))
def test_what_is_not_zero_never_reads_as_zero(unit: str, value: float) -> None:
    digits = [sign for sign in bare_value(of(unit), value) if sign.isdigit()]
    assert set(digits) != {"0"}


@pytest.mark.parametrize(("unit", "value", "words"), [("percent", 0.04, "under 0.1 %"), ("rate", 0.002, "under 0.01")])
def test_very_little_is_told_from_nothing(unit: str, value: float, words: str) -> None:
    assert bare_value(of(unit), value) == words


@given(st.sampled_from(["rate", "percent"]), st.floats(0, 1e6), st.floats(0, 1e6))
def test_rounding_turns_no_order_round(unit: str, one: float, other: float) -> None:
    low, high = (_number(bare_value(of(unit), value)) for value in sorted((one, other)))
    assert low <= high


def _number(words: str) -> float:
    if words.startswith("under "):
        return 1e-9
    return float(words.removesuffix(" %").replace(",", ""))


def test_a_finding_gives_the_count_with_the_value() -> None:
    assert finding_words(of("percent"), figure(116, 917, 12.65)) == "13 % (116 of 917)"
    assert finding_words(RATE, figure(1557, 393_000, 3.96)) == "4.0 per 1,000 residents (1,557)"
    assert finding_words(of("count"), figure(1557, None, 1557.0)) == "1,557"
    assert finding_words(of("ratio"), figure(3, 6, 0.5)) == "0.5 (3 of 6)"


def test_a_small_number_of_things_is_said_without_a_percentage() -> None:
    assert finding_words(replace(of("percent"), disclosure="exact"), figure(0, 53, 0.0)) == "0 of 53"


def test_a_count_without_a_rate_is_still_said() -> None:
    assert finding_words(RATE, figure(412, None, None)) == "412"


def test_what_is_unknown_is_said_with_its_reason_and_never_with_a_number() -> None:
    said = finding_words(RATE, figure(None, None, None, "incomplete", "not known for Charnwood"))
    assert said == "incomplete: not known for Charnwood"
    assert finding_words(RATE, figure(None, None, None, "suppressed")) == "withheld by the publisher"


def test_every_marker_of_the_closed_list_has_words() -> None:
    assert set(MARKER_WORDS) == set(MARKERS)
    assert set(get_args(FactMarker)) <= set(MARKER_WORDS)
    assert all(words or not marker for marker, words in MARKER_WORDS.items())
    assert len(set(MARKER_WORDS.values())) == len(MARKERS)


@pytest.mark.parametrize("marker", MARKERS)
def test_a_marker_is_said_with_its_note(marker: str) -> None:
    assert marker_words(figure(1, 2, 0.5, marker)) == MARKER_WORDS[marker]
    assert marker_words(figure(1, 2, 0.5, marker, "for a reason")).endswith("for a reason")


@pytest.mark.parametrize(
    ("month", "today", "words"),
    [
        ("2025-12", "2025-12", "to December 2025, this month"),
        ("2025-12", "2026-01", "to December 2025, 1 month ago"),
        ("2025-12", "2026-11", "to December 2025, 11 months ago"),
        ("2023-12", "2026-11", "to December 2023, 35 months ago"),
        ("2019-03", "2026-11", "to March 2019, 7 years ago"),
        ("2027-01", "2026-11", "to January 2027, this month"),
    ],
)
def test_an_age_is_said_in_months_and_then_in_years(month: str, today: str, words: str) -> None:
    assert age_words(month, today) == words


def test_a_title_inside_a_sentence_keeps_its_initials_and_names() -> None:
    assert in_sentence("Cases heard at MARAC") == "cases heard at MARAC"
    assert in_sentence("MARAC cases that are repeats") == "MARAC cases that are repeats"
    assert in_sentence("Clare's Law answered in time") == "Clare's Law answered in time"
