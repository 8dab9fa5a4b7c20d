"""How numbers, markers and ages are written for people: in one place, by unit."""

from collections.abc import Sequence
from typing import Final

from vawg_metrics.catalogue.definitions import Indicator
from vawg_metrics.periods import month_number, month_words
from vawg_metrics.reading import Figure

DEMONSTRATION: Final = "Demonstration"
POUNDS: Final = 10_000  # a whole so large is money, of which a share is said and not `n of N`
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


def marked(words: str, demonstration: bool) -> str:
    """Words that stand over made-up figures: their first is `Demonstration`. Others, and none, stay as they are."""
    if not demonstration or not words or words.startswith(DEMONSTRATION):
        return words
    return f"{DEMONSTRATION}: {words}"


def count_words(count: int | None) -> str:
    """`1,557`, or an en dash when the count is unknown."""
    return "–" if count is None else f"{count:,}"


def numerator_words(figure: Figure) -> str:
    """The count of a figure: `1,557`, and `about 10` where only its neighbourhood may be known."""
    return _about(figure.numerator, figure.within)


def denominator_words(figure: Figure) -> str:
    """What the count of a figure is out of: `917`, and `about 35` where only its neighbourhood may be known."""
    return _about(figure.denominator, figure.denominator_within)


def rounded_words(figure: Figure) -> str:
    """A count with the reach of the truth, where it was rounded: `about 10 (6 to 14)`; `28` where it is exact."""
    if figure.numerator is None or not figure.within:
        return numerator_words(figure)
    return f"{numerator_words(figure)} ({_reach(figure)})"


def _about(count: int | None, within: int) -> str:
    return f"about {count_words(count)}" if within and count is not None else count_words(count)


def _reach(figure: Figure) -> str:
    count = figure.numerator or 0
    return f"{max(count - figure.within, 0):,} to {count + figure.within:,}"


def value_words(indicator: Indicator, value: float | None) -> str:
    """A value with its unit: `4.0 per 1,000 residents`, `13 %`, `1,557`, `21 days`, `£15 per woman`."""
    if value is None:
        return "not known"
    if indicator.unit == "days":
        return "1 day" if value == 1 else f"{bare_value(indicator, value)} days"
    if indicator.unit in ("rate", "pounds"):
        return f"{bare_value(indicator, value)} {indicator.unit_words}".rstrip()
    return bare_value(indicator, value)


def unit_name(indicator: Indicator, unit: str = "") -> str:
    """What a value is measured in: `per 1,000 residents`, `% of all offences`, `number`; `unit` where it is another."""
    unit = unit or indicator.unit
    if unit == "rate":
        return indicator.unit_words
    if unit == "percent":
        return f"% of {indicator.denominator.name}" if indicator.denominator else "%"
    named = {"count": "number", "pounds": f"pounds {indicator.unit_words}".rstrip()}
    return named.get(unit, unit)


def bare_value(indicator: Indicator, value: float | None) -> str:
    """A value without its unit's words, as a table shows it; what is not zero never reads as zero."""
    if value is None:
        return "–"
    if indicator.unit == "percent":
        return "under 0.1 %" if 0 < value < 0.05 else f"{value:.1f} %" if 0 < value < 10 else f"{value:.0f} %"
    if indicator.unit == "rate":
        return "under 0.01" if 0 < value < 0.005 else f"{value:.2f}" if 0 < value < 1 else _rate(indicator, value)
    if indicator.unit == "pounds":
        return f"£{value:,.0f}"
    return f"{value:,.0f}" if float(value).is_integer() else f"{value:,.1f}"


def _rate(indicator: Indicator, value: float) -> str:
    """To one decimal; of counts that were rounded for protection two figures and no more."""
    return f"{value:,.0f}" if indicator.rounded and value >= 10 else f"{value:,.1f}"


def exact_words(indicator: Indicator, value: float | None) -> str:
    """A value beside others that it is compared with: a share to one decimal, so that no claim is rounded away.

    A share of counts that were rounded for protection has two figures everywhere.
    """
    if value is None or indicator.unit != "percent" or 0 < value < 0.05 or indicator.rounded:
        return bare_value(indicator, value)
    return f"{value:.1f} %"


def in_sentence(title: str) -> str:
    """A title inside a sentence: its first letter small, unless it begins with initials or a name.

    >>> in_sentence("MARAC cases that are repeats"), in_sentence("Cases heard at MARAC")
    ('MARAC cases that are repeats', 'cases heard at MARAC')
    """
    first = title.split(" ", 1)[0]
    return title if first[1:] != first[1:].lower() or first.endswith("'s") else f"{title[:1].lower()}{title[1:]}"


def listed(names: Sequence[str]) -> str:
    """`Blaby, Melton and Rutland`; `Blaby, and Oadby and Wigston` where a name has an `and` of its own."""
    comma = "," if any(" and " in name for name in names) else ""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])}{comma} and {names[-1]}"


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
    pound = "£" if _money(indicator) else ""
    of = f"{pound}{numerator_words(figure)} of {pound}{denominator_words(figure)}"
    if indicator.unit == "pounds":
        spent = f" (£{numerator_words(figure)})" if figure.denominator is not None else ""
        return f"{value_words(indicator, figure.value)}{spent}"
    if figure.value is None:
        return of if figure.denominator is not None else rounded_words(figure)
    if indicator.unit == "percent" and indicator.disclosure == "exact" and max(figure.denominator or 0, 0) < POUNDS:
        return of  # small numbers of things, not of people
    if indicator.unit in ("percent", "ratio"):
        return f"{value_words(indicator, figure.value)} ({of})"
    if indicator.unit == "rate":
        reach = f", {_reach(figure)}" if figure.within else ""
        return f"{value_words(indicator, figure.value)} ({numerator_words(figure)}{reach})"
    return rounded_words(figure) if figure.within else value_words(indicator, figure.value)


def _money(indicator: Indicator) -> bool:
    """Whether what it counts is money, as a share of money."""
    return any(line.counts == "pounds" for line in indicator.returned)


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
