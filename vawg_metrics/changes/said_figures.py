"""What changed in the figures, in words: new periods, revisions, returns that are late, loads that repeat."""

from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Final

from vawg_metrics.catalogue.definitions import Source
from vawg_metrics.changes.differences import difference_words, figure_words, size_of
from vawg_metrics.changes.found import Changes, Late, NewPeriod, Repeat, Revision
from vawg_metrics.changes.section import Section, measure_columns, named, numbered, run_words, section_of
from vawg_metrics.figure import Figure
from vawg_metrics.narrative import period_words
from vawg_metrics.periods import Period
from vawg_metrics.wording import MARKER_WORDS

POLICE: Final = frozenset(
    {"police_uk_street", "police_uk_outcomes", "ons_csp", "ons_pfa", "home_office_recorded",
     "home_office_recorded_csp", "home_office_outcomes", "home_office_arrests"}
)  # fmt: skip
NO_POLICE: Final = "There are no new police figures since the last meeting."
NO_OTHERS: Final = "There are no new figures of other sources either."
NO_REASON: Final = "no reason is known here"
Row = dict[str, object]


def new_periods(changes: Changes) -> Section:
    """Which periods are known for the first time: of the police first, then by source."""
    names = {one.id: source_words(one) for one in changes.sources}
    publishers = {one.id: one.publisher for one in changes.sources}
    by_source: dict[str, list[NewPeriod]] = {}
    for one in changes.periods:
        by_source.setdefault(one.indicator.source, []).append(one)
    police = [_source_words(names[id_], held) for id_, held in by_source.items() if id_ in POLICE]
    others = [_source_words(names[id_], held) for id_, held in by_source.items() if id_ not in POLICE]
    said = [f"There are new police figures from {'; from '.join(police)}." if police else NO_POLICE]
    said += [f"There are new figures of other sources, from {'; from '.join(others)}."] if others else []
    records: list[Row] = [
        {
            "title": one.indicator.title, "period": one.period.words(),
            "llr": _llr_words(one, one.figure),
            "year_before": one.apart or _llr_words(one, one.year_before),
            "publisher": publishers[one.indicator.source], "source": names[one.indicator.source],
            **measure_columns(one.indicator, one.period),
        }
        for held in by_source.values() for one in held
    ]  # fmt: skip
    shown = ("title", "period", "llr", "year_before", "publisher")
    return section_of("periods", "New figures", said if records else [NO_OTHERS], shown, records, NO_POLICE)


def _llr_words(one: NewPeriod, figure: Figure | None) -> str:
    """A figure of LLR in words; '' where there is none."""
    return figure_words(one.indicator, figure) if figure else ""


def source_words(source: Source) -> str:
    """A source by its publisher and its dataset."""
    return f"{source.publisher}, {source.dataset}"


def _source_words(name: str, held: Sequence[NewPeriod]) -> str:
    measures = len({one.indicator.id for one in held})
    return f"{name}, for {run_words([one.period for one in held])} ({numbered(measures, 'measure', 'measures')})"


def revisions(changes: Changes) -> Section:
    """Every figure that was revised, summed up by measure with the largest named."""
    grouped = groupby(changes.revisions, key=lambda one: one.indicator)
    said = [_measure_words(list(own)) for _, own in grouped]
    if changes.followed:
        left = numbered(changes.followed, "figure of a longer period is", "figures of longer periods are")
        said.append(
            f"{left} not listed: quarters, years and twelve months that changed only because a shorter period inside "
            "them is new or revised."
        )
    parts = ("part",) if any(one.figure.breakdown for one in changes.revisions) else ()
    shown = ("title", "area", "period", *parts, "before", "after", "difference", "why")
    records = [_revision_row(one) for one in changes.revisions]
    return section_of("revisions", "Revisions", said, shown, records, "No figure was revised.")


def _measure_words(own: Sequence[Revision]) -> str:
    """One measure: how many of its figures were revised, and the largest of those that may be spoken of."""
    title = named(own[0].indicator)
    numbers = [one for one in own if one.numbers_differ]
    rest = len(own) - len(numbers)
    said = numbered(len(numbers), "figure has another number", "figures have other numbers") if numbers else ""
    marks = numbered(
        rest, "figure has another mark and the same number", "figures have another mark and the same number"
    )
    counted = "; ".join(one for one in (said, marks if rest else "") if one)
    spoken = [one for one in numbers or own if not _small(one)]
    if not spoken:
        return f"{title}: {counted}."
    largest = max(spoken, key=lambda one: (not one.figure.breakdown, size_of(one)))
    lead = "The largest revision is that" if len(own) > 1 else "It is that"
    before, after = (figure_words(largest.indicator, one) for one in (largest.before, largest.after))
    why = f"The reason is that {why_words(largest)}." if largest.why else f"{NO_REASON.capitalize()}."
    return f"{title}: {counted}. {lead} of {where_words(largest)}: it was {before}, and is {after}. {why}"


def _small(one: Revision) -> bool:
    """A district's quarter under 5 stands in the table and is never spoken of."""
    return any(figure.small_quarter for figure in (one.before, one.after) if figure is not None and figure.known)


def where_words(one: Revision) -> str:
    """The place, the period and the part of a revised figure."""
    part = part_words(one)
    return f"{one.figure.area.name}, {period_words(one.figure)}{f', {part}' if part else ''}"


def part_words(one: Revision) -> str:
    """The part that a figure counts, by its label; '' for a total."""
    groups = one.indicator.breakdown.groups if one.indicator.breakdown else ()
    return {group.id: group.label for group in groups}.get(one.figure.group, one.figure.group)


def why_words(one: Revision) -> str:
    """Every reason that is known for a revision."""
    return "; ".join(one.why) or NO_REASON


def _revision_row(one: Revision) -> Row:
    figure = one.figure
    return {
        "title": one.indicator.title, "area": figure.area.name, "period": period_words(figure),
        "part": part_words(one), "before": figure_words(one.indicator, one.before),
        "after": figure_words(one.indicator, one.after), "difference": difference_words(one), "why": why_words(one),
        **measure_columns(one.indicator), "area_code": figure.area.code, "grain": figure.grain,
        "period_start": figure.period.start if figure.period else "",
        "period_end": figure.period.end if figure.period else "",
        "breakdown": figure.breakdown, "group": figure.group,
        **_numbers(one.before, "before"), **_numbers(one.after, "after"),
    }  # fmt: skip


def _numbers(figure: Figure | None, when: str) -> Row:
    names = ("numerator", "denominator", "value", "marker")
    return {f"{name}_{when}": getattr(figure, name) if figure else None for name in names}


def late(changes: Changes) -> Section:
    """Which returns became overdue, missing or not collected: by measure and period, never by who sends them."""
    said = [_late_words(one) for one in changes.late]
    records: list[Row] = [
        {
            "title": one.indicator.title, "period": one.period.words(), "what": MARKER_WORDS[one.marker],
            "places": f"{one.places} of {one.of}", **measure_columns(one.indicator, one.period), "marker": one.marker,
            "places_late": one.places, "places_in_all": one.of,
        }
        for one in changes.late
    ]  # fmt: skip
    shown, nothing = ("title", "period", "what", "places"), "No return became late, and none is newly missing."
    return section_of("late", "Returns newly missing or late", said, shown, records, nothing)


def _late_words(one: Late) -> str:
    of = f" for {one.places} of {one.of} places" if one.of > 1 else ""
    return f"{named(one.indicator)} is {MARKER_WORDS[one.marker]}{of}, {one.period.words()}."


def repeats(changes: Changes) -> Section:
    """Which new period has every count of an earlier one: perhaps the same file was loaded twice."""
    said = [_repeat_words(one) for one in changes.repeats]
    records: list[Row] = [
        {
            "source": source_words(one.source), "period": one.period.words(), "what": f"the same as {one.like.words()}",
            "figures": one.figures, **_months(one.period, ""), **_months(one.like, "like_"),
        }
        for one in changes.repeats
    ]  # fmt: skip
    title, nothing = "Loads that repeat earlier figures", "No new period repeats the figures of an earlier one."
    return section_of("repeats", title, said, ("source", "period", "what", "figures"), records, nothing)


def _repeat_words(one: Repeat) -> str:
    return (
        f"{source_words(one.source)}: {one.period.words()} has the same count as {one.like.words()} in all "
        f"{one.figures} figures of LLR's places. Was the earlier period loaded again by mistake?"
    )


def _months(period: Period, before: str) -> Mapping[str, object]:
    return {f"{before}period_start": period.start, f"{before}period_end": period.end}
