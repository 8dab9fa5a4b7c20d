"""What bars side by side say of their limits: what the thin lines are, and which places differ from the rest of LLR."""

from collections.abc import Iterable, Sequence
from typing import Final

from vawg_metrics.against_rest import claim_beside_rest
from vawg_metrics.catalogue.definitions import Indicator
from vawg_metrics.charts.plan import Bar
from vawg_metrics.methods.funnel import HIGH_95, HIGH_998, LOW_95, LOW_998, SIMILAR
from vawg_metrics.reading import Figure
from vawg_metrics.wording import listed

LIMITS_WORDS: Final = "Thin lines are 95 % limits: made in this way, they hold the underlying value 95 times in 100."
DASHED_WORDS: Final = "The dashed line is LLR, the place itself included; each district is tested against the others."
IN_SHORT: Final = {LIMITS_WORDS: "Thin lines: 95 % limits.", DASHED_WORDS: "Dashed line: LLR."}
REST: Final = "the rest of LLR"


def careful_note(indicator: Indicator) -> tuple[str, ...]:
    """What to be careful about where places are side by side, where the measure names it."""
    return (f"Be careful when places are compared. {indicator.place_caveat}",) if indicator.place_caveat else ()


def limit_notes(
    indicator: Indicator, bars: Iterable[Bar], districts: Sequence[Figure], dashed: bool
) -> tuple[str, ...]:
    """What the limits are, where any are drawn, and a `dashed` line; which districts differ from the rest of LLR."""
    if not any(bar.whisker for bar in bars):
        return ()
    line = DASHED_WORDS if dashed else ""
    return tuple(note for note in (LIMITS_WORDS, line, compared_words(indicator, districts)) if note)


def compared_words(indicator: Indicator, districts: Sequence[Figure]) -> str:
    """Which districts are higher and lower than the rest of LLR, and which cannot be told from it; never ranked."""
    names: dict[str, list[str]] = {}
    for one in districts:
        if claim := claim_beside_rest(indicator, one):
            names.setdefault(claim.label, []).append(one.area.name)
    clauses = [
        _beyond("Beyond 99.8 % limits", names.get(HIGH_998, []), names.get(LOW_998, [])),
        _beyond("Beyond 95 % limits only", names.get(HIGH_95, []), names.get(LOW_95, [])),
        f"Not to be told from {REST}: {listed(names[SIMILAR])}." if SIMILAR in names else "",
    ]
    first, *others = [clause for clause in clauses if clause] or [""]
    return " ".join([first, *(other.replace(f" than {REST}", "").replace(REST, "it") for other in others)])


def _beyond(start: str, high: Sequence[str], low: Sequence[str]) -> str:
    """`Beyond 99.8 % limits, higher than the rest of LLR: Leicester; lower: Blaby and Rutland.`"""
    sides = [f"{word}: {listed(names)}" for word, names in (("higher", high), ("lower", low)) if names]
    if not sides:
        return ""
    return f"{start}, {'; '.join(sides)}.".replace(":", f" than {REST}:", 1)
