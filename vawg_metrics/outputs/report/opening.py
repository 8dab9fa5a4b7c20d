"""How a report opens: the plain summary, the strategy, what is incomplete, and what is unusual."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final

from vawg_metrics.areas import LLR
from vawg_metrics.catalogue.actions import NO_NEXT_STEP, Action
from vawg_metrics.narrative import period_words, with_article
from vawg_metrics.outputs.report.asked import Asked, newest_month, period_name, period_of, place_words
from vawg_metrics.outputs.report.blocks import Block, Grid, Part, Points, Text
from vawg_metrics.outputs.report.completeness import cover_words, span_of
from vawg_metrics.outputs.report.measures import Chapters, Measure
from vawg_metrics.outputs.report.words import reviewed
from vawg_metrics.periods import Period, month_words
from vawg_metrics.publication.variation import Panel
from vawg_metrics.reading import Reading, read
from vawg_metrics.release import Release
from vawg_metrics.selection import Selection
from vawg_metrics.standing import Coverage, coverage_of
from vawg_metrics.statements import REPORTING, board_words, finding, newest_point
from vawg_metrics.unusual import Unusual, unusual_in

NO_ACTIONS: Final = "No action is recorded yet."

OLD: Final = "This is from before the strategy."


def coverage(release: Release) -> Coverage:
    """How many of the priorities' measures reach how far."""
    every = release.catalogue.indicators
    return coverage_of(release, [one for one in every if one.priority != "context" and not one.retired])


def summary_part(release: Release, asked: Asked, chapters: Chapters, help_lines: Iterable[str]) -> Part:
    """One page in short sentences, ready for Easy Read and for translation."""
    period, reach = period_of(release, asked), coverage(release)
    unusual = unusual_in(release)
    believed = len(_believed(release, asked, unusual))
    lead = [
        f"The numbers are about {place_words(asked.area)}.",
        f"The report is about {span_of(period)}. A number of other months says which.",
        f"The newest numbers end in {month_words(newest_month(release))}.",
        f"{cover_words(release, asked)} The tables name what each covers.",
        f"There are {reach.measures} measures. {reach.held} have numbers from the strategy's years. "
        f"{reach.awaited} have no numbers yet: partners would have to send them.",
    ]
    if unjudged := unjudged_words(unusual, asked, period):
        lead.append(unjudged)
    elif unusual.month:
        few = "One number was" if believed == 1 else f"{believed or 'No'} numbers were"
        where = "these places" if asked.area == LLR.name else asked.area
        lead.append(f"{few} unusual for {where} in the month or quarter that ended in {month_words(unusual.month)}.")
    actions = len(release.catalogue.actions)
    lead.append(f"Actions and aims written down: {actions}." if actions else NO_ACTIONS)
    found = tuple(
        (f"{sheet.priority.title}.", _plain_words(own, release.catalogue.strategy.starts)) for sheet, own in chapters
    )
    return Part(
        "summary", "In plain words",
        (
            *reviewed("report/summary"),
            Points(tuple(("", one) for one in lead)),
            Points(found),
            Points(tuple(("", one) for one in help_lines)),
        ),
        new_page=True,
    )  # fmt: skip


def _plain_words(measures: Sequence[Measure], starts: str) -> str:
    """The leading finding without its limits, and whether it changed."""
    if not measures or measures[0].reading.headline is None:
        return "There are no numbers yet."
    return f"{plain_finding(measures[0].reading)} {plain_change(measures[0].reading, starts)}".strip()


def plain_finding(reading: Reading) -> str:
    """What was counted, in one sentence without limits or comparison."""
    if reading.headline is None:
        return "There are no numbers yet."
    bare = replace(reading.headline, lower=None, upper=None, compared=None)
    text = finding(replace(reading, headline=bare, districts=())).text
    return f"{text.split('. ')[0].rstrip('.')}." if text else "The number is too small to be said."


def _within(reading: Reading, starts: str) -> bool:
    """Whether the figure that leads reaches into the strategy, which starts in a month."""
    headline = reading.headline
    return headline is not None and headline.period is not None and headline.period.end >= starts


def plain_change(reading: Reading, starts: str) -> str:
    """Whether it changed since the baseline, in one short sentence; `starts` is the strategy's first month."""
    before, change = reading.progress.before, reading.progress.change
    if reading.progress.obstacle == "edition":
        return ""
    what = "This share" if reading.indicator.share else "This number"
    if before is None or change is None:
        return f"{what} cannot be compared with the time before the strategy." if _within(reading, starts) else OLD
    when = with_article(period_words(before))
    if change.verdict == "untold":
        return f"Nobody can tell from these numbers whether it changed since {when}."
    return f"{what} is {change.verdict} than in {when}."


def strategy_part(release: Release) -> Part:
    """The strategy: its years, its baseline, its priorities."""
    strategy, reach = release.catalogue.strategy, coverage(release)
    confirmed = "" if strategy.years_confirmed else " These years are to be confirmed by the partnership."
    rows = tuple((f"{one.number}. {one.title}", one.intent, one.owner) for one in strategy.priorities)
    whole = [one for one in release.catalogue.actions if not one.priority]
    name = f"{strategy.name[:1].upper()}{strategy.name[1:]}"
    return Part(
        "strategy", "The strategy and its priorities",
        (
            Text(f"{name} runs from {month_words(strategy.starts)} to {month_words(strategy.ends)}.{confirmed}"),
            Text(
                f"The baseline is {strategy.baseline.words()}, the last whole year before it. Where recording changed "
                "since, there is no like-for-like baseline, and the first whole 12 months after the change are named."
            ),
            Text(
                f"{reach.held} of {reach.measures} measures reach into the strategy; {reach.history} stop before it; "
                f"the other {reach.awaited} are not held."
            ),
            Grid("The priorities", ("Priority", "What it is for", "Owner"), rows, (40, 42, 18)),
            *actions_table(release, whole, "Actions and aims of the strategy as a whole"),
        ),
        new_page=True,
    )  # fmt: skip


def actions_table(release: Release, actions: Sequence[Action], caption: str) -> tuple[Block, ...]:
    """Actions and announced aims with owner, next step and the measures to be moved; nothing where there is none."""
    if not actions:
        return ()
    titles = {one.id: one.title for one in release.catalogue.indicators}
    rows = tuple(
        (f"{one.words}. {one.note}".strip(), one.owner, one.next_step or NO_NEXT_STEP,
         "; ".join(titles[id_] for id_ in one.should_move) or "none named")
        for one in actions
    )  # fmt: skip
    sources = "; ".join(dict.fromkeys(one.source.rstrip(".") for one in actions))
    header = ("Action or aim", "Owner", "Next step", "Measures it should move")
    return (Grid(caption, header, rows, (34, 16, 17, 33)), Text(f"Source: {sources}."))


def unusual_part(release: Release, asked: Asked) -> Part:
    """What is unusual in the newest month or quarter held: all series of the board, or those of the one place."""
    found = unusual_in(release)
    title = "What is unusual"
    if not found.month:
        return Part("unusual", title, (Text("No series is held that could be judged."),))
    if unjudged := unjudged_words(found, asked, period_of(release, asked)):
        return Part("unusual", title, (Text(unjudged),))
    own = _believed(release, asked, found)
    month = month_words(found.month)
    blocks: list[Block] = [
        Text(f"In the newest month or quarter held, to {month}. {board_words(found).text}"),
        Text("Measures of one place may count the same people in different ways."),
    ]
    if own:
        points = tuple(_point(release, one) for one in own)
        blocks += [Points(points), Text(REPORTING)]
    elif asked.area != LLR.name:
        blocks.append(Text(f"None of those that are still unusual is of {asked.area}."))
    return Part("unusual", title, tuple(blocks))


def unjudged_words(found: Unusual, asked: Asked, period: Period) -> str:
    """Why nothing is called unusual in a report whose time ends before the one month that is judged; '' else."""
    if found.month <= period.end:
        return ""
    return (
        f"Unusual numbers are looked for in the newest month held only. That is {month_words(found.month)}, after "
        f"{period_name(asked)}. So they are not judged for {period_name(asked)} in this edition."
    )


def _believed(release: Release, asked: Asked, found: Unusual) -> list[Panel]:
    """The series that are unusual: of all of LLR's places, or of the one asked for."""
    code = release.areas[asked.area].code
    return [one for one in found.board.believed if asked.area == LLR.name or one.area == code]


def _point(release: Release, panel: Panel) -> tuple[str, str]:
    names = {area.code: area.name for area in release.areas.values()}
    reading = read(release, release.catalogue.indicator(panel.indicator), Selection((names[panel.area],)))
    return f"{reading.indicator.title}.", newest_point(reading).text
