"""One measure in a report: its finding, its figures in words, its chart, its cautions, and the figures behind them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from vawg_metrics.areas import BESIDE, LLR
from vawg_metrics.charts.credit import source_words
from vawg_metrics.charts.plan import Plan, TrendPlan
from vawg_metrics.charts.plans import PLANS
from vawg_metrics.figure import Figure
from vawg_metrics.narrative import heading
from vawg_metrics.outputs.report.blocks import Grid, Part, Picture, Points, Text
from vawg_metrics.outputs.table import figures_of
from vawg_metrics.priority_sheet import Sheet, Tile
from vawg_metrics.reading import Reading
from vawg_metrics.release import Release
from vawg_metrics.statements import REPORTING, finding, judged_word
from vawg_metrics.statements.claims import range_words
from vawg_metrics.wording import listed
from vawg_metrics.year_to_date import YearToDate, year_to_date

MEANINGS: Final = {"concern": "a concern", "improvement": "an improvement", "changed": "changed, without a direction"}
UNJUDGED: Final = "not judged: too few points are held"
NAMES, VALUES = 30, 70


@dataclass(frozen=True)
class Measure:
    """A tile of a priority's sheet with what a report adds: the chart, in the view that suits it, and part years.

    `signal` is the newest judged point in words, with what it means; `point` is that point. A point from after the
    report's time is not told: it would be taken for one of that time.
    """

    tile: Tile
    view: str
    picture: Picture | None
    part_year: YearToDate
    signal: str
    point: Figure | None

    @property
    def reading(self) -> Reading:
        return self.tile.reading

    @property
    def heading(self) -> str:
        """The finding, as the card on the screen says it."""
        return heading(self.reading)

    @property
    def limits(self) -> str:
        """The 95 % limits of the figure, or why it has none."""
        figure = self.reading.headline
        if figure is None or figure.lower is None:
            return "none: it is counted whole" if self.reading.indicator.limits_by == "none" else "none"
        return range_words(self.reading.indicator, figure)


Chapters = Sequence[tuple[Sheet, tuple[Measure, ...]]]


def measures_of(release: Release, sheet: Sheet, end: str, unjudged: str) -> tuple[Measure, ...]:
    """The measures of a sheet; `end` is the last month of the report.

    `unjudged` is said where the newest judged point lies after it: '' where the board of what is unusual does not.
    """
    return tuple(_measure(release, sheet.priority.id, tile, end, unjudged) for tile in sheet.tiles)


def _measure(release: Release, priority: str, tile: Tile, end: str, unjudged: str) -> Measure:
    reading = tile.reading
    view, plan = _view(reading)
    picture = None if plan is None else _picture(f"{priority}-{reading.indicator.id}", reading, plan)
    area = reading.headline.area if reading.headline else release.areas[LLR.name]
    part_year = year_to_date(release, reading.indicator, area, end)
    late = reading.point is not None and reading.point.period is not None and reading.point.period.end > end
    point = None if late else reading.point
    return Measure(tile, view, picture, part_year, unjudged if late and unjudged else _signal(tile, unjudged), point)


def _signal(tile: Tile, unjudged: str) -> str:
    """The newest judged point of a tile, with what it means; without other places where the board is a later one."""
    words = (judged_word(tile.reading) or UNJUDGED) if unjudged else tile.signal
    meaning = MEANINGS.get(tile.shape, "")
    return f"{words}: {meaning}" if meaning else words


def _view(reading: Reading) -> tuple[str, Plan | None]:
    """The view that is drawn: over time where there is more than one period, else the places beside each other."""
    trend = PLANS["trend"](reading)
    if isinstance(trend, TrendPlan):
        return "trend", trend
    if reading.grain == "edition":
        return "trend", None
    places = PLANS["districts"](reading)
    if not places.empty:
        return "districts", places
    return "trend", None if trend.empty else trend


def _picture(id_: str, reading: Reading, plan: Plan) -> Picture:
    bare = replace(plan, title="", subtitle="", notes=(), cautions=(), footer=())
    source = source_words(reading)
    title = f"Chart: {plan.subtitle or plan.title}"
    return Picture(
        id_, bare, plan.alternative or title, (title, *plan.notes, *([f"Source: {source}."] if source else []))
    )


def measure_part(measure: Measure, priority: str) -> Part:
    """A measure as a part of its priority."""
    tile, reading = measure.tile, measure.reading
    told = finding(reading)
    volume = reading.indicator.direction == "neither" and reading.indicator.unit in ("rate", "count")
    cautions = tuple(("", one) for one in reading.indicator.cautions)
    facts = (
        ("Figure", ", ".join(one for one in (tile.number, tile.place, tile.period) if one)),
        ("95 % limits", measure.limits),
        ("Change", tile.change or "nothing is compared"),
        ("Beside it", tile.comparator),
        ("Newest point judged", measure.signal),
        ("Kind", tile.kind),
        ("Owner, next step", f"{tile.owner}; {tile.next_step}"),
    )
    blocks = (
        *((Text(told.text),) if told.text else ()),
        *(Text(one, "note") for one in reading.unanswered),
        Grid(f"{tile.title}: figures", ("What", "Words"), facts, (NAMES, VALUES)),
        *((measure.picture,) if measure.picture else ()),
        *((Text(REPORTING),) if volume else ()),
        *((Text("Be careful:"), Points(cautions)) if cautions else ()),
    )
    return Part(f"{priority}-{reading.indicator.id.replace('_', '-')}", measure.heading, blocks)


def figures_behind(measure: Measure) -> Iterator[Figure]:
    """Every figure that a measure's part says or draws."""
    reading = measure.reading
    progress, part = reading.progress, measure.part_year
    if measure.picture:
        yield from figures_of(reading, measure.view)
    beside = {area.code for area in BESIDE}
    yield from (one for one in reading.comparators if one.area.code in beside)
    for one in (reading.headline, progress.before, measure.point, part.before, part.after):
        if one is not None:
            yield one


def areas_shown(measures: tuple[Measure, ...], asked: str) -> str:
    """Which measures stand for a larger place than was asked for, in one sentence; '' where none does."""
    larger = [one.tile.title for one in measures if one.reading.headline and one.reading.headline.area.name != asked]
    return f"Not published for {asked}, and shown for LLR: {listed(larger)}." if larger else ""
