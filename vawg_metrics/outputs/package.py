"""Several parcels as one ZIP: pure tables, pictures, notes, and a descriptor that programs can check them by."""

import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Final
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from vawg_metrics.outputs.columns import meanings
from vawg_metrics.outputs.csv_file import pure_csv
from vawg_metrics.outputs.data_package import DESCRIPTOR, descriptor, table_resource
from vawg_metrics.outputs.formats import FORMATS
from vawg_metrics.outputs.naming import plain
from vawg_metrics.outputs.parcel import Parcel
from vawg_metrics.outputs.picture import Boundaries
from vawg_metrics.outputs.read_me import read_me
from vawg_metrics.outputs.safe_text import bearable

Told = Callable[[int, int, str], object]
Member = tuple[str, bytes]
LONGEST: Final = 120  # of a member's name, which Windows unpacks into folders of its own
EPOCH: Final = (1980, 1, 1, 0, 0, 0)


def write_zip(
    name: str,
    title: str,
    parcels: Sequence[Parcel],
    boundaries: Boundaries | None = None,
    progress: Told | None = None,
) -> bytes:
    """The parcels as a Frictionless Data Package in a ZIP: the same parcels, the same bytes."""
    named = list(zip(_stems(parcels), parcels, strict=True))
    content = io.BytesIO()
    with ZipFile(content, "w") as archive:
        for path, body in _front(name, title, named):
            _add(archive, path, body)
        for done, (stem, parcel) in enumerate(named):
            if progress:
                progress(done, len(named), parcel.plan.title or parcel.title)
            for path, body in _members(stem, parcel, boundaries):
                _add(archive, path, body)
    if progress:
        progress(len(named), len(named), "")
    return content.getvalue()


def _stems(parcels: Iterable[Parcel]) -> list[str]:
    """A name for each parcel, plain and its own."""
    found: list[str] = []
    for parcel in parcels:
        stem = "_".join(plain(part) for part in parcel.stem.split("_"))[:LONGEST].strip("-_")
        unique, times = stem, 1
        while unique in found:
            times += 1
            unique = f"{stem}-{times}"
        found.append(unique)
    return found


def _front(name: str, title: str, named: Sequence[tuple[str, Parcel]]) -> Iterator[Member]:
    """README.txt and datapackage.json."""
    editions = ", ".join(dict.fromkeys(parcel.release for _, parcel in named))
    shown = tuple(dict.fromkeys(words for _, parcel in named for words in parcel.told("Shown")))
    sources = tuple(dict.fromkeys(words for _, parcel in named for words in parcel.told("Source")))
    files = [(path, words) for stem, parcel in named for path, words in _listed(stem, parcel)]
    on_map = any(len(parcel.told("Licence")) > 1 for _, parcel in named)
    resources = [_resource(stem, parcel) for stem, parcel in named]
    listed = [{"title": bearable(words)} for words in sources]
    yield "README.txt", bearable(read_me(title, editions, files, sources, on_map, shown)).encode("utf-8")
    yield DESCRIPTOR, descriptor(plain(name), bearable(title), editions, resources, listed, {})


def _resource(stem: str, parcel: Parcel) -> dict[str, object]:
    columns = meanings(parcel.columns, parcel.records)
    return table_resource(f"tables/{stem}.csv", bearable(parcel.title), columns, pure_csv(parcel))


def _listed(stem: str, parcel: Parcel) -> Iterator[tuple[str, str]]:
    yield f"tables/{stem}.csv", parcel.title
    yield f"notes/{stem}.txt", "what these figures are: definition, source, cautions"
    if parcel.drawn:
        yield f"charts/{stem}.svg and .png", parcel.plan.title


def _members(stem: str, parcel: Parcel, boundaries: Boundaries | None) -> Iterator[Member]:
    yield f"tables/{stem}.csv", pure_csv(parcel)
    yield f"notes/{stem}.txt", _notes(parcel)
    for suffix, one in FORMATS.items():
        if one.picture and parcel.drawn:
            yield f"charts/{stem}.{suffix}", one.write(parcel, boundaries)


def _notes(parcel: Parcel) -> bytes:
    lines = (f"{name}: {words}" for name, words in parcel.about)
    return bearable("\n".join((parcel.title, "", *lines, ""))).encode("utf-8")


def _add(archive: ZipFile, path: str, body: bytes) -> None:
    """A member with no clock and the rights of an ordinary file."""
    member = ZipInfo(path, EPOCH)
    member.create_system, member.external_attr = 3, 0o644 << 16
    archive.writestr(member, body, ZIP_STORED if path.endswith(".png") else ZIP_DEFLATED)
