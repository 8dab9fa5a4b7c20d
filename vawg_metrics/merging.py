"""What files say together: cells that agree cite them all, cells that do not are faults, and the rest stays."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from vawg_metrics.errors import Fault
from vawg_metrics.published import Manifest, Provenance, read_facts
from vawg_metrics.sources.contract import Fact

Key = tuple[str, str, str, str]  # area, start, end, item: what one row of a publisher's table is about


@dataclass(slots=True)
class Merged:
    """The facts of one source while they are put together: each with the files that give it.

    `cells` holds for each cell its parts as the first file gave them, and which file that was.
    """

    facts: dict[Fact, set[str]] = field(default_factory=dict)
    cells: dict[Key, tuple[dict[str, Fact], str]] = field(default_factory=dict)


def add_facts(merged: Merged, file: str, record: Provenance, facts: Iterable[Fact], faults: list[Fault]) -> None:
    """Add a file's facts; a cell that another file of this run gives differently is a fault.

    A part that one of them lacks was counted by it as none, so that two files whose parts differ disagree too.
    """
    cells: dict[Key, dict[str, Fact]] = {}
    for fact in facts:
        if cells.setdefault(fact.key[:4], {}).setdefault(fact.part, fact) != fact:
            problem = f"{_cell_words(fact)}: it is given twice, and differently."
            faults.append(Fault(file, "", problem, "Report this file: its reader is wrong."))
    for key, parts in cells.items():
        first, other = merged.cells.setdefault(key, (parts, record.id))
        for part in sorted(first.keys() | parts.keys()):
            here, there = parts.get(part), first.get(part)
            if _given(here) != _given(there):
                what = _cell_words(here or first[part])
                problem = f"{what}: {_given_words(here)} here, {_given_words(there)} in another file ({other})."
                faults.append(Fault(file, "", problem, "Give only the edition that holds."))
            elif here:
                merged.facts.setdefault(here, set()).add(record.id)


def _given(fact: Fact | None) -> tuple[int | None, str]:
    return (fact.count, fact.marker) if fact else (0, "")


def _given_words(fact: Fact | None) -> str:
    count, marker = _given(fact)
    return marker if count is None else f"{count} {marker}".strip()


def _cell_words(fact: Fact) -> str:
    return f"{fact.area}, {fact.start} to {fact.end}, {fact.item} {fact.part}".strip()


def keep_held(merged: Merged, old: Manifest, folder: Path, source: str) -> tuple[int, int, int]:
    """Keep the held facts that the new ones do not replace; count what is added, revised and unchanged."""
    held = read_facts(folder, old.facts[source]) if source in old.facts else {}
    covered = {fact.key[:4] for fact in merged.facts}
    held_keys = {fact.key[:4] for fact in held}
    same = changed = 0
    for fact, files in held.items():
        if fact in merged.facts:
            merged.facts[fact].update(files)
            same += 1
        elif fact.key[:4] in covered:
            changed += 1
        else:
            merged.facts[fact] = set(files)
    added = sum(fact.key[:4] not in held_keys for fact in merged.facts)
    return added, changed, same
