"""Months, quarters and years: what they are called and which of them make up a longer one."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal

Grain = Literal["month", "quarter", "year", "rolling12", "edition"]
GRAINS: Final = ("month", "quarter", "year", "rolling12")
MONTHS_IN: Final = {"month": 1, "quarter": 3, "year": 12, "rolling12": 12}
MONTH_NAMES: Final = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_MONTH = re.compile(r"([0-9]{4})-(0[1-9]|1[0-2])")


def month_number(month: str) -> int:
    """Months since year 0 of a month written YYYY-MM; ValueError when it is not one."""
    found = _MONTH.fullmatch(month)
    if not found:
        raise ValueError(f"'{month}' is not a month written YYYY-MM")
    return int(found[1]) * 12 + int(found[2]) - 1


def month_text(number: int) -> str:
    """The month YYYY-MM of a month number."""
    return f"{number // 12:04d}-{number % 12 + 1:02d}"


def shifted(month: str, by: int) -> str:
    """The month `by` months later (earlier when negative)."""
    return month_text(month_number(month) + by)


def month_words(month: str) -> str:
    """`December 2025` for 2025-12."""
    number = month_number(month)
    return f"{MONTH_NAMES[number % 12]} {number // 12}"


@dataclass(frozen=True, order=True, slots=True)
class Period:
    """A run of whole months, first and last included, each written YYYY-MM."""

    start: str
    end: str

    def __post_init__(self) -> None:
        if month_number(self.end) < month_number(self.start):
            raise ValueError(f"a period from {self.start} cannot end in {self.end}")

    @property
    def months(self) -> int:
        return month_number(self.end) - month_number(self.start) + 1

    @classmethod
    def ending(cls, end: str, months: int) -> "Period":
        return cls(shifted(end, 1 - months), end)

    def words(self) -> str:
        """As a person would say it: `December 2025`, `April to June 2024`, `2024/25`, `2024`, `year to June 2025`."""
        first, last = month_number(self.start), month_number(self.end)
        if first == last:
            return month_words(self.end)
        if last - first == 11 and first % 12 == 0:
            return f"{first // 12}"
        if last - first == 11 and first % 12 == 3:
            return f"{first // 12}/{last // 12 % 100:02d}"
        if last - first == 11:
            return f"year to {month_words(self.end)}"
        if first // 12 == last // 12:
            return f"{MONTH_NAMES[first % 12]} to {month_words(self.end)}"
        return f"{month_words(self.start)} to {month_words(self.end)}"

    def __iter__(self) -> Iterator[str]:
        return (month_text(number) for number in range(month_number(self.start), month_number(self.end) + 1))


def quarter(financial_year: str, number: int) -> Period:
    """Quarter 1-4 of a financial year written `2018/19`, `2018-19` or `2018_19`; April to June is quarter 1."""
    found = re.match(r"^(\d{4})\s*[/_-]\s*(\d{2}|\d{4})$", financial_year.strip())
    if not found or (int(found[1]) + 1) % 100 != int(found[2]) % 100 or number not in (1, 2, 3, 4):
        raise ValueError(f"'{financial_year}' quarter {number} is not a quarter of a financial year")
    start = month_text(int(found[1]) * 12 + 3 * number)
    return Period(start, shifted(start, 2))


def year_ending(month: str) -> Period:
    """The twelve months that end with this month."""
    return Period.ending(month, 12)


def quarter_named(words: str) -> Period:
    """The quarter that a return is for, written `2026-27 Q2`; ValueError when it is not one."""
    found = re.fullmatch(r"(\d{4}-\d{2}) Q([1-4])(?: \(.*\))?", words.strip())
    if not found:
        raise ValueError(f"'{words}' is not a quarter written 2026-27 Q2")
    return quarter(found[1], int(found[2]))


def quarter_name(period: Period) -> str:
    """The short name of a quarter: `2026-27 Q2`, which is July to September 2026."""
    first = month_number(period.start) - 3
    return f"{first // 12}-{(first // 12 + 1) % 100:02d} Q{first % 12 // 3 + 1}"


def quarter_words(period: Period) -> str:
    """A quarter in full: `2026-27 Q2 (July to September 2026)`."""
    return f"{quarter_name(period)} ({period.words()})"
