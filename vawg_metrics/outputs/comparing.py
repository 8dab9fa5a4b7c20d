"""What Compare shows, as parcels: every place, their change, over time, beside others, the matrix."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final

from vawg_metrics.against_rest import claim_beside_rest
from vawg_metrics.areas import LLR
from vawg_metrics.catalogue.definitions import Indicator
from vawg_metrics.charts.credit import LICENCE, PROPOSED
from vawg_metrics.charts.plan import Plan
from vawg_metrics.comparison import Comparison
from vawg_metrics.matrix import Cell, Row, signal_of, trend_word
from vawg_metrics.narrative import heading, period_words
from vawg_metrics.outputs.about import ABOUT, about
from vawg_metrics.outputs.change_columns import CHANGE_COLUMNS, change_record
from vawg_metrics.outputs.naming import file_name
from vawg_metrics.outputs.parcel import Parcel, made_up, parcel_of
from vawg_metrics.outputs.table import VIEW_COLUMNS, Record, as_record, view_records
from vawg_metrics.statements import point_word

CHANGE: Final = (
    "change is value divided by change_from_value for a rate or count (1 is no change), and percentage points for a "
    "share; change_lower and change_upper are its 95 % limits."
)
NEIGHBOUR_COLUMNS: Final = (
    "indicator", "title", "area", "area_code", "period_start", "period_end", "value", "neighbours", "neighbours_found",
    "neighbours_low", "neighbours_middle", "neighbours_high", "marker", "note", "release",
)  # fmt: skip
SAID_COLUMNS: Final = ("five_years", "newest_point", "newest_signal")
MATRIX_COLUMNS: Final = (*VIEW_COLUMNS[:-1], *SAID_COLUMNS, "release")


def places_parcel(found: Comparison, plan: Plan) -> Parcel:
    """Every place at the period compared, with its change, and those beside them."""
    reading = found.reading
    return _parcel(found, "places-compared", [*_places(found), *_outside(found)], plan, heading(reading))


def change_parcel(found: Comparison, plan: Plan) -> Parcel:
    """The change of every place."""
    return _parcel(found, "change-by-place", _places(found), plan, plan.title)


def time_parcel(found: Comparison, plan: Plan) -> Parcel:
    """Every place over time."""
    whole = parcel_of(found.everywhere)
    return replace(whole, stem=stem_of(found, "places-over-time"), title=plan.title, plan=plan)


def beside_parcel(found: Comparison) -> Parcel:
    """LLR beside the region, the nations and the forces; a place without a figure has a row that says why."""
    own = [one for one in _places(found) if one["area"] == LLR.name]
    outside = [as_record(found.indicator, one.figure, found.reading.release) for one in found.beside if one.figure]
    lacking: list[Record] = [
        {"area": one.area.name, "area_code": one.area.code, "note": one.reason, "release": found.reading.release}
        for one in found.beside
        if not one.figure
    ]
    rows = [*own, *_titled(found, outside), *_titled(found, lacking)]
    return _parcel(found, "beside-others", rows, _no_picture(found), f"{heading(found.reading)}, beside others")


def neighbours_parcel(found: Comparison) -> Parcel:
    """Each district with the range of its ONS statistical neighbours."""
    rows = []
    for one in found.places:
        if one.neighbours is None or one.figure is None:
            continue
        held = one.neighbours
        ranged = {
            "neighbours": held.neighbours, "neighbours_found": held.found, "neighbours_low": held.low,
            "neighbours_middle": held.middle, "neighbours_high": held.high,
        }  # fmt: skip
        rows += _titled(found, [as_record(found.indicator, one.figure, found.reading.release) | ranged])
    whole = _parcel(found, "like-places", rows, _no_picture(found), f"{heading(found.reading)}, beside like places")
    return replace(whole, columns=(*whole.columns[: found.demonstration], *NEIGHBOUR_COLUMNS))


def matrix_parcel(rows: Sequence[Row], release: str) -> Parcel:
    """Measures by places: value, beside the rest, five years, newest point."""
    records = [_matrix_record(row, cell, release) for row in rows for cell in row.cells]
    title = "Measures, place by place"
    pairs = (
        (ABOUT, title), ("Order", "Places and measures stand in a fixed order; nothing is ranked."),
        ("Status", PROPOSED), ("Edition", release), ("Licence", f"{LICENCE}."),
    )  # fmt: skip
    plan = Plan(title=title, subtitle="", empty="A matrix is a table: it has no picture.")
    return Parcel(f"matrix_places_{release}", title, MATRIX_COLUMNS, tuple(records), pairs, plan, release)


def _matrix_record(row: Row, cell: Cell, release: str) -> Record:
    figure, area = cell.figure, cell.area
    record: Record = as_record(row.indicator, figure, release) if figure else {"note": cell.reason}
    named: Record = {"indicator": row.indicator.id, "title": row.indicator.title, "area": area.name}
    record |= named | {"area_code": area.code, "release": release} | _said(row.indicator, cell)
    return {column: record.get(column) for column in MATRIX_COLUMNS}


def _said(indicator: Indicator, cell: Cell) -> Record:
    """What the tables say of a place beside its numbers."""
    words = (trend_word(cell), point_word(cell.point), signal_of(indicator, cell))
    return dict(zip(SAID_COLUMNS, words, strict=True))


def _places(found: Comparison) -> list[Record]:
    """A row for each place, its change beside its figure."""
    release = found.reading.release
    rows: list[Record] = []
    for one in found.places:
        if one.figure:
            claim = claim_beside_rest(found.indicator, one.figure)
            cell = Cell(one.area, one.figure, "", claim, one.trend, one.point)
            rows.append(
                as_record(found.indicator, one.figure, release)
                | change_record(one.progress)
                | _said(found.indicator, cell)
            )
    return _titled(found, rows)


def _outside(found: Comparison) -> list[Record]:
    """The places outside LLR that a bar is drawn of."""
    own = {one.area.code for one in found.places}
    return [row for row in view_records(found.reading, "districts") if row["area_code"] not in own]


def _titled(found: Comparison, rows: Iterable[Record]) -> list[Record]:
    indicator = found.indicator
    return [row | {"indicator": indicator.id, "title": indicator.title} for row in rows]


def _parcel(found: Comparison, name: str, rows: Sequence[Record], plan: Plan, title: str) -> Parcel:
    columns = (*VIEW_COLUMNS[:-1], *SAID_COLUMNS, *CHANGE_COLUMNS, "release")
    told = about(found.reading, "districts")
    since = (("Change", f"Since {found.since.words()}. {CHANGE}"),) if found.since else ()
    parcel = Parcel(
        stem=stem_of(found, name),
        title=title,
        columns=columns,
        records=tuple({column: row.get(column) for column in columns + NEIGHBOUR_COLUMNS} for row in rows),
        about=(*told, *since),
        plan=plan,
        release=found.reading.release,
    )
    return made_up(parcel) if found.demonstration else parcel


def stem_of(found: Comparison, name: str) -> str:
    """The name of a file of one part of Compare, without its suffix."""
    *mark, indicator, _, period, release = file_name(found.reading, view="districts").split("_")
    return "_".join((*mark, indicator, name, period, release))


def _no_picture(found: Comparison) -> Plan:
    headline = found.reading.headline
    when = period_words(headline) if headline else ""
    return Plan(title=f"{found.indicator.title}, {when}", subtitle="", empty="This is a table: it has no picture.")
