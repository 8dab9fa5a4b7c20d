"""A return as values: what a partner is asked for in a quarter, and what it gave."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal

from vawg_metrics.areas import DISTRICTS, LEICESTERSHIRE, LLR, UNPLACED, UPPER_TIERS, Area
from vawg_metrics.catalogue.definitions import Catalogue, Indicator
from vawg_metrics.catalogue.returned import Line, Partner
from vawg_metrics.periods import Period, month_number, month_text, quarter_named, quarter_words

State = Literal["", "nil", "cannot supply"]
STATES: Final = ("nil", "cannot supply")
CANNOT_REASONS: Final = ("not recorded", "system cannot tell", "service did not run", "not ours to supply")
CHANGE_REASONS: Final = ("staffing", "new service", "counting changed", "correction", "real change")
UNPLACED_WORDS: Final = "District not known"
LAST_QUARTER: Final = 3  # January to March: the returns due yearly come with it


@dataclass(frozen=True, slots=True)
class Asked:
    """One cell that a partner is asked for: a line, one of its groups ('' for the total), a place, the period."""

    indicator: Indicator
    line: Line
    group: str
    area: Area
    period: Period

    @property
    def key(self) -> tuple[str, str, str]:
        return self.line.id, self.group, self.area.code

    @property
    def area_words(self) -> str:
        return UNPLACED_WORDS if self.area == UNPLACED else self.area.name

    @property
    def group_words(self) -> str:
        return next((one.label for one in self.line.groups if one.id == self.group), "All")


@dataclass(frozen=True, order=True, slots=True)
class Given:
    """One cell of a return: a count of 0 or more, or None with the state that says why.

    `state` is `nil` (counted, and there was nothing: the count is 0) or `cannot supply` (the count is None).
    `reason` is one of CANNOT_REASONS or CHANGE_REASONS, or ''.
    """

    line: str
    group: str
    area: str
    count: int | None
    state: State = ""
    reason: str = ""

    @property
    def key(self) -> tuple[str, str, str]:
        return self.line, self.group, self.area


@dataclass(frozen=True, slots=True)
class Return:
    """What one partner gave for one quarter (`2026-27 Q2`), checked."""

    partner: str
    quarter: str
    given: tuple[Given, ...]

    @property
    def period(self) -> Period:
        return quarter_named(self.quarter)

    def counts(self) -> dict[tuple[str, str, str], int | None]:
        """The counts by line, group and place."""
        return {one.key: one.count for one in self.given}


def asked_of(catalogue: Catalogue, partner: Partner, quarter: str) -> tuple[Asked, ...]:
    """Every cell that a partner is asked for in a quarter, core measures first; yearly ones with the fourth quarter.

    A line that two measures use is asked once. Raises ValueError when `quarter` is not one.
    """
    measures = [catalogue.indicator(id_) for id_ in partner.supplies]
    found: dict[tuple[str, str, str], Asked] = {}
    for one in sorted(measures, key=lambda one: (not one.core, one.order, one.id)):
        for line in catalogue.lines_of(one):
            owner = catalogue.line_owner(line.id)
            period = period_of(owner, quarter)
            if period is not None:
                cells = _cells(owner, line, partner, period)
                found |= {cell.key: cell for cell in cells if cell.key not in found}
    return tuple(found.values())


def _cells(owner: Indicator, line: Line, partner: Partner, period: Period) -> Iterator[Asked]:
    """A line's cells, place by place: the total before its groups."""
    for area in areas_asked(owner, partner):
        for group in ("", *(split.id for split in line.groups)):
            yield Asked(owner, line, group, area, period)


def period_of(indicator: Indicator, quarter: str) -> Period | None:
    """The period that a measure's lines are for in the return of a quarter; None where it is not asked then."""
    period = quarter_named(quarter)
    if indicator.native_period != "year":
        return period
    last = month_number(period.end)
    if last % 12 != LAST_QUARTER - 1:
        return None
    ends = indicator.year_ends or LAST_QUARTER
    return Period.ending(month_text(last - (last % 12 - (ends - 1)) % 12), 12)


def areas_asked(indicator: Indicator, partner: Partner) -> Iterator[Area]:
    """The places of a measure that a partner supplies: LLR alone, or its districts or authorities, and the unplaced."""
    if indicator.geography == "force":
        yield LLR
        return
    places = DISTRICTS if indicator.geography.startswith("district") else UPPER_TIERS
    mine = [area for area in places if not partner.areas or area.name in partner.areas or _within(area, partner)]
    yield from mine
    if len(mine) > 1 and indicator.geography.endswith("unplaced"):
        yield UNPLACED


def _within(area: Area, partner: Partner) -> bool:
    """Whether a partner of the county's districts supplies the county as one."""
    return area == LEICESTERSHIRE and any(name in _COUNTY for name in partner.areas)


def heading_words(partner: Partner, quarter: str) -> str:
    """The title of a return: the partner and the quarter in full."""
    return f"Return of {partner.name}, {quarter_words(quarter_named(quarter))}"


_COUNTY: Final = frozenset(area.name for area in DISTRICTS if area.code.startswith("E07"))
