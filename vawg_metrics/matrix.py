"""Measures by places: each cell a figure, what may be said of it beside the rest, its trend and its newest point."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean
from typing import Final

from vawg_metrics.against_rest import Claim, claim_beside_rest
from vawg_metrics.areas import DISTRICTS, LEICESTERSHIRE, LLR, Area
from vawg_metrics.catalogue.definitions import Indicator
from vawg_metrics.figure import Figure
from vawg_metrics.methods.funnel import HIGH_95, HIGH_998, LOW_95, LOW_998
from vawg_metrics.methods.many import chance_of_flag
from vawg_metrics.methods.signals import meaning
from vawg_metrics.periods import Period
from vawg_metrics.progress import FiveYears, five_years
from vawg_metrics.publication.variation import DRAWS
from vawg_metrics.reading import judged_point, newest_settled
from vawg_metrics.release import Release, totals_of
from vawg_metrics.selection import Selection

AREAS: Final = (*DISTRICTS, LLR)
BY_CHANCE: Final = 0.05  # at most: what is called higher or lower lies beyond a test of both counts at 95 %
HIGHER: Final = {HIGH_998: 1, HIGH_95: 1, LOW_998: -1, LOW_95: -1}


@dataclass(frozen=True, slots=True)
class Cell:
    """A place and a measure: its figure at the row's period, or in words why there is none.

    `claim` is what may be said beside the rest of LLR, `trend` that of five years, `point` the newest judged point;
    `chance` is how often a rule would mark that point though nothing had happened, None where no rule judges it.
    """

    area: Area
    figure: Figure | None
    reason: str
    claim: Claim | None
    trend: FiveYears | None
    point: Figure | None
    chance: float | None = None

    @property
    def small(self) -> bool:
        """Whether its figure is too small to be spoken of."""
        return self.figure is not None and self.figure.small_quarter


@dataclass(frozen=True, slots=True)
class Row:
    """A measure at the period of LLR's newest settled figure, a cell for each of AREAS in their order."""

    indicator: Indicator
    period: Period | None
    cells: tuple[Cell, ...]


def matrix_of(release: Release, indicators: Sequence[Indicator], end: str = "") -> tuple[Row, ...]:
    """The rows of measures in the order given; `end` is the last month that may be looked at, '' for any."""
    return tuple(_row(release, indicator, end) for indicator in indicators)


def _row(release: Release, indicator: Indicator, end: str) -> Row:
    lead = newest_settled(release, indicator, LLR, Selection(end=end))
    if lead and lead.period and end and lead.period.end > end:
        lead = None  # a headline falls back on what came after; a matrix of one time does not
    if lead is None:
        why = "not held for this period" if indicator.id in release.reaches else "not held"
        return Row(indicator, None, tuple(Cell(area, None, why, None, None, None) for area in AREAS))
    return Row(indicator, lead.period, tuple(_cell(release, indicator, area, lead) for area in AREAS))


def _cell(release: Release, indicator: Indicator, area: Area, lead: Figure) -> Cell:
    held = totals_of(release, indicator.id, area.code).get(lead.grain, ())
    figure = next((one for one in held if one.period == lead.period), None)
    point = judged_point(release, indicator, area)
    if figure and figure.known and not figure.settled:
        return Cell(area, None, "incomplete for this period", None, None, point)
    if figure is None or not figure.known:
        return Cell(area, figure, "" if figure else _why(release, indicator, area), None, None, point)
    trend = five_years(release, indicator, figure)
    return Cell(area, figure, "", claim_beside_rest(indicator, figure), trend, point, _chance(release, point))


def _chance(release: Release, point: Figure | None) -> float | None:
    """The chance that any rule marks the newest point of a stable series as long and of such counts as this stretch."""
    if point is None or point.usual is None or point.usual.centre is None or point.small_quarter:
        return None
    held = totals_of(release, point.indicator, point.area.code)[point.grain]
    stretch = held[: held.index(point) + 1][-point.usual.points :]
    return chance_of_flag(len(stretch), fmean(one.numerator or 0 for one in stretch), DRAWS).any_rule


def _why(release: Release, indicator: Indicator, area: Area) -> str:
    """Why a place has no figure at all."""
    held = release.reaches[indicator.id].areas
    if area.code in held:
        return "not held for this period"
    inside_county = area in DISTRICTS and LEICESTERSHIRE.code in held and indicator.places == "upper"
    return "published for the county as a whole" if inside_county else "published for LLR only"


def side_of(cell: Cell) -> int:
    """1 where a place may be called higher than the rest of LLR, -1 lower, 0 where neither may be said."""
    return HIGHER.get(cell.claim.label, 0) if cell.claim else 0


def word_of(indicator: Indicator, cell: Cell) -> str:
    """What may be said of a place beside the rest of LLR; a measure with a direction says whether it is the wanted one.

    '' where nothing is compared, or where the figure is too small to be spoken of.
    """
    return "" if cell.claim is None or cell.small else _claim_words(cell.claim, indicator.direction)


def verdict_of(indicator: Indicator, figure: Figure) -> str:
    """The word of a figure wherever it stands, as `word_of` its cell; of a part without a direction, for it has none.

    Files have it beside the published label, which a test of both counts can weaken: see against_rest.py.
    """
    claim = None if figure.small_quarter else claim_beside_rest(indicator, figure)
    return _claim_words(claim, "neither" if figure.breakdown else indicator.direction) if claim else ""


def _claim_words(claim: Claim, direction: str) -> str:
    side = HIGHER.get(claim.label, 0)
    if side == 0:
        return "similar to the rest"
    perhaps = "perhaps " if claim.label in (HIGH_95, LOW_95) else ""
    said = f"{perhaps}{'higher' if side > 0 else 'lower'} than the rest"
    if direction == "neither":
        return said
    wanted = (side > 0) == (direction == "higher")
    return f"{said}, {'the wanted way' if wanted else 'not the wanted way'}"


def signal_of(indicator: Indicator, cell: Cell) -> str:
    """What the newest judged point means: `concern`, `improvement`, `changed`, or '' where it is usual or small."""
    point = cell.point
    if point is None or point.usual is None or not point.usual.rule or point.small_quarter:
        return ""
    return meaning(point.usual.side, indicator.direction)


def trend_word(cell: Cell) -> str:
    """Whether five years rise or fall by more than chance explains; '' where there are not five."""
    if cell.trend is None or cell.trend.trend.chi_square is None:
        return ""
    told = {"increasing": "rising over five years", "decreasing": "falling over five years"}
    return told.get(cell.trend.trend.marker, "no trend told")


def chance_words(rows: Sequence[Row]) -> str:
    """How many cells bear a sign or a word that chance alone gives too, and how many it would give; '' without any."""
    cells = [(row.indicator, cell) for row in rows for cell in row.cells if cell.figure and cell.figure.known]
    judged = [cell.chance for _, cell in cells if cell.chance is not None]
    compared = [side_of(cell) != 0 for indicator, cell in cells if word_of(indicator, cell)]
    said = []
    if judged:
        marked = sum(bool(signal_of(indicator, cell)) for indicator, cell in cells)
        said.append(
            f"Of {len(judged)} cells whose newest point is judged, {_marked(marked)} as unusual; chance alone would "
            f"mark about {sum(judged):.1f}."
        )
    if compared:
        said.append(
            f"Of {len(compared)} cells compared with the rest of LLR, {sum(compared)} say higher or lower, with or "
            f"without 'perhaps'; chance alone would say so in at most about {BY_CHANCE * len(compared):.1f}."
        )
    return " ".join(said)


def _marked(number: int) -> str:
    return "none is marked" if number == 0 else "1 is marked" if number == 1 else f"{number} are marked"
