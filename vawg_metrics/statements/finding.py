"""What was counted, with its limits, and how it stands beside the rest of LLR."""

from math import isfinite
from typing import Final

from vawg_metrics.against_rest import Claim, claim_beside_rest
from vawg_metrics.areas import DISTRICTS, LLR, UNPLACED, UPPER_TIERS, Area
from vawg_metrics.catalogue.definitions import Indicator
from vawg_metrics.figure import Compared, Figure
from vawg_metrics.methods.funnel import HIGH_95, HIGH_998, LOW_95, LOW_998
from vawg_metrics.methods.intervals import NEWCOMBE
from vawg_metrics.narrative import in_time
from vawg_metrics.publication.uncertainty import compared_as
from vawg_metrics.reading import Reading
from vawg_metrics.statements.claims import Evidence, Statement, range_words, small_point
from vawg_metrics.wording import (
    bare_value,
    denominator_words,
    exact_words,
    listed,
    numerator_words,
    rounded_words,
    signed,
    value_words,
)

MOST_NAMED: Final = 3
BEYOND_CHANCE: Final = "by more than chance alone explains"
COMMON: Final = "a difference of this size may be chance"
_HIGHER: Final = {HIGH_998: "higher", HIGH_95: "perhaps higher", LOW_998: "lower", LOW_95: "perhaps lower"}


def finding(reading: Reading) -> Statement:
    """What was counted, where and when, its value with its limits, and how it stands beside the rest of LLR."""
    headline = reading.headline
    if headline is None or headline.numerator is None or small_point(headline):
        return Statement("")
    compared = _comparison(reading, headline)
    said = _counted(reading.indicator, headline)
    link = "" if not compared.text else ": " if reading.indicator.share else ", "
    marked = " The figure is provisional." if headline.marker == "provisional" else ""
    text = f"{said}{link}{compared.text}.{_apart(reading, headline)}{_unplaced(reading, headline)}{marked}"
    return Statement(text, (*_limits(reading.indicator, headline), *compared.evidence), compared.directed)


def _counted(indicator: Indicator, figure: Figure) -> str:
    """`1,557 sexual offences were recorded in Leicester in the year to June 2025: 4.0 per 1,000 residents`."""
    term, count = indicator.numerator, figure.numerator or 0
    assert term is not None
    where = f"{_in_place(figure.area)} {in_time(indicator, figure)}"
    if indicator.unit == "days":
        return f"The median was {value_words(indicator, figure.value)} {where}"
    clause = (term.one if count == 1 else term.many) or term.name
    limits = f"95 % limits {range_words(indicator, figure)}" if figure.lower is not None else ""
    if indicator.denominator is None or indicator.unit in ("rate", "pounds"):
        said = f"{_said(figure)} {clause} {where}"
        if indicator.denominator is None:
            return f"{said} ({limits})" if limits else said
        if figure.value is None:
            return said
        return f"{said}: {value_words(indicator, figure.value)}{f' ({limits})' if limits else ''}"
    below, whole = indicator.denominator, figure.denominator or 0
    out_of = (below.one if whole == 1 else below.many) or below.name
    if indicator.unit == "ratio":
        ratio = f": a ratio of {bare_value(indicator, figure.value)}" if figure.value is not None else ""
        return f"{_said(figure)} {clause} {where}, against {denominator_words(figure)} {below.name}{ratio}"
    share = exact_words(indicator, figure.value) if figure.value is not None else ""
    value = "; ".join(part for part in (share, limits) if part)
    many = numerator_words(figure) if count or figure.within else "none"
    return f"Of {denominator_words(figure)} {out_of} {where}, {many}{f' ({value})' if value else ''} {clause}"


def _said(figure: Figure) -> str:
    """The count that opens a sentence: `1,557`, `No`, `About 10 (6 to 14)`."""
    words = rounded_words(figure) if figure.numerator or figure.within else "no"
    return f"{words[:1].upper()}{words[1:]}"


def _comparison(reading: Reading, headline: Figure) -> Statement:
    """The clause that sets a place beside the rest of LLR, with its test."""
    compared = headline.compared
    if compared is None:
        return Statement("")
    indicator, rest = reading.indicator, rest_words(indicator=reading.indicator, area=headline.area)
    beside = f"{rest} ({exact_words(indicator, compared.rest_value)})"
    claim = claim_beside_rest(indicator, headline)
    assert claim is not None
    word = _HIGHER.get(claim.label)
    if word is None:
        text = f"{'this' if indicator.share else 'which'} cannot be told from {beside}; {COMMON}"
    elif claim.label in (HIGH_95, LOW_95):
        text = f"{word} than {beside}, beyond 95 % limits and within 99.8 %"
    else:
        text = f"{word} than {beside}, {BEYOND_CHANCE}"
    return Statement(
        text, (_compared_by(indicator, headline, compared, rest), _tested_by(claim, rest)), word is not None
    )


def _compared_by(indicator: Indicator, headline: Figure, compared: Compared, rest: str) -> Evidence:
    of = indicator.denominator.name if indicator.denominator else ""
    limits = "Wilson" if indicator.limits_by == "wilson" else "Poisson"
    low, high = exact_words(indicator, compared.lower), exact_words(indicator, compared.upper)
    return Evidence(
        f"Is {headline.area.name} higher or lower than {rest}?",
        f"its own {limits} limits at 95 % and 99.8 % against the value of the others (OHID, comparing to a benchmark)",
        f"{numerator_words(headline)} of {denominator_words(headline)} {of} against "
        f"{compared.rest_numerator:,} of {compared.rest_denominator:,}",
        f"95 % limits {range_words(indicator, headline)}, 99.8 % limits {low} to {high}; the others "
        f"{exact_words(indicator, compared.rest_value)}: {compared.label}",
    )


def _tested_by(claim: Claim, rest: str) -> Evidence:
    """The test of both counts, without which nothing is called higher or lower."""
    level = f"{100 * claim.confidence:g} % limits"
    if claim.method == NEWCOMBE:
        limits = f"{signed(claim.lower, 1)} to {signed(claim.upper, 1)}"
        size = f"difference {signed(claim.estimate, 1)} points, {level} {limits}"
    elif isfinite(claim.estimate):
        size = f"ratio {claim.estimate:.2f}, {level} {claim.lower:.2f} to {claim.upper:.2f}"
    else:
        size = "no ratio, for nothing was counted in the others"
    return Evidence(
        f"Does the difference from {rest} hold when chance in their numbers is allowed for too?",
        f"{claim.method}; overdispersion between districts is not allowed for",
        "the same counts",
        f"{size}: {claim.label}",
    )


def _limits(indicator: Indicator, figure: Figure) -> tuple[Evidence, ...]:
    if figure.lower is None:
        return ()
    out_of = f" of {denominator_words(figure)}" if figure.denominator is not None else ""
    return (
        Evidence(
            "How exact is the figure?",
            f"95 % limits, {figure.method}",
            f"{numerator_words(figure)}{out_of}",
            f"{exact_words(indicator, figure.value)}, limits {range_words(indicator, figure)}",
        ),
    )


def rest_words(indicator: Indicator, area: Area) -> str:
    """What a place is compared with, in words."""
    if indicator.places == "upper" or area.kind == "county":
        others = [tier.name for tier in UPPER_TIERS if tier != area]
        return f"{' and '.join(others)} together"
    return "the other eight districts together"


def _apart(reading: Reading, headline: Figure) -> str:
    """Why a place is not set beside the rest of LLR, where it could have been."""
    indicator = reading.indicator
    if headline.compared or headline.area in (LLR, UNPLACED) or headline.value is None or not compared_as(indicator):
        return ""
    tiers = indicator.places == "upper" or headline.area.kind == "county"
    at = {one.area.code: one for one in reading.districts}
    others = [area for area in (UPPER_TIERS if tiers else DISTRICTS) if area != headline.area]
    lacking = [area.name for area in others if area.code not in at or not at[area.code].settled]
    if not lacking:
        return ""
    which = listed(lacking) if len(lacking) <= MOST_NAMED else f"{len(lacking)} of the others"
    return f" It is not compared with the rest of LLR: no whole figure is held for {which}."


def _unplaced(reading: Reading, headline: Figure) -> str:
    """How many more, or how many of them, have no district recorded."""
    if reading.indicator.unit not in ("rate", "count") or headline.area == UNPLACED:
        return ""
    at = {one.area.code: one for one in reading.districts}
    whole, unplaced = at.get(LLR.code), at.get(UNPLACED.code)
    if not whole or not unplaced or not whole.numerator or not unplaced.numerator:
        return ""
    share = f"{100 * unplaced.numerator / whole.numerator:.1f} %"
    have = "has" if unplaced.numerator == 1 else "have"
    if headline.area == LLR:
        return f" Of them, {numerator_words(unplaced)} ({share}) {have} no district recorded."
    return f" Another {numerator_words(unplaced)} in LLR ({share}) {have} no district recorded."


def _in_place(area: Area) -> str:
    return "without a district" if area == UNPLACED else f"in {area.name}"
