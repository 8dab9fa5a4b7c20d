"""Definitions and registers of two editions: what was added, changed and retired, field by field in words."""

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from typing import Any, Final

from vawg_metrics.catalogue.definitions import Catalogue, Indicator
from vawg_metrics.changes.found import DefinitionChange, FieldChange, Registered

FIELD_WORDS: Final[Mapping[str, str]] = {
    "id": "id", "code": "code", "title": "title", "question": "question", "priority": "priority", "order": "order",
    "kind": "kind", "direction": "which way is better", "unit": "unit", "whom": "who is counted",
    "native_period": "published by", "geography": "places", "disclosure": "protection", "why": "why it matters",
    "ask": "question for the board", "asked_as": "everyday words", "includes": "what is counted, in words",
    "excludes": "what is not counted", "caveats": "what to be careful about",
    "unlike": "what is said of a like count", "between_places": "what to be careful about between places",
    "method": "method", "per": "per",
    "unit_words": "unit in words", "collected": "collected", "core": "core measure", "also_on": "also shown under",
    "leads": "leads the page of", "source": "source", "version": "version",
    "agreed_with_survivors": "agreed with survivors", "numerator": "what is counted", "denominator": "out of",
    "breakdown": "split", "within_download": "compared within one download", "mature_after_months": "months to settle",
    "year_ends": "month in which its year ends", "limits": "formula of the 95 % range", "chart": "usual range",
    "screen_grain": "periods on the screen", "supplier": "who could supply it", "awaits": "why it is not held",
    "due": "due", "returned": "lines asked of partners", "uses": "lines used", "answers_at_least": "least answers",
    "layout_only": "layout only", "retired": "retired",
    "name": "name", "view": "table", "condition": "condition", "expression": "sum", "over_areas": "over places",
    "over_time": "over time", "one": "words for one", "many": "words for many", "adds_up": "parts add up",
    "groups": "parts", "note": "note", "label": "label", "counts": "what a line counts", "part_of": "part of",
    "guarded_by": "shown only with enough of",
}  # fmt: skip


def definitions_between(before: Catalogue, after: Catalogue) -> Iterator[DefinitionChange]:
    """Definitions added, changed, retired or gone, in the order of the later catalogue."""
    old, new = {one.id: one for one in before.indicators}, {one.id: one for one in after.indicators}
    for id_, one in new.items():
        was = old.get(id_)
        if was is None:
            yield DefinitionChange(one, "added")
            continue
        if one.retired and not was.retired:
            yield DefinitionChange(one, "retired")
        changed = tuple(field_changes(was, one))
        if changed:
            yield DefinitionChange(one, "changed", changed)
    yield from (DefinitionChange(one, "gone") for id_, one in old.items() if id_ not in new)


def field_changes(before: Indicator, after: Indicator) -> Iterator[FieldChange]:
    """Each part of a definition that says something else, in the order of the definition; a retirement stands apart.

    Of a list, such as what to be careful about, only what the other has not is given.
    """
    old, new = dict(_leaves(before)), dict(_leaves(after))
    for path in dict.fromkeys((*new, *old)):
        was, now = old.get(path), new.get(path)
        if _text(was) != _text(now) and not (path == ("retired",) and after.retired):
            yield FieldChange(path_words(path), *map(_text, _only_different(was, now)))


def _only_different(was: object, now: object) -> tuple[object, object]:
    """Two values; of two lists what only one of them holds, unless their order alone is another."""
    if isinstance(was, tuple) and isinstance(now, tuple):
        gone, came = tuple(one for one in was if one not in now), tuple(one for one in now if one not in was)
        return (gone, came) if gone or came else (was, now)
    return was, now


def path_words(path: tuple[str, ...]) -> str:
    """A part of a definition in words: `what is counted: condition`."""
    return ": ".join(FIELD_WORDS.get(step, step.replace("_", " ")) for step in path)


def _leaves(value: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], object]]:  # noqa: ANN401
    """Every part of a definition that holds no smaller one."""
    if is_dataclass(value):
        for field in fields(value):
            yield from _leaves(_held(value, field.name), (*path, field.name))
    elif isinstance(value, tuple) and value and all(is_dataclass(one) for one in value):
        for number, one in enumerate(value, 1):
            yield from _leaves(one, (*path, str(getattr(one, "id", number))))
    else:
        yield path, value


def _held(value: Any, name: str) -> Any:  # noqa: ANN401
    """What a part holds; a caution that is named by its number in its words."""
    if isinstance(value, Indicator) and name == "between_places":
        return value.place_caveat
    return getattr(value, name)


def _text(value: Any) -> str:  # noqa: ANN401
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple | list):
        return " | ".join(map(str, value))
    return "" if value is None else str(value)


def registered_between(before: Catalogue, after: Catalogue) -> tuple[Registered, ...]:
    """The recording changes that the later register has and the earlier has not, or has in other words, by month."""
    old = {one.id: one for one in before.recording_changes}
    found = [one for one in after.recording_changes if old.get(one.id) != one]
    return tuple(Registered(one, one.id not in old) for one in sorted(found, key=lambda one: (one.month, one.id)))
