"""Read the whole catalogue from its TOML files, and report every mistake in them at once."""

import hashlib
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final, TypeVar

from pydantic import TypeAdapter, ValidationError

from vawg_metrics.catalogue.actions import FILE as ACTIONS
from vawg_metrics.catalogue.actions import Action, faults_of_actions
from vawg_metrics.catalogue.asked_of_partners import faults_of_returns
from vawg_metrics.catalogue.carried import FILE as CARRIED
from vawg_metrics.catalogue.carried import (
    carried_tables,
    fitting_changes,
    fitting_known,
    fitting_partners,
    register_path,
)
from vawg_metrics.catalogue.definitions import CONTEXT, Catalogue, Indicator, Source, Strategy
from vawg_metrics.catalogue.registers import Download, KnownFault, RecordingChange, SupportLine
from vawg_metrics.catalogue.returned import OpenTotal, Partner, ReturnRules
from vawg_metrics.catalogue.terms import Term
from vawg_metrics.errors import Fault, FaultsFound
from vawg_metrics.strategy_folder import OWN, strategy_folder

HERE: Final = OWN
STRATEGY: Final = "strategy.toml"
MOST_CORE: Final = 12
REGISTERS: Final[tuple[tuple[str, str, Any], ...]] = (
    ("recording_changes", "change", RecordingChange),
    ("known_faults", "fault", KnownFault),
    ("downloads", "download", Download),
    ("support_lines", "line", SupportLine),
    ("partners", "partner", Partner),
    ("open_totals", "total", OpenTotal),
)
T = TypeVar("T")


def load_catalogue(folder: Path | None = None) -> Catalogue:
    """The catalogue held in a folder, of the strategy that is watched when none is named.

    A folder of another strategy may carry measures over and leave registers out: see catalogue/carried.py.
    FaultsFound lists every file, field and repair when it is not sound.
    """
    folder = folder or strategy_folder()
    faults: list[Fault] = []
    indicators = (
        *_files(folder / "indicators", Indicator, faults),
        *(one for table in carried_tables(folder, faults)
          for one in _valid(table, Indicator, CARRIED, str(table["id"]), faults)),
    )  # fmt: skip
    sources = tuple(_files(register_path(folder, "sources"), Source, faults))
    strategy = next(iter(_tables(folder / STRATEGY, "strategy", Strategy, faults)), None)
    changes, known, downloads, lines, partners, open_totals = (
        tuple(_tables(register_path(folder, f"{file}.toml"), name, kind, faults)) for file, name, kind in REGISTERS
    )
    rules = next(iter(_tables(register_path(folder, "partners.toml"), "rules", ReturnRules, faults)), None)
    stems = {one.id for one in indicators} | {path.stem for path in (folder / "indicators").glob("*.toml")}
    if not (folder / "recording_changes.toml").exists():
        changes = fitting_changes(changes, stems)
    if not (folder / "known_faults.toml").exists():
        known = fitting_known(known, stems)
    if not (folder / "partners.toml").exists():
        partners = fitting_partners(partners, indicators)
    faults += _disagreements(indicators, sources, strategy)
    faults += _unknown_names(changes, known, downloads, stems, {one.id for one in sources})
    faults += faults_of_returns(indicators, partners, open_totals)
    actions = tuple(_tables(folder / ACTIONS, "action", Action, faults)) if (folder / ACTIONS).exists() else ()
    faults += faults_of_actions(actions, [one.id for one in strategy.priorities] if strategy else None, stems)
    if faults or strategy is None or rules is None:
        raise FaultsFound(faults)
    ordered = tuple(sorted(indicators, key=lambda one: (one.order, one.id)))
    return Catalogue(
        strategy,
        ordered,
        sources,
        changes,
        known,
        downloads,
        lines,
        fingerprint_of(folder),
        partners,
        rules,
        open_totals,
        actions,
    )


def load_strategy(folder: Path | None = None) -> Strategy:
    """The strategy alone, without its measures: what the navigation needs. FaultsFound where it is not sound."""
    faults: list[Fault] = []
    path = (folder or strategy_folder()) / STRATEGY
    strategy = next(iter(_tables(path, "strategy", Strategy, faults)), None)
    if strategy is None:
        raise FaultsFound(faults)
    return strategy


def fingerprint_of(folder: Path = OWN) -> str:
    """A hash of every definition, so that an edition changes when a definition does; of what is carried over too."""
    total = hashlib.sha256()
    for where in dict.fromkeys((folder, OWN) if (folder / CARRIED).exists() else (folder,)):
        for path in sorted(where.rglob("*.toml")):
            total.update(path.relative_to(where).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return total.hexdigest()


def _files(folder: Path, kind: type[T], faults: list[Fault]) -> Iterator[T]:
    for path in sorted(folder.glob("*.toml")):
        table = _toml(path, faults)
        if table is not None:
            yield from _valid({"id": path.stem, **table}, kind, path.name, "", faults)


def _tables(path: Path, name: str, kind: type[T], faults: list[Fault]) -> Iterator[T]:
    found = (_toml(path, faults) or {}).get(name, [])
    for number, table in enumerate(found if isinstance(found, list) else [found], 1):
        yield from _valid(table, kind, path.name, f"{name} {number}", faults)


def _toml(path: Path, faults: list[Fault]) -> dict[str, Any] | None:
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        faults.append(Fault(path.name, "", f"this is not readable TOML ({error}).", "Mend the line it names."))
        return None


def _valid(table: dict[str, Any], kind: type[T], file: str, row: str, faults: list[Fault]) -> Iterator[T]:
    try:
        yield TypeAdapter(kind).validate_python(table)
    except ValidationError as error:
        for one in error.errors(include_url=False, include_context=False):
            field = ".".join(str(part) for part in one["loc"])
            faults.append(Fault(file, row, f"{field}: {one['msg']}.", "See docs/data-dictionary.md for the fields."))


def _unknown_names(
    changes: tuple[RecordingChange, ...],
    known: tuple[KnownFault, ...],
    downloads: tuple[Download, ...],
    ids: set[str],
    sources: set[str],
) -> Iterator[Fault]:
    """Measures and sources that the registers name and that do not exist."""
    named = [("recording_changes.toml", change.id, change.indicators) for change in changes]
    named += [("known_faults.toml", f"{fault.source} {fault.start}", fault.indicators) for fault in known]
    for file, row, indicators in named:
        for id_ in indicators:
            if id_ not in ids:
                yield Fault(file, row, f"'{id_}' is no measure.", "Mend the id.")
    for name, source in (
        *(("known_faults", one.source) for one in known),
        *(("downloads", one.source) for one in downloads),
    ):
        if source not in sources:
            yield Fault(f"{name}.toml", "", f"the source '{source}' is not known.", "Name a file in catalogue/sources.")


def _disagreements(
    indicators: tuple[Indicator, ...], sources: tuple[Source, ...], strategy: Strategy | None
) -> Iterator[Fault]:
    """What each file says rightly by itself and wrongly beside the others."""
    known_sources = {one.id for one in sources}
    pages = {CONTEXT, *(one.id for one in strategy.priorities)} if strategy else set()
    codes: dict[str, str] = {}
    for one in indicators:
        file = f"{one.id}.toml"
        if one.code in codes:
            yield Fault(file, "", f"the code {one.code} is also that of {codes[one.code]}.", "Give it another code.")
        codes[one.code] = one.id
        for page in (one.priority, *one.also_on, *one.leads):
            if pages and page not in pages:
                yield Fault(file, "", f"'{page}' is no priority.", f"Write one of {', '.join(sorted(pages))}.")
        if one.collected and one.source not in known_sources:
            yield Fault(file, "", f"the source '{one.source}' is not known.", "Name a file in catalogue/sources.")
        if one.collected and one.numerator is None:
            yield Fault(file, "", "a collected measure has no numerator.", "Add [numerator].")
        wordless = [name for name, term in _spoken(one) if not (term.one and term.many)]
        if wordless:
            yield Fault(file, "", f"the {' and the '.join(wordless)} cannot be put in a sentence.", "Add one and many.")
        if not one.collected and not (one.supplier and one.awaits):
            yield Fault(file, "", "an uncollected measure does not say who could supply it.", "Add supplier, awaits.")
        if not 0 <= one.between_places <= len(one.caveats):
            yield Fault(file, "", "between_places is the number of no caveat.", f"Write 1 to {len(one.caveats)}, or 0.")
    if sum(one.core for one in indicators) > MOST_CORE:
        yield Fault("indicators", "", f"more than {MOST_CORE} measures are core.", "Choose fewer.")


def _spoken(one: Indicator) -> Iterator[tuple[str, Term]]:
    """The terms of a collected measure that its sentence names: of a share the denominator too."""
    if one.collected and one.numerator:
        yield "numerator", one.numerator
        if one.share and one.denominator:
            yield "denominator", one.denominator
