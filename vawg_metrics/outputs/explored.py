"""A table of any measures and places: its columns, its order, and places or periods across; the same for all formats.

The screen, the command `figures` and every file take their rows from here.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from shlex import quote
from typing import Final

from vawg_metrics.exploration import Asked, Explored, asked_by, figure_id
from vawg_metrics.figure import Figure
from vawg_metrics.outputs.change_columns import CHANGE_COLUMNS, change_record
from vawg_metrics.outputs.shorthand import cell_shorthand
from vawg_metrics.outputs.table import COLUMNS, Record, as_record, with_mark
from vawg_metrics.periods import Period, shifted
from vawg_metrics.progress import Progress, change_since
from vawg_metrics.reading import Reading
from vawg_metrics.release import Release
from vawg_metrics.views import COLUMN_SETS
from vawg_metrics.wording import unit_name

OF_SET: Final = {
    "limits": ("lower", "upper", "method"),
    "comparison": ("comparison", "comparison_verdict", "rest_value"),
    "signal": ("usual_lower", "usual_mean", "usual_upper", "signal"),
    "change": CHANGE_COLUMNS,
}
ALWAYS_SETS: Final = ("limits", "comparison", "signal")
_ENDS: Final = ("period_start", "period_end")
_PLACE: Final = ("area", "area_code")


@dataclass(frozen=True, slots=True)
class Layout:
    """How figures are laid out: sets of columns, places or periods across, what a crossed cell holds, order, filter."""

    show: tuple[str, ...] = ALWAYS_SETS
    across: str = ""
    measure: str = "rate"
    sort: str = ""
    down: bool = False
    containing: str = ""
    known: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under their columns, its id, and in words what could not be answered."""

    columns: tuple[str, ...]
    records: tuple[Record, ...]
    id: str
    notes: tuple[str, ...]
    demonstration: bool = False


def lay_out(release: Release, asked: Asked, explored: Explored, layout: Layout) -> Table:
    """The table of what was found; LookupError says which column does not exist to sort by."""
    figures = [one for one in explored.figures if one.known or not layout.known]
    change = "change" in layout.show and not layout.across
    records = [_record(release, one) | (_change(release, one) if change else {}) for one in figures]
    shown = _shown(layout)
    columns: tuple[str, ...] = tuple(name for name in (*COLUMNS, *CHANGE_COLUMNS) if name in shown)
    if layout.across:
        columns, records = _crossed([one | {"unit": _unit(release, one, layout)} for one in records], layout)
    kept = [one for one in records if _contains(one, columns, layout.containing)]
    if layout.sort:
        if layout.sort not in columns:
            raise LookupError(f"There is no column '{layout.sort}'. There are: {', '.join(columns)}.")
        kept = _sorted(kept, layout.sort, layout.down)
    versions = {id_: release.catalogue.indicator(id_).version for id_ in asked.indicators}
    id_ = figure_id(release.name, versions, asked, **asdict(layout))
    rows = tuple({name: one.get(name) for name in columns} for one in kept)
    if release.demonstration:
        columns, rows = with_mark(columns, rows)
    return Table(columns, rows, id_, explored.notes, release.demonstration)


def reading_id(reading: Reading, view: str = "trend") -> str:
    """The figure id of what one view of a card shows."""
    asked = asked_by(reading)
    return figure_id(reading.release, {reading.indicator.id: reading.indicator.version}, asked, view=view)


def command(asked: Asked, layout: Layout) -> str:
    """The command that prints the same table."""
    words = ["python -m vawg_metrics figures", *asked.indicators]
    words += [f"--area {quote(name)}" for name in asked.areas]
    words += [f"--grain {asked.grain}"] if asked.grain != "native" else []
    words += [f"--{name} {month}" for name, month in (("from", asked.first), ("to", asked.last)) if month]
    words += ["--breakdown"] if asked.parts else []
    sets = layout.show or ("none",)
    words += [f"--show {name}" for name in sets] if layout.show != ALWAYS_SETS and not layout.across else []
    words += [f"--across {layout.across}", f"--measure {layout.measure}"] if layout.across else []
    words += [f"--sort {quote(layout.sort)}"] if layout.sort else []
    words += ["--down"] if layout.down else []
    words += [f"--containing={quote(layout.containing)}"] if layout.containing else []
    words += ["--known"] if layout.known else []
    return " ".join(words)


def _shown(layout: Layout) -> set[str]:
    hidden = {name for one in COLUMN_SETS if one not in layout.show for name in OF_SET[one]}
    return {*COLUMNS, *CHANGE_COLUMNS} - hidden


def _record(release: Release, figure: Figure) -> Record:
    return as_record(release.catalogue.indicator(figure.indicator), figure, release.name)


def _change(release: Release, figure: Figure) -> Record:
    """The change since the same months of the year before; of parts nothing is tested."""
    if figure.period is None or figure.breakdown:
        return change_record(Progress(obstacle="edition" if figure.period is None else "not_tested"))
    before = Period(shifted(figure.period.start, -12), shifted(figure.period.end, -12))
    return change_record(change_since(release, release.catalogue.indicator(figure.indicator), figure, before))


def _crossed(records: Sequence[Record], layout: Layout) -> tuple[tuple[str, ...], list[Record]]:
    """Places or periods as columns, in the order in which they come (places) or by time; one number in each cell."""
    kept = ("indicator", "unit", "grain", *(_ENDS if layout.across == "area" else _PLACE), "breakdown", "group")
    names: dict[str, None] = {}
    rows: dict[tuple[object, ...], Record] = {}
    by_code = _codes_by_name(records)
    for one in records:
        name = str(one["area"]) if layout.across == "area" else _period_name(one)
        if layout.across == "area" and len(by_code[str(one["area"])]) > 1:
            name = f"{one['area']} ({one['area_code']})"
        names[name] = None
        row = rows.setdefault(tuple(one[column] for column in kept), {column: one[column] for column in kept})
        row[name] = _cell(one, layout)
    across = list(names) if layout.across == "area" else sorted(names, key=lambda name: (name[-7:], name))
    return (*kept, *across, "release"), [row | {"release": _release(records)} for row in rows.values()]


def _unit(release: Release, record: Record, layout: Layout) -> str:
    """What the numbers of a crossed row are: rows of several measures stand under one another."""
    indicator = release.catalogue.indicator(str(record["indicator"]))
    return unit_name(indicator, "count" if layout.measure == "count" else "")


def _codes_by_name(records: Sequence[Record]) -> dict[str, set[object]]:
    found: dict[str, set[object]] = {}
    for one in records:
        found.setdefault(str(one["area"]), set()).add(one["area_code"])
    return found


def _period_name(record: Record) -> str:
    start, end = str(record["period_start"]), str(record["period_end"])
    return end if start == end else f"{start} to {end}" if start else "edition"


def _release(records: Sequence[Record]) -> object:
    return next((one["release"] for one in records), "")


def _cell(record: Record, layout: Layout) -> object:
    """The number of a crossed cell, or the shorthand of why it is unknown."""
    column = "numerator" if layout.measure == "count" else "value"
    number = record[column]
    return cell_shorthand(record, column) if number is None else number


def _contains(record: Record, columns: Sequence[str], text: str) -> bool:
    wanted = text.casefold()
    return not wanted or any(wanted in str(record.get(name) or "").casefold() for name in columns)


def _sorted(records: list[Record], column: str, down: bool) -> list[Record]:
    """Rows by one column: numbers by size, texts by letter, what is unknown last either way."""
    known = [one for one in records if one.get(column) not in (None, "")]
    unknown = [one for one in records if one.get(column) in (None, "")]
    numbers = [one for one in known if isinstance(one[column], int | float)]
    texts = [one for one in known if not isinstance(one[column], int | float)]
    numbers.sort(key=lambda one: float(str(one[column])), reverse=down)
    texts.sort(key=lambda one: str(one[column]), reverse=down)
    return [*numbers, *texts, *unknown]
