"""What a successor strategy takes over: measures by their ids, with what it says otherwise, and registers that fit."""

import tomllib
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from vawg_metrics.areas import HOME
from vawg_metrics.catalogue.definitions import Indicator
from vawg_metrics.catalogue.registers import KnownFault, RecordingChange
from vawg_metrics.catalogue.returned import Partner
from vawg_metrics.errors import Fault
from vawg_metrics.strategy_folder import OWN

FILE: Final = "carried.toml"
SAID_ANEW: Final = frozenset(
    {
        "priority",
        "also_on",
        "leads",
        "order",
        "code",
        "core",
        "ask",
        "why",
        "retired",
        "version",
        "agreed_with_survivors",
    }
)


def carried_tables(folder: Path, faults: list[Fault]) -> Iterator[dict[str, Any]]:
    """The definition of each measure that a folder carries over, with what its carried.toml says otherwise.

    Each stands under [[measure]] with its id; fields of SAID_ANEW replace those of the project's own definition.
    """
    path = folder / FILE
    if not path.exists():
        return
    try:
        rows: list[dict[str, Any]] = tomllib.loads(path.read_text("utf-8")).get("measure", [])
    except (OSError, ValueError) as error:
        faults.append(Fault(FILE, "", f"this is not readable TOML ({error}).", "Mend the line it names."))
        return
    for number, row in enumerate(rows, 1):
        id_, place = str(row.get("id", "")), f"measure {number}"
        own = OWN / "indicators" / f"{id_}.toml"
        strange = sorted(set(row) - SAID_ANEW - {"id"})
        if not id_.isidentifier() or not own.is_file():
            faults.append(Fault(FILE, place, f"'{id_}' is no measure of the project.", "Mend the id."))
        elif strange:
            problem = f"{', '.join(strange)} cannot be said anew."
            faults.append(Fault(FILE, place, problem, f"Say {', '.join(sorted(SAID_ANEW))}, or define it anew."))
        else:
            yield tomllib.loads(own.read_text("utf-8")) | {"also_on": [], "leads": []} | row


def register_path(folder: Path, name: str) -> Path:
    """A register of a folder; the project's own where the folder has none."""
    path = folder / name
    return path if path.exists() else OWN / name


def fitting_changes(changes: Sequence[RecordingChange], ids: Collection[str]) -> tuple[RecordingChange, ...]:
    """The recording changes that touch a measure that is there, each without the others."""
    kept = (replace(one, indicators=tuple(id_ for id_ in one.indicators if id_ in ids)) for one in changes)
    return tuple(one for one in kept if one.indicators)


def fitting_known(known: Sequence[KnownFault], ids: Collection[str]) -> tuple[KnownFault, ...]:
    """The known faults that touch a measure that is there, each without the others."""
    kept = (replace(one, indicators=tuple(id_ for id_ in one.indicators if id_ in ids)) for one in known)
    return tuple(one for one in kept if one.indicators)


def fitting_partners(partners: Sequence[Partner], indicators: Sequence[Indicator]) -> tuple[Partner, ...]:
    """The partners that supply a measure that is there, in places that are there."""
    ids = {one.id for one in indicators if one.from_partners and (one.uses or one.returned)}
    names = {area.name for area in HOME}
    kept = []
    for one in partners:
        supplies = tuple(id_ for id_ in one.supplies if id_ in ids)
        areas = tuple(name for name in one.areas if name in names)
        if supplies and (areas or not one.areas):
            kept.append(replace(one, supplies=supplies, areas=areas))
    return tuple(kept)
