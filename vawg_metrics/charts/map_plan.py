"""The nine districts shaded by rate; never by count, which would show where most people live."""

from typing import Final

from vawg_metrics.areas import DISTRICTS, Area
from vawg_metrics.charts.axes import round_step, tick_text
from vawg_metrics.charts.credit import credit
from vawg_metrics.charts.districts_words import careful_note
from vawg_metrics.charts.drawable import SMALL_NOTE, hover_words, provisional_words, small_quarter
from vawg_metrics.charts.made_up import says_so
from vawg_metrics.charts.plan import MapPlan, Plan, Shade
from vawg_metrics.narrative import named, period_words
from vawg_metrics.reading import Figure, Reading
from vawg_metrics.wording import bare_value

STEPS: Final = 5
UNKNOWN, PROTECTED = "?", "P"
BOUNDS: Final = (-1.62, -0.405, 52.38, 52.99)  # west, east, south, north of the nine, and a little more
# Where a district's value is written: degrees east and north, well inside its boundary.
INSIDE: Final = {
    "E06000016": (-1.134, 52.636),
    "E06000017": (-0.653, 52.664),
    "E07000129": (-1.225, 52.590),
    "E07000130": (-1.134, 52.747),
    "E07000131": (-0.932, 52.584),
    "E07000132": (-1.408, 52.606),
    "E07000133": (-0.830, 52.815),
    "E07000134": (-1.408, 52.733),
    "E07000135": (-1.098, 52.581),
}


@says_so
def plan_map(reading: Reading) -> Plan:
    """The map at the headline's period, in five equal steps from zero; a district without a value is left unshaded."""
    indicator, headline = reading.indicator, reading.headline
    title = f"{named(indicator)} by district" + (f", {period_words(headline)}" if headline else "")
    found = {one.area.code: one for one in reading.districts}
    values = {code: _shaded(reading, figure) for code, figure in found.items()}
    highest = max((values.get(area.code) or 0.0 for area in DISTRICTS), default=0.0)
    if why := _why_empty(reading, any(values.get(area.code) is not None for area in DISTRICTS)):
        return Plan(title=title, subtitle="", empty=why)
    step = round_step(highest / STEPS)
    words = indicator.unit_words or (f"% of {indicator.denominator.name}" if indicator.denominator else "")
    shades = tuple(_shade(reading, area, found, values, step) for area in DISTRICTS if area.code in INSIDE)
    rates = " A map shows rates even where counts are chosen." if reading.selection.measure == "count" else ""
    when = provisional_words(headline) if headline else ""
    return MapPlan(
        title=title,
        subtitle=f"{indicator.title}, {words}. {when[:1].upper()}{when[1:]}.{rates}",
        alternative=f"{indicator.title}, {words}: {', '.join(f'{one.name} {_said(one)}' for one in shades)}.",
        notes=_notes(reading, shades),
        cautions=indicator.caveats,
        footer=credit(reading, on_map=True),
        words=words,
        edges=tuple((number * step, tick_text(indicator.unit, number * step, step)) for number in range(STEPS + 1)),
        shades=shades,
    )


def _why_empty(reading: Reading, any_value: bool) -> str:
    if reading.indicator.denominator is None:
        return "There is no map: this measure is a count, and maps here show rates only."
    if reading.indicator.places != "district":
        return "There is no map: this measure is not published by district."
    return "" if any_value else "There is no map: no district has a figure for this period."


def _shaded(reading: Reading, figure: Figure) -> float | None:
    return None if small_quarter(reading, figure) else figure.value


def _shade(
    reading: Reading, area: Area, found: dict[str, Figure], values: dict[str, float | None], step: float
) -> Shade:
    value = values.get(area.code)
    hover = hover_words(reading, found[area.code]) if area.code in found else f"{area.name}: not published"
    return Shade(
        code=area.code,
        name=area.name,
        value=value,
        step=None if value is None else min(STEPS - 1, max(0, int(value / step + 1e-9))),
        text=_unshaded(found.get(area.code)) if value is None else _bare(reading, value),
        hover=hover,
        at=INSIDE[area.code],
        chosen=area in reading.areas,
    )


def _unshaded(figure: Figure | None) -> str:
    """The sign of a district without a value: of one that is protected another than of one that is not known."""
    return PROTECTED if figure is not None and figure.marker == "protected" else UNKNOWN


def _bare(reading: Reading, value: float) -> str:
    return bare_value(reading.indicator, value).removesuffix(" %")


def _said(shade: Shade) -> str:
    return {UNKNOWN: "not known", PROTECTED: "protected"}.get(shade.text, shade.text)


def _notes(reading: Reading, shades: tuple[Shade, ...]) -> tuple[str, ...]:
    notes = [f"{UNKNOWN} is not known."] if any(one.text == UNKNOWN for one in shades) else []
    if any(one.text == PROTECTED for one in shades):
        notes.append(f"{PROTECTED} is protected: too few for a value; the counts are in the table.")
    if any(small_quarter(reading, one) for one in reading.districts):
        notes.append(SMALL_NOTE)
    return (*careful_note(reading.indicator), *notes)
