"""The financial year to date in words, with its test, or with what stands in the way."""

from collections.abc import Sequence
from typing import Final

from vawg_metrics.catalogue.definitions import Indicator
from vawg_metrics.figure import SMALL, Figure
from vawg_metrics.narrative import MOST_NAMED, period_words
from vawg_metrics.periods import MONTHS_IN
from vawg_metrics.statements.progress_words import PARTED, told_words
from vawg_metrics.wording import denominator_words, exact_words, listed, marker_words, numerator_words
from vawg_metrics.year_to_date import YearToDate

WHY_NOT: Final = {
    "not_summed": "Not given: this measure has no months or quarters that may be added up.",
    "unplaced": "Not given: what has no district tells how places are recorded, and not what happened.",
    "unknown": "Not given: no month is known.",
}


def year_words(indicator: Indicator, found: YearToDate) -> str:
    """`4,321 in April to December 2025; 4,400 in April to December 2024: a change … cannot be told from chance`."""
    if found.obstacle in WHY_NOT:
        return WHY_NOT[found.obstacle]
    if found.lacking:
        return _lacking_words(found.lacking)
    both = [one for one in (found.after, found.before) if one]
    if any(_small(one) for one in both):
        return f"Not given: a count under {SMALL} in a district's quarter is not spoken of."
    counted = f"{'; '.join(_counted(indicator, one) for one in both)}. " if both else ""
    if found.change and found.after and found.before:
        return f"{counted}{_sentence(told_words(found.change, found.before, found.after))}."
    if found.obstacle in PARTED:
        return f"{counted}Not compared, for {PARTED[found.obstacle]} between."
    if found.obstacle == "unsettled" and found.after:
        return f"{counted}Not compared, for the outcomes of {period_words(found.after)} are not settled."
    if any(one.value is None for one in both):
        return f"{counted}Not compared, for none were counted that it could be a share of."
    return f"{counted}Nothing is tested, for no events are counted."


def _lacking_words(lacking: Sequence[Figure]) -> str:
    """Which months are not known, by name where they are few, and why where all have one reason."""
    few = len(lacking) <= MOST_NAMED
    which = listed([period_words(one) for one in lacking]) if few else f"{len(lacking)} {lacking[0].grain}s"
    reasons = {marker_words(one).partition(";")[0] for one in lacking}
    reason = reasons.pop().removeprefix("not known").removeprefix(": ") if len(reasons) == 1 else ""
    why = f" ({reason})" if reason else ""
    return f"Not given: {which} {'is' if len(lacking) == 1 else 'are'} not known{why}."


def _small(figure: Figure) -> bool:
    """A district's quarter, or less than one, under 5: kept in tables and never spoken of."""
    short = figure.period is not None and figure.period.months <= MONTHS_IN["quarter"]
    return short and figure.area.kind == "district" and (figure.numerator or 0) < SMALL


def _counted(indicator: Indicator, figure: Figure) -> str:
    marked = ", provisional" if figure.marker == "provisional" else ""
    when = f"{period_words(figure)}{marked}"
    if indicator.denominator is None:
        return f"{numerator_words(figure)} in {when}"
    if indicator.share:
        out_of = f"{numerator_words(figure)} of {denominator_words(figure)}"
        return f"{exact_words(indicator, figure.value)} ({out_of}) in {when}"
    months = figure.period.months if figure.period else 0
    rate = f"{exact_words(indicator, figure.value)} {indicator.unit_words} in {months} months"
    return f"{numerator_words(figure)} ({rate}) in {when}"


def _sentence(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]}"
