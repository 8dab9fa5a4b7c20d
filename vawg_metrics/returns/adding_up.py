"""Which cells of a return must add up, and which may not pass another: the one list for template and checker."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from vawg_metrics.areas import COUNTY_PARTS, LEICESTERSHIRE, UNPLACED
from vawg_metrics.returns.contract import Asked

Key = tuple[str, str, str]  # line, group, area code
MOST: Final = 10_000_000  # no count of people, things or days here is near it
MOST_POUNDS: Final = 1_000_000_000


@dataclass(frozen=True, slots=True)
class Total:
    """A cell for all groups, and the cells of its groups, which add up to it."""

    whole: Key
    groups: tuple[Key, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """A cell that counts some of what other cells count: it cannot be more than their sum."""

    part: Key
    wholes: tuple[Key, ...]


def most_of(counts: str) -> int:
    """The largest number that is believed in a line that counts this."""
    return MOST_POUNDS if counts == "pounds" else MOST


def changed(now: int, last: int, factor: int) -> bool:
    """Whether a value is more than `factor` times the other; 0 counts as 1, so that a first few are no alarm."""
    return max(now, last) > factor * max(min(now, last), 1)


def totals_of(asked: Iterable[Asked]) -> tuple[Total, ...]:
    """Every total that is asked for together with its groups."""
    found = []
    for one in asked:
        if not one.group and one.line.groups:
            groups = tuple((one.line.id, split.id, one.area.code) for split in one.line.groups)
            found.append(Total(one.key, groups))
    return tuple(found)


def parts_of(asked: Iterable[Asked]) -> tuple[Part, ...]:
    """Every cell that is a part of others in the same return: same group and place where both are asked for."""
    cells = tuple(asked)
    keys = {one.key for one in cells}
    found = []
    for one in cells:
        wholes = _wholes(one, keys) if one.line.part_of else ()
        if wholes:
            found.append(Part(one.key, wholes))
    return tuple(found)


def _wholes(one: Asked, keys: set[Key]) -> tuple[Key, ...]:
    """The cells that a part is some of; () where the return does not ask for them."""
    whole = one.line.part_of
    split = any(line == whole and group for line, group, _ in keys)
    group = one.group if split else ""
    if (whole, group, one.area.code) in keys:
        return ((whole, group, one.area.code),)
    if one.area != LEICESTERSHIRE:
        return ()
    # The whole is asked by district: those known to be the county's, and those whose district is not known.
    districts = tuple((whole, group, code) for code in COUNTY_PARTS)
    unplaced = ((whole, group, UNPLACED.code),) if (whole, group, UNPLACED.code) in keys else ()
    return (*districts, *unplaced) if keys.issuperset(districts) else ()
