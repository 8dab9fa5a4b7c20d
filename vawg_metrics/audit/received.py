"""Everything that a reader can receive of the measures from partners: figures, files, what charts draw, sentences."""

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from typing import Any, Final

from python_calamine import CalamineWorkbook

from vawg_metrics.areas import HOME
from vawg_metrics.catalogue.definitions import Indicator
from vawg_metrics.charts.plan import Scale, Span
from vawg_metrics.charts.plotted import plotted
from vawg_metrics.narrative import beside, caption, heading
from vawg_metrics.outputs.csv_file import write_csv
from vawg_metrics.outputs.json_file import write_json
from vawg_metrics.outputs.parcel import Parcel, parcel_of
from vawg_metrics.outputs.table import as_record
from vawg_metrics.outputs.workbook import write_xlsx
from vawg_metrics.periods import GRAINS
from vawg_metrics.publication import grains_of
from vawg_metrics.reading import Reading, Release, read, select_figures
from vawg_metrics.selection import ALL_YEARS, Selection
from vawg_metrics.statements import statements

FIGURES: Final = "figures"
ROLES: Final = {
    "numerator": "numerator", "denominator": "denominator", "value": "value", "lower": "lower", "upper": "upper",
    "usual_lower": "other", "usual_mean": "other", "usual_upper": "other", "rest_value": "other",
}  # fmt: skip
VIEWS: Final = ("trend", "usual", "groups", "districts", "map")
Place = tuple[str, str, str, str]  # place, grain, last month, group


@dataclass(frozen=True, slots=True)
class Number:
    """One number that was received: where, which figure it claims to be of, and as what (`drawn` where unsaid)."""

    where: str
    indicator: str
    at: Place
    role: str
    number: float

    def words(self) -> str:
        """Where it was received, of which figure and as what: `csv, trend: support_referrals_rate, ..., value 2.37`."""
        place = ", ".join(part for part in (self.indicator, *self.at) if part)
        return f"{self.where}: {place}, {self.role} {self.number:g}"


@dataclass(frozen=True)
class Words:
    """A sentence that was received, with the reading that it speaks of."""

    where: str
    text: str
    reading: Reading


def received(release: Release, step: Callable[[str], None] = lambda _: None) -> Iterator[Number | Words]:
    """Everything of every measure from partners; `step` is told each measure as it begins."""
    for indicator in release.catalogue.indicators:
        if indicator.from_partners and release.holds(indicator):
            step(indicator.title)
            yield from _of_measure(release, indicator)


def _of_measure(release: Release, indicator: Indicator) -> Iterator[Number | Words]:
    figures = select_figures(release, indicator.id, (), "", breakdown=True)
    records = [as_record(indicator, one, release.name) for one in figures]
    yield from _of_records(FIGURES, indicator.id, records)
    places = [area.name for area in HOME if area.code in release.reaches[indicator.id].areas]
    for grain in grains_of(indicator):
        for measure in ("rate", "count"):
            whole = read(release, indicator, Selection(tuple(places), start=ALL_YEARS, grain=grain, measure=measure))
            for view in VIEWS:
                yield from _of_parcel(whole, view, parcel_of(whole, view))
        for place in places:
            own = read(release, indicator, Selection((place,), start=ALL_YEARS, grain=grain))
            for text in (heading(own), caption(own), beside(own), *(one.text for one in statements(own))):
                yield Words(f"sentence, {place}", text, own)


def _of_parcel(reading: Reading, view: str, parcel: Parcel) -> Iterator[Number | Words]:
    """The files, the numbers that the chart draws, and every word of the plan and of what the file says of itself."""
    id_ = reading.indicator.id
    yield from _of_records(f"csv, {view}", id_, csv_rows(write_csv(parcel)))
    yield from _of_records(f"json, {view}", id_, json.loads(write_json(parcel))["records"])
    if view == "trend":
        yield from _of_records(f"xlsx, {view}", id_, workbook_rows(write_xlsx(parcel)))
    for row in plotted(parcel.plan).rows:
        for cell in row[1:]:
            if isinstance(cell, int | float):
                yield Number(f"chart, {view}", id_, ("", reading.grain, "", ""), "drawn", float(cell))
    for text in {*texts_in(parcel.plan), *(words for name, words in parcel.about if name in ("Finding", "Test"))}:
        yield Words(f"words of {view}", text, reading)


def csv_rows(content: bytes) -> Iterable[Mapping[str, Any]]:
    """The rows of a CSV to take away."""
    table, _, _ = content.decode("utf-8-sig").partition("\r\n\r\n")
    return list(csv.DictReader(io.StringIO(table)))


def workbook_rows(content: bytes) -> Iterable[Mapping[str, Any]]:
    """The rows of the Data sheet of a workbook to take away."""
    header, *rows = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_name("Data").to_python()
    return [dict(zip(map(str, header), row, strict=True)) for row in rows]


def _of_records(where: str, indicator: str, records: Iterable[Mapping[str, Any]]) -> Iterator[Number]:
    for row in records:
        if row["grain"] in GRAINS:
            at = (row["area_code"], row["grain"], row["period_end"], row["group"] or "")
            for column, role in ROLES.items():
                if (number := _number(row[column])) is not None:
                    yield Number(where, indicator, at, role, number)


def _number(cell: object) -> float | None:
    """A cell as a number; None for one that is empty or shorthand."""
    try:
        return None if cell is None else float(str(cell))
    except ValueError:
        return None


def texts_in(held: object) -> Iterator[str]:
    """Every text in a plan, however deep: titles, labels, what is shown at a point, the alternative, notes."""
    if isinstance(held, str):
        yield held
    elif is_dataclass(held) and not isinstance(held, Scale | Span):  # ticks are round numbers, whatever is drawn
        for field in fields(held):
            if field.name != "edges":  # of a map's steps: round numbers too
                yield from texts_in(getattr(held, field.name))
    elif isinstance(held, tuple | list):
        for one in held:
            yield from texts_in(one)
