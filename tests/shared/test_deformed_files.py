"""Every table that publishers ship, deformed in the ways in which files are deformed: refused, and named."""

import csv
import gzip
import io
from collections.abc import Callable
from pathlib import Path

import pytest

from vawg_metrics.catalogue.definitions import Catalogue
from vawg_metrics.errors import FaultsFound
from vawg_metrics.ingest import ingest
from vawg_metrics.sources.incoming import Incoming
from vawg_metrics.sources.readers import reader_for

PUBLISHERS = Path(__file__).resolve().parents[3] / "shared" / "publishers"
TABLES = sorted(path for path in PUBLISHERS.rglob("*.csv*") if not path.name.startswith("lsoa"))
BOOKS = [PUBLISHERS / "ons_crime" / "pfatablesdec19.xlsx", *sorted((PUBLISHERS / "mhclg").glob("*202512.xlsx"))]
ZIPS = sorted((PUBLISHERS / "police_uk").glob("*2019.zip"))
ROWS = 40

Rows = list[list[str]]


def top(path: Path) -> Rows:
    """The first rows of a table, the title rows above its header among them."""
    raw = path.read_bytes()
    text = (gzip.decompress(raw) if path.suffix == ".gz" else raw).decode("utf-8-sig", errors="replace")
    return [row for _, row in zip(range(ROWS), csv.reader(io.StringIO(text, newline="")), strict=False)]


def header_of(rows: Rows) -> int:
    """Which row is the header: the first with a name in most of its cells."""
    width = max(len(row) for row in rows)
    return next(number for number, row in enumerate(rows) if sum(bool(cell.strip()) for cell in row) > width / 2)


def text(rows: Rows, delimiter: str = ",") -> bytes:
    written = io.StringIO()
    csv.writer(written, delimiter=delimiter, lineterminator="\n").writerows(rows)
    return written.getvalue().encode()


def renamed(rows: Rows) -> bytes:
    """Its first column called otherwise."""
    at = header_of(rows)
    return text([*rows[:at], [f"{rows[at][0]} renamed", *rows[at][1:]], *rows[at + 1 :]])


def doubled(rows: Rows) -> bytes:
    """Its first column once more at the end."""
    at = header_of(rows)
    return text([*rows[:at], *([*row, row[0] if row else ""] for row in rows[at:])])


def without_first_column(rows: Rows) -> bytes:
    at = header_of(rows)
    return text([*rows[:at], *(row[1:] for row in rows[at:])])


DEFORM: dict[str, Callable[[Rows], bytes]] = {
    "header only": lambda rows: text(rows[: header_of(rows) + 1]),
    "renamed": renamed,
    "doubled": doubled,
    "column missing": without_first_column,
    "semicolons": lambda rows: text(rows, ";"),
    "utf-16": lambda rows: text(rows).decode().encode("utf-16"),
    "nothing": lambda rows: b"",
    "cut gzip": lambda rows: gzip.compress(text(rows))[:-12],
}


def refused(path: Path, folder: Path, catalogue: Catalogue) -> str:
    with pytest.raises(FaultsFound) as error:
        ingest([path], folder / "published", catalogue)
    assert not folder.exists()
    assert all(fault.problem and fault.repair for fault in error.value.faults)
    assert {fault.file.split(" > ")[0] for fault in error.value.faults} == {path.name}
    return str(error.value)


@pytest.mark.parametrize("how", DEFORM)
@pytest.mark.parametrize("path", TABLES, ids=lambda path: path.name[:40])
def test_a_deformed_table_is_refused_by_name(path: Path, how: str, tmp_path: Path, catalogue: Catalogue) -> None:
    deformed = tmp_path / "deformed.csv"
    deformed.write_bytes(DEFORM[how](top(path)))
    told = refused(deformed, tmp_path / "data", catalogue)
    assert "not used" not in told, "a table with a fault is still known for what it is"


@pytest.mark.parametrize("path", [*BOOKS, *ZIPS], ids=lambda path: path.name[-24:])
@pytest.mark.parametrize("share", [0.001, 0.3, 0.9])
def test_a_file_cut_short_is_refused_by_name(path: Path, share: float, tmp_path: Path, catalogue: Catalogue) -> None:
    cut = tmp_path / "cut.bin"
    whole = path.read_bytes()
    cut.write_bytes(whole[: int(len(whole) * share)])
    assert "damaged" in refused(cut, tmp_path / "data", catalogue)


def test_every_table_here_has_a_reader() -> None:
    assert all(reader_for(Incoming(path)) for path in (*TABLES, *BOOKS, *ZIPS))
    assert len(TABLES) > 12 and len(BOOKS) == 2 and len(ZIPS) == 1
