"""The financial year to date in words, with its test, or with what stands in the way."""

from typing import Final

from vawg_metrics.catalogue.definitions import Indicator
from vawg_metrics.figure import Figure
from vawg_metrics.narrative import period_words
from vawg_metrics.statements.progress_words import told_words
from vawg_metrics.wording import count_words, exact_words, marker_words
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
    if found.after is None or found.before is None:
        lacking = found.lacking
        if lacking is None:
            return "Not given: some months are not held."
        return f"Not given: {period_words(lacking)} is not known ({marker_words(lacking).partition(';')[0]})."
    both = f"{_counted(indicator, found.after)}; {_counted(indicator, found.before)}"
    if found.change:
        return f"{both}. {_sentence(told_words(found.change, found.before, found.after))}."
    why = {
        "break": "Not compared, for recording changed or a new download began between.",
        "unsettled": f"Not compared, for the outcomes of {period_words(found.after)} are not settled.",
    }.get(found.obstacle, "Nothing is tested, for no events are counted.")
    return f"{both}. {why}"


def _counted(indicator: Indicator, figure: Figure) -> str:
    marked = ", provisional" if figure.marker == "provisional" else ""
    when = f"{period_words(figure)}{marked}"
    if indicator.denominator is None:
        return f"{count_words(figure.numerator)} in {when}"
    if indicator.share:
        out_of = f"{count_words(figure.numerator)} of {count_words(figure.denominator)}"
        return f"{exact_words(indicator, figure.value)} ({out_of}) in {when}"
    months = figure.period.months if figure.period else 0
    rate = f"{exact_words(indicator, figure.value)} {indicator.unit_words} in {months} months"
    return f"{count_words(figure.numerator)} ({rate}) in {when}"


def _sentence(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]}"
