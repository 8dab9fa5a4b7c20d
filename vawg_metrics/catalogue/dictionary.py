"""The data dictionary: every measure in words, generated from its definition."""

from vawg_metrics.catalogue.definitions import Catalogue, Indicator
from vawg_metrics.catalogue.terms import Term

DIRECTIONS = {"higher": "higher is better", "lower": "lower is better", "neither": "no direction"}

LIMITS = {
    "poisson": "95 %, exact Poisson below 10 events, Byar's from 10",
    "wilson": "95 %, Wilson's",
    "none": "none: it is no count of events",
}


def data_dictionary(catalogue: Catalogue) -> str:
    """The whole dictionary as Markdown."""
    lines = [
        "# Data dictionary",
        "",
        "Made from the catalogue by `python -m vawg_metrics dictionary`; not edited by hand. Every measure is",
        "proposed, to be confirmed by the partnership.",
        "",
        "| Code | Id | Measure | Unit | Native period | Source or supplier |",
        "|---|---|---|---|---|---|",
    ]
    for one in catalogue.indicators:
        origin = one.source if one.public else f"awaits: {one.supplier}"
        lines.append(f"| {one.code} | `{one.id}` | {one.title} | {unit_of(one)} | {one.native_period} | {origin} |")
    for one in catalogue.indicators:
        lines += ["", *_measure(one)]
    lines += ["", "# Sources", "", "| Id | Publisher | Dataset | Rhythm | Licence |", "|---|---|---|---|---|"]
    for source in catalogue.sources:
        cells = (f"`{source.id}`", source.publisher, source.dataset, source.rhythm, source.licence)
        lines.append("| " + " | ".join(cells) + " |")
    return "\n".join(lines) + "\n"


def unit_of(indicator: Indicator) -> str:
    """The unit in words."""
    return indicator.unit_words or {"percent": "%", "count": "number"}.get(indicator.unit, indicator.unit)


def _measure(one: Indicator) -> list[str]:
    lines = [f"## {one.code} {one.title}", "", f"`{one.id}`, version {one.version}. {one.question}", ""]
    facts = [
        ("Kind", one.kind),
        ("Direction", DIRECTIONS[one.direction]),
        ("Who is counted", one.whom),
        ("Numerator", _term(one.numerator)),
        ("Denominator", _term(one.denominator)),
        ("Breakdown", one.breakdown.name if one.breakdown else ""),
        ("Limits", LIMITS[one.limits_by] if one.collected else ""),
        ("Protection", one.disclosure),
        ("Could be supplied by", one.supplier),
        ("Why it is not held", one.awaits),
        ("Due", one.due),
        ("Method", one.method),
        ("Why it matters", one.why),
        ("A question for the board", one.ask),
        ("Counts", "; ".join(one.includes)),
        ("Does not count", "; ".join(one.excludes)),
        ("Be careful", " ".join(one.cautions)),
        ("Also asked as", ", ".join(one.asked_as)),
        ("Agreed with people with lived experience", "yes" if one.agreed_with_survivors else "no"),
    ]
    return lines + [f"* **{name}**: {value}" for name, value in facts if value]


def _term(term: Term | None) -> str:
    if term is None:
        return ""
    return f"{term.name} (`{term.expression}` over `{term.view}` where `{term.condition}`)"
