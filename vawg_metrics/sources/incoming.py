"""A file as it came from a publisher: opened once, safely, and known by its content and never by its name."""

import csv
import gzip
import hashlib
import io
import json
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from functools import cached_property
from pathlib import Path, PurePosixPath
from typing import Any, Final, Literal

import python_calamine

from vawg_metrics.errors import Fault, FaultsFound

Kind = Literal["table", "workbook", "archive", "topology"]

MEBIBYTE: Final = 1024 * 1024
MOST_ON_DISK: Final = 300 * MEBIBYTE
MOST_TABLE: Final = 100 * MEBIBYTE
MOST_WORKBOOK_UNPACKED: Final = 300 * MEBIBYTE
MOST_ARCHIVE_UNPACKED: Final = 4096 * MEBIBYTE
MOST_MEMBERS: Final = 5000
MOST_SQUEEZED: Final = 150  # times; text squeezes about tenfold, a zip bomb a thousandfold


class Incoming:
    """One file on disk: its kind, its bytes within limits, its rows as text.

    Opening it raises FaultsFound when it is empty, too large, damaged, in UTF-16 or otherwise unreadable.
    """

    def __init__(self, path: Path, name: str | None = None) -> None:
        self.path = path
        self.name = name or path.name
        try:
            size = path.stat().st_size
        except OSError as error:
            raise self.refusal(f"cannot be opened ({error.strerror}).", "Check the path and its permissions.") from None
        if size == 0:
            raise self.refusal("the file is empty.", "Download it again from its publisher.")
        if size > MOST_ON_DISK:
            raise self.refusal(
                f"the file holds {size // MEBIBYTE:,} MB, and none of the files read here is over "
                f"{MOST_ON_DISK // MEBIBYTE} MB.",
                "Give the publisher's own file, or one custom download for each force and year.",
            )
        with path.open("rb") as file:
            self._head = file.read(4096)
        self.kind: Kind = self._recognised()

    def refusal(self, problem: str, repair: str, row: str = "") -> FaultsFound:
        """The error for this file as a whole."""
        return FaultsFound([Fault(self.name, row, problem, repair)])

    def _recognised(self) -> Kind:
        if self._head.startswith(b"PK"):
            names = [member.filename for member in self.members]
            if "[Content_Types].xml" in names or "mimetype" in names:
                return "workbook"
            return "archive"
        if self._head.startswith(b"\xd0\xcf\x11\xe0"):
            raise self.refusal("this is an old binary workbook (.xls).", "Save it as .xlsx or .ods.")
        if self._head.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"{"):
            return "topology"
        return "table"

    @cached_property
    def sha256(self) -> str:
        """The fingerprint of the file as given."""
        with self.path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()

    # Tables: csv, plain or gzipped

    @cached_property
    def data(self) -> bytes:
        """The bytes of a table, unpacked, without a byte order mark, in UTF-8."""
        raw = self._unzipped() if self._head.startswith(b"\x1f\x8b") else self.path.read_bytes()
        if len(raw) > MOST_TABLE:
            raise self.refusal(
                f"the table holds over {MOST_TABLE // MEBIBYTE} MB of text.", "Give one file for each year."
            )
        return as_utf8(raw, self.name)

    def _unzipped(self) -> bytes:
        try:
            with gzip.open(self.path) as file:
                return file.read(MOST_TABLE + 1)
        except (OSError, EOFError, zlib.error):
            raise self.refusal("the gzip file is damaged or cut short.", "Download it again.") from None

    @cached_property
    def header(self) -> tuple[str, ...]:
        """The first row of a table, trimmed; empty for other kinds."""
        if self.kind != "table":
            return ()
        return header_of(self.data)

    def rows(self) -> Iterator[list[str]]:
        """The rows of a table as text, the header included, in the file's order."""
        try:
            yield from csv.reader(io.StringIO(self.data.decode("utf-8"), newline=""))
        except csv.Error as error:
            raise self.refusal(
                f"a row cannot be read ({error}).", "Download it again: a quote is not closed."
            ) from None

    # Workbooks: xlsx and ods

    @cached_property
    def workbook(self) -> python_calamine.CalamineWorkbook:
        """The workbook, opened once; a damaged one is refused."""
        total = sum(member.file_size for member in self.members)
        if total > MOST_WORKBOOK_UNPACKED:
            raise self.refusal("the workbook unpacks to far more than a table of figures needs.", "Give the original.")
        try:
            return python_calamine.CalamineWorkbook.from_path(self.path)
        except Exception as error:  # calamine raises its own, zip's and xml's errors
            raise self.refusal(f"the workbook is damaged ({error}).", "Download it again.") from None

    @cached_property
    def sheet_names(self) -> tuple[str, ...]:
        """The names of a workbook's sheets as they stand, trailing spaces included; empty for other kinds."""
        return tuple(self.workbook.sheet_names) if self.kind == "workbook" else ()

    def sheet(self, name: str) -> list[list[Any]]:
        """The cells of one sheet: text, numbers, dates, and '' for an empty one. Row 1 is the sheet's first row."""
        try:
            return self.workbook.get_sheet_by_name(name).to_python(skip_empty_area=False)
        except Exception as error:  # calamine raises its own and xml's errors
            raise self.refusal(f"the sheet '{name}' is damaged ({error}).", "Download it again.") from None

    # Archives: the zip of a custom download

    @cached_property
    def members(self) -> tuple[zipfile.ZipInfo, ...]:
        """The files inside a zip, checked against bombs and names that climb out of it."""
        try:
            with zipfile.ZipFile(self.path) as archive:
                found = tuple(info for info in archive.infolist() if not info.is_dir())
        except (zipfile.BadZipFile, OSError, ValueError):
            raise self.refusal("the zip file is damaged or cut short.", "Download it again.") from None
        climbing = [info.filename for info in found if climbs(info.filename)]
        if climbing:
            raise self.refusal(
                f"a name inside the zip leads out of it ({climbing[0][:60]!r}).", "Do not use this file."
            )
        packed, unpacked = sum(info.compress_size for info in found), sum(info.file_size for info in found)
        squeezed = unpacked > 10 * MEBIBYTE and unpacked > MOST_SQUEEZED * max(packed, 1)
        if squeezed or unpacked > MOST_ARCHIVE_UNPACKED or len(found) > MOST_MEMBERS:
            raise self.refusal(
                "the zip unpacks to far more than it can hold of real figures.", "Download it again from its publisher."
            )
        return found

    def member(self, name: str) -> bytes:
        """The bytes of one table inside the zip, without a byte order mark, in UTF-8."""
        try:
            with zipfile.ZipFile(self.path) as archive, archive.open(name) as file:
                raw = file.read(MOST_TABLE + 1)
        except (zipfile.BadZipFile, OSError, EOFError, zlib.error, NotImplementedError, RuntimeError):
            raise self.refusal(f"{name} inside the zip is damaged or cut short.", "Download it again.") from None
        if len(raw) > MOST_TABLE:
            raise self.refusal(f"{name} inside the zip is too large.", "Give one file for each month and force.")
        return as_utf8(raw, f"{self.name} > {name}")

    # Topologies: boundaries

    @cached_property
    def topology(self) -> dict[str, Any]:
        """A JSON file as a dictionary."""
        try:
            found = json.loads(self.data)
        except (ValueError, RecursionError):
            raise self.refusal("this is not readable JSON.", "Download it again.") from None
        return found if isinstance(found, dict) else {}


def climbs(name: str) -> bool:
    """Whether a name inside a zip is absolute, or climbs out of the folder it would be unpacked in."""
    path = PurePosixPath(name.replace("\\", "/"))
    return path.is_absolute() or ".." in path.parts or ":" in name.split("/")[0]


def as_utf8(raw: bytes, name: str) -> bytes:
    """Bytes of a table as UTF-8 without a byte order mark; cp1252 is converted, UTF-16 refused."""
    if not raw.strip():
        raise FaultsFound([Fault(name, "", "the file is empty.", "Download it again from its publisher.")])
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\x00" in raw[:4096]:
        raise FaultsFound([Fault(name, "", "the text is in UTF-16 or is not text.", "Save it as CSV in UTF-8.")])
    raw = raw.removeprefix(b"\xef\xbb\xbf")
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("cp1252", errors="replace").encode("utf-8")
    return raw


def header_of(data: bytes) -> tuple[str, ...]:
    """The first row of a table in UTF-8, each name trimmed and its line breaks folded."""
    try:
        first = next(csv.reader(io.StringIO(data[: 64 * 1024].decode("utf-8", errors="ignore"), newline="")), [])
    except csv.Error:
        return ()
    return tuple(" ".join(cell.split()) for cell in first)


def likeness(found: Iterable[str], expected: Iterable[str]) -> float:
    """How much one set of column names is another, from 0 to 1, without regard to case."""
    has, wants = {name.strip().casefold() for name in found}, {name.casefold() for name in expected}
    if len(has) == 1 and ";" in next(iter(has)):  # semicolons instead of commas: recognised, so that it can be said
        has = {name.strip().strip('"') for name in next(iter(has)).split(";")}
    return len(has & wants) / len(has | wants) if has else 0.0


def column_faults(file: str, found: Iterable[str], expected: Iterable[str], row: str = "row 1") -> list[Fault]:
    """Everything wrong with a header: semicolons, missing (with the likely new name) and doubled columns."""
    has, wants = list(found), list(expected)
    if len(has) == 1 and ";" in has[0]:
        return [Fault(file, row, "the columns are parted by semicolons.", "Save it with commas, as published.")]
    faults = []
    for name in wants:
        times = has.count(name)
        if times == 1:
            continue
        if times > 1:
            faults.append(Fault(file, row, f"the column '{name}' stands {times} times.", "Keep the original one."))
            continue
        near = get_close_matches(name, [other for other in has if other not in wants], 1, 0.5)
        hint = f" Was it renamed to '{near[0]}'?" if near else ""
        faults.append(Fault(file, row, f"the column '{name}' is missing.{hint}", "Use the publisher's column names."))
    return faults


def whole_number(text: str) -> int:
    """A publisher's count as written, with padding and thousands commas; ValueError when it is none."""
    cleaned = text.strip().replace(",", "")
    try:
        return int(cleaned)
    except ValueError:
        number = float(cleaned)
        if not number.is_integer():
            raise ValueError(f"'{text}' is not a whole number") from None
        return int(number)
