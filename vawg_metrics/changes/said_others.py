"""What changed beside the figures, in words: signals, definitions, recording, what is held, parked questions."""

from collections.abc import Sequence
from typing import Final

from vawg_metrics.changes.found import Changes, DefinitionChange, HeldChange, Judged, SignalChange
from vawg_metrics.changes.section import Section, measure_columns, numbered, run_words, section_of
from vawg_metrics.narrative import period_words
from vawg_metrics.periods import month_words
from vawg_metrics.statements import REPORTING, board_words, verdict
from vawg_metrics.wording import in_sentence, listed

STATE_WORDS: Final = {
    "unjudged": "not judged in the newest month held",
    "usual": "not unusual",
    "flagged": "flagged, not unusual after allowing for the number of series",
    "believed": "unusual",
}
KIND_WORDS: Final = {"added": "added", "changed": "changed", "retired": "retired", "gone": "no longer in the catalogue"}
UNREAD: Final = "The board pack that was kept with the earlier edition cannot be read."
Row = dict[str, object]


def signals(changes: Changes) -> Section:
    """The series that became unusual, those that are no longer, and what chance alone would give."""
    newly = [one for one in changes.signals if _newly(one)]
    ended = [one for one in changes.signals if one.before.state == "believed" and not _newly(one)]
    said = [
        *_series_words("Newly unusual", newly, bare=True),
        *_series_words("No longer unusual", ended, bare=False),
        _flag_words(len(changes.signals) - len(newly) - len(ended)),
        *((board_words(changes.board).text, REPORTING) if changes.signals and changes.board.month else ()),
    ]
    records: list[Row] = [
        {
            "title": one.indicator.title, "area": one.area.name, "before": judged_words(one.before),
            "after": judged_words(one.after), **measure_columns(one.indicator), "area_code": one.area.code,
            "state_before": one.before.state, "side_before": one.before.side, "state_after": one.after.state,
            "side_after": one.after.side,
        }
        for one in changes.signals
    ]  # fmt: skip
    return section_of("signals", "New and ended signals", said, ("title", "area", "before", "after"), records)


def _newly(one: SignalChange) -> bool:
    return one.after.state == "believed" and (one.before.state, one.before.side) != (one.after.state, one.after.side)


def _series_words(lead: str, found: Sequence[SignalChange], bare: bool) -> list[str]:
    """A sentence for each series, with how it stands in the later edition."""
    return [
        f"{lead}: {in_sentence(one.indicator.title)}, {one.area.name}. {_sentence(judged_words(one.after, bare))}."
        for one in found
    ]


def _sentence(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]}"


def _flag_words(others: int) -> str:
    """How many series were flagged or are flagged no longer, without being believed either time."""
    if not others:
        return ""
    were = "more series is newly flagged or no longer flagged, and was" if others == 1 else (
        "more series are newly flagged or no longer flagged, and were"
    )  # fmt: skip
    return f"{others} {were} unusual neither before nor after, allowing for the number of series."


def judged_words(judged: Judged, bare: bool = False) -> str:
    """How a series stands: `unusual: December 2025 lies above the usual range`; `bare` leaves the first word out."""
    state, point = STATE_WORDS[judged.state], judged.point
    if point is None or point.usual is None:
        return state
    if judged.state == "usual":
        return f"{state}: {period_words(point)}"
    found = f"{period_words(point)} {verdict(point)}"
    return found if bare else f"{state}: {found}"


def definitions(changes: Changes) -> Section:
    """Definitions added, changed (which part, what it said and says) and retired."""
    said = [_definitions_words(changes.definitions, kind) for kind in ("added", "retired", "gone")]
    said += [_changed_words(one) for one in changes.definitions if one.kind == "changed"]
    records: list[Row] = []
    for one in changes.definitions:
        named: Row = {"title": one.indicator.title, "what": KIND_WORDS[one.kind]}
        parts = [(field.words, field.before, field.after) for field in one.fields] or [("", "", "")]
        for words, before, after in parts:
            what = f"{named['what']}: {words}" if words else named["what"]
            records.append(named | {"what": what, "before": before, "after": after, **measure_columns(one.indicator)})
    return section_of("definitions", "Definitions", said, ("title", "what", "before", "after"), records)


def _definitions_words(found: Sequence[DefinitionChange], kind: str) -> str:
    titles = [one.indicator.title for one in found if one.kind == kind]
    return f"Measures {KIND_WORDS[kind]}: {'; '.join(titles)}." if titles else ""


def _changed_words(one: DefinitionChange) -> str:
    fields = {field.words: field for field in one.fields}
    version = fields.pop("version", None)
    numbers = f", version {version.before} to version {version.after}" if version else ""
    parts = list(dict.fromkeys(words.split(":")[0] for words in fields))
    return f"{one.indicator.title}: the definition changed{numbers}{f': {listed(parts)}' if parts else ''}."


def recording(changes: Changes) -> Section:
    """Recording changes that the register has gained."""
    said = []
    records: list[Row] = []
    for one in changes.registered:
        change = one.change
        when = change.date_words or month_words(change.month)
        kind = "new in the register" if one.new else "worded otherwise in the register"
        said.append(f"{change.label} ({when}), {kind}: {change.what}")
        records.append({
            "when": when, "label": change.label, "what": kind, "effect": change.what, "id": change.id,
            "month": change.month, "breaks": "yes" if change.breaks else "no",
            "indicators": " | ".join(change.indicators),
        })  # fmt: skip
    return section_of("recording", "Recording changes", said, ("when", "label", "what", "effect"), records)


def holdings(changes: Changes) -> Section:
    """Measures that became held, and measures or periods that are no longer held."""
    became = [one.indicator.title for one in changes.holdings if one.held]
    lost = [one for one in changes.holdings if not one.held]
    said = [f"{numbered(len(became), 'measure', 'measures')} became held: {'; '.join(became)}." if became else ""]
    said += [f"No longer held: {'; '.join(_lost_words(one) for one in lost)}." if lost else ""]
    records: list[Row] = [
        {
            "title": one.indicator.title, "what": "became held" if one.held else "no longer held",
            "period": run_words(one.periods) if one.periods else "all periods", **measure_columns(one.indicator),
            "periods": " | ".join(f"{period.start}/{period.end}" for period in one.periods),
        }
        for one in changes.holdings
    ]  # fmt: skip
    return section_of("holdings", "Held, and no longer held", said, ("title", "what", "period"), records)


def _lost_words(one: HeldChange) -> str:
    return f"{one.indicator.title}{f', {run_words(one.periods)}' if one.periods else ''}"


def parked(changes: Changes) -> Section:
    """The questions that were parked at the last meeting, with who could answer each."""
    count = len(changes.parked)
    said = [UNREAD if changes.parked_unread else ""]
    said += [f"{numbered(count, 'question was', 'questions were')} parked at the last meeting." if count else ""]
    records: list[Row] = [{"question": one.question, "screen": one.screen, "who": one.who} for one in changes.parked]
    return section_of("parked", "Questions parked at the last meeting", said, ("question", "screen", "who"), records)
