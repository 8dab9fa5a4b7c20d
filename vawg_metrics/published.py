"""The folder of published facts: its manifest says which files count, so that one rename replaces everything."""

import csv
import gzip
import hashlib
import io
import json
import os
import struct
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Final

from vawg_metrics.areas import BESIDE, HOME, Area
from vawg_metrics.errors import Fault, FaultsFound
from vawg_metrics.periods import Period
from vawg_metrics.sources.contract import Fact

MANIFEST: Final = "provenance.json"
FACT_COLUMNS: Final = ("area", "period_start", "period_end", "item", "part", "count", "marker", "files")
LARGE: Final = 200_000  # bytes of CSV from which a file is kept gzipped
GZIP_HEADER: Final = bytes.fromhex("1f8b0800000000000203")  # no clock, no file name
RESTORE: Final = (
    "Restore data/ from the repository (git checkout data), or empty data/published and run "
    "`python -m vawg_metrics ingest` on all the publishers' files."
)


@dataclass(frozen=True, order=True, slots=True)
class Provenance:
    """Where facts came from: one publisher's file, as it was given, and what became of its rows."""

    sha256: str
    source: str
    file: str
    edition: str
    covers: tuple[str, str]
    read: int
    kept: tuple[tuple[str, int], ...]
    set_aside: tuple[tuple[str, int], ...]
    facts: int

    @property
    def id(self) -> str:
        return self.sha256[:8]

    @property
    def period(self) -> Period:
        return Period(*self.covers)


@dataclass(frozen=True, slots=True)
class Stored:
    """A file of the folder: its name (which carries its fingerprint), its fingerprint and its rows."""

    file: str
    sha256: str
    rows: int


@dataclass(frozen=True, slots=True)
class Manifest:
    """What `data/published` holds: the facts of each source, the documents, and where all came from."""

    facts: Mapping[str, Stored] = field(default_factory=dict)
    documents: Mapping[str, Stored] = field(default_factory=dict)
    files: tuple[Provenance, ...] = ()
    areas: tuple[Area, ...] = ()

    def text(self) -> str:
        """The manifest as canonical JSON: no clock, no machine, sorted."""
        whole = {
            "facts": {name: asdict(one) for name, one in sorted(self.facts.items())},
            "documents": {name: asdict(one) for name, one in sorted(self.documents.items())},
            "files": [asdict(one) for one in sorted(self.files)],
            "areas": [asdict(one) for one in sorted(self.areas, key=lambda area: (area.kind, area.code))],
        }
        return json.dumps(whole, indent=1, ensure_ascii=False, sort_keys=True) + "\n"

    def of_source(self, source: str) -> tuple[Provenance, ...]:
        """The files that gave a source its facts, by the months they cover."""
        return tuple(sorted((one for one in self.files if one.source == source), key=lambda one: one.covers))

    @property
    def every_area(self) -> tuple[Area, ...]:
        """LLR's own places first, then the comparators that the files name."""
        named = (*HOME, *BESIDE)
        codes = {area.code for area in named}
        return (*named, *(area for area in self.areas if area.code not in codes))


def read_manifest(folder: Path) -> Manifest:
    """The manifest of a folder; an empty one when the folder holds none; FaultsFound when it is damaged."""
    path = folder / MANIFEST
    if not path.exists():
        return Manifest()
    try:
        whole: dict[str, Any] = json.loads(path.read_text("utf-8"))
        return Manifest(
            {name: _stored(one) for name, one in whole["facts"].items()},
            {name: _stored(one) for name, one in whole["documents"].items()},
            tuple(_provenance(one) for one in whole["files"]),
            tuple(Area(**one) for one in whole["areas"]),
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise FaultsFound([Fault(f"data/published/{MANIFEST}", "", f"it cannot be read ({error}).", RESTORE)]) from None


def _stored(one: dict[str, Any]) -> Stored:
    if not isinstance(one["file"], str) or Path(one["file"]).name != one["file"]:
        raise ValueError(f"{one['file']!r} is not the name of a file")
    return Stored(**one)


def _provenance(one: dict[str, Any]) -> Provenance:
    pairs = {name: tuple((str(what), int(rows)) for what, rows in one[name]) for name in ("kept", "set_aside")}
    covers = Period(*one["covers"])
    return Provenance(**{**one, **pairs, "covers": (covers.start, covers.end)})


def faults_of(folder: Path, manifest: Manifest) -> list[Fault]:
    """Every stored file that is missing, altered or not balanced by its ledger."""
    faults = []
    if not manifest.facts:
        faults.append(Fault("data/published", "", "no published facts are held.", RESTORE))
    for stored in (*manifest.facts.values(), *manifest.documents.values()):
        path = folder / stored.file
        if not path.exists():
            faults.append(Fault(f"data/published/{stored.file}", "", "the file is missing.", RESTORE))
        elif hashlib.sha256(path.read_bytes()).hexdigest() != stored.sha256:
            faults.append(Fault(f"data/published/{stored.file}", "", "the file is not as it was written.", RESTORE))
    for one in manifest.files:
        if one.read != sum(rows for _, rows in (*one.kept, *one.set_aside)):
            faults.append(Fault(one.file, "", "the rows read are not those kept and set aside.", RESTORE))
    return faults


def pack_facts(source: str, cited: Mapping[Fact, Iterable[str]]) -> tuple[Stored, bytes]:
    """The facts of one source, each with the files it came from, as one sorted CSV, gzipped when large."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(FACT_COLUMNS)
    rows = 0
    for fact in sorted(cited, key=lambda one: one.key):
        count = "" if fact.count is None else fact.count
        files = "+".join(sorted(cited[fact]))
        writer.writerow((fact.area, fact.start, fact.end, fact.item, fact.part, count, fact.marker, files))
        rows += 1
    return pack(source, ".csv", text.getvalue().encode("utf-8"), rows)


def pack(name: str, suffix: str, content: bytes, rows: int) -> tuple[Stored, bytes]:
    """Content ready to be stored under a name that carries its fingerprint; gzipped, with no clock, when large."""
    if len(content) > LARGE and suffix == ".csv":
        content, suffix = _gzipped(content), ".csv.gz"
    fingerprint = hashlib.sha256(content).hexdigest()
    return Stored(f"{name}-{fingerprint[:8]}{suffix}", fingerprint, rows), content


def _gzipped(content: bytes) -> bytes:
    """Gzip with a header of our own: Python's own names the operating system, and not in every version the same."""
    squeezer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    body = squeezer.compress(content) + squeezer.flush()
    return GZIP_HEADER + body + struct.pack("<II", zlib.crc32(content), len(content) & 0xFFFFFFFF)


def read_facts(folder: Path, stored: Stored) -> dict[Fact, tuple[str, ...]]:
    """The facts of one stored file, each with the ids of the files it came from."""
    raw = (folder / stored.file).read_bytes()
    text = (gzip.decompress(raw) if stored.file.endswith(".gz") else raw).decode("utf-8")
    rows = csv.reader(io.StringIO(text, newline=""))
    next(rows)
    return {
        Fact(area, start, end, item, part, int(count) if count else None, marker): tuple(files.split("+"))  # type: ignore[arg-type]
        for area, start, end, item, part, count, marker, files in rows
    }


def read_document(folder: Path, manifest: Manifest, name: str) -> str:
    """A stored document by the stem of its name, as text; '' when none is held."""
    stored = next((one for key, one in manifest.documents.items() if key.partition(".")[0] == name), None)
    return (folder / stored.file).read_text("utf-8") if stored else ""


def release_of(manifest: Manifest, definitions: str) -> str:
    """The name of the present contents of data/ under the present definitions: ten characters of their hash."""
    return hashlib.sha256((manifest.text() + definitions).encode("utf-8")).hexdigest()[:10]


def replace_published(folder: Path, manifest: Manifest, contents: Mapping[str, bytes]) -> None:
    """Write what is new under names of its own, then rename the manifest that names it, then clear what is old."""
    wanted = {stored.file for stored in (*manifest.facts.values(), *manifest.documents.values())}
    for name, content in contents.items():
        if not (folder / name).exists() or (folder / name).read_bytes() != content:
            _write(folder / name, content)
    _write(folder / MANIFEST, manifest.text().encode("utf-8"))
    for path in folder.iterdir():
        if path.is_file() and path.name not in wanted and path.name != MANIFEST:
            path.unlink()


def _write(path: Path, content: bytes) -> None:
    """Write beside, flush to the disk, and rename into place."""
    aside = path.with_name(f".{path.name}.new")
    with aside.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    os.replace(aside, path)
    if hasattr(os, "O_DIRECTORY"):  # so that the rename itself outlives a power cut, where the system can
        folder = os.open(path.parent, os.O_RDONLY | os.O_DIRECTORY)
        os.fsync(folder)
        os.close(folder)
