"""Every place of a comparison as a real HTML table: value, limits, beside the rest, change, trend, newest point."""

from collections.abc import Mapping

from vawg_metrics.against_rest import claim_beside_rest
from vawg_metrics.charts.plan import Plan
from vawg_metrics.comparison import Comparison, Place
from vawg_metrics.matrix import Cell, trend_word, word_of
from vawg_metrics.narrative import period_words
from vawg_metrics.statements import point_word
from vawg_metrics.statements.claims import range_words
from vawg_metrics.ui.markup import html_table
from vawg_metrics.wording import bare_value, denominator_words, marked, marker_words, numerator_words


def places_table(found: Comparison, changes: Mapping[str, str]) -> str:
    """The places in their fixed order, LLR last; `changes` are the words of their change by name."""
    indicator, headline = found.indicator, found.reading.headline
    when = period_words(headline) if headline else ""
    since = f"Since {found.since.words()}" if found.since else "Change"
    header = (
        "Place", indicator.unit_words or "Value", "95 % limits", "Count", "Out of", "Beside the rest of LLR", since,
        "Five years", "Newest point judged", "Note",
    )  # fmt: skip
    rows = [_row(found, place, changes) for place in found.places]
    caption = marked(f"{indicator.title}, {when}, places in a fixed order", found.demonstration)
    return html_table(caption, header, rows, range(1, 5))


def changes_by_name(plan: Plan) -> dict[str, str]:
    """The words of each place's change."""
    return {row.name: row.text for row in getattr(plan, "rows", ())}


def _row(found: Comparison, place: Place, changes: Mapping[str, str]) -> tuple[str, ...]:
    indicator, figure = found.indicator, place.figure
    changed = changes.get(place.area.name) or "–"
    if figure is None or not figure.known:
        why = marker_words(figure) if figure else "not known"
        return (place.area.name, *("–" for _ in range(4)), "–", changed, "–", point_word(place.point) or "–", why)
    cell = Cell(place.area, figure, "", claim_beside_rest(indicator, figure), place.trend, place.point)
    limits = "–" if figure.lower is None else range_words(indicator, figure)
    return (
        place.area.name, bare_value(indicator, figure.value), limits, numerator_words(figure),
        denominator_words(figure), word_of(indicator, cell) or "–", changed, trend_word(cell) or "–",
        point_word(place.point) or "–", marker_words(figure),
    )  # fmt: skip
