"""The 95 % limits of the bars of a native chart: whiskers whose ends stand in the chart's own sheet.

The library has no way to set error bars, so their XML is written here. The sheet works out how far each limit lies
from its number, so that whoever edits a number or a limit there moves the whisker.
"""

import io
from collections.abc import Sequence
from typing import Any, Final

import xlsxwriter
from pptx.oxml import parse_xml
from pptx.oxml.ns import qn
from pptx.oxml.xmlchemy import OxmlElement

from vawg_metrics.charts.palette import LIGHT
from vawg_metrics.charts.plotted import LOWER, UPPER, Plotted
from vawg_metrics.outputs.report.slide_design import LETTER, clean

SHEET: Final = "Sheet1"
BELOW, ABOVE = "below the figure", "above the figure"
ROOM: Final = 1.22  # of the longest whisker, for the number after it
ASIDE: Final = 0.008  # of the chart's width, between a whisker and its number
FOOT: Final = 0.14  # of the chart's height, for the unit and what the whiskers are
TOLD: Final = "Thin lines: 95 % limits."
MOST_NAMES: Final = 0.42  # of the chart's width

EXTENDED: Final = "{CE6537A1-D6FC-4f65-9D91-7224C49458BB}"
NEWER: Final = "http://schemas.microsoft.com/office/drawing/2012/chart"

Limits = Sequence[tuple[float, float, float] | None]


def limits_of(numbers: Plotted) -> Limits:
    """Figure, lower and upper limit of each row; None for a row that has not all three."""
    if LOWER not in numbers.header:
        return ()
    at = [1, numbers.header.index(LOWER), numbers.header.index(UPPER)]
    found: list[tuple[float, float, float] | None] = []
    for row in numbers.rows:
        value, lower, upper = (row[place] for place in at)
        whole = isinstance(value, int | float) and isinstance(lower, int | float) and isinstance(upper, int | float)
        found.append((float(value), float(lower), float(upper)) if whole else None)  # type: ignore[arg-type]
    return found if any(found) else ()


def put_limits(chart: Any, numbers: Plotted, number_format: str, letters: float, width: float) -> None:  # noqa: ANN401
    """Draw the limits of a chart of lying bars of one series, `width` inches wide, and set its numbers after them."""
    limits = limits_of(numbers)
    if not limits:
        return
    chart.part.chart_workbook.update_from_xlsx_blob(_sheet(numbers, limits, number_format))
    series = chart.plots[0].series[0]._element
    category = series.find(qn("c:cat"))
    names = [clean(str(row[0])) for row in numbers.rows]
    left = min(MOST_NAMES, max(map(len, names)) * letters * LETTER / 72 / width + 0.03)
    end = max(max(one[0], one[2]) for one in limits if one) * ROOM or 1.0
    chart.value_axis.maximum_scale = end
    shifts = [(max(0.0, one[2] - one[0]) / end * (0.99 - left) + ASIDE if one else 0.0) for one in limits]
    category.addprevious(_labels(shifts, number_format, letters))
    category.addprevious(_whiskers(limits))
    area = chart._chartSpace.chart.plotArea
    for old in area.findall(qn("c:layout")):
        area.remove(old)
    area.insert(0, _inside(left))


def _sheet(numbers: Plotted, limits: Limits, number_format: str) -> bytes:
    """The workbook behind the chart: names, figures, limits, and by formula how far these lie from the figures."""
    content = io.BytesIO()
    book = xlsxwriter.Workbook(content, {"in_memory": True})
    sheet = book.add_worksheet(SHEET)
    form = book.add_format({"num_format": number_format})
    header = ("", clean(numbers.header[1]), LOWER, UPPER, BELOW, ABOVE)
    for place, words in enumerate(header):
        sheet.write_string(0, place, words) if words else None
    for number, (row, one) in enumerate(zip(numbers.rows, limits, strict=True), 1):
        sheet.write_string(number, 0, clean(str(row[0])))
        if isinstance(row[1], int | float):
            sheet.write_number(number, 1, row[1], form)
        if one:
            sheet.write_number(number, 2, one[1], form)
            sheet.write_number(number, 3, one[2], form)
            sheet.write_formula(number, 4, f"=B{number + 1}-C{number + 1}", form, one[0] - one[1])
            sheet.write_formula(number, 5, f"=D{number + 1}-B{number + 1}", form, one[2] - one[0])
    sheet.set_column(0, 5, 24)
    book.close()
    return content.getvalue()


def _element(tag: str, value: object = None, *inside: Any) -> Any:  # noqa: ANN401
    """An element of a chart, with its one attribute `val` and what stands in it."""
    made = OxmlElement(tag)
    if value is not None:
        made.set("val", str(value))
    for one in inside:
        made.append(one)
    return made


def _text(tag: str, words: str) -> Any:  # noqa: ANN401
    made = _element(tag)
    made.text = words
    return made


def _whiskers(limits: Limits) -> Any:  # noqa: ANN401
    line = _element("a:ln", None, _fill(LIGHT.text))
    line.set("w", "19050")
    return _element(
        "c:errBars", None, _element("c:errBarType", "both"), _element("c:errValType", "cust"),
        _element("c:noEndCap", 0),
        _element("c:plus", None, _distances("F", [one and one[2] - one[0] for one in limits])),
        _element("c:minus", None, _distances("E", [one and one[0] - one[1] for one in limits])),
        _element("c:spPr", None, line),
    )  # fmt: skip


def _distances(column: str, values: Sequence[float | None]) -> Any:  # noqa: ANN401
    """Where the distances stand in the sheet, and what they are."""
    points = []
    for place, value in enumerate(values):
        if value is not None:
            point = _element("c:pt", None, _text("c:v", repr(value)))
            point.set("idx", str(place))
            points.append(point)
    cache = _element("c:numCache", None, _text("c:formatCode", "General"), _element("c:ptCount", len(values)), *points)
    where = _text("c:f", f"{SHEET}!${column}$2:${column}${len(values) + 1}")
    return _element("c:numRef", None, where, cache)


def _labels(shifts: Sequence[float], number_format: str, letters: float) -> Any:  # noqa: ANN401
    """The numbers, each as far behind the end of its bar as its whisker reaches."""
    own = []
    for place, shift in enumerate(shifts):
        at = _element("c:manualLayout", None, _element("c:x", f"{shift:.5f}"), _element("c:y", 0))
        told = _told(number_format, letters)
        own.append(_element("c:dLbl", None, _element("c:idx", place), _element("c:layout", None, at), *told))
    return _element("c:dLbls", None, *own, *_told(number_format, letters), _unled())


def _unled() -> Any:  # noqa: ANN401
    """No line from a number back to its bar: it would look like a longer whisker."""
    more = _element("c:ext", None, parse_xml(f'<c15:showLeaderLines xmlns:c15="{NEWER}" val="0"/>'))
    more.set("uri", EXTENDED)
    return _element("c:extLst", None, more)


def _told(number_format: str, letters: float) -> tuple[Any, ...]:
    """What every label says and how: the number, and nothing else."""
    form = _element("c:numFmt")
    form.set("formatCode", number_format)
    form.set("sourceLinked", "0")
    look = _element("a:defRPr", None, _fill(LIGHT.text))
    look.set("sz", str(int(letters * 100)))
    words = _element("a:p", None, _element("a:pPr", None, look))
    shown = {"LegendKey": 0, "Val": 1, "CatName": 0, "SerName": 0, "Percent": 0, "BubbleSize": 0}
    return (
        form,
        _element("c:txPr", None, _element("a:bodyPr"), _element("a:lstStyle"), words),
        _element("c:dLblPos", "outEnd"),
        *(_element(f"c:show{name}", value) for name, value in shown.items()),
    )


def _fill(colour: str) -> Any:  # noqa: ANN401
    return _element("a:solidFill", None, _element("a:srgbClr", colour.removeprefix("#")))


def _inside(left: float) -> Any:  # noqa: ANN401
    """Where the bars stand in the chart, so that it is known how long they are."""
    ends = {"x": left, "y": 0.01, "w": 0.99 - left, "h": 0.98 - FOOT}
    return _element(
        "c:layout", None,
        _element(
            "c:manualLayout", None, _element("c:layoutTarget", "inner"), _element("c:xMode", "edge"),
            _element("c:yMode", "edge"), *(_element(f"c:{name}", f"{value:.5f}") for name, value in ends.items()),
        ),
    )  # fmt: skip
