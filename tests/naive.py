"""Publication once more, in plain loops over facts: slow, without SQL, and written from the definitions alone."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from statistics import median
from typing import Final

from vawg_metrics.areas import COUNTY_PARTS, DISTRICTS, LEICESTERSHIRE, LLR, UNPLACED, UPPER_TIERS
from vawg_metrics.catalogue.definitions import Catalogue, Indicator
from vawg_metrics.catalogue.terms import Term
from vawg_metrics.periods import Period, month_number, month_text
from vawg_metrics.sources.contract import Fact

Row = dict[str, object]
Kind = tuple[str, str]  # breakdown and group
Key = tuple[str, str, str, str, str, str]  # measure, area, grain, last month, breakdown, group
Cells = dict[tuple[str, str, Kind], "Cell"]  # by area, last month and kind

TOTAL: Final[Kind] = ("", "")
LENGTH: Final = {"month": 1, "quarter": 3, "year": 12, "rolling12": 12}
UNUSABLE: Final = ("missing", "suppressed", "incomplete")


@dataclass(frozen=True)
class Cell:
    """A native cell: what was counted, its marker, and the download that it came in."""

    start: str
    value: int | None
    marker: str
    download: str = ""
    download_ends: str = ""

    @property
    def usable(self) -> bool:
        return self.value is not None and self.marker not in UNUSABLE


@dataclass(frozen=True)
class Published:
    """What a figure must be."""

    start: str
    numerator: int | None
    denominator: int | None
    value: float | None
    marker: str
    denominator_period: str


# What a definition says, read without SQL

_ATOM: Final = re.compile(
    r"\s*(?:(?P<flag>true|agreed)\b|(?P<lower>lower\()?(?P<column>\w+)\)?\s*"
    r"(?:(?P<sign>=|<>)\s*'(?P<text>[^']*)'|in\s*\((?P<list>[^)]*)\)))\s*(?:\band\b|$)"
)
_EXPRESSION: Final = re.compile(r"^sum\(count\)(?: filter \(where (?P<only>.*)\))?$")


def condition_of(condition: str) -> Callable[[Row], bool]:
    """A condition such as `item = 'owed' and duty in ('relief', 'both')` as a function; ValueError for any other."""
    tests: list[Callable[[Row], bool]] = []
    place = 0
    while place < len(condition):
        atom = _ATOM.match(condition, place)
        if not atom:
            raise ValueError(f"not a condition that is known here: {condition[place:]!r}")
        tests.append(_atom_test(atom))
        place = atom.end()
    return lambda row: all(test(row) for test in tests)


def _atom_test(atom: re.Match[str]) -> Callable[[Row], bool]:
    if atom["flag"] == "true":
        return lambda row: True
    if atom["flag"]:
        return lambda row: bool(row["agreed"])
    column, lower = atom["column"], bool(atom["lower"])
    wanted = set(re.findall(r"'([^']*)'", atom["list"])) if atom["list"] else {atom["text"]}
    other = atom["sign"] == "<>"
    return lambda row: ((str(row[column]).lower() if lower else row[column]) in wanted) != other


def counted_by(expression: str) -> Callable[[Iterable[Row]], int]:
    """An aggregate expression as a function of rows whose counts are all known."""
    found = _EXPRESSION.match(expression)
    if not found:
        raise ValueError(f"not an expression that is known here: {expression!r}")
    only = condition_of(found["only"]) if found["only"] else lambda row: True
    return lambda rows: sum(int(str(row["count"])) for row in rows if only(row))


# The views

CHARGED: Final = frozenset((
    "Awaiting court outcome", "Court result unavailable", "Suspect charged", "Suspect charged as part of another case",
    "Court case unable to proceed", "Defendant found not guilty", "Defendant sent to Crown Court",
    "Offender deprived of property", "Offender fined", "Offender given absolute discharge",
    "Offender given community sentence", "Offender given conditional discharge",
    "Offender given suspended prison sentence", "Offender ordered to pay compensation",
    "Offender otherwise dealt with", "Offender sent to prison",
))  # fmt: skip
OUT_OF_COURT: Final = frozenset((
    "Offender given a caution", "Local resolution", "Offender given penalty notice", "Offender given a penalty notice",
    "Offender given a drugs possession warning",
))  # fmt: skip


def street_group(outcome: str) -> str:
    """The group of a last outcome category of data.police.uk."""
    if outcome in CHARGED:
        return "charged"
    if outcome in OUT_OF_COURT:
        return "out_of_court"
    plain = {
        "Unable to prosecute suspect": "unable_to_prosecute",
        "Investigation complete; no suspect identified": "no_suspect",
        "Under investigation": "not_yet_known",
        "Status update unavailable": "not_yet_known",
        "": "not_yet_known",
    }
    return plain.get(outcome, "other")


def outcome_group(type_: str) -> str:
    """The group of a Home Office outcome type."""
    groups = {
        "charged": ("1", "1A"),
        "out_of_court": ("2", "2A", "3", "3A", "6", "8", "22"),
        "evidential_victim_supports": ("15",),
        "victim_does_not_support": ("14", "16"),
        "no_suspect": ("18",),
    }
    for group, types in groups.items():
        if type_ in types:
            return group
    return "other" if type_.isdigit() else "not_yet_assigned"


class Views:
    """The rows that definitions count over, made from facts by source."""

    def __init__(self, facts: Mapping[str, Mapping[Fact, tuple[str, ...]]], catalogue: Catalogue) -> None:
        self.facts, self.catalogue = facts, catalogue
        self._made: dict[str, list[Row]] = {}

    def rows(self, view: str) -> list[Row]:
        """The rows of one named view."""
        if view not in self._made:
            self._made[view] = list(self._rows(view))
        return self._made[view]

    def _rows(self, view: str) -> Iterator[Row]:
        if view == "street_crime":
            yield from self._street()
        elif view == "catalogue_measures":
            for one in self.catalogue.indicators:
                if one.priority != "context" and not one.retired:
                    yield _row(Fact(LLR.code, "0000-01", "0000-01", "", "", 1), agreed=one.agreed_with_survivors)
        elif view == "csp_unplaced":
            for fact in self._of("ons_csp"):
                if fact.area.endswith("-none"):
                    yield _row(replace(fact, area=fact.area.removesuffix("-none")), offence=fact.item)
        else:
            source, item, part = _PLAIN[view]
            for fact in self._of(source):
                row = _row(fact, **{item: fact.item, part: fact.part})
                if view == "offence_outcomes":
                    row["outcome_group"] = outcome_group(fact.part)
                yield row

    def _of(self, source: str) -> Iterable[Fact]:
        return self.facts.get(source, {})

    def _street(self) -> Iterator[Row]:
        failed = self._failed_months()
        downloads = [one for one in self.catalogue.downloads if one.source == "police_uk_street"]
        for fact, files in self.facts.get("police_uk_street", {}).items():
            own = [one for one in downloads if one.start <= fact.end <= one.end]
            marker = "incomplete" if (fact.area, fact.item, fact.end) in failed else fact.marker
            yield _row(
                replace(fact, marker=marker),
                crime_type=fact.item,
                outcome_group=street_group(fact.part),
                download=own[0].id if own else "+".join(files),
                download_ends=own[0].end if own else "",
            )

    def _failed_months(self) -> set[tuple[str, str, str]]:
        """Months of a district with under half its usual count, where that is at least thirty."""
        districts = {area.code for area in DISTRICTS}
        totals: dict[tuple[str, str], dict[str, int]] = defaultdict(lambda: defaultdict(int))
        for fact in self._of("police_uk_street"):
            if fact.area in districts:
                totals[fact.area, fact.item][fact.end] += fact.count or 0
        failed = set()
        for (area, item), months in totals.items():
            usual = median(months.values())
            failed |= {(area, item, end) for end, count in months.items() if usual >= 30 and count < usual / 2}
        return failed


_PLAIN: Final = {  # view: its source, and what it calls item and part
    "csp_crime": ("ons_csp", "offence", "part"),
    "force_crime": ("ons_pfa", "offence", "part"),
    "recorded_offences": ("home_office_recorded", "offence_code", "part"),
    "offence_outcomes": ("home_office_outcomes", "offence_code", "outcome_type"),
    "arrests": ("home_office_arrests", "offence_group", "sex"),
    "prosecutions": ("cps_outcomes", "offence_category", "result"),
    "homelessness": ("homelessness", "item", "duty"),
    "children": ("children_in_need", "factor", "part"),
    "residents": ("ons_population", "item", "sex"),
    "residents_16_plus": ("ons_population_16plus", "item", "sex"),
    "households": ("census_households", "item", "part"),
}


def _row(fact: Fact, **columns: object) -> Row:
    own = {"area": fact.area, "start": fact.start, "end": fact.end, "count": fact.count, "marker": fact.marker}
    return own | columns


# Cells, areas, periods, division


def cells_of(indicator: Indicator, term: Term, kinds: Mapping[Kind, str], views: Views) -> Cells:
    """The native cells of a term, the county and LLR among them."""
    keep = condition_of(term.condition)
    counts = {kind: counted_by(expression) for kind, expression in kinds.items()}
    groups: dict[tuple[str, str, str], list[Row]] = defaultdict(list)
    for row in views.rows(term.view):
        if not keep(row):
            continue
        if indicator.year_ends and term.over_time != "carried" and int(str(row["end"])[5:]) != indicator.year_ends:
            continue
        groups[str(row["area"]), str(row["start"]), str(row["end"])].append(row)
    cells: Cells = {}
    for (area, start, end), rows in groups.items():
        unknown = any(row["count"] is None for row in rows)
        marker = max(str(row["marker"]) for row in rows)
        download = max(str(row.get("download", "")) for row in rows) if indicator.within_download else ""
        ends = max(str(row.get("download_ends", "")) for row in rows)
        for kind, count in counts.items():
            value = None if unknown else count(rows)
            cells[area, end, kind] = Cell(start, value, marker or ("missing" if unknown else ""), download, ends)
    if term.over_areas == "sum":
        scheme = indicator.geography
        if term.over_time == "carried" and scheme == "district_and_unplaced":
            scheme = "district"
        cells |= formed_areas(cells, scheme)
    return cells


def formed_areas(cells: Cells, scheme: str) -> Cells:
    """The county and LLR, where no publisher supplies them: known only when every part is."""
    nine = tuple(area.code for area in DISTRICTS)
    wanted: dict[str, dict[str, tuple[str, ...]]] = {
        "district": {LEICESTERSHIRE.code: COUNTY_PARTS, LLR.code: nine},
        "district_and_unplaced": {LEICESTERSHIRE.code: COUNTY_PARTS, LLR.code: (*nine, UNPLACED.code)},
        "upper": {LLR.code: tuple(area.code for area in UPPER_TIERS)},
        "force": {},
    }
    supplied = {area for area, _, _ in cells}
    formed: Cells = {}
    for parent, parts in wanted[scheme].items():
        if parent in supplied:
            continue
        whole = scheme == "district_and_unplaced" and parent == LLR.code
        for end, kind in {(end, kind) for area, end, kind in cells if area in parts}:
            formed[parent, end, kind] = _sum_of([cells.get((part, end, kind)) for part in parts], whole)
    return formed


def _sum_of(parts: list[Cell | None], whole: bool) -> Cell:
    """One larger place. What an incomplete district lacks has no district recorded, so that LLR is whole."""
    held = [part for part in parts if part is not None]
    known = len(held) == len(parts)
    for part in held:
        if part.value is None or (part.marker == "incomplete" and not whole):
            known = False
    marker = "provisional" if any(part.marker == "provisional" for part in held) else ""
    value = sum(part.value or 0 for part in held)
    first = held[0]
    download, ends = min(part.download for part in held), min(part.download_ends for part in held)
    return Cell(first.start, value if known else None, marker if known else "incomplete", download, ends)


def figures_of(facts: Mapping[str, Mapping[Fact, tuple[str, ...]]], catalogue: Catalogue) -> dict[Key, Published]:
    """Every figure that must be published, by its key."""
    views = Views(facts, catalogue)
    found: dict[Key, Published] = {}
    for indicator in catalogue.indicators:
        if indicator.public and not indicator.retired:
            found |= measure_figures(indicator, catalogue, views)
    return found


def measure_figures(indicator: Indicator, catalogue: Catalogue, views: Views) -> dict[Key, Published]:
    """The figures of one measure for every area, grain, period and group."""
    split, denominator = indicator.breakdown, indicator.denominator
    assert indicator.numerator is not None
    kinds = {TOTAL: indicator.numerator.expression}
    whole = {TOTAL: denominator.expression} if denominator else {}
    if split:
        kinds |= {(split.name, group.id): group.expression for group in split.groups}
        if denominator and denominator.over_time != "carried":
            whole |= {(split.name, group.id): split.expression for group in split.groups}
    above = cells_of(indicator, indicator.numerator, kinds, views)
    below = cells_of(indicator, denominator, whole, views) if denominator else {}
    if indicator.native_period == "edition":
        return {
            (indicator.id, area, "edition", "", "", ""): _divided(
                indicator, "", cell.value, below[area, end, kind].value, "", ""
            )
            for (area, end, kind), cell in above.items()
        }
    faults = {
        month: fault.marker
        for fault in catalogue.known_faults
        if indicator.id in fault.indicators
        for month in Period(fault.start, fault.end)
    }
    series = Series(indicator, above, below, faults)
    return {
        (indicator.id, area, grain, end, *kind): figure
        for area in {area for area, _, _ in above}
        for kind in kinds
        for grain in series.grains
        for end, figure in series.figures(area, kind, grain)
    }


class Series:
    """The periods of one measure, native and longer."""

    def __init__(self, indicator: Indicator, above: Cells, below: Cells, faults: Mapping[str, str]) -> None:
        self.indicator, self.above, self.below, self.faults = indicator, above, below, faults
        self.native = LENGTH[indicator.native_period]
        self.carried = indicator.denominator is not None and indicator.denominator.over_time == "carried"
        self._ends: dict[str, list[str]] = {}
        self._estimates: dict[str, dict[int, int | None]] = defaultdict(dict)
        if self.carried:
            for (area, end, kind), cell in below.items():
                if kind == TOTAL:
                    self._estimates[area][int(end[:4])] = cell.value

    @property
    def grains(self) -> tuple[str, ...]:
        terms = [term for term in (self.indicator.numerator, self.indicator.denominator) if term]
        if self.indicator.native_period == "year" or any(term.over_time == "none" for term in terms):
            return (self.indicator.native_period,)
        order = ("month", "quarter", "year", "rolling12")
        return order[order.index(self.indicator.native_period) :]

    def ends(self, area: str) -> list[str]:
        """The last months of every native period from an area's first to its last; years by their last month."""
        if area not in self._ends:
            by_phase: dict[int, list[int]] = defaultdict(list)
            for own, end, _ in self.above:
                if own == area:
                    by_phase[month_number(end) % self.native].append(month_number(end))
            numbers = [n for held in by_phase.values() for n in range(min(held), max(held) + 1, self.native)]
            self._ends[area] = [month_text(number) for number in sorted(numbers)]
        return self._ends[area]

    def native_cell(self, area: str, end: str, kind: Kind) -> tuple[Cell, int | None]:
        """The cell of a native period, with the marker it has beside its denominator, and that denominator."""
        start = month_text(month_number(end) - self.native + 1)
        held = self.above.get((area, end, kind))
        under = self.below.get((area, end, kind)) if not self.carried else None
        divisor = under.value if under else None
        if end in self.faults:
            ends = (held.download, held.download_ends) if held else ("", "")
            return Cell(start, None, self.faults[end], *ends), None
        if held is None:
            return Cell(start, None, "missing"), divisor
        if self.indicator.denominator and not self.carried and held.value is not None and divisor is None:
            return replace(held, start=start, marker=(under.marker if under else "") or "missing"), divisor
        return replace(held, start=start), divisor

    def figures(self, area: str, kind: Kind, grain: str) -> Iterator[tuple[str, Published]]:
        """The figures of one area and group at one grain, by last month."""
        own = grain == self.indicator.native_period
        held = set(self.ends(area))
        for end in self.ends(area):
            month = int(end[5:])
            if not own and ((grain == "quarter" and month % 3) or (grain == "year" and month != 3)):
                continue
            last = month_number(end)
            ends = [month_text(number) for number in range(last - LENGTH[grain] + self.native, last + 1, self.native)]
            if all(one in held for one in ends):
                yield end, self._figure(area, kind, ends, own)

    def _figure(self, area: str, kind: Kind, ends: list[str], own: bool) -> Published:
        cells, divisors = zip(*(self.native_cell(area, end, kind) for end in ends), strict=True)
        numerator: int | None
        denominator: int | None
        if own:
            marker, numerator, denominator = cells[0].marker, cells[0].value, divisors[0]
        else:
            downloads = {cell.download for cell in cells if cell.download or cell.value is not None}
            whole = all(cell.usable for cell in cells) and (not self.indicator.within_download or len(downloads) == 1)
            marker = "" if whole else "incomplete" if any(cell.usable for cell in cells) else "missing"
            if whole and any(cell.marker == "provisional" for cell in cells):
                marker = "provisional"
            assert self.indicator.numerator is not None
            numerator = _over_time(self.indicator.numerator, [cell.value for cell in cells]) if whole else None
            denominator = None
            if whole and self.indicator.denominator and not self.carried:
                denominator = _over_time(self.indicator.denominator, list(divisors))
        year = ""
        if self.carried:
            denominator, year = self._carried(area, int(ends[-1][:4]))
        newest = max(cell.download_ends for cell in cells)
        young = self.indicator.mature_after_months
        if young and newest and month_number(ends[-1]) > month_number(newest) - young and marker == "":
            marker = "provisional" if numerator is not None else marker
        return _divided(self.indicator, cells[0].start, numerator, denominator, marker, year)

    def _carried(self, area: str, year: int) -> tuple[int | None, str]:
        """The estimate of the year, the newest one before it, or else the first one after it."""
        held = self._estimates.get(area, {})
        if not held:
            return None, ""
        before = [one for one in held if one <= year]
        chosen = max(before) if before else min(held)
        return held[chosen], str(chosen)


def _over_time(term: Term, values: list[int | None]) -> int | None:
    if term.over_time == "latest":
        return values[-1]
    return None if None in values else sum(value for value in values if value is not None)


def _divided(
    indicator: Indicator, start: str, numerator: int | None, denominator: int | None, marker: str, year: str
) -> Published:
    """The division, last of all; without a denominator the count is the value."""
    if marker in ("", "provisional") and (numerator is None or denominator == 0):
        marker = "missing"
    value: float | None
    if indicator.denominator is None:
        value = None if numerator is None else float(numerator)
    else:
        value = indicator.per * numerator / denominator if numerator is not None and denominator else None
    return Published(start, numerator, denominator, value, marker, year)
