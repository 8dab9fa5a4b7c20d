"""A plan as a native chart of a slide: its numbers can be edited there."""

from collections.abc import Sequence
from typing import Any, Final

from pptx.chart.data import CategoryChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import (
    XL_AXIS_CROSSES,
    XL_CHART_TYPE,
    XL_LEGEND_POSITION,
    XL_MARKER_STYLE,
    XL_TICK_LABEL_POSITION,
    XL_TICK_MARK,
)
from pptx.enum.dml import MSO_LINE_DASH_STYLE
from pptx.util import Inches, Pt

from vawg_metrics.charts.palette import LIGHT
from vawg_metrics.charts.plan import Line, Plan, TrendPlan
from vawg_metrics.charts.plotted import LOWER, UPPER, Plotted, plotted
from vawg_metrics.outputs.report.blocks import Picture
from vawg_metrics.outputs.report.slide_design import FONT, TEXT, clean
from vawg_metrics.outputs.report.slide_limits import TOLD, limits_of, put_limits
from vawg_metrics.periods import MONTH_NAMES, month_text, month_words
from vawg_metrics.reading import Reading

DASHES: Final = (MSO_LINE_DASH_STYLE.SOLID, MSO_LINE_DASH_STYLE.DASH, MSO_LINE_DASH_STYLE.ROUND_DOT)
MARKERS: Final = (XL_MARKER_STYLE.CIRCLE, XL_MARKER_STYLE.DIAMOND, XL_MARKER_STYLE.SQUARE)
LETTERS: Final = 14  # points
Box = tuple[float, float, float, float]


def put_chart(slide: Any, picture: Picture, reading: Reading, box: Box) -> bool:  # noqa: ANN401
    """Put the chart of a picture on a slide; False where its plan has no numbers."""
    numbers = plotted(picture.plan)
    if numbers.kind not in ("line", "bar") or not numbers.rows:
        return False
    data = CategoryChartData(number_format=_format(reading))
    data.categories = [_category(str(row[0]), reading, numbers) for row in numbers.rows]
    for name, values in series_of(picture.plan, numbers):
        data.add_series(clean(name), values)
    kind = XL_CHART_TYPE.LINE_MARKERS if numbers.kind == "line" else XL_CHART_TYPE.BAR_CLUSTERED
    frame = slide.shapes.add_chart(kind, *(Inches(one) for one in box), data)
    frame.name = clean(picture.caption[0])
    told = frame._element.nvGraphicFramePr.cNvPr
    told.set("descr", clean(picture.alternative))
    _dress(frame.chart, numbers, reading)
    if numbers.kind == "bar":
        put_limits(frame.chart, numbers, _format(reading), LETTERS, box[2])
    return True


def series_of(plan: Plan, numbers: Plotted) -> list[tuple[str, list[float | None]]]:
    """The series of a chart; a line that a break parts is a series before it and one after it, joined by nothing."""
    if not isinstance(plan, TrendPlan):
        places = [place for place, name in enumerate(numbers.header) if place and name not in (LOWER, UPPER)]
        return [(numbers.header[place], [_number(row[place]) for row in numbers.rows]) for place in places]
    runs = [(line.name, run) for line in plan.lines for run in _runs(line)]
    names = [name for name, _ in runs]
    found = []
    for name, run in runs:
        since = f", from {month_words(min(run))}" if names.count(name) > 1 else ""
        found.append((f"{name}{since}", [run.get(str(row[0])) for row in numbers.rows]))
    return found


def _runs(line: Line) -> list[dict[str, float]]:
    """The values of a line by month, apart where a break is: a point without a value and without words."""
    runs: list[dict[str, float]] = [{}]
    for point in line.points:
        if point.value is not None:
            runs[-1][month_text(int(point.place))] = point.value
        elif not point.text:
            runs.append({})
    return [run for run in runs if run]


def _number(cell: object) -> float | None:
    return float(cell) if isinstance(cell, int | float) else None


def _format(reading: Reading) -> str:
    """How the numbers are written at the axis and at the bars."""
    if reading.indicator.unit == "percent":
        return '0.0"\u00a0%"'
    return "#,##0" if reading.indicator.denominator is None else "0.0"


def _category(words: str, reading: Reading, numbers: Plotted) -> str:
    """A place as it is; a month by its name, and the period that ends in it where all are years."""
    if numbers.kind != "line":
        return clean(words)
    for one in reading.figures:
        if one.period and one.period.end == words and one.grain == "year":
            return one.period.words()
    year, month = words.split("-")
    return f"{MONTH_NAMES[int(month) - 1][:3]} {year}"


def _dress(chart: Any, numbers: Plotted, reading: Reading) -> None:  # noqa: ANN401
    """Type, axes from zero, and looks that are told apart without colour."""
    chart.font.size, chart.font.name, chart.font.color.rgb = Pt(LETTERS), FONT, TEXT
    chart.has_title = False
    chart.has_legend = len(chart.plots[0].series) > 1
    if chart.has_legend:
        chart.legend.position, chart.legend.include_in_layout = XL_LEGEND_POSITION.BOTTOM, False
    values, names = chart.value_axis, chart.category_axis
    values.minimum_scale = 0 if all(cell >= 0 for row in numbers.rows for cell in _cells(row)) else None
    values.major_gridlines.format.line.color.rgb = _rgb(LIGHT.grid)
    values.format.line.fill.background()
    values.has_title = True
    unit = _unit(reading, numbers)
    values.axis_title.text_frame.text = clean(f"{unit}\n{TOLD}" if limits_of(numbers) else unit)
    for paragraph in values.axis_title.text_frame.paragraphs:
        paragraph.runs[0].font.size, paragraph.runs[0].font.bold = Pt(LETTERS), False
    names.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    names.format.line.color.rgb = _rgb(LIGHT.axis)
    if numbers.kind == "line":
        _dress_lines(chart, numbers)
    else:
        _dress_bars(chart, numbers, reading)


def _cells(row: Sequence[object]) -> list[float]:
    return [float(cell) for cell in row[1:] if isinstance(cell, int | float)]


def _unit(reading: Reading, numbers: Plotted) -> str:
    """The unit in words: of a rate as the measure says it, of a share with its whole."""
    indicator = reading.indicator
    if indicator.unit == "percent" and indicator.denominator:
        words = f"% of {indicator.denominator.name}"
    else:
        words = indicator.unit_words or (numbers.header[1] if numbers.kind == "bar" else "number")
    twelve = numbers.kind == "line" and reading.grain == "rolling12"
    return f"{words}, 12 months to the month named" if twelve else words


def _dress_lines(chart: Any, numbers: Plotted) -> None:  # noqa: ANN401
    for number, series in enumerate(chart.plots[0].series):
        colour = _rgb(LIGHT.parts[number % len(LIGHT.parts)])
        series.smooth = False
        series.format.line.color.rgb, series.format.line.width = colour, Pt(2.5)
        series.format.line.dash_style = DASHES[number % len(DASHES)]
        series.marker.style, series.marker.size = MARKERS[number % len(MARKERS)], 8
        series.marker.format.fill.solid()
        series.marker.format.fill.fore_color.rgb = colour
        series.marker.format.line.color.rgb = colour


def _dress_bars(chart: Any, numbers: Plotted, reading: Reading) -> None:  # noqa: ANN401
    """Lying bars in their order from the top, each with its number; the place asked for stands out, whisker or not."""
    chart.category_axis.reverse_order, chart.category_axis.crosses = True, XL_AXIS_CROSSES.MAXIMUM
    chart.value_axis.tick_label_position = XL_TICK_LABEL_POSITION.NONE  # an axis that is taken away has no unit either
    chart.value_axis.major_tick_mark = XL_TICK_MARK.NONE
    chart.value_axis.has_major_gridlines = False
    plot = chart.plots[0]
    plot.gap_width = 40
    plot.has_data_labels = True
    plot.data_labels.number_format, plot.data_labels.number_format_is_linked = _format(reading), False
    plot.data_labels.font.size = Pt(LETTERS)
    chosen = {area.name for area in reading.areas}
    whiskers = bool(limits_of(numbers))
    for number, row in enumerate(numbers.rows):
        look, own = plot.series[0].points[number].format, row[0] in chosen
        look.fill.solid()
        look.fill.fore_color.rgb = _rgb(LIGHT.plain if not own else LIGHT.steps[2] if whiskers else LIGHT.chosen[0])
        if own and whiskers:
            look.line.color.rgb, look.line.width = _rgb(LIGHT.chosen[0]), Pt(2.5)


def _rgb(colour: str) -> RGBColor:
    return RGBColor.from_string(colour.removeprefix("#"))
