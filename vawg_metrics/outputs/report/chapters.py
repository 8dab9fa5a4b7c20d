"""Each priority in a report: how it stands, its measures, what survivors said, what is done, and what is missing."""

import re
from collections.abc import Iterable, Iterator
from typing import Final

from vawg_metrics.catalogue.definitions import Catalogue, Indicator
from vawg_metrics.catalogue.said_and_done import Said
from vawg_metrics.narrative import heading
from vawg_metrics.outputs.report.asked import Asked, selection_of
from vawg_metrics.outputs.report.blocks import Block, Grid, Part, Points, Text, words_in
from vawg_metrics.outputs.report.measures import Measure, areas_shown, measure_part
from vawg_metrics.outputs.report.opening import NO_ACTIONS, actions_table
from vawg_metrics.outputs.report.words import reviewed
from vawg_metrics.priority_sheet import Sheet
from vawg_metrics.reading import Reading, read
from vawg_metrics.release import Release
from vawg_metrics.standing import standing_of

LIVED: Final = "lived_experience"
NOTHING_SAID: Final = "Nothing recorded yet."
ELSEWHERE: Final = "What people with lived experience said stands under the priority that is theirs."
_CHILDREN: Final = re.compile(r"\bchild(ren)?\b", re.I)
_DEATHS: Final = re.compile(r"\b(deaths?|died|killed|homicides?)\b", re.I)


def chapter(
    release: Release, asked: Asked, sheet: Sheet, measures: tuple[Measure, ...], said: tuple[Said, ...]
) -> Part:
    """A priority as a part of the report, with a content note first where it speaks of children or deaths."""
    priority = sheet.priority
    parts = (
        *(measure_part(one, priority.id) for one in measures),
        Part(f"{priority.id}-told", f"What survivors told us: {priority.short}", _told(priority.id, said)),
        Part(f"{priority.id}-actions", f"Actions and next steps: {priority.short}", _actions(release, sheet)),
        *_questions(sheet),
        Part(f"{priority.id}-missing", f"What is missing: {priority.short}", tuple(_missing(release, asked, sheet))),
    )
    opening = tuple(_opening(asked, sheet, measures))
    titles = [part.title for part in parts]
    texts = [*titles, *(words for part in parts for block in part.every_block() for words in words_in(block))]
    return Part(
        priority.id, f"Priority {priority.number}: {priority.title}", (*content_note(texts), *opening), parts, True
    )


def content_note(texts: Iterable[str]) -> tuple[Block, ...]:
    """The note before what speaks of deaths or of children who live with abuse; nothing where neither is meant."""
    whole = " ".join(texts)
    children, deaths = bool(_CHILDREN.search(whole)), bool(_DEATHS.search(whole))
    if not children and not deaths:
        return ()
    name = "both" if children and deaths else "children" if children else "deaths"
    return tuple(Text(one.words, "note") for one in reviewed(f"report/note_{name}") if isinstance(one, Text))


def _opening(asked: Asked, sheet: Sheet, measures: tuple[Measure, ...]) -> Iterator[Block]:
    priority = sheet.priority
    yield Text(f"{priority.intent} Owner: {priority.owner}.")
    yield Text(f"{sheet.heading}.", "lead")
    if larger := areas_shown(measures, asked.area):
        yield Text(larger, "note")
    if measures:
        rows = tuple((one.tile.title, one.tile.number, one.tile.period, one.signal) for one in measures)
        header = ("Measure", "Figure", "Period", "Newest point judged")
        yield Grid(f"{priority.short} in short", header, rows, (34, 25, 15, 26))
    yield Text(sheet.health)


def _told(priority: str, said: tuple[Said, ...]) -> tuple[Block, ...]:
    if not said:
        return (Text(NOTHING_SAID),)
    if priority != LIVED:
        return (Text(ELSEWHERE),)
    return (Points(tuple((f"{one.said}.", f"We did: {one.did} Reviewed {one.reviewed}.") for one in said)),)


def _actions(release: Release, sheet: Sheet) -> tuple[Block, ...]:
    own = [one for one in sheet.actions if one.priority]
    table = actions_table(release, own, f"Actions and aims: {sheet.priority.short}")
    return table or (Text(NO_ACTIONS),)


def _questions(sheet: Sheet) -> tuple[Part, ...]:
    if not sheet.questions:
        return ()
    points = Points(tuple(("", one) for one in sheet.questions))
    return (Part(f"{sheet.priority.id}-ask", f"Questions for the board: {sheet.priority.short}", (points,)),)


def _missing(release: Release, asked: Asked, sheet: Sheet) -> Iterator[Block]:
    """What is not held with who would supply it, and what stops before the strategy."""
    page, catalogue = sheet.priority.id, release.catalogue
    awaited = awaited_of(release, page)
    number = "One measure" if len(awaited) == 1 else f"{len(awaited) or 'No'} measures"
    yield Text(f"{number} of this priority {'is' if len(awaited) == 1 else 'are'} not held.")
    if awaited:
        rows = tuple((one.title, who_supplies(catalogue, one), one.why) for one in awaited)
        header = ("Measure", "Who would supply it", "Why it matters")
        yield Grid(f"Not held: {sheet.priority.short}", header, rows, (30, 30, 40))
    if stopped := stopped_on(release, asked, page):
        yield Text("These stop before the strategy begins. They give the past, not progress:")
        yield Points(tuple(("", f"{heading(one)}.") for one in stopped))


def stopped_on(release: Release, asked: Asked, page: str) -> tuple[Reading, ...]:
    """The measures of a priority that stop before the strategy begins."""
    stopped = [one for one in release.catalogue.on_page(page) if standing_of(release, one) == "history"]
    return tuple(read(release, one, selection_of(release, asked)) for one in stopped)


def awaited_of(release: Release, page: str) -> list[Indicator]:
    """The measures of a priority that are not held."""
    own = [one for one in release.catalogue.on_page(page) if one.priority == page]
    return [one for one in own if standing_of(release, one) == "awaited"]


def who_supplies(catalogue: Catalogue, indicator: Indicator) -> str:
    """The kinds of partner that would supply a measure: those of the register, else as the measure says it."""
    named = "; ".join(one.name for one in catalogue.suppliers_of(indicator))
    return named or f"{indicator.supplier[:1].upper()}{indicator.supplier[1:]}"
