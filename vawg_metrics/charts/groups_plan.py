"""A measure's groups as shares of their whole, a bar of 100 % for each period; only of groups that add up."""

from collections.abc import Sequence
from typing import Final

from vawg_metrics.catalogue.terms import Breakdown
from vawg_metrics.charts.credit import credit
from vawg_metrics.charts.drawable import SMALL_NOTE, small_quarter
from vawg_metrics.charts.made_up import says_so
from vawg_metrics.charts.plan import Plan, Stack, StacksPlan
from vawg_metrics.disclosure.rules import LEAST_SHARE_BASE
from vawg_metrics.narrative import named, period_words
from vawg_metrics.periods import Period, month_words
from vawg_metrics.reading import Figure, Reading
from vawg_metrics.wording import listed

MOST_STACKS: Final = 8
PROVISIONAL: Final = "(p)"


@says_so
def plan_groups(reading: Reading) -> Plan:
    """The groups of the first area in the newest eight periods; a period with an unknown group has no bar."""
    indicator, breakdown = reading.indicator, reading.indicator.breakdown
    if breakdown is None or not reading.areas:
        return Plan(title=named(indicator), subtitle="", empty="This measure is not split into parts.")
    title = f"{named(indicator)}: parts by {breakdown.name}, {reading.areas[0].name}"
    if not breakdown.adds_up:
        return Plan(title=title, subtitle="", empty="The parts overlap: they do not make a whole and are not stacked.")
    periods = stacked_periods(reading)
    settled = _settled(reading, breakdown)
    drawn = periods[-MOST_STACKS + len(settled) :]
    found = [(period, _stack(breakdown, _at(reading, period))) for period in drawn]
    stacks = (*settled, *(stack for _, stack in found if stack))
    if not stacks:
        empty = SMALL_NOTE if _small(reading) else f"No parts are known for {reading.areas[0].name}."
        return Plan(title=title, subtitle="", empty=empty)
    whole = breakdown.note.rstrip(".") or f"Each bar is the whole split by {breakdown.name}"
    over = stacks[0].name if len(stacks) == 1 else f"{stacks[0].name} to {stacks[-1].name}"
    return StacksPlan(
        title=title,
        subtitle=f"{whole}. {reading.areas[0].name}, {over}, % of the whole.",
        alternative=_alternative(breakdown, stacks[-1]),
        notes=(
            *_notes(reading, stacks, len(periods) - len(drawn), [period for period, stack in found if not stack]),
            *_parted(reading, drawn),
        ),
        cautions=indicator.caveats,
        footer=credit(reading),
        groups=tuple(group.label for group in breakdown.groups),
        stacks=stacks,
    )


def stacked_periods(reading: Reading) -> list[Period]:
    """The periods that have groups, by time; of rolling twelve months only those that do not overlap the newest."""
    own = {one.period for one in _own(reading) if one.period}
    ordered = sorted(own, key=lambda period: period.end)
    if reading.grain != "rolling12":
        return ordered
    known = {one.period for one in _own(reading) if one.known}
    newest = max((period.end for period in ordered if period in known), default="")
    return [period for period in ordered if period.end[5:] == newest[5:]]


def parts_shown(reading: Reading) -> tuple[Figure, ...]:
    """The figures behind this view: the groups at the periods that are stacked, and the headline's longer period."""
    breakdown = reading.indicator.breakdown
    if breakdown is None or not reading.areas:
        return ()
    stacked = set(stacked_periods(reading))
    settled = reading.headline_groups if _settled(reading, breakdown) else ()
    return (*(one for one in _own(reading) if one.period in stacked), *settled)


def _own(reading: Reading) -> list[Figure]:
    return [one for one in reading.groups if one.area == reading.areas[0]]


def _at(reading: Reading, period: Period) -> list[Figure]:
    """The groups of one period, less those that may not be drawn."""
    return [one for one in _own(reading) if one.period == period and not small_quarter(reading, one)]


def _settled(reading: Reading, breakdown: Breakdown) -> tuple[Stack, ...]:
    """The headline's longer period, where single months or quarters are shown: they are unsettled and uneven."""
    longer = reading.headline and reading.grain in ("month", "quarter") and reading.headline.grain != reading.grain
    stack = _stack(breakdown, reading.headline_groups) if longer else None
    return (stack,) if stack else ()


def _stack(breakdown: Breakdown, figures: Sequence[Figure]) -> Stack | None:
    """The groups of one period as shares of their sum; None when one is unknown."""
    by_group = {one.group: one for one in figures if one.numerator is not None and one.period}
    ordered = [by_group[group.id] for group in breakdown.groups if group.id in by_group]
    counts = [one.numerator or 0 for one in ordered]
    whole = sum(counts)
    about = "about " if ordered and ordered[0].within else ""
    if len(counts) < len(breakdown.groups) or whole < (LEAST_SHARE_BASE if about else 1):
        return None
    shares = tuple(100 * count / whole for count in counts)
    where = f"{ordered[0].area.name}, {period_words(ordered[0])}"
    hovers = tuple(
        f"{where}, {group.label}: {share_words(share)} ({about}{count:,} of {about}{whole:,})"
        for group, share, count in zip(breakdown.groups, shares, counts, strict=True)
    )
    unsettled = f" {PROVISIONAL}" if any(one.marker == "provisional" for one in ordered) else ""
    return Stack(period_words(ordered[0]) + unsettled, shares, hovers)


def share_words(share: float) -> str:
    """A share of a whole: `8 %`, with a decimal under 10 that is not round."""
    return f"{share:.1f} %" if 0 < share < 9.95 else f"{share:.0f} %"


def _small(reading: Reading) -> bool:
    return any(small_quarter(reading, one) for one in _own(reading))


def _notes(reading: Reading, stacks: Sequence[Stack], left_out: int, lacking: Sequence[Period]) -> tuple[str, ...]:
    notes = ["Parts stand in each bar from left to right in the order of the list above it."]
    if reading.grain == "rolling12":
        notes.append("Only runs of 12 months that do not overlap are drawn.")
    if left_out:
        notes.append(f"Only the newest periods are drawn; {left_out} earlier ones are in the table.")
    if any(stack.name.endswith(PROVISIONAL) for stack in stacks):
        notes.append(f"{PROVISIONAL} is provisional.")
    if lacking:
        notes.append(f"No bar where a part is not known: {', '.join(period.words() for period in lacking)}.")
    return (*notes, SMALL_NOTE) if _small(reading) else tuple(notes)


def _parted(reading: Reading, periods: Sequence[Period]) -> list[str]:
    """Across which months the bars drawn are not compared, where several stand."""
    if len(periods) < 2:
        return []
    first, last = periods[0].start, periods[-1].end
    changed = [one for one in reading.changes if one.breaks and first < one.month <= last]
    words = [one.date_words or month_words(one.month) for one in changed]
    said = [f"Recording changed in {listed(words)}: bars on either side are not compared."] if words else []
    if any(first < join <= last for join in reading.joins):
        said.append("Bars come from different downloads: outcomes of older ones had longer to be known.")
    return said


def _alternative(breakdown: Breakdown, newest: Stack) -> str:
    parts = zip(breakdown.groups, newest.shares, strict=True)
    return f"{newest.name}: {', '.join(f'{group.label} {share_words(share)}' for group, share in parts)}."
