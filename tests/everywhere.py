"""One number everywhere: the values of a reading as each format, the command, the table and the chart hold them."""

import csv
import io
import json
import re
from collections.abc import Iterable, Mapping
from html import unescape
from math import isclose
from typing import Any

from python_calamine import CalamineWorkbook

from vawg_metrics.areas import HOME
from vawg_metrics.catalogue.definitions import Indicator
from vawg_metrics.charts.drawable import drawn_value
from vawg_metrics.charts.plotted import plotted
from vawg_metrics.exploration import asked_by, explore
from vawg_metrics.figure import Figure
from vawg_metrics.outputs.explored import ALWAYS_SETS, Layout, lay_out
from vawg_metrics.outputs.formats import FORMATS
from vawg_metrics.outputs.parcel import Parcel, parcel_of
from vawg_metrics.outputs.table import records_as_csv
from vawg_metrics.periods import Period
from vawg_metrics.publication import grains_of
from vawg_metrics.reading import Reading, Release, read
from vawg_metrics.selection import Selection
from vawg_metrics.ui.tables import figure_table
from vawg_metrics.wording import bare_value, count_words

Key = tuple[str, str, str]
Numbers = dict[Key, tuple[float | None, float | None, float | None, float | None, float | None]]
NAMES = ("numerator", "denominator", "value", "lower", "upper")


def asked_for(release: Release, indicator: Indicator) -> Iterable[tuple[str, str]]:
    """Every place and grain that a measure has figures of among LLR's own."""
    held = release.reaches[indicator.id].areas
    for area in HOME:
        for grain in grains_of(indicator):
            if area.code in held:
                yield area.name, grain


def differences(release: Release, indicator: Indicator, area: str, grain: str) -> list[str]:
    """Where any format, the command, the table on the screen or the chart differs from the reading."""
    selection = Selection((area,), start="all", grain="" if grain == "edition" else grain)
    reading = read(release, indicator, selection)
    parcel = parcel_of(reading)
    wanted = {_key(one.area.code, one.period): _of(one) for one in reading.figures}
    assert wanted, (indicator.id, area, grain)
    found = {
        "csv": _of_csv(parcel),
        "xlsx": _of_workbook(parcel),
        "json": _of_records(json.loads(FORMATS["json"].write(parcel, None))["records"]),
        "figures": _of_command(release, reading),
    }
    # A workbook keeps sixteen digits of a number, as spreadsheets do; everything else keeps them all.
    told = [
        f"{indicator.id} {area} {grain}: {name}"
        for name, held in found.items()
        if not _same(held, wanted, 1e-15 if name == "xlsx" else 0.0)
    ]
    return [*told, *_screen(reading), *_chart(reading, parcel)]


def _same(held: Numbers, wanted: Mapping[Key, tuple[Any, ...]], within: float) -> bool:
    """Whether two tables hold the same numbers, and the same gaps, under the same keys."""
    if held.keys() != wanted.keys():
        return False
    pairs = [pair for key in wanted for pair in zip(held[key], wanted[key], strict=True)]
    return all(
        one is None and other is None
        if one is None or other is None
        else isclose(one, other, rel_tol=within, abs_tol=0.0)
        for one, other in pairs
    )


def _key(code: str, period: Period | None) -> Key:
    return (code, period.start, period.end) if period else (code, "", "")


def _of(figure: Figure) -> tuple[Any, ...]:
    return tuple(getattr(figure, name) for name in NAMES)


def _of_records(records: Iterable[Mapping[str, Any]]) -> Numbers:
    return {
        (row["area_code"], row["period_start"] or "", row["period_end"] or ""): tuple(
            _number(row[name]) for name in NAMES
        )
        for row in records
    }  # type: ignore[misc]


def _number(cell: object) -> float | None:
    unknown = cell is None or cell == "" or str(cell).startswith("[")
    return None if unknown else float(str(cell))


def _of_csv(parcel: Parcel) -> Numbers:
    table, _, _ = FORMATS["csv"].write(parcel, None).decode("utf-8-sig").partition("\r\n\r\n")
    return _of_records(csv.DictReader(io.StringIO(table)))


def _of_workbook(parcel: Parcel) -> Numbers:
    book = CalamineWorkbook.from_filelike(io.BytesIO(FORMATS["xlsx"].write(parcel, None)))
    header, *rows = book.get_sheet_by_name("Data").to_python()
    return _of_records(dict(zip(header, row, strict=True)) for row in rows)


def _of_command(release: Release, reading: Reading) -> Numbers:
    """What the command prints that the reading's own file names."""
    asked = asked_by(reading)
    table = lay_out(release, asked, explore(release, asked), Layout(ALWAYS_SETS))
    return _of_records(csv.DictReader(io.StringIO(records_as_csv(table.records, table.columns))))


def _screen(reading: Reading) -> list[str]:
    """The table under the chart: every period with its count and its value, as people read them."""
    shown = unescape(re.sub(r"<[^>]+>", "|", figure_table(reading, "trend")))
    lost = []
    for one in reading.figures:
        words = [count_words(one.numerator)]
        words += [bare_value(reading.indicator, one.value)] if reading.indicator.denominator else []
        if any(f"|{word}|" not in shown for word in words):
            lost.append(f"{reading.indicator.id}: {words} not on the screen")
    return lost


def _chart(reading: Reading, parcel: Parcel) -> list[str]:
    """The chart's own numbers: those of the reading, but for what may not be drawn."""
    drawn = plotted(parcel.plan)
    wanted = sorted(value for one in reading.figures if (value := drawn_value(reading, one)) is not None)
    held = sorted(float(cell) for row in drawn.rows for cell in row[1:2] if cell is not None)
    if drawn.kind == "none":
        return [] if not wanted or reading.indicator.native_period == "edition" else [f"{parcel.stem}: nothing drawn"]
    lines = sorted(float(cell) for row in drawn.rows for cell in row[1:] if cell is not None)
    found = held if drawn.kind == "bar" else lines
    return [] if found == wanted else [f"{parcel.stem}: the chart holds {len(found)} of {len(wanted)} values"]
