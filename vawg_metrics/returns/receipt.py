"""The receipt of a return: what was received, what of it will appear and how, and until when to object."""

import textwrap
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from vawg_metrics.areas import HOME
from vawg_metrics.catalogue.definitions import Catalogue, Indicator
from vawg_metrics.catalogue.returned import Line
from vawg_metrics.disclosure.rules import BASE, LEAST_ANSWERS, LEAST_SHARE_BASE, WITHIN
from vawg_metrics.periods import quarter_words
from vawg_metrics.returns.contract import UNPLACED_WORDS, Given, Return, heading_words
from vawg_metrics.returns.due import day_words, kept_until, time_words
from vawg_metrics.returns.store import Accepted

WIDTH: Final = 100
NOT_GIVEN: Final = "not given"
ROUNDED, EXACT, GUARDED = "rounded", "exact", "guarded"
MEANINGS: Final = {
    ROUNDED: f"each count appears as a multiple of {BASE}, within {WITHIN} of what you sent; where others supply the "
    "measure too, it is the sum of all that is rounded so. Nil and 0 look like any count up to "
    f"{WITHIN}. Groups add up to their total as published.",
    EXACT: "the number appears as you sent it, for it counts no person; where others supply the measure too, the sum "
    "of all appears.",
    GUARDED: f"the days appear to two figures, and only where at least {LEAST_SHARE_BASE} cases, as published, are "
    "behind them.",
}
_PLACES: Final = {area.code: UNPLACED_WORDS if area.kind == "unplaced" else area.name for area in HOME}
_BY: Final = {
    "district": "by district", "district_and_unplaced": "by district", "upper": "by council area",
    "upper_and_unplaced": "by council area", "force": "for LLR as a whole",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Change:
    """One cell in which two returns differ: a line, a group and a place, and what stood and stands there."""

    key: tuple[str, str, str]
    old: str
    new: str


def difference(old: Return, new: Return) -> tuple[Change, ...]:
    """Every cell in which two returns differ, reasons and states included, by line, group and place."""
    before, after = ({one.key: cell_words(one) for one in return_.given} for return_ in (old, new))
    pairs = ((key, before.get(key, NOT_GIVEN), after.get(key, NOT_GIVEN)) for key in sorted({*before, *after}))
    return tuple(Change(*pair) for pair in pairs if pair[1] != pair[2])


def cell_words(given: Given) -> str:
    """What stands in a cell, for the supplier's own eyes."""
    stands = given.state or str(given.count)
    return f"{stands} ({given.reason})" if given.reason else stands


def receipt(catalogue: Catalogue, accepted: Accepted, replaced: Return | None, today: date) -> str:
    """The receipt for the supplier, as text. It holds values only where they differ from what it replaces."""
    parts = [
        _heading(catalogue, accepted, replaced),
        _appearing(catalogue, accepted.return_),
        *([_changed(catalogue, replaced, accepted.return_)] if replaced else []),
        _objection(accepted, today),
        _after(catalogue, accepted.return_),
    ]
    return "\n\n".join(parts) + "\n"


def _heading(catalogue: Catalogue, accepted: Accepted, replaced: Return | None) -> str:
    return_ = accepted.return_
    nil = sum(one.state == "nil" for one in return_.given)
    cannot = sum(one.count is None for one in return_.given)
    title = heading_words(catalogue.partner(return_.partner), return_.quarter)
    instead = "It replaces the version before it." if replaced else "It replaces nothing."
    return "\n".join((
        "Receipt", "", title,
        f"Version {accepted.version}, accepted on {time_words(accepted.accepted_at)}. {instead}",
        f"Received: {_counted(len(return_.given), 'cell')}, of which nil: {nil}, cannot supply: {cannot}.",
    ))  # fmt: skip


def _appearing(catalogue: Catalogue, return_: Return) -> str:
    """Each measure with its lines and how each appears, after the words that say what that means."""
    used = {_way(catalogue.lines[one.line]) for one in return_.given if one.line in catalogue.lines}
    ways = [_wrapped(f"{way}: {meaning}", "  ", "    ") for way, meaning in MEANINGS.items() if way in used]
    return "\n".join(("What will appear", *ways, "", *_measures(catalogue, return_)))


def _measures(catalogue: Catalogue, return_: Return) -> Iterator[str]:
    sent = {one.line for one in return_.given}
    supplied = catalogue.partner(return_.partner).supplies
    for indicator in (catalogue.indicator(id_) for id_ in supplied):
        lines = [line for line in catalogue.lines_of(indicator) if line.id in sent]
        if lines:
            yield _wrapped(f"{indicator.code} {indicator.title}, {_where(indicator)}", "", "  ")
        for line in lines:
            yield _wrapped(f"{line.label}: {_way_beside(catalogue, line)}.", "  - ", "    ")
        if lines and (rule := _share_rule(indicator)):
            yield _wrapped(rule, "    ", "    ")


def _where(indicator: Indicator) -> str:
    """The places and the period that a measure is published for."""
    if indicator.disclosure == "llr_only":
        return "for LLR as a whole and whole years only"
    year = ", once a year" if indicator.native_period == "year" else ""
    return _BY[indicator.geography] + year


def _way(line: Line) -> str:
    """How a line is published, in a word that MEANINGS explains."""
    return ROUNDED if line.rounded else GUARDED if line.counts == "days" else EXACT


def _way_beside(catalogue: Catalogue, line: Line) -> str:
    """The same, and whether others supply the line too."""
    several = len(catalogue.suppliers_of(catalogue.line_owner(line.id))) > 1
    return f"{_way(line)}, with the other suppliers'" if several and line.counts != "days" else _way(line)


def _share_rule(indicator: Indicator) -> str:
    """What is not published of a measure because too few people stand behind it."""
    if indicator.disclosure == "survey" and indicator.share:
        least = indicator.answers_at_least or LEAST_ANSWERS
        return f"No percentage is given of fewer than {least} answers."
    if indicator.rounded and indicator.share:
        return f"No percentage is given of fewer than {LEAST_SHARE_BASE} people, counted as published."
    return ""


def _changed(catalogue: Catalogue, old: Return, new: Return) -> str:
    """What differs from the return that is replaced: for the supplier alone."""
    changes = difference(old, new)
    if not changes:
        return "What changed\nNothing: the values are those of the version it replaces."
    rows = [f"  {_cell_name(catalogue, one.key)}: {one.old} -> {one.new}" for one in changes]
    return "\n".join(("What changed (your own numbers: keep this page as you keep your return)", *rows))


def _cell_name(catalogue: Catalogue, key: tuple[str, str, str]) -> str:
    id_, group, area = key
    line = catalogue.lines.get(id_)
    label = line.label if line else id_
    split = next((one.label for one in line.groups if one.id == group), group) if line else group
    return ", ".join(part for part in (label, split, _PLACES.get(area, area)) if part)


def _objection(accepted: Accepted, today: date) -> str:
    """Until when, and how, to object."""
    until = day_words(accepted.open_until)
    if today > accepted.open_until:
        text = (
            f"The days to object ended on {until}: a release may have taken these numbers. A mistake can still be put "
            "right: send a corrected return for the same quarter, and the next release takes it."
        )
    else:
        text = (
            f"You may object until the end of {until}: answer the data steward who sent you this page, and say which "
            "line is wrong, without naming or describing anyone. Your return is then withdrawn, or send a corrected "
            f"one for the same quarter. From {day_words(accepted.open_until + timedelta(days=1))} on, a release may "
            "take it."
        )
    return "If something is wrong\n" + _wrapped(text)


def _after(catalogue: Catalogue, return_: Return) -> str:
    """What becomes of the raw values."""
    last = day_words(kept_until(return_.quarter, catalogue.return_rules.keep_months))
    text = (
        "They are kept in a closed folder that the dashboard cannot open, and are deleted after "
        f"{last}. What was published of {quarter_words(return_.period)} stays as it was published. A line that you "
        "could not supply appears as missing, never as nought."
    )
    return "What becomes of the numbers you sent\n" + _wrapped(text)


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _wrapped(text: str, first: str = "", rest: str = "") -> str:
    return textwrap.fill(text, WIDTH, initial_indent=first, subsequent_indent=rest, break_long_words=False)
