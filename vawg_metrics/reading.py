"""Readings: the figures of one measure for one selection, from the one SELECT that is ever asked."""

from collections.abc import Iterable
from dataclasses import dataclass
from statistics import median
from typing import Final

from vawg_metrics.areas import BESIDE, DISTRICTS, LLR, PLACES, UNPLACED, UPPER_TIERS, Area
from vawg_metrics.catalogue.definitions import Indicator, Source
from vawg_metrics.catalogue.registers import RecordingChange
from vawg_metrics.periods import Period, month_number, month_words, shifted
from vawg_metrics.progress import FiveYears, Progress, five_years, progress_of
from vawg_metrics.publication import grains_of
from vawg_metrics.published import Provenance
from vawg_metrics.release import FIRST, LAST, ORDER, Figure, Reach, Release, open_data, select_figures, totals_of
from vawg_metrics.selection import ALL_YEARS, THREE_YEARS, Selection

__all__ = [
    "FIRST",
    "LAST",
    "ORDER",
    "Figure",
    "NeighbourRange",
    "Reach",
    "Reading",
    "Release",
    "headline_grain",
    "judged_point",
    "neighbour_range",
    "newest_settled",
    "open_data",
    "read",
    "select_figures",
]
SETTLED: Final = ("", "revised", "provisional", "protected")  # a share that is not said still has its counts
NO_PROGRESS: Final = Progress(obstacle="no_headline")
COMPARED: Final = frozenset(area.code for area in BESIDE)


@dataclass(frozen=True, slots=True)
class NeighbourRange:
    """The ONS statistical neighbours of a district at one period: how many, for how many a value is held, and which."""

    neighbours: int
    found: int
    low: float
    middle: float
    high: float


@dataclass(frozen=True)
class Reading:
    """The figures of one measure for one selection, with all that a caption, a file and a footnote need.

    `figures` are the totals of the areas asked for, over the span, at `grain`; `groups` the same by breakdown;
    `headline` the newest settled figure of the first area; `districts` the nine, their unplaced remainder and
    LLR at the headline's period; `comparators` the nations, the region and the neighbouring forces at that period;
    `neighbours` the range of the area's ONS statistical neighbours; `joins` the first months of further downloads,
    across which outcomes are not compared; `unanswered` says in words what the measure cannot answer of the selection.
    `progress` is the headline's change since the baseline, `trend` that of five years, and `point` the newest point of
    the first area that was judged by its control chart, at the grain that the chart has.
    A `demonstration` is made up, and everything that is titled by it says so with its first word.
    """

    indicator: Indicator
    selection: Selection
    strategy: Period
    grain: str
    areas: tuple[Area, ...]
    figures: tuple[Figure, ...]
    groups: tuple[Figure, ...]
    headline: Figure | None
    headline_groups: tuple[Figure, ...]
    districts: tuple[Figure, ...]
    comparators: tuple[Figure, ...]
    unanswered: tuple[str, ...]
    changes: tuple[RecordingChange, ...]
    provenance: tuple[Provenance, ...]
    release: str
    newest: str
    oldest: str
    neighbours: NeighbourRange | None = None
    source: Source | None = None
    joins: tuple[str, ...] = ()
    progress: Progress = NO_PROGRESS
    trend: FiveYears | None = None
    point: Figure | None = None
    demonstration: bool = False

    @property
    def known(self) -> tuple[Figure, ...]:
        """The figures that have a number."""
        return tuple(one for one in self.figures if one.known)


def read(release: Release, indicator: Indicator, selection: Selection) -> Reading:
    """The reading of a measure for a selection; what the measure cannot answer is said in `unanswered`."""
    published = grains_of(indicator) if indicator.collected else ()
    grain, unanswered = _grain(indicator, selection, published)
    reach = release.reaches.get(indicator.id, Reach(frozenset(), "", ""))
    areas, missing = _areas(release, indicator, selection, reach.areas)
    codes = tuple(area.code for area in areas)
    first, last = _span(release, selection, reach.newest)
    all_figures = select_figures(release, indicator.id, codes, grain, first, last, True) if codes else ()
    headline = newest_settled(release, indicator, areas[0], selection) if areas else None
    outside = _outside(headline, selection)
    at = _at(release, indicator, headline)
    return Reading(
        indicator, selection, release.catalogue.strategy.period, grain, areas,
        tuple(one for one in all_figures if not one.breakdown),
        tuple(one for one in all_figures if one.breakdown),
        headline,
        tuple(one for one in at if one.breakdown and headline and one.area == headline.area),
        tuple(one for one in at if not one.breakdown and one.area.code in ORDER),
        tuple(one for one in at if not one.breakdown and one.area.code in COMPARED),
        (*missing, *unanswered, *outside), release.catalogue.changes_for(indicator),
        release.manifest.of_source(indicator.source), release.name, reach.newest, reach.oldest,
        neighbour_range(release, headline, at),
        release.catalogue.source(indicator.source) if indicator.source else None,
        release.catalogue.joins_for(indicator),
        progress_of(release, indicator, headline), five_years(release, indicator, headline),
        judged_point(release, indicator, areas[0]) if areas else None,
        release.demonstration,
    )  # fmt: skip


def judged_point(release: Release, indicator: Indicator, area: Area) -> Figure | None:
    """The newest point that was judged: of months where they have a usual range, else of quarters."""
    grains = [grain for grain in grains_of(indicator) if grain in ("month", "quarter")] if indicator.collected else []
    newest = []
    for grain in grains:
        held = totals_of(release, indicator.id, area.code).get(grain, ())
        newest += [one for one in held if one.usual][-1:]
    end = max((one.period.end for one in newest if one.period), default="")
    ranged = [one for one in newest if one.usual and one.usual.centre is not None]
    # An old quarter does not stand for a new month.
    ranged = [one for one in ranged if one.period and shifted(one.period.end, 3) > end]
    return next(iter([*ranged, *reversed(newest)]), None)


def _outside(headline: Figure | None, selection: Selection) -> tuple[str, ...]:
    """A sentence when the figure that leads lies outside the months asked for."""
    if headline is None or headline.period is None:
        return ()
    before = selection.start not in ("", ALL_YEARS, THREE_YEARS) and headline.period.end < selection.start
    if not before and not (selection.end and headline.period.end > selection.end):
        return ()
    return (f"No settled figure ends in the months chosen: {headline.period.words()} leads instead.",)


def headline_grain(indicator: Indicator) -> str:
    """Twelve months wherever they can be formed: a district's month or quarter is too small to be a headline."""
    grains = grains_of(indicator)
    if indicator.screen_grain == "year" and "year" in grains:
        return "year"
    return "rolling12" if "rolling12" in grains else grains[0]


def newest_settled(release: Release, indicator: Indicator, area: Area, selection: Selection) -> Figure | None:
    """The newest figure of an area, within the months asked for, that is settled enough to be a headline.

    Outcomes take months to be known. A period still provisional in its own download may lead, marked so, only
    when it ended as long before the newest month held as the measure takes to settle; the newest months never do.
    """
    held = totals_of(release, indicator.id, area.code)
    settled = {
        grain: [one for one in held.get(grain, ()) if one.known and one.marker in SETTLED]
        for grain in _leading_grains(indicator, selection)
    }
    figures = next((found for found in settled.values() if found), None)
    if figures is None:
        return None
    if indicator.mature_after_months:
        newest = max(one.period.end for one in figures if one.period)
        by = shifted(newest, -indicator.mature_after_months)
        ripe = [one for one in figures if one.marker != "provisional" or (one.period and one.period.end <= by)]
        figures = ripe or figures
    within = [one for one in figures if not (one.period and selection.end and one.period.end > selection.end)]
    return (within or figures)[-1]


def _leading_grains(indicator: Indicator, selection: Selection) -> tuple[str, ...]:
    """Years or rolling twelve months where they are asked for and published; else the headline's usual grain.

    What partners send leads with its quarter until a year of returns is there: their counts are protected.
    """
    asked = selection.grain in ("year", "rolling12") and selection.grain in grains_of(indicator)
    first = selection.grain if asked else headline_grain(indicator)
    return (first, grains_of(indicator)[0]) if indicator.from_partners else (first,)


def _grain(indicator: Indicator, selection: Selection, published: tuple[str, ...]) -> tuple[str, tuple[str, ...]]:
    """The grain to show, and a sentence when the one asked for does not exist."""
    if not published:
        return indicator.native_period, ()
    usual = indicator.screen_grain or published[0]
    if selection.grain in ("", "native") or indicator.native_period == "edition":
        return (published[0] if selection.grain else usual), ()
    if selection.grain in published:
        return selection.grain, ()
    words = {"month": "months", "quarter": "quarters", "year": "years", "rolling12": "rolling 12 months"}
    return usual, (f"Not published for {words[selection.grain]}; shown for {words.get(usual, 'the edition')} instead.",)


def _areas(
    release: Release, indicator: Indicator, selection: Selection, held: frozenset[str]
) -> tuple[tuple[Area, ...], tuple[str, ...]]:
    """The areas that can be shown of those asked for, and a sentence for those that cannot."""
    asked = [release.areas[name] for name in selection.areas if name in release.areas]
    shown = tuple(area for area in asked if area.code in held)
    lacking = [area.name for area in asked if area.code not in held]
    if not held or not lacking:
        return shown, ()
    names = " or ".join(lacking)
    if indicator.native_period == "edition":
        return (LLR,), ("This is counted for LLR as a whole.",)
    if not shown and LLR.code in held:
        shown = (LLR,)
    instead = f"{' and '.join(area.name for area in shown)} shown" if shown else "nothing shown"
    if held.isdisjoint({area.code for area in (*DISTRICTS, *UPPER_TIERS)}):
        return shown, (f"Only published for the whole force: there is no figure for {names}; {instead}.",)
    if lacking == [UNPLACED.name]:
        return shown, (f"This source names a district for everything it counts; {instead}.",)
    exists = [f"{area.name} exists from {month_words(since)}" for area in asked
              if area.name in lacking and (since := PLACES.valid.get(area.code, ("", ""))[0])]  # fmt: skip
    return shown, (f"Not published for {names}; {instead}.", *(f"{said}." for said in exists))


def _span(release: Release, selection: Selection, newest: str) -> tuple[int, int]:
    """The months asked for; history, which ends before the usual span begins, is shown whole."""
    last = month_number(selection.end) if selection.end else LAST
    usual = release.catalogue.strategy.baseline.start
    if selection.start == ALL_YEARS or not newest or (not selection.start and newest < usual):
        return FIRST, last
    if selection.start == THREE_YEARS:
        return min(last, month_number(newest)) - 35, last
    return month_number(selection.start or usual), last


def _at(release: Release, indicator: Indicator, headline: Figure | None) -> tuple[Figure, ...]:
    """Every area's figure at the headline's period."""
    if headline is None or headline.period is None:
        return ()
    end = month_number(headline.period.end)
    return select_figures(release, indicator.id, (), headline.grain, end, end, True)


def neighbour_range(release: Release, headline: Figure | None, at: Iterable[Figure]) -> NeighbourRange | None:
    """The range of the headline area's neighbours, by value; None where it has none or fewer than three are held."""
    codes = release.neighbours.get(headline.area.code, ()) if headline else ()
    values = [one.value for one in at if not one.breakdown and one.area.code in codes and one.value is not None]
    if len(values) < 3:
        return None
    return NeighbourRange(len(codes), len(values), min(values), median(values), max(values))
