"""A priority on a page: its core measures as tiles, what is not known, how sound the data is, what might be asked."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from vawg_metrics.areas import HOME, LLR
from vawg_metrics.catalogue.actions import Action, actions_for, next_step_of, owner_of
from vawg_metrics.catalogue.definitions import Indicator, Priority
from vawg_metrics.comparator import comparator_words
from vawg_metrics.holdings import past_due
from vawg_metrics.methods.signals import meaning
from vawg_metrics.narrative import heading, named, never_joined, period_words
from vawg_metrics.periods import month_words
from vawg_metrics.reading import Figure, Reading, Release, read
from vawg_metrics.selection import Selection
from vawg_metrics.standing import coverage_of, standing_of
from vawg_metrics.statements import change, finding, judged_word, small_point
from vawg_metrics.unusual import Unusual, unusual_in
from vawg_metrics.wording import finding_words, in_sentence, listed

MOST_TILES: Final = 8
MOST_UNKNOWN: Final = 4
KINDS: Final = {
    "activity": "Activity: what is done",
    "output": "Output: what comes of it",
    "outcome": "Outcome: what changes for people",
    "context": "Context: for scale only",
}


@dataclass(frozen=True)
class Tile:
    """One measure of a sheet, in words: everything that stands on its tile.

    `signal` says what its newest judged point means, `shape` is concern, improvement, changed, usual or '' where none
    is judged. `comparator` is a comparison or the reason why there is none. `place` is whose figure it is, and
    `instead` says why it is not that of the place asked for. `actions` are those that should move the measure.
    """

    reading: Reading
    title: str
    number: str
    period: str
    change: str
    comparator: str
    signal: str
    shape: str
    kind: str
    owner: str
    next_step: str
    place: str = ""
    instead: str = ""
    actions: tuple[Action, ...] = ()

    @property
    def indicator(self) -> Indicator:
        return self.reading.indicator


@dataclass(frozen=True)
class Sheet:
    """A priority for one place: its tiles, what leads with heading and sentence, and what lies behind them.

    `unknown` are titles, each with who could supply it. `actions` are those of the priority, of the strategy as a
    whole, and those of others that should move a tile.
    """

    priority: Priority
    place: str
    tiles: tuple[Tile, ...]
    lead: Reading | None
    heading: str
    sentence: str
    health: str
    unknown: tuple[tuple[str, str], ...]
    questions: tuple[str, ...]
    actions: tuple[Action, ...] = ()

    @property
    def unknown_named(self) -> tuple[str, ...]:
        """What is not known: the first four with who could supply them, the others by name alone, in one line."""
        named = tuple(f"{title} ({supplier})" for title, supplier in self.unknown[:MOST_UNKNOWN])
        others = [title for title, _ in self.unknown[MOST_UNKNOWN:]]
        return (*named, *((f"and {'; '.join(others)}",) if others else ()))


def sheet_of(release: Release, priority: Priority, selection: Selection, month: str) -> Sheet:
    """The sheet of a priority for the first place of a selection; `month`, YYYY-MM, decides what is past due."""
    place = selection.areas[0] if selection.areas else LLR.name
    one = Selection((place,), selection.start, selection.end)
    measures = tiled(release, priority)
    board = unusual_in(release)
    tiles = tuple(_tile(release, priority, measure, one, board) for measure in measures)
    lead = tiles[0].reading if tiles else None
    return Sheet(
        priority, place, tiles, lead,
        heading(lead) if lead else "No measure of this priority is held",
        finding(lead).text if lead else "",
        _health(release, priority, measures, month),
        _unknown(release, priority),
        tuple(dict.fromkeys(tile.indicator.ask for tile in tiles if tile.indicator.ask)),
        _actions(release, priority, measures),
    )  # fmt: skip


def tiled(release: Release, priority: Priority) -> tuple[Indicator, ...]:
    """The measures on a priority's sheet: its core ones that are held, then its other held ones, eight at most."""
    held = [one for one in release.catalogue.on_page(priority.id) if standing_of(release, one) == "held"]
    ordered = sorted(held, key=lambda one: (one.priority != priority.id, not one.core))  # else as the page has them
    core = [one for one in ordered if one.core]
    return tuple((core if len(core) >= 3 else ordered)[:MOST_TILES])


def _tile(release: Release, priority: Priority, indicator: Indicator, selection: Selection, board: Unusual) -> Tile:
    reading = read(release, indicator, selection)
    figure = reading.headline
    actions = actions_for(release.catalogue.actions, indicator.id)
    return Tile(
        reading, named(indicator),
        finding_words(indicator, figure) if figure else "no figure is held",
        _when(figure) if figure else "",
        change(reading).text,
        comparator_words(release, reading, selection),
        _signal(release, reading, board),
        _shape(reading), KINDS[indicator.kind],
        owner_of(actions, priority.owner), next_step_of(actions),
        figure.area.name if figure else "", " ".join(reading.unanswered), actions,
    )  # fmt: skip


def _signal(release: Release, reading: Reading, board: Unusual) -> str:
    """What the newest judged point is; on a sheet of LLR also which districts are unusual beside it."""
    word = judged_word(reading) or "not judged: too few points are held"
    if not reading.areas or reading.areas[0] != LLR:
        return word
    own = {
        one.area: one for one in board.board.believed if one.indicator == reading.indicator.id and one.area != LLR.code
    }
    sides = {1: "high", -1: "low"}
    found = [f"{area.name} ({sides[1 if own[area.code].side > 0 else -1]})" for area in HOME if area.code in own]
    return f"{word}. Unusual in {listed(found)}" if found else word


def _when(figure: Figure) -> str:
    return f"{period_words(figure)}{', provisional' if figure.marker == 'provisional' else ''}"


def _shape(reading: Reading) -> str:
    """What the newest judged point means; '' where none is judged or it is too small to be spoken of."""
    point = reading.point
    if point is None or point.usual is None or point.usual.centre is None or small_point(point):
        return ""
    return meaning(point.usual.side if point.usual.rule else 0, reading.indicator.direction)


def _actions(release: Release, priority: Priority, measures: Sequence[Indicator]) -> tuple[Action, ...]:
    """The actions of a priority, those of others that should move what stands on its sheet, and the strategy's own."""
    every, shown = release.catalogue.actions, {one.id for one in measures}
    own = [one for one in every if one.priority == priority.id]
    others = [one for one in every if one.priority and one not in own and not shown.isdisjoint(one.should_move)]
    return (*own, *others, *(one for one in every if not one.priority))


def _health(release: Release, priority: Priority, measures: Sequence[Indicator], month: str) -> str:
    """How complete, how old and how consistent what stands here is, in words."""
    own = [one for one in release.catalogue.on_page(priority.id) if one.priority == priority.id]
    found = coverage_of(release, own)
    counted = [f"{found.held} of {found.measures} measures of this priority {'is' if found.held == 1 else 'are'} held"]
    counted += [f"{found.history} stop{'s' if found.history == 1 else ''} before the strategy"] if found.history else []
    counted += [f"{found.awaited} {'is' if found.awaited == 1 else 'are'} not held"] if found.awaited else []
    said = (f"{'; '.join(counted)}. {_age(release, measures, month)}{_recorded(release, measures)}",)
    return " ".join((*said, *never_joined(measures)))


def _age(release: Release, measures: Sequence[Indicator], month: str) -> str:
    newest = sorted({release.reaches[one.id].newest for one in measures} - {""})
    if not newest:
        return "Nothing shown comes from publishers or partners: it is counted from the list of measures itself."
    first, last = month_words(newest[0]), month_words(newest[-1])
    reach = f"Figures end in {first}" if first == last else f"Figures end between {first} and {last}"
    late = past_due(release, month)
    own = {one.id: one for one in release.catalogue.sources if one.id in {measure.source for measure in measures}}
    due = sorted(
        one.dataset.split(":")[0].split(",")[0]
        for one in own.values()
        if any(said.startswith(f"{one.publisher}, {one.dataset}: ") for said in late)
    )
    newer = f" Newer figures probably exist and are not held: {'; '.join(due)}." if due else ""
    return f"{reach}.{newer}"


def _recorded(release: Release, measures: Sequence[Indicator]) -> str:
    """How many of the measures shown were recorded in another way since the baseline began."""
    since = release.catalogue.strategy.baseline.start
    broken = [one for one in measures if any(c.breaks and c.month >= since for c in release.catalogue.changes_for(one))]
    if not broken:
        return ""
    return f" Recording changed since {month_words(since)} for {len(broken)} of the {len(measures)} shown."


def _unknown(release: Release, priority: Priority) -> tuple[tuple[str, str], ...]:
    """What is not known: each measure of the priority that is not held, with who could supply it."""
    awaited = [
        one
        for one in release.catalogue.on_page(priority.id)
        if one.priority == priority.id and standing_of(release, one) == "awaited"
    ]
    return tuple((in_sentence(one.title), one.supplier) for one in awaited)
