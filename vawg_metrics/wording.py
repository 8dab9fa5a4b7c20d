"""How numbers, markers and ages are written for people: in one place, by unit."""

from collections.abc import Sequence
from typing import Final

from vawg_metrics.catalogue.definitions import Indicator
from vawg_metrics.periods import month_number, month_words
from vawg_metrics.reading import Figure

MARKER_WORDS: Final = {
    "": "",
    "provisional": "provisional",
    "incomplete": "incomplete",
    "revised": "revised",
    "missing": "not known",
    "suppressed": "withheld by the publisher",
    "protected": "protected",
    "not_due": "not due yet",
    "overdue": "overdue",
    "not_collected": "not collected",
}


def count_words(count: int | None) -> str:
    """`1,557`, or an en dash when the count is unknown."""
    return "–" if count is None else f"{count:,}"


def value_words(indicator: Indicator, value: float | None) -> str:
    """A value with its unit: `4.0 per 1,000 residents`, `13 %`, `1,557`."""
    if value is None:
        return "not known"
    if indicator.unit == "rate":
        return f"{bare_value(indicator, value)} {indicator.unit_words}"
    return bare_value(indicator, value)


def bare_value(indicator: Indicator, value: float | None) -> str:
    """A value without its unit's words, as a table shows it; what is not zero never reads as zero."""
    if value is None:
        return "–"
    if indicator.unit == "percent":
        return "under 0.1 %" if 0 < value < 0.05 else f"{value:.1f} %" if 0 < value < 10 else f"{value:.0f} %"
    if indicator.unit == "rate":
        return "under 0.01" if 0 < value < 0.005 else f"{value:.2f}" if 0 < value < 1 else f"{value:,.1f}"
    if indicator.unit == "pounds":
        return f"£{value:,.0f}"
    return f"{value:,.0f}" if float(value).is_integer() else f"{value:,.1f}"


def exact_words(indicator: Indicator, value: float | None) -> str:
    """A value beside others that it is compared with: a share to one decimal, so that no claim is rounded away."""
    if value is None or indicator.unit != "percent" or 0 < value < 0.05:
        return bare_value(indicator, value)
    return f"{value:.1f} %"


def listed(names: Sequence[str]) -> str:
    """`Blaby, Melton and Rutland`; only commas where a name has an `and` of its own."""
    if len(names) > 1 and any(" and " in name for name in names):
        return ", ".join(names)
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def limit_words(indicator: Indicator, value: float | None) -> str:
    """A limit in the measure's unit: of a count, which limits seldom meet, to the nearest whole one."""
    if value is not None and indicator.unit == "count":
        return bare_value(indicator, round(value))
    return exact_words(indicator, value)


def signed(value: float, decimals: int) -> str:
    """A number with its sign, and a true minus: `+2.1`, `−3.4`; `0.0` has none."""
    rounded = round(value, decimals)
    return f"{abs(rounded):.{decimals}f}" if rounded == 0 else f"{rounded:+.{decimals}f}".replace("-", "−")


def p_words(p: float) -> str:
    """A p value as a person would say it: `p = 0.077`, `p under 0.001`."""
    return "p under 0.001" if p < 0.001 else f"p = {p:.3f}" if p < 0.1 else f"p = {p:.2f}"


def finding_words(indicator: Indicator, figure: Figure) -> str:
    """Count and value together: `13 % (116 of 917)`, `4.0 per 1,000 residents (1,557)`, `28`."""
    if not figure.known:
        return marker_words(figure)
    if figure.value is None:
        return count_words(figure.numerator)
    if indicator.unit == "percent" and indicator.disclosure == "exact":
        return f"{figure.numerator:,} of {count_words(figure.denominator)}"  # small numbers of things, not of people
    if indicator.unit in ("percent", "ratio"):
        return f"{value_words(indicator, figure.value)} ({figure.numerator:,} of {count_words(figure.denominator)})"
    if indicator.unit == "rate":
        return f"{value_words(indicator, figure.value)} ({count_words(figure.numerator)})"
    return value_words(indicator, figure.value)


def unbroken(text: str) -> str:
    """Text in which a number stays on one line with its per cent sign."""
    return text.replace(" %", "\u00a0%")


def marker_words(figure: Figure) -> str:
    """Why a figure is as it is: its marker in words and, where there is one, its note."""
    words = MARKER_WORDS[figure.marker]
    return f"{words}: {figure.note}" if words and figure.note else words or figure.note


def age_words(month: str, today: str) -> str:
    """How old a figure is: `to December 2025, 11 months ago`; `today` is a month too."""
    months = month_number(today) - month_number(month)
    ago = "this month" if months <= 0 else "1 month ago" if months == 1 else f"{months} months ago"
    years = f"{months // 12} years ago" if months >= 36 else ago
    return f"to {month_words(month)}, {years}"
