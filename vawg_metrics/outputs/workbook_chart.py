"""The chart of a plan as a native chart of a workbook, which can be edited there, beside the numbers it draws."""

import re
from collections.abc import Mapping
from typing import Any, Final

from xlsxwriter.utility import xl_range_abs

from vawg_metrics.charts.palette import DASHES, LIGHT, SIGNS
from vawg_metrics.charts.plan import Plan, Scale
from vawg_metrics.charts.plotted import LOWER, UPPER, Cell, Plotted
from vawg_metrics.outputs.safe_text import bearable
from vawg_metrics.outputs.workbook_cells import MOST_OF_A_HEADER, cell_text, on_paper, put_table

SHEET: Final = "Chart"
WIDTH, HEIGHT, A_BAR, ROOM = 900, 460, 24, 190  # pixels
KINDS: Final[Mapping[str, dict[str, str]]] = {
    "line": {"type": "line"},
    "bar": {"type": "bar"},
    "stack": {"type": "bar", "subtype": "stacked"},
}
DASH_NAMES: Final = {"solid": "solid", "dash": "dash", "dot": "round_dot", "dashdot": "dash_dot"}
DOWN, UP = "down to the lower", "up to the upper"  # distances
_REFERENCE: Final = re.compile(r"!(?=[$A-Z])")
PERCENT: Final = "% of the whole"


def put_chart(book: Any, plan: Plan, numbers: Plotted) -> None:  # noqa: ANN401
    """The sheet of the numbers that a plan draws, and the chart beside them."""
    sheet = book.add_worksheet(SHEET)
    names, rows = _with_distances(numbers)
    header = put_table(book, sheet, "drawn", names, rows, autofilter=False)
    chart = book.add_chart(KINDS[numbers.kind])
    for place in _drawn(numbers):
        chart.add_series(_series(numbers, place))
    _dress(chart, plan, numbers, header)
    at = {"x_offset": 24, "y_offset": 4, "object_position": 3}  # 3: neither moved nor stretched with the cells
    sheet.insert_chart(0, len(header), chart, {**at, "description": bearable(plan.alternative or plan.title)})
    on_paper(sheet)


def _drawn(numbers: Plotted) -> list[int]:
    """The columns that are series: limits are not, they are whiskers."""
    return [place for place, name in enumerate(numbers.header) if place and name not in (LOWER, UPPER)]


def _series(numbers: Plotted, place: int) -> dict[str, Any]:
    last = len(numbers.rows)
    series: dict[str, Any] = {
        "name": [SHEET, 0, place],
        "categories": [SHEET, 1, 0, last, 0],
        "values": [SHEET, 1, place, last, place],
    }
    return series | (_line_look(place - 1) if numbers.kind == "line" else _bar_look(numbers, place))


def _line_look(number: int) -> dict[str, Any]:
    """Colour, dash and sign of a line, in the order of every chart."""
    colour = LIGHT.parts[number % len(LIGHT.parts)]
    dash, sign = DASHES[number % len(DASHES)], SIGNS[number % len(SIGNS)]
    line = {"color": colour, "width": 2, "dash_type": DASH_NAMES[dash]}
    marker = {"type": sign, "size": 5, "fill": {"color": colour}, "border": {"color": colour}}
    return {"line": line, "marker": marker}


def _bar_look(numbers: Plotted, place: int) -> dict[str, Any]:
    """Parts of a whole by their colours; bars with limits in the grey on which the whiskers are seen."""
    colour = LIGHT.plain if _limited(numbers) else LIGHT.parts[(place - 1) % len(LIGHT.parts)]
    look: dict[str, Any] = {"fill": {"color": colour}, "border": {"color": LIGHT.page}, "gap": 45}
    if _limited(numbers):
        look["y_error_bars"] = _whiskers(numbers)
    return look


def _with_distances(numbers: Plotted) -> tuple[tuple[str, ...], list[tuple[Cell, ...]]]:
    """The table, and where it has limits their distances from the value: a spreadsheet draws whiskers from those."""
    if not _limited(numbers):
        return numbers.header, list(numbers.rows)
    lower, upper = numbers.header.index(LOWER), numbers.header.index(UPPER)
    rows = [(*row, _distance(row[lower], row[1]), _distance(row[1], row[upper])) for row in numbers.rows]
    return (*numbers.header, DOWN, UP), rows


def _distance(low: Cell, high: Cell) -> float | None:
    return high - low if isinstance(low, int | float) and isinstance(high, int | float) else None


def _limited(numbers: Plotted) -> bool:
    return LOWER in numbers.header and UPPER in numbers.header


def _whiskers(numbers: Plotted) -> dict[str, Any]:
    """The 95 % limits; none where either is unknown."""
    first, last = len(numbers.header), len(numbers.rows)
    down, up = (f"={SHEET}!{xl_range_abs(1, place, last, place)}" for place in (first, first + 1))
    line = {"color": LIGHT.mark, "width": 1.25}
    return {"type": "custom", "plus_values": up, "minus_values": down, "line": line}


def _dress(chart: Any, plan: Plan, numbers: Plotted, header: list[str]) -> None:  # noqa: ANN401
    """Title, axes and legend; gaps stay gaps."""
    chart.set_title({"name": _label(plan.title), "name_font": {"size": 12, "color": LIGHT.text}, "overlay": False})
    chart.show_blanks_as("gap")
    places, values = {"name": _label(header[0]), "text_axis": True}, _values_axis(plan, numbers)
    if numbers.kind == "line":
        chart.set_x_axis({**places, "label_position": "low"})
        chart.set_y_axis(values)
    else:  # lying bars: the first row is uppermost, and the numbers stand at the foot
        chart.set_y_axis({**places, "reverse": True, "crossing": "max", "label_position": "low"})
        chart.set_x_axis(values)
    several = len(_drawn(numbers)) > 1
    chart.set_legend({"position": "bottom"} if several else {"none": True})
    lying = numbers.kind != "line"
    chart.set_size({"width": WIDTH, "height": max(HEIGHT, A_BAR * len(numbers.rows) + ROOM) if lying else HEIGHT})


def _values_axis(plan: Plan, numbers: Plotted) -> dict[str, Any]:
    """The axis of values: its unit, its grid and its ends, which are those of the plan: zero is always on it."""
    scale: Scale | None = getattr(plan, "scale", None)
    words = PERCENT if numbers.kind == "stack" else scale.words if scale else numbers.header[-1]
    grid = {"visible": True, "line": {"color": LIGHT.grid, "width": 0.75}}
    ends = {"max": 100} if numbers.kind == "stack" else {"max": scale.high} if scale else {}
    low = scale.low if scale else 0
    named = {"name": _label(words), "num_format": "General"}
    return {**named, "major_gridlines": grid, "min": low, **ends}


def _label(words: str) -> str:
    """Words as a title or the name of an axis, where `Sheet!A1` would be taken for a reference to a cell."""
    return cell_text(_REFERENCE.sub("! ", words), MOST_OF_A_HEADER)
