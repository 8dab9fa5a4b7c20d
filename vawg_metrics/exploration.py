"""Any measures, places, periods and grains at once: what was asked, and the published figures that answer it.

The screen's Explore page and the command `figures` ask here, so that one prints what the other shows.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from difflib import get_close_matches
from typing import Final

from vawg_metrics.areas import DISTRICTS, HOME
from vawg_metrics.catalogue.definitions import Indicator
from vawg_metrics.figure import Figure
from vawg_metrics.periods import GRAINS, month_number, month_text, month_words
from vawg_metrics.publication import grains_of
from vawg_metrics.reading import Reading
from vawg_metrics.release import FIRST, LAST, Release, select_figures

SUITS: Final = "suits"
GRAIN_CHOICES: Final = ("native", SUITS, *GRAINS)
ALL_DISTRICTS: Final = "all districts"


@dataclass(frozen=True, slots=True)
class Asked:
    """What a table is asked to hold: measures by id, places by name (all when empty), a grain, months, and parts.

    `grain` is one of GRAIN_CHOICES: `suits` is the one that a measure is shown in. `first` and `last` are months or ''.
    """

    indicators: tuple[str, ...]
    areas: tuple[str, ...] = ()
    grain: str = "native"
    first: str = ""
    last: str = ""
    parts: bool = False


@dataclass(frozen=True, slots=True)
class Explored:
    """The figures that answer, measure by measure, and in words what could not be answered."""

    figures: tuple[Figure, ...]
    notes: tuple[str, ...]


def explore(release: Release, asked: Asked) -> Explored:
    """The published figures of what was asked; LookupError says in one line what does not exist and what does."""
    for id_ in asked.indicators:
        if id_ not in release.catalogue.ids:
            raise LookupError(_unknown("measure", id_, release.catalogue.ids))
    collected = [one for one in map(release.catalogue.indicator, asked.indicators) if release.holds(one)]
    codes = _codes(release, collected, asked.areas)
    notes: list[str] = []
    figures: list[Figure] = []
    for id_ in asked.indicators:
        found, note = _of_one(release, release.catalogue.indicator(id_), asked, codes)
        figures += found
        notes += [note] if note else []
    return Explored(tuple(figures), tuple(notes))


def asked_by(reading: Reading) -> Asked:
    """The question whose answer is the figures that a reading shows."""
    ends = [one.period.end for one in reading.figures if one.period]
    grain = "native" if reading.grain == "edition" else reading.grain
    names = tuple(area.name for area in reading.areas)
    return Asked((reading.indicator.id,), names, grain, min(ends, default=""), max(ends, default=""))


def figure_id(release: str, versions: Mapping[str, int], asked: Asked, **shown: object) -> str:
    """A short name for a table that can be made again: its measures with their versions, what was asked, the edition.

    `shown` is what else decides what the table holds. Two tables with one id hold the same numbers.
    """
    told = {"asked": asdict(asked), "versions": dict(versions), "release": release, **shown}
    digest = hashlib.sha256(json.dumps(told, sort_keys=True, default=str).encode()).hexdigest()
    return f"{digest[:4]}-{digest[4:8]}-{digest[8:12]}"


def _of_one(
    release: Release, indicator: Indicator, asked: Asked, codes: tuple[str, ...]
) -> tuple[Sequence[Figure], str]:
    """The figures of one measure, and why there are none."""
    id_ = indicator.id
    if not release.holds(indicator):
        return (), f"{id_} is not held: {indicator.awaits} Could supply it: {indicator.supplier}."
    try:
        span = _span(release, id_, asked.first, asked.last)
    except LookupError as error:
        if len(asked.indicators) == 1:
            raise
        return (), f"{id_}: {error.args[0]}"  # of several measures the others still answer
    published = grains_of(indicator)
    suits = indicator.screen_grain or published[0]
    wanted = {"native": indicator.native_period, SUITS: suits}.get(asked.grain, asked.grain)
    if wanted not in published:
        return (), f"{id_} is not published by {wanted}; it is by {', '.join(published)}."
    figures = select_figures(release, id_, codes, wanted, *span, asked.parts)
    if not figures:
        return figures, f"{id_} has no figure for this selection."
    without = {release.places[code].name: None for code in codes}.keys() - {one.area.name for one in figures}
    return figures, f"{id_} has no figure for {', '.join(sorted(without))} in this selection." if without else ""


def _codes(release: Release, indicators: Iterable[Indicator], areas: tuple[str, ...]) -> tuple[str, ...]:
    """The codes of places asked for by name; a name that two places share gives both."""
    held = {code for one in indicators if one.id in release.reaches for code in release.reaches[one.id].areas}
    known = {release.places[code].name for code in held} | {area.name for area in HOME} | {ALL_DISTRICTS}
    for name in areas:
        if name not in known:
            raise LookupError(_unknown("area", name, sorted(known)))
    wanted = {area.name for area in DISTRICTS} if ALL_DISTRICTS in areas else set()
    wanted |= set(areas)
    return tuple(code for code, area in release.places.items() if area.name in wanted)


def _span(release: Release, id_: str, first: str, last: str) -> tuple[int, int]:
    """The months asked for as numbers, refused when they are no months or touch nothing that is held."""
    ((oldest, newest),) = release.warehouse.rows(_HELD, [id_])
    reach = (month_text(oldest), month_text(newest)) if newest else ()  # a measure of the edition has no months
    held = f"{id_} is held from {reach[0]} to {reach[1]}." if reach else f"{id_} has no months."
    for option, month in (("--from", first), ("--to", last)):
        try:
            _ = month and month_number(month)
        except ValueError as error:
            raise LookupError(f"{option}: {error}; {held}") from None
    if first and last and first > last:
        raise LookupError(f"No such period: {first} is after {last}; {held}")
    if reach and ((first and first > reach[1]) or (last and last < reach[0])):
        raise LookupError(f"No such period: {held}")
    return month_number(first) if first else FIRST, month_number(last) if last else LAST


_HELD: Final = "select min(period_start), max(period_end) from figure where indicator = $1"


def _unknown(kind: str, asked: str, known: Iterable[str]) -> str:
    near = get_close_matches(asked, list(known), 1, 0.4)
    meant = f" Did you mean '{near[0]}'?" if near else ""
    home = [area.name for area in HOME] if kind == "area" else list(known)
    return f"There is no {kind} '{asked}'.{meant} There are: {', '.join(home)}."


@dataclass(frozen=True, slots=True)
class Total:
    """What an analyst checks a table against: of one measure and grain, rows, known rows, sums, first and last month.

    Sums over places and periods that overlap mean nothing by themselves: they are there to be found again.
    """

    indicator: str
    grain: str
    rows: int
    known: int
    numerator: int
    denominator: int
    first: str
    last: str

    def words(self) -> str:
        """All of it in one sentence."""
        months = f", {month_words(self.first)} to {month_words(self.last)}" if self.first else ""
        return (
            f"{self.indicator} by {self.grain}: {self.rows:,} rows, {self.known:,} known; numerators add up to "
            f"{self.numerator:,}, denominators to {self.denominator:,}{months}"
        )


def totals(figures: Iterable[Figure]) -> tuple[Total, ...]:
    """The totals to check of what a table holds, the measure's parts left out."""
    held: dict[tuple[str, str], list[Figure]] = {}
    for one in figures:
        if not one.breakdown:
            held.setdefault((one.indicator, one.grain), []).append(one)
    return tuple(_total(indicator, grain, found) for (indicator, grain), found in held.items())


def _total(indicator: str, grain: str, found: Sequence[Figure]) -> Total:
    periods = [one.period for one in found if one.period]
    return Total(
        indicator, grain, len(found), sum(one.known for one in found),
        sum(one.numerator or 0 for one in found), sum(one.denominator or 0 for one in found),
        min((one.start for one in periods), default=""), max((one.end for one in periods), default=""),
    )  # fmt: skip
