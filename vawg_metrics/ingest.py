"""From publishers' files to `data/published`: read everything, refuse everything or replace what they cover."""

import csv
import io
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from filelock import FileLock

from vawg_metrics.areas import Area
from vawg_metrics.catalogue.definitions import Catalogue
from vawg_metrics.errors import Fault, FaultsFound
from vawg_metrics.merging import Merged, add_facts, keep_held
from vawg_metrics.published import (
    Manifest,
    Provenance,
    faults_of,
    pack,
    pack_facts,
    read_manifest,
    replace_published,
)
from vawg_metrics.sources.contract import Intake
from vawg_metrics.sources.incoming import Incoming
from vawg_metrics.sources.readers import reader_for

MOST_COUNTED: Final = 10**10  # more than people on earth
_PICTURES: Final = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"%PDF", b"{\\rtf")
_WRITTEN: Final = (b"word/", b"ppt/", b"opendocument.text", b"opendocument.presentation")
NOT_CLAIMED: Final = "no reader knows its layout, or it holds nothing that the measures need"


@dataclass(frozen=True, slots=True)
class Taken:
    """One file that was read, and what it gave."""

    incoming: Incoming
    intakes: tuple[Intake, ...]


@dataclass(frozen=True, slots=True)
class Summary:
    """What an ingest did: the files taken and not used, and what changed in each source."""

    taken: tuple[Taken, ...]
    not_used: tuple[tuple[str, str], ...]
    added: Mapping[str, int]
    revised: Mapping[str, int]
    unchanged: Mapping[str, int]
    manifest: Manifest


def ingest(
    paths: Sequence[Path],
    folder: Path,
    catalogue: Catalogue,
    dry_run: bool = False,
    progress: Callable[[str, int, int, int], None] = lambda name, done, files, rows: None,
) -> Summary:
    """Read files and folders, and replace the facts they cover in `folder`; all or nothing.

    `progress(name, done, files, rows)` is called after each file. Raises FaultsFound with every fault of every
    file; `folder` is then as it was. Killed at any moment, `folder` holds the old facts or the new ones: the
    files it names are written first, and the manifest that names them is renamed into place last.
    """
    taken, not_used = _read_all(paths, progress)
    if dry_run:
        return _merge(taken, not_used, _held(folder), folder, catalogue)[0]
    folder.mkdir(parents=True, exist_ok=True)
    with FileLock(folder.parent / ".ingest.lock"):
        summary, contents = _merge(taken, not_used, _held(folder), folder, catalogue)
        replace_published(folder, summary.manifest, contents)
    return summary


def _held(folder: Path) -> Manifest:
    """The manifest of what is held so far; nothing is added to a folder that is damaged."""
    manifest = read_manifest(folder)
    if manifest.facts and (faults := faults_of(folder, manifest)):
        raise FaultsFound(faults)
    return manifest


def _read_all(
    paths: Sequence[Path], progress: Callable[[str, int, int, int], None]
) -> tuple[tuple[Taken, ...], tuple[tuple[str, str], ...]]:
    """Every file, read; every fault of every file raised together."""
    files = sorted(_files(paths), key=lambda one: one[1])
    taken: dict[str, Taken] = {}
    not_used: list[tuple[str, str]] = []
    faults: list[Fault] = []
    for number, (path, name, named) in enumerate(files, 1):
        rows = 0
        if not named and _is_foreign(path):
            not_used.append((name, "it is a picture or a text, not a table"))
            progress(name, number, len(files), rows)
            continue
        try:
            incoming = Incoming(path, name)
            reader = reader_for(incoming)
            if reader is None:
                if named:
                    raise incoming.refusal(f"not used: {NOT_CLAIMED}.", "Give a file listed on the Data page.")
                not_used.append((name, NOT_CLAIMED))
            elif incoming.sha256 in taken:
                not_used.append((name, f"the same file as {taken[incoming.sha256].incoming.name}"))
            else:
                intakes = reader.read(incoming)
                faults += _faults(incoming, intakes)
                rows = sum(intake.ledger.read for intake in intakes)
                taken[incoming.sha256] = Taken(incoming, intakes)
        except FaultsFound as found:
            faults += found.faults
        progress(name, number, len(files), rows)
    if faults:
        raise FaultsFound(faults)
    return tuple(taken.values()), tuple(not_used)


def _files(paths: Sequence[Path]) -> Iterable[tuple[Path, str, bool]]:
    """The files meant by paths, the name to call each, and whether it was named itself."""
    for path in paths:
        if path.is_dir():
            for inner in sorted(path.rglob("*")):
                if inner.is_file() and not any(part.startswith(".") for part in inner.relative_to(path).parts):
                    yield inner, inner.name, False
        else:
            yield path, path.name, True


def _is_foreign(path: Path) -> bool:
    """Whether a file is a picture or a written document, which may lie beside the figures."""
    with path.open("rb") as file:
        head = file.read(4096)
    return head.startswith(_PICTURES) or (head.startswith(b"PK") and any(part in head for part in _WRITTEN))


def _faults(incoming: Incoming, intakes: Iterable[Intake]) -> list[Fault]:
    """The faults that a reader found, and books that do not balance."""
    faults: list[Fault] = []
    for intake in intakes:
        faults += intake.faults
        for fact in intake.facts:
            if fact.count is not None and fact.count > MOST_COUNTED:
                problem = f"{fact.area}, {fact.item}: {fact.count} is more than there can be."
                faults.append(Fault(incoming.name, "", problem, "Use the publisher's own file, unchanged."))
        ledger = intake.ledger
        if not intake.faults and (not ledger.balances or ledger.rejected):
            problem = f"{ledger.read} rows were read and {sum(ledger.kept.values())} kept: the books do not balance."
            faults.append(Fault(incoming.name, "", problem, "Report this file: its reader is wrong."))
    return faults


def _merge(
    taken: Sequence[Taken],
    not_used: Sequence[tuple[str, str]],
    old: Manifest,
    folder: Path,
    catalogue: Catalogue,
) -> tuple[Summary, dict[str, bytes]]:
    """The new manifest and the contents of its files: what was held, less what the new files cover, and theirs."""
    sources: dict[str, Merged] = {}
    documents: dict[str, tuple[bytes, str]] = {}
    records = {(one.sha256, one.source): one for one in old.files}
    areas = {area.code: area for area in old.areas}
    faults: list[Fault] = []
    for one in taken:
        for intake in one.intakes:
            record = _provenance(one.incoming, intake)
            key = (record.sha256, record.source)
            name = min(record.file, records.get(key, record).file)  # the same file may come under two names
            records[key] = replace(record, file=name)
            add_facts(sources.setdefault(intake.source, Merged()), one.incoming.name, record, intake.facts, faults)
            for name, content in intake.documents.items():
                first, other = documents.setdefault(name, (content, record.id))
                if first != content:
                    problem = f"it gives another {name} than another file ({other})."
                    faults.append(Fault(one.incoming.name, "", problem, "Give only the edition that holds."))
            for area in intake.places:  # the same name whatever the order in which files come
                areas[area.code] = min(areas.get(area.code, area), area, key=lambda place: (place.kind, place.name))
    if faults:
        raise FaultsFound(_named(faults, taken))
    documents["recording_changes.csv"] = (_recording_changes(catalogue), "")
    counts: dict[str, tuple[int, int, int]] = {}
    for source, merged in sources.items():
        counts[source] = keep_held(merged, old, folder, source)
    return _assembled(taken, not_used, old, sources, documents, records, areas, counts)


def _named(faults: list[Fault], taken: Sequence[Taken]) -> list[Fault]:
    """Faults with files by name instead of by fingerprint, and a flood of them cut short."""
    names = {one.incoming.sha256[:8]: one.incoming.name for one in taken}
    for id_, name in names.items():
        faults = [replace(fault, problem=fault.problem.replace(id_, name)) for fault in faults]
    if len(faults) > 50:
        rest = Fault("more files", "", f"{len(faults) - 50} more facts that two files give differently.", "")
        return [*sorted(faults)[:50], rest]
    return faults


def _assembled(
    taken: Sequence[Taken],
    not_used: Sequence[tuple[str, str]],
    old: Manifest,
    sources: Mapping[str, Merged],
    documents: Mapping[str, tuple[bytes, str]],
    records: Mapping[tuple[str, str], Provenance],
    areas: Mapping[str, Area],
    counts: Mapping[str, tuple[int, int, int]],
) -> tuple[Summary, dict[str, bytes]]:
    """The manifest with every source, document, place and record that is still in use."""
    contents: dict[str, bytes] = {}
    facts, papers, in_use = dict(old.facts), dict(old.documents), {}
    for source, merged in sources.items():
        if merged.facts:
            facts[source], contents[facts[source].file] = pack_facts(source, merged.facts)
        cited: dict[str, int] = {}
        for files in merged.facts.values():
            for id_ in files:
                cited[id_] = cited.get(id_, 0) + 1
        given = {(one.incoming.sha256, intake.source) for one in taken for intake in one.intakes}
        for key, record in records.items():
            if record.source == source and (record.id in cited or (not merged.facts and key in given)):
                in_use[key] = replace(record, facts=cited.get(record.id, 0))
    for key, record in records.items():
        if record.source not in sources:
            in_use[key] = record
    for name, (content, _) in documents.items():
        stem, _, suffix = name.partition(".")
        papers[name], body = pack(stem, f".{suffix}", content, content.count(b"\n"))
        contents[papers[name].file] = body
    manifest = Manifest(facts, papers, tuple(in_use.values()), tuple(areas.values()))
    added, revised, same = ({source: numbers[which] for source, numbers in counts.items()} for which in (0, 1, 2))
    return Summary(tuple(taken), tuple(not_used), added, revised, same, manifest), contents


def _provenance(incoming: Incoming, intake: Intake) -> Provenance:
    ledger = intake.ledger
    return Provenance(
        incoming.sha256, intake.source, incoming.name, intake.edition, (intake.covers.start, intake.covers.end),
        ledger.read, tuple(sorted(ledger.kept.items())), tuple(sorted(ledger.set_aside.items())), len(intake.facts),
    )  # fmt: skip


def _recording_changes(catalogue: Catalogue) -> bytes:
    """The register of recording changes as a table beside the facts they touch."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(("id", "month", "date_words", "label", "what", "breaks", "indicators"))
    for change in sorted(catalogue.recording_changes, key=lambda one: (one.month, one.id)):
        touched = " ".join(sorted(change.indicators))
        row = (change.id, change.month, change.date_words, change.label, change.what, change.breaks, touched)
        writer.writerow(row)
    return text.getvalue().encode("utf-8")
