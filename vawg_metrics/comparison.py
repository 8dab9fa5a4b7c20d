"""One measure, every place: the same period side by side, what changed since another, and who stands beside."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from vawg_metrics.areas import BESIDE, DISTRICTS, LEICESTERSHIRE, LLR, UNPLACED, UPPER_TIERS, Area
from vawg_metrics.catalogue.definitions import Indicator
from vawg_metrics.periods import Period, month_number, month_words
from vawg_metrics.progress import FiveYears, Progress, change_since, five_years
from vawg_metrics.reading import Figure, NeighbourRange, Reading, judged_point, neighbour_range, read
from vawg_metrics.release import Release, select_figures, totals_of
from vawg_metrics.selection import Selection


@dataclass(frozen=True, slots=True)
class Place:
    """A place at the period that is compared: its figure, its change since another, its trend, its newest judged point.

    `neighbours` is the range of its ONS statistical neighbours at that period, None where fewer than three are held.
    """

    area: Area
    figure: Figure | None
    progress: Progress
    trend: FiveYears | None
    point: Figure | None
    neighbours: NeighbourRange | None


@dataclass(frozen=True, slots=True)
class Beside:
    """A nation, the region or a neighbouring force at that period: its figure, or in words why there is none."""

    area: Area
    figure: Figure | None
    reason: str


@dataclass(frozen=True)
class Comparison:
    """One measure over the places of LLR and those beside it.

    `reading` is of the places chosen; `everywhere` of LLR and the places that it is compared by, over time; `periods`
    are those that the change may be taken from, the newest first, and `since` the one that it is taken from. `places`
    stand in their fixed order: districts (or upper tiers), what has no district, LLR.
    """

    reading: Reading
    everywhere: Reading
    periods: tuple[Period, ...]
    since: Period | None
    places: tuple[Place, ...]
    beside: tuple[Beside, ...]

    @property
    def indicator(self) -> Indicator:
        return self.reading.indicator

    @property
    def demonstration(self) -> bool:
        return self.reading.demonstration


def compare(release: Release, indicator: Indicator, selection: Selection, since: str = "") -> Comparison:
    """The comparison of a measure for a selection; `since` is the last month of the period to change from.

    Without `since`, or with one that does not exist, the change is taken from the baseline where there is one.
    """
    reading = read(release, indicator, selection)
    own = places_of(indicator)
    everywhere = read(release, indicator, replace(selection, areas=(LLR.name, *(area.name for area in own))))
    periods = _periods(release, reading)
    start = _since(reading, periods, since)
    if reading.headline is None or reading.headline.period is None:
        return Comparison(reading, everywhere, periods, start, (), ())
    end = month_number(reading.headline.period.end)
    at = select_figures(release, indicator.id, (), reading.headline.grain, end, end)
    found = {one.area.code: one for one in at}
    county = (LEICESTERSHIRE,) if LEICESTERSHIRE in reading.areas and LEICESTERSHIRE not in own else ()
    places = tuple(
        _place(release, indicator, area, found.get(area.code), start, at)
        for area in (*own, *county, UNPLACED, LLR)
        if area.code in found
    )
    beside = tuple(_beside(release, reading, area, found.get(area.code)) for area in BESIDE)
    return Comparison(reading, everywhere, periods, start, places, beside)


def places_of(indicator: Indicator) -> tuple[Area, ...]:
    """The places that a measure is compared by: the nine districts, the upper tiers, or none."""
    return {"force": (), "upper": UPPER_TIERS}.get(indicator.places, DISTRICTS)


def _place(
    release: Release,
    indicator: Indicator,
    area: Area,
    figure: Figure | None,
    since: Period | None,
    at: Iterable[Figure],
) -> Place:
    progress = change_since(release, indicator, figure, since) if since else Progress(obstacle="before_series")
    return Place(
        area, figure, progress, five_years(release, indicator, figure), judged_point(release, indicator, area),
        neighbour_range(release, figure, at),
    )  # fmt: skip


def _periods(release: Release, reading: Reading) -> tuple[Period, ...]:
    """The periods of the headline's kind that end before it begins and end in the same month, the newest first."""
    headline = reading.headline
    if headline is None or headline.period is None:
        return ()
    held = totals_of(release, reading.indicator.id, headline.area.code).get(headline.grain, ())
    start, month = headline.period.start, headline.period.end[5:]
    like = [one.period for one in held if one.known and one.period and one.period.end < start]
    if headline.grain in ("year", "rolling12"):
        baseline = release.catalogue.strategy.baseline
        like = [one for one in like if one.end[5:] == month or one == baseline]
    return tuple(reversed(like))


def _since(reading: Reading, periods: tuple[Period, ...], asked: str) -> Period | None:
    """The period asked for; else the baseline's, or that which stands in for it; else the newest there is."""
    chosen = next((one for one in periods if one.end == asked), None)
    before = reading.progress.before
    return chosen or (before.period if before and before.period in periods else None) or next(iter(periods), None)


def _beside(release: Release, reading: Reading, area: Area, figure: Figure | None) -> Beside:
    """A place outside LLR: its figure at the headline's period, or the reason why it has none."""
    if figure is not None and figure.known:
        return Beside(area, figure, "")
    held = [
        one
        for one in totals_of(release, reading.indicator.id, area.code).get(_grain(reading), ())
        if one.known and one.period
    ]
    if held and held[0].period and held[-1].period:
        first, last = month_words(held[0].period.start), month_words(held[-1].period.end)
        return Beside(area, None, f"not held for this period: held from {first} to {last}")
    source = reading.source
    return Beside(area, None, (source.why_not(area.kind) if source else "") or "no figure is published here")


def _grain(reading: Reading) -> str:
    return reading.headline.grain if reading.headline else ""
