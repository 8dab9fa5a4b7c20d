"""The statistics of publication once more, in plain loops: limits, comparisons and charts from their rules alone."""

import math
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise
from statistics import NormalDist
from typing import Final

from scipy.stats import chi2

from tests.naive import Key, Published
from vawg_metrics.areas import DISTRICTS, HOME, LEICESTERSHIRE, LLR, UNPLACED, UPPER_TIERS
from vawg_metrics.catalogue.definitions import Catalogue, Indicator
from vawg_metrics.periods import month_number

Slot = tuple[str, str, str, str, str]  # measure, grain, last month, breakdown, group
Limits = tuple[float, float]
Figures = Mapping[Key, Published]
Point = tuple[Key, Published]

SETTLED: Final = ("", "provisional", "revised")
PEERED: Final = ("district", "district_and_unplaced", "upper")
RUN: Final = 7


@dataclass(frozen=True)
class Judged:
    """What a figure must be published with, in the order of the table's columns."""

    lower: float | None = None
    upper: float | None = None
    method: str = ""
    comparison: str = ""
    rest_numerator: int | None = None
    rest_denominator: int | None = None
    rest_value: float | None = None
    lower_998: float | None = None
    upper_998: float | None = None
    chart_centre: float | None = None
    chart_lower: float | None = None
    chart_upper: float | None = None
    chart_points: int | None = None
    chart_rule: str = ""
    chart_side: int = 0
    chart_noted: bool = False


@dataclass(frozen=True)
class Newest:
    """What must be told of the newest point of a series on the board."""

    grain: str
    end: str
    points: int
    mean: float
    rule: str
    side: int


def judged_of(figures: Figures, catalogue: Catalogue) -> tuple[dict[Key, Judged], dict[tuple[str, str], Newest]]:
    """What every figure must be published with, and every panel by measure and area."""
    measures = {one.id: one for one in catalogue.indicators}
    found = {key: limited(figure, measures[key[0]]) for key, figure in figures.items()}
    for key, judged in compared(figures, measures).items():
        found[key] = replace(judged, lower=found[key].lower, upper=found[key].upper, method=found[key].method)
    panels: dict[tuple[str, str], Newest] = {}
    for id_, own in series_by_measure(figures).items():
        if may_have_charts(measures[id_], own, catalogue.strategy.starts):
            lines, newest = charted(measures[id_], own, parting_months(measures[id_], catalogue))
            panels |= newest
            for key, judged in lines.items():
                found[key] = replace(
                    found[key],
                    **{name: getattr(judged, name) for name in vars(judged) if name.startswith("chart_")},
                )
    return found, panels


# Limits


def limited(figure: Published, indicator: Indicator) -> Judged:
    """A figure with its 95 % limits: of events by Poisson, of shares by Wilson, and none of any other."""
    if indicator.limits_by == "none" or figure.value is None or figure.numerator is None or figure.numerator < 0:
        return Judged()
    if indicator.limits_by == "wilson":
        if not figure.denominator or figure.numerator > figure.denominator:
            return Judged()
        low, high = wilson(figure.numerator, figure.denominator, 0.95)
        return Judged(low * indicator.per, high * indicator.per, "Wilson")
    low, high = poisson(figure.numerator, 0.95)
    unit = 1.0
    if indicator.denominator is not None and figure.denominator:
        unit = indicator.per / figure.denominator
    return Judged(low * unit, high * unit, "exact Poisson (Garwood)" if figure.numerator < 10 else "Byar")


@cache
def poisson(events: int, confidence: float) -> Limits:
    """Garwood's limits of a count under ten, Byar's from ten."""
    tail = (1 - confidence) / 2
    if events < 10:
        low = chi2.ppf(tail, 2 * events) / 2 if events else 0.0
        return float(low), float(chi2.ppf(1 - tail, 2 * events + 2) / 2)
    z = deviate(confidence)
    more = events + 1
    low = events * (1 - 1 / (9 * events) - z / (3 * math.sqrt(events))) ** 3
    return low, more * (1 - 1 / (9 * more) + z / (3 * math.sqrt(more))) ** 3


def wilson(cases: int, out_of: int, confidence: float) -> Limits:
    """Wilson's limits of a proportion: the two shares at which the one seen lies just z standard errors away."""
    z2 = deviate(confidence) ** 2
    share = cases / out_of
    middle = (share + z2 / (2 * out_of)) / (1 + z2 / out_of)
    half = math.sqrt(z2 * (share * (1 - share) / out_of + z2 / (4 * out_of * out_of))) / (1 + z2 / out_of)
    return (middle - half if cases else 0.0), (middle + half if cases < out_of else 1.0)


@cache
def deviate(confidence: float) -> float:
    """How many standard deviations either side hold this share of a normal distribution."""
    return NormalDist().inv_cdf((1 + confidence) / 2)


# Each place against the others


def others_of(area: str, geography: str) -> tuple[str, ...]:
    """The places that are the rest of LLR for a place: eight other districts, or two other upper tiers."""
    nine, three = [one.code for one in DISTRICTS], [one.code for one in UPPER_TIERS]
    if geography == "upper" or area == LEICESTERSHIRE.code:
        return tuple(one for one in three if one != area) if area in three else ()
    return tuple(one for one in nine if one != area) if area in nine else ()


def compared(figures: Figures, measures: Mapping[str, Indicator]) -> dict[Key, Judged]:
    """Every place that can be compared with the rest: only when it and all the others are whole and known."""
    slots: dict[Slot, dict[str, Published]] = defaultdict(dict)
    for (id_, area, grain, end, breakdown, group), figure in figures.items():
        if comparable(figure, measures[id_]):
            slots[id_, grain, end, breakdown, group][area] = figure
    found = {}
    for (id_, grain, end, breakdown, group), held in slots.items():
        for area, figure in held.items():
            others = others_of(area, measures[id_].geography)
            if others and all(one in held for one in others):
                rest = [held[one] for one in others]
                found[id_, area, grain, end, breakdown, group] = against(figure, rest, measures[id_])
    return found


def comparable(figure: Published, indicator: Indicator) -> bool:
    """Whether a figure may stand on either side of a comparison."""
    if indicator.denominator is None or indicator.limits_by == "none" or indicator.geography not in PEERED:
        return False
    if figure.marker not in SETTLED or figure.numerator is None or figure.numerator < 0 or not figure.denominator:
        return False
    return indicator.limits_by == "poisson" or figure.numerator <= figure.denominator


def against(figure: Published, rest: list[Published], indicator: Indicator) -> Judged:
    """One place against the sum of the others: named by the widest of its own limits that leaves them out."""
    cases, people = sum(one.numerator or 0 for one in rest), sum(one.denominator or 0 for one in rest)
    average = cases / people
    narrow, wide = (share_limits(figure, indicator.limits_by, level) for level in (0.95, 0.998))
    label = "similar"
    for (low, high), level in ((narrow, "95 %"), (wide, "99.8 %")):
        if low > average:
            label = f"high {level}"
        elif high < average:
            label = f"low {level}"
    low, high = (one * indicator.per for one in wide)
    return Judged(
        comparison=label, rest_numerator=cases, rest_denominator=people, rest_value=average * indicator.per,
        lower_998=low, upper_998=high,
    )  # fmt: skip


def share_limits(figure: Published, formula: str, confidence: float) -> Limits:
    """Limits of a figure for one of its denominator."""
    assert figure.numerator is not None and figure.denominator
    if formula == "wilson":
        return wilson(figure.numerator, figure.denominator, confidence)
    low, high = poisson(figure.numerator, confidence)
    return low / figure.denominator, high / figure.denominator


# Charts


def series_by_measure(figures: Figures) -> dict[str, list[Point]]:
    """The figures of each measure that are of LLR's own places."""
    home = {one.code for one in HOME}
    found: dict[str, list[Point]] = defaultdict(list)
    for key, figure in figures.items():
        if key[1] in home:
            found[key[0]].append((key, figure))
    return found


def may_have_charts(indicator: Indicator, own: list[Point], starts: str) -> bool:
    """Whether a measure is of monthly or quarterly events that are known into the strategy's years."""
    if (
        indicator.limits_by == "none"
        or indicator.chart == "none"
        or indicator.native_period not in ("month", "quarter")
    ):
        return False
    known = [key[3] for key, figure in own if figure.numerator is not None]
    return indicator.unit in ("rate", "count", "percent") and bool(known) and max(known) >= starts


def parting_months(indicator: Indicator, catalogue: Catalogue) -> list[int]:
    """The first months after what breaks a series: changes of recording, and joins of downloads where they count."""
    months = [one.month for one in catalogue.recording_changes if one.breaks and indicator.id in one.indicators]
    if indicator.within_download:
        starts = sorted(one.start for one in catalogue.downloads if one.source == indicator.source)
        months += starts[1:]
    return [month_number(month) for month in months]


def charted(
    indicator: Indicator, own: list[Point], parting: list[int]
) -> tuple[dict[Key, Judged], dict[tuple[str, str], Newest]]:
    """Every point of a measure with its chart, and the newest points of the series that reach its newest period."""
    series: dict[tuple[str, str], list[Point]] = defaultdict(list)
    for key, figure in sorted(own, key=lambda point: point[0]):
        if key[1] != UNPLACED.code and key[2] in ("month", "quarter") and key[4] == "":
            series[key[1], key[2]].append((key, figure))
    newest: dict[str, str] = defaultdict(str)
    for (_, grain), points in series.items():
        ends = [key[3] for key, figure in points if figure.numerator is not None]
        newest[grain] = max([newest[grain], *ends])
    found: dict[Key, Judged] = {}
    panels: dict[tuple[str, str], Newest] = {}
    for (area, grain), points in sorted(series.items()):
        for run in runs(points, indicator, parting):
            told = chart_of(run, indicator)
            found |= told
            key, last = run[-1][0], told[run[-1][0]]
            on_board = area == LLR.code or area in {one.code for one in DISTRICTS}
            shown = last.chart_centre is not None and on_board and key[3] == newest[grain]
            if shown and (indicator.id, area) not in panels:
                panels[indicator.id, area] = Newest(
                    grain, newest[grain], len(run), mean([float(figure.numerator or 0) for _, figure in run]),
                    last.chart_rule, last.chart_side,
                )  # fmt: skip
    return found, panels


def runs(points: list[Point], indicator: Indicator, parting: list[int]) -> Iterator[list[Point]]:
    """Runs of usable periods, one right after the other, in whose months nothing parts the series."""
    run: list[Point] = []
    for point in points:
        if not usable(point[1], indicator):
            continue
        if run:
            (before, earlier), (after, later) = run[-1], point
            follows = month_number(before[3]) + 1 == month_number(later.start)
            inner = range(month_number(earlier.start) + 1, month_number(after[3]) + 1)
            if not follows or any(month in inner for month in parting):
                yield run
                run = []
        run.append(point)
    if run:
        yield run


def usable(figure: Published, indicator: Indicator) -> bool:
    """Whether a figure is whole, known and will not change while outcomes become known."""
    known = figure.numerator is not None and figure.numerator >= 0 and figure.value is not None
    known = known and not (indicator.unit == "percent" and (figure.value or 0) > 100)
    unsettled = indicator.mature_after_months > 0 and figure.marker == "provisional"
    return known and figure.marker in SETTLED and not unsettled


def chart_of(run: list[Point], indicator: Indicator) -> dict[Key, Judged]:
    """One run's chart: of the counts behind rates and counts, of shares themselves."""
    counts = [float(figure.numerator or 0) for _, figure in run]
    shares = [float(figure.value or 0) for _, figure in run]
    values, ceiling = (shares, 100.0) if indicator.unit == "percent" else (counts, math.inf)
    none = Judged(chart_points=len(run), chart_noted=True)
    if mean(counts) < 5 or len(run) < 8 or usual_step(values) == 0:
        return {key: none for key, _ in run}
    centre, reach = mean(values), 2.66 * usual_step(values)
    low, high = max(0.0, centre - reach), min(ceiling, centre + reach)
    told = {}
    for (key, _), (rule, side) in zip(run, said(values, centre, reach), strict=True):
        told[key] = Judged(
            chart_centre=centre, chart_lower=low, chart_upper=high, chart_points=len(run), chart_rule=rule,
            chart_side=side, chart_noted=len(run) <= 12,
        )  # fmt: skip
    return told


def mean(values: list[float]) -> float:
    return math.fsum(values) / len(values)


def usual_step(values: list[float]) -> float:
    """The mean step between neighbours, those of 3.267 times the mean or more left out once."""
    steps = [abs(after - before) for before, after in pairwise(values)]
    most = 3.267 * mean(steps) if steps else 0.0
    usual = [step for step in steps if step < most]
    return mean(usual) if usual else 0.0


def said(values: list[float], centre: float, reach: float) -> list[tuple[str, int]]:
    """The first rule that holds for each point, with its side: the four of NHS Making Data Count."""
    sides = [(value > centre) - (value < centre) for value in values]
    beyond = [side if abs(value - centre) > reach else 0 for value, side in zip(values, sides, strict=True)]
    near = [
        side if not out and abs(value - centre) > reach * 2 / 3 else 0
        for value, side, out in zip(values, sides, beyond, strict=True)
    ]
    rising, shifted, two = ([0] * len(values) for _ in range(3))
    for first in range(len(values) - RUN + 1):
        seven = range(first, first + RUN)
        steps = {(values[at + 1] > values[at]) - (values[at + 1] < values[at]) for at in seven[:-1]}
        for marks, agreed in ((rising, steps), (shifted, {sides[at] for at in seven})):
            if len(agreed) == 1:
                for at in seven:
                    marks[at] = marks[at] or min(agreed)
    for first in range(len(values) - 2):
        three = range(first, first + 3)
        if len({sides[at] for at in three}) == 1 and sum(near[at] != 0 for at in three) >= 2:
            for at in three:
                two[at] = near[at]
    names = ("beyond a limit", "seven rising or falling", "two of three beyond two thirds", "seven on one side")
    return [
        next(((name, side) for name, side in zip(names, marks, strict=True) if side), ("", 0))
        for marks in zip(beyond, rising, two, shifted, strict=True)
    ]
