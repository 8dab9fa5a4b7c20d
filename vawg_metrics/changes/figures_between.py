"""Figures of one measure in two editions: new periods, revisions with their reasons, and returns that became late."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from vawg_metrics.areas import DISTRICTS, LLR, UPPER_TIERS, valid_at
from vawg_metrics.changes.figures_held import OWN, Held, Key, told
from vawg_metrics.changes.found import Late, Revision, numbers_of
from vawg_metrics.changes.reasons import Reasons
from vawg_metrics.figure import Figure
from vawg_metrics.periods import Period, month_number
from vawg_metrics.release import ORDER

LATE: Final = ("overdue", "missing", "not_collected")
Series = tuple[str, str, str]  # code of the place, breakdown, group
PLACES: Final = {"district": DISTRICTS, "upper": UPPER_TIERS, "force": (LLR,)}


def revised(before: Held, after: Held, reasons: Reasons) -> tuple[tuple[Revision, ...], int]:
    """The revisions of a measure, the newest period first, and how many longer periods changed only with them.

    A period that became known is new and not revised; so is not what was unknown and is unknown in another way.
    """
    if not (before.known and after.known):
        return (), 0
    apart = before.periods ^ after.periods
    different = [key for key in before.figures.keys() | after.figures.keys() if _differs(before, after, key)]
    native = [key for key in different if key[1] == after.grain]
    moved = _moved(before, after, native)
    own = [key for key in native if _figure(before, after, key).period not in apart]
    longer = [key for key in different if key[1] != after.grain and key in before.figures and key in after.figures]
    followed = [key for key in longer if _follows(_figure(before, after, key), moved)]
    listed = sorted({*own, *longer} - {*followed}, key=_order)
    return tuple(
        Revision(after.indicator, old, new, reasons.of(before, after, old, new))
        for old, new in ((before.figures.get(key), after.figures.get(key)) for key in listed)
    ), len(followed)


def _differs(before: Held, after: Held, key: Key) -> bool:
    """Whether a figure is another: one of the two is known, and counts, value or marker are not the same."""
    old, new = before.figures.get(key), after.figures.get(key)
    if not any(one is not None and told(one) for one in (old, new)):
        return False
    return old is None or new is None or (numbers_of(old), old.marker) != (numbers_of(new), new.marker)


def _figure(before: Held, after: Held, key: Key) -> Figure:
    return after.figures.get(key) or before.figures[key]


def _series(key: Key) -> Series:
    return key[0], key[3], key[4]


def _moved(before: Held, after: Held, native: Iterable[Key]) -> Mapping[Series, list[Period]]:
    """The periods, as published, that changed in any way, by place and part."""
    found: dict[Series, list[Period]] = {}
    for key in native:
        period = _figure(before, after, key).period
        if period:
            found.setdefault(_series(key), []).append(period)
    return found


def _follows(figure: Figure, moved: Mapping[Series, list[Period]]) -> bool:
    """Whether a shorter period inside a longer one changed for the same place and part."""
    whole = figure.period
    inside = moved.get((figure.area.code, figure.breakdown, figure.group), [])
    return whole is not None and any(whole.start <= one.start and one.end <= whole.end for one in inside)


def _order(key: Key) -> tuple[int, str, int, str, str, str]:
    newest = -month_number(key[2]) if key[2] else 0
    return newest, key[1], ORDER.get(key[0], len(ORDER)), *_series(key)


def became_late(before: Held, after: Held) -> Iterator[Late]:
    """The periods for which places of LLR became overdue, missing or not collected, the newest first.

    Of a measure that was not held before only partners' returns are meant: not every old gap of a new source.
    """
    if not before.known and not after.indicator.from_partners:
        return
    places = PLACES[after.indicator.places]
    codes = {area.code for area in places} & OWN
    found: Counter[tuple[Period, str]] = Counter()
    for key, figure in after.figures.items():
        old = before.figures.get(key)
        own = key[0] in codes and figure.grain == after.grain and not figure.breakdown and figure.period
        if own and figure.period and figure.marker in LATE and (old is None or old.marker != figure.marker):
            found[figure.period, figure.marker] += 1
    for (period, marker), number in sorted(found.items(), key=lambda one: (one[0][0].end, one[0][1]), reverse=True):
        there = sum(valid_at(area, period.end) for area in places)
        yield Late(after.indicator, period, marker, number, there)
