"""The returns of all partners put together: each cell's count over its suppliers, or why it is not known."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from vawg_metrics.areas import COUNTY_PARTS, LEICESTERSHIRE, LLR, UPPER_TIERS
from vawg_metrics.catalogue.definitions import Catalogue, Indicator
from vawg_metrics.catalogue.returned import Line, Partner
from vawg_metrics.periods import Period, month_number, quarter_named
from vawg_metrics.returns.contract import Asked, Given, Return, asked_of
from vawg_metrics.returns.due import due_date

Place = tuple[str, str]  # group and area code, within one line and period


@dataclass(frozen=True)
class Gathered:
    """One line in one period: the counts by group and place, why others are not known, and who gave what.

    `counts`: whole numbers, totals of the county and LLR included where all their parts are known. `unknown`: the
    marker of every cell that is not. `shares`: what each supplier gave of each known cell, for the rule on dominance.
    """

    line: Line
    indicator: Indicator
    period: Period
    counts: Mapping[Place, int]
    unknown: Mapping[Place, str]
    shares: Mapping[Place, Mapping[str, int]] = field(default_factory=dict)

    @property
    def areas(self) -> tuple[str, ...]:
        """Every place that the line has, the largest last."""
        return tuple(dict.fromkeys(area for _, area in (*self.counts, *self.unknown)))


def gather(catalogue: Catalogue, returns: Iterable[Return], today: date) -> tuple[Gathered, ...]:
    """Every line and period that at least one return speaks of, in the catalogue's order.

    Arguments: the returns accepted, at most one of a partner and quarter; `today`, which decides what is overdue.
    A cell is known only where every supplier of it that the register names gave it.
    """
    by_partner = {(one.partner, one.quarter): one for one in returns}
    found = []
    for quarter in sorted({one.quarter for one in by_partner.values()}):
        asked: dict[tuple[str, Period], list[tuple[Partner, Asked]]] = {}
        for partner in catalogue.partners:
            for cell in asked_of(catalogue, partner, quarter):
                asked.setdefault((cell.line.id, cell.period), []).append((partner, cell))
        sent = {
            partner: {given.key: given for given in one.given}
            for (partner, of), one in by_partner.items()
            if of == quarter
        }
        for cells in asked.values():
            if any(cell.key in sent.get(partner.id, {}) for partner, cell in cells):
                found.append(_of_line(cells, sent, quarter, today))
    return tuple(found)


def _of_line(
    cells: list[tuple[Partner, Asked]],
    sent: Mapping[str, Mapping[tuple[str, str, str], Given]],
    quarter: str,
    today: date,
) -> Gathered:
    counts: dict[Place, int] = {}
    unknown: dict[Place, str] = {}
    shares: dict[Place, dict[str, int]] = {}
    for partner, cell in cells:
        place = cell.group, cell.area.code
        given = sent.get(partner.id, {}).get(cell.key)
        if given is None or given.count is None:
            unknown[place] = _why(partner, given, quarter, today)
        else:
            shares.setdefault(place, {})[partner.id] = given.count
    for place, by_supplier in shares.items():
        if place not in unknown:
            counts[place] = sum(by_supplier.values())
    one = cells[0][1]
    for group in ("", *(split.id for split in one.line.groups)):
        for parent, children in _larger(one.indicator, {area for of, area in (*counts, *unknown) if of == group}):
            _add_up(group, parent, children, counts, unknown, shares)
    return Gathered(one.line, one.indicator, one.period, counts, unknown, shares)


def _why(partner: Partner, given: Given | None, quarter: str, today: date) -> str:
    if given is not None:
        return "not_collected"
    agreed = partner.agreed_from and quarter_named(partner.agreed_from).start <= quarter_named(quarter).start
    return "overdue" if agreed and due_date(partner, quarter) < today else "missing"


def _larger(indicator: Indicator, areas: set[str]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The county and LLR, each with the parts that make it up."""
    if indicator.places == "district":
        yield LEICESTERSHIRE.code, COUNTY_PARTS
    if indicator.places != "force":
        yield LLR.code, tuple(sorted(areas - {LEICESTERSHIRE.code} | _tier(indicator)))


def _tier(indicator: Indicator) -> set[str]:
    """The county where it is a part of LLR itself and not a sum of districts."""
    return {LEICESTERSHIRE.code} if indicator.places == "upper" and LEICESTERSHIRE in UPPER_TIERS else set()


def _add_up(
    group: str, parent: str, children: tuple[str, ...], counts: dict[Place, int], unknown: dict[Place, str],
    shares: dict[Place, dict[str, int]],
) -> None:  # fmt: skip
    """A larger place from all its parts, or unknown with the marker of a part that is."""
    places = [(group, area) for area in children]
    lacking = [unknown.get(place, "missing") for place in places if place not in counts]
    if lacking:
        unknown[group, parent] = sorted(lacking)[-1]
        return
    counts[group, parent] = sum(counts[place] for place in places)
    whole: dict[str, int] = {}
    for place in places:
        for supplier, count in shares[place].items():
            whole[supplier] = whole.get(supplier, 0) + count
    shares[group, parent] = whole


def lines_linked(gathered: Iterable[Gathered]) -> dict[Period, tuple[Gathered, ...]]:
    """What was gathered, by period in order of time: the lines of a period are protected together."""
    found: dict[Period, tuple[Gathered, ...]] = {}
    for one in sorted(gathered, key=lambda one: (month_number(one.period.end), one.period.months, one.line.id)):
        found[one.period] = (*found.get(one.period, ()), one)
    return found
