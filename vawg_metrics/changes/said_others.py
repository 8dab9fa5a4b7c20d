"""What changed beside the figures, in words: signals, definitions, recording, what is held, parked questions."""

from collections.abc import Sequence
from typing import Final

from vawg_metrics.catalogue.definitions import Indicator
from vawg_metrics.changes.found import Changes, DefinitionChange, HeldChange, Judged, SignalChange
from vawg_metrics.changes.section import Section, measure_columns, named, numbered, run_words, section_of
from vawg_metrics.narrative import period_words
from vawg_metrics.periods import month_words
from vawg_metrics.statements import REPORTING, board_words, verdict
from vawg_metrics.wording import listed

STATE_WORDS: Final = {
    "unjudged": "not judged in the newest month held",
    "usual": "not unusual",
    "flagged": "flagged, not unusual after allowing for the number of series",
    "believed": "unusual",
}
KIND_WORDS: Final = {"added": "added", "changed": "changed", "retired": "retired", "gone": "no longer in the catalogue"}
UNREAD: Final = "The board pack that was kept with the earlier edition cannot be read."
NONE_PARKED: Final = "No parked question was kept with the earlier edition."
Row = dict[str, object]


def signals(changes: Changes) -> Section:
    """The series that became unusual, those that are no longer, and what chance alone would give."""
    newly = [one for one in changes.signals if _newly(one)]
    ended = [one for one in changes.signals if one.before.state == "believed" and not _newly(one)]
    said = [
        *(_newly_words(one) for one in newly),
        *(_ended_words(one) for one in ended),
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
    shown, nothing = ("title", "area", "before", "after"), "No series became unusual, and none stopped being unusual."
    return section_of("signals", "New and ended signals", said, shown, records, nothing)


def _newly(one: SignalChange) -> bool:
    return one.after.state == "believed" and (one.before.state, one.before.side) != (one.after.state, one.after.side)


def _newly_words(one: SignalChange) -> str:
    """`'Robberies' is newly unusual in Melton: December 2025 lies above the usual range.`"""
    how = "unusual the other way than before" if one.before.state == "believed" else "newly unusual"
    return f"{named(one.indicator)} is {how} in {one.area.name}: {_point_words(one.after)}."


def _ended_words(one: SignalChange) -> str:
    """That a series is no longer unusual, and how it stands in the later edition."""
    lead = f"{named(one.indicator)} is no longer unusual in {one.area.name}"
    if one.after.point is None or one.after.point.usual is None:
        return f"{lead}: it is {STATE_WORDS[one.after.state]}."
    chance = ", but among so many series that alone may be chance" if one.after.state == "flagged" else ""
    return f"{lead}: {_point_words(one.after)}{chance}."


def _point_words(judged: Judged) -> str:
    """The newest point and how it lies: `December 2025 lies within the usual range`."""
    assert judged.point is not None
    return f"{period_words(judged.point)} {verdict(judged.point)}"


def _flag_words(others: int) -> str:
    """How many series were flagged or are flagged no longer, without being believed either time."""
    if not others:
        return ""
    more = "1 more series is" if others == 1 else f"{others} more series are"
    were = "was" if others == 1 else "were"
    return (
        f"{more} newly flagged or no longer flagged, and {were} not called unusual in either edition: among so many "
        "series, chance alone flags some."
    )


def judged_words(judged: Judged) -> str:
    """How a series stands, in a cell: `unusual: December 2025 lies above the usual range`."""
    state = STATE_WORDS[judged.state]
    return state if judged.point is None or judged.point.usual is None else f"{state}: {_point_words(judged)}"


def definitions(changes: Changes) -> Section:
    """Definitions added, changed (which part, what it said and says) and retired."""
    said = [_definitions_words(changes.definitions, kind) for kind in ("added", "retired", "gone")]
    alike: dict[str, list[Indicator]] = {}
    for one in changes.definitions:
        if one.kind == "changed":
            alike.setdefault(_changed_words(one), []).append(one.indicator)
    for changed, measures in alike.items():
        lead = "The definition" if len(measures) == 1 else "The definitions"
        said.append(f"{lead} of {listed([named(one) for one in measures])} changed{changed}.")
    records: list[Row] = []
    for one in changes.definitions:
        row: Row = {"title": one.indicator.title}
        parts = [(field.words, field.before, field.after) for field in one.fields] or [("", "", "")]
        for words, before, after in parts:
            what = f"{KIND_WORDS[one.kind]}: {words}" if words else KIND_WORDS[one.kind]
            records.append(row | {"what": what, "before": before, "after": after, **measure_columns(one.indicator)})
    shown, nothing = ("title", "what", "before", "after"), "No definition of a measure changed."
    return section_of("definitions", "Definitions", said, shown, records, nothing)


def _definitions_words(found: Sequence[DefinitionChange], kind: str) -> str:
    titles = [one.indicator.title for one in found if one.kind == kind]
    verbs = ("is", "are") if kind == "gone" else ("was", "were")
    counted = numbered(len(titles), f"measure {verbs[0]}", f"measures {verbs[1]}")
    return f"{counted} {KIND_WORDS[kind]}: {'; '.join(titles)}." if titles else ""


def _changed_words(one: DefinitionChange) -> str:
    """From which version to which, and in what a definition is another."""
    fields = {field.words: field for field in one.fields}
    version = fields.pop("version", None)
    numbers = f" from version {version.before} to version {version.after}" if version else ""
    parts = list(dict.fromkeys(words.split(":")[0] for words in fields))
    return f"{numbers}{f'; what differs is {listed(parts)}' if parts else ''}"


def recording(changes: Changes) -> Section:
    """Recording changes that the register has gained."""
    said = []
    records: list[Row] = []
    for one in changes.registered:
        change = one.change
        when = change.date_words or month_words(change.month)
        kind = "new in the register" if one.new else "worded otherwise in the register"
        said.append(f"'{change.label}' ({when}) is {kind}: {change.what}")
        records.append({
            "when": when, "label": change.label, "what": kind, "effect": change.what, "id": change.id,
            "month": change.month, "breaks": "yes" if change.breaks else "no",
            "indicators": " | ".join(change.indicators),
        })  # fmt: skip
    shown, nothing = ("when", "label", "what", "effect"), "The register of recording changes is the same."
    return section_of("recording", "Recording changes", said, shown, records, nothing)


def holdings(changes: Changes) -> Section:
    """Measures that became held, and measures or periods that are no longer held."""
    became = [one.indicator.title for one in changes.holdings if one.held]
    lost = [one for one in changes.holdings if not one.held]
    said = [f"{numbered(len(became), 'measure', 'measures')} became held: {'; '.join(became)}." if became else ""]
    said += [f"These figures are no longer held: {'; '.join(_lost_words(one) for one in lost)}." if lost else ""]
    records: list[Row] = [
        {
            "title": one.indicator.title, "what": "became held" if one.held else "no longer held",
            "period": run_words(one.periods) if one.periods else "all periods", **measure_columns(one.indicator),
            "periods": " | ".join(f"{period.start}/{period.end}" for period in one.periods),
        }
        for one in changes.holdings
    ]  # fmt: skip
    shown, nothing = ("title", "what", "period"), "No measure became held, and nothing that was held is lost."
    return section_of("holdings", "Held, and no longer held", said, shown, records, nothing)


def _lost_words(one: HeldChange) -> str:
    return f"{one.indicator.title}{f', {run_words(one.periods)}' if one.periods else ''}"


def parked(changes: Changes) -> Section:
    """The questions that were parked at the last meeting, with who could answer each."""
    count = len(changes.parked)
    nothing = UNREAD if changes.parked_unread else NONE_PARKED
    said = [f"{numbered(count, 'question was', 'questions were')} parked at the last meeting." if count else ""]
    records: list[Row] = [{"question": one.question, "screen": one.screen, "who": one.who} for one in changes.parked]
    title, shown = "Questions parked at the last meeting", ("question", "screen", "who")
    return section_of("parked", title, said, shown, records, nothing)
