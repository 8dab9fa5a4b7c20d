"""Readings made by hand, with invented numbers, for the tests of charts and files."""

from collections.abc import Iterable
from dataclasses import replace

from vawg_metrics.areas import DISTRICTS, HOME, LLR, UNPLACED, Area
from vawg_metrics.catalogue.definitions import Indicator, Source
from vawg_metrics.catalogue.registers import RecordingChange
from vawg_metrics.catalogue.terms import Breakdown, Group, Term
from vawg_metrics.periods import MONTHS_IN, Period, month_number, month_text
from vawg_metrics.published import Provenance
from vawg_metrics.reading import Figure, Reading
from vawg_metrics.selection import Selection

STRATEGY = Period("2024-01", "2026-12")
PLACES = {area.name: area for area in HOME}
SOURCE = Source("invented", "Office for Invented Statistics", "Invented counts", "OGL", "", "quarterly", 3, "2018 on")
PROVENANCE = Provenance(
    "ab" * 32, "invented", "counts.xlsx", "October to December 2025", ("2018-04", "2025-12"), 9, (), (), 9
)
OUTCOMES = Breakdown(
    "outcome",
    True,
    (Group("charged", "Charged", "1"), Group("out", "Out of court", "1"), Group("none", "No suspect identified", "1")),
)
OPENED = RecordingChange("opened", "2024-07", "Counting rule changed", "Counted anew.", ("invented_rate",), "July 2024")


def indicator(**changes: object) -> Indicator:
    """A rate per 1,000 households by quarter and district, unless changed."""
    plain = Indicator(
        id="invented_rate", code="P0.0", title="Households helped", question="", priority="supporting", order=1,
        kind="output", direction="neither", unit="rate", per=1000, unit_words="per 1,000 households", whom="households",
        native_period="quarter", geography="district", disclosure="published", why="", ask="", asked_as=(), includes=(),
        excludes=(), caveats=("Councils record in different ways.",), method="", source="invented",
        numerator=Term("households helped", "helped", "true"),
        denominator=Term("households", "households", "true", over_time="carried"),
    )  # fmt: skip
    return replace(plain, **changes)  # type: ignore[arg-type]


def figure(
    area: Area | str, end: str, numerator: int | None, grain: str = "quarter", denominator: int | None = 1000,
    marker: str = "", note: str = "", group: str = "", of: Indicator | None = None,
) -> Figure:  # fmt: skip
    """One figure that ends with a month; its value is per 1,000 or per cent as the measure is."""
    measure = of or indicator()
    place = PLACES[area] if isinstance(area, str) else area
    whole = denominator if measure.denominator else None
    value = None
    if numerator is not None:
        value = float(numerator) if whole is None else measure.per * numerator / whole
    period = None if grain == "edition" else Period.ending(end, MONTHS_IN[grain])
    marker = marker or ("missing" if numerator is None else "")
    split = "outcome" if group else ""
    return Figure(measure.id, place, grain, period, split, group, numerator, whole, value, marker, note, end[:4])


def run(
    area: Area | str, first: str, numerators: Iterable[int | None], grain: str = "quarter", of: Indicator | None = None,
    denominator: int | None = 1000, step: int = 0, note: str = "",
) -> tuple[Figure, ...]:  # fmt: skip
    """Figures one period after the other, the first ending with `first`."""
    months = step or (1 if grain == "rolling12" else MONTHS_IN[grain])
    return tuple(
        figure(area, month_text(month_number(first) + months * number), count, grain, denominator, note=note, of=of)
        for number, count in enumerate(numerators)
    )


def reading(
    figures: Iterable[Figure], of: Indicator | None = None, selection: Selection | None = None, **changes: object
) -> Reading:
    """A reading of some figures; what is held is what is known of them."""
    figures, measure = tuple(figures), of or indicator()
    totals = tuple(one for one in figures if not one.breakdown)
    names = tuple(dict.fromkeys(one.area.name for one in figures)) or (LLR.name,)
    known = [one.period for one in figures if one.known and one.period]
    areas = changes.get("areas") or tuple(PLACES[name] for name in (selection.areas if selection else names[:4]))
    plain = Reading(
        indicator=measure, selection=selection or Selection(names[:4]), strategy=STRATEGY,
        grain=figures[0].grain if figures else "quarter",
        areas=areas,  # type: ignore[arg-type]
        figures=totals, groups=tuple(one for one in figures if one.breakdown),
        headline=next((one for one in reversed(totals) if one.known and one.area.name == names[0]), None),
        headline_groups=(), districts=(), comparators=(), unanswered=(), changes=(), provenance=(PROVENANCE,),
        release="0123456789", newest=max((one.end for one in known), default=""),
        oldest=min((one.start for one in known), default=""),
        source=SOURCE,
    )  # fmt: skip
    return replace(plain, **changes)  # type: ignore[arg-type]


def districts(
    numerators: Iterable[int | None], end: str = "2025-03", of: Indicator | None = None
) -> tuple[Figure, ...]:
    """A year's figures of the nine districts, of no district, and of LLR: their sum where all are known."""
    counts = list(numerators)
    own = [figure(area, end, count, "year", 10_000, of=of) for area, count in zip(DISTRICTS, counts, strict=True)]
    known = [count for count in counts if count is not None]
    whole = sum(known) + 8 if len(known) == len(counts) else None
    unplaced = replace(figure(UNPLACED, end, 8, "year", 10_000, of=of), denominator=None, value=None)
    return (*own, unplaced, figure(LLR, end, whole, "year", 90_000, of=of))
