"""A priority on a page: its core measures as tiles, what is not known, how sound the data is, what might be asked."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from vawg_metrics.areas import LLR
from vawg_metrics.catalogue.definitions import Indicator, Priority
from vawg_metrics.comparison import compare
from vawg_metrics.holdings import past_due
from vawg_metrics.methods.signals import meaning
from vawg_metrics.narrative import heading, period_words
from vawg_metrics.periods import month_words
from vawg_metrics.reading import Reading, Release, read
from vawg_metrics.selection import Selection
from vawg_metrics.standing import standing_of
from vawg_metrics.statements import change, finding, point_word
from vawg_metrics.wording import finding_words, in_sentence, listed, value_words

MOST_TILES: Final = 8
KINDS: Final = {
    "activity": "Activity: what is done",
    "output": "Output: what comes of it",
    "outcome": "Outcome: what changes for people",
    "context": "Context: for scale only",
}
NATIONS: Final = ("nation", "region")


@dataclass(frozen=True)
class Tile:
    """One measure of a sheet, in words: everything that stands on its tile.

    `signal` says what its newest judged point means, `shape` is concern, improvement, changed, usual or '' where none
    is judged. `comparator` is a comparison or the reason why there is none.
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

    @property
    def indicator(self) -> Indicator:
        return self.reading.indicator


@dataclass(frozen=True)
class Sheet:
    """A priority for one place: its tiles, what leads with heading and sentence, and what lies behind them."""

    priority: Priority
    place: str
    tiles: tuple[Tile, ...]
    lead: Reading | None
    heading: str
    sentence: str
    health: str
    unknown: tuple[str, ...]
    questions: tuple[str, ...]


def sheet_of(release: Release, priority: Priority, selection: Selection, month: str) -> Sheet:
    """The sheet of a priority for the first place of a selection; `month`, YYYY-MM, decides what is past due."""
    place = selection.areas[0] if selection.areas else LLR.name
    one = Selection((place,), selection.start, selection.end)
    measures = tiled(release, priority)
    tiles = tuple(_tile(release, priority, measure, one) for measure in measures)
    lead = tiles[0].reading if tiles else None
    return Sheet(
        priority, place, tiles, lead,
        heading(lead) if lead else "No measure of this priority is held",
        finding(lead).text if lead else "",
        _health(release, measures, month),
        _unknown(release, priority),
        tuple(dict.fromkeys(tile.indicator.ask for tile in tiles if tile.indicator.ask)),
    )  # fmt: skip


def tiled(release: Release, priority: Priority) -> tuple[Indicator, ...]:
    """The measures on a priority's sheet: its core ones that are held, then its other held ones, eight at most."""
    held = [one for one in release.catalogue.on_page(priority.id) if standing_of(release, one) == "held"]
    ordered = sorted(held, key=lambda one: (one.priority != priority.id, not one.core, one.order))
    core = [one for one in ordered if one.core]
    return tuple((core if len(core) >= 3 else ordered)[:MOST_TILES])


def _tile(release: Release, priority: Priority, indicator: Indicator, selection: Selection) -> Tile:
    reading = read(release, indicator, selection)
    figure = reading.headline
    point = reading.point
    judged = point is not None and point.usual is not None and point.usual.centre is not None
    side = point.usual.side if point is not None and point.usual and point.usual.rule else 0
    shape = meaning(side, indicator.direction) if judged else ""
    return Tile(
        reading, indicator.title,
        finding_words(indicator, figure) if figure else "no figure is held",
        period_words(figure) if figure else "",
        change(reading).text,
        _comparator(release, reading, selection),
        point_word(point) or "not judged: too few points are held",
        shape, KINDS[indicator.kind], priority.owner, "none recorded yet",
    )  # fmt: skip


def _comparator(release: Release, reading: Reading, selection: Selection) -> str:
    """The nation or region at the same period, or why there is none."""
    if reading.headline is None or reading.headline.period is None:
        return "Nothing is compared."
    if reading.indicator.denominator is None:
        return "No comparison: counts of places of different size are not compared."
    beside = [one for one in compare(release, reading.indicator, selection).beside if one.area.kind in NATIONS]
    held = [one for one in beside if one.figure is not None]
    if held:
        words = [f"{one.area.name} {value_words(reading.indicator, one.figure.value)}" for one in held if one.figure]
        return f"{listed(words)}, same period."
    reason = beside[0].reason if beside else "no figure is published here"
    return f"No comparison with a nation: {reason}."


def _health(release: Release, measures: Sequence[Indicator], month: str) -> str:
    """How complete and how old what stands here is, in words."""
    newest = sorted({release.reaches[one.id].newest for one in measures} - {""})
    if not newest:
        return "Nothing of this priority is held from publishers or partners."
    first, last = month_words(newest[0]), month_words(newest[-1])
    reach = f"Figures end in {first}" if first == last else f"Figures end between {first} and {last}"
    sources = {source.id: source for source in release.catalogue.sources}
    late = past_due(release, month)
    own = {
        f"{sources[one.source].publisher}, {sources[one.source].dataset}" for one in measures if one.source in sources
    }
    due = sorted(name for name in own if any(said.startswith(f"{name}: ") for said in late))
    newer = f" Newer figures probably exist and are not held: {'; '.join(due)}." if due else ""
    return f"{reach}.{newer}"


def _unknown(release: Release, priority: Priority) -> tuple[str, ...]:
    """What is not known: each measure of the priority that awaits a partner, with who could supply it."""
    awaited = [
        one
        for one in release.catalogue.on_page(priority.id)
        if one.priority == priority.id and standing_of(release, one) == "awaited"
    ]
    return tuple(f"{in_sentence(one.title)} ({one.supplier})" for one in awaited)
