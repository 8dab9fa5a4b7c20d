"""Numbers planted in raw returns: they appear in the restricted folder and in what is the supplier's own, nowhere else.

The real commands are run, on a copy of data/ and with a home of their own, and a dashboard is opened on what they made:
by tests/browser/test_steward.py, for which this module plants and searches.
"""

import base64
import gzip
import io
import json
import os
import re
import shutil
import struct
import subprocess
import sys
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

import numpy as np
import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet
import pytest
from playwright.sync_api import Browser, Page, WebSocket

from tests.browser.conftest import settled
from tests.conftest import DATA, ROOT
from tests.filled_returns import catalogue, check, filled, sensible
from tests.test_protection import truth_of
from tests.test_uploads import Served
from vawg_metrics.published import read_facts, read_manifest
from vawg_metrics.returns.contract import Asked, Return

QUARTER, NEXT = "2025-26 Q1", "2025-26 Q2"
LARGE = 1_000_000  # what is at least so large comes from a canary: the other numbers of the returns are small
NOT_SEARCHED = {".venv", ".git", ".mypy_cache", ".ruff_cache"}
MARKS = (",", " ", ".", "'", "\u00a0", "\u2009", "\u202f", "&nbsp;", "&#160;", "&#8239;", "\\u00a0", "\\u202f")
CODES = ("utf-8", "utf-16-le")
LONG_MARKS = re.compile(b"|".join(re.escape(mark.encode(code)) for mark in MARKS if len(mark) > 1 for code in CODES))
MARK_BYTES = bytes({byte for mark in MARKS if len(mark) == 1 for code in CODES for byte in mark.encode(code)})
PACKED = re.compile(rb'(?:"bdata" ?: ?"|base64,)([A-Za-z0-9+/]{8,}={0,2})')
TYPED = re.compile(rb'"dtype" ?: ?"([a-z]\d)" ?, ?"bdata" ?: ?"([A-Za-z0-9+/]{4,}={0,2})"')


def canary(number: int) -> int:
    """A number of seven digits that is no multiple of 5. It stands written nowhere, this file included."""
    return Random(f"canary {number}").randrange(LARGE * 2 // 5, LARGE * 9 // 5) * 5 + 1 + number % 4


@dataclass(frozen=True)
class Planted:
    """Where a canary is put: a partner's line and area."""

    partner: str
    line: str
    area: str


MANY = (
    Planted("marac", "marac_cases", "Leicester"),
    Planted("helpline", "helpline_offered", "LLR"),
    Planted("police", "victims_recorded", "Melton"),
    Planted("council_city", "prevention_attendances", "Leicester"),
    Planted("council_county", "prevention_attendances", "Charnwood"),
    Planted("council_rutland", "prevention_attendances", "Rutland"),
    Planted("perpetrator_programmes", "programme_started", "LLR"),
)
SHOWING = "measure?indicator=marac_cases_rate"  # a page on which released counts stand
PAGES = (
    "explore?indicator=marac_cases_rate",
    "measure?indicator=marac_cases_rate&grain=quarter&measure=count&area=Leicester",
    "measure?indicator=helpline_answered_share&measure=count",
    "measure?indicator=victims_needs_assessed_share&area=Melton",
    "measure?indicator=prevention_session_attendance_rate",
    "compare?indicator=marac_cases_rate&measure=count",
    "compare?indicator=prevention_session_attendance_rate",
    "explore?indicator=victims_needs_assessed_share&place=all+districts",
    *sorted(path.stem for path in (ROOT / "pages").glob("*.py")),
)


# The search


def spellings(number: int) -> Iterator[tuple[bytes, bytes]]:
    """How a number may stand in a text or as eight bytes; with each, what a digit beside it would look like."""
    texts = {str(number), *(f"{number:,}".replace(",", mark) for mark in MARKS)}
    for code in CODES:
        yield from ((text.encode(code), b"[0-9]" + "x".encode(code)[1:]) for text in texts)
    yield from ((struct.pack(form, number), b"") for form in ("<q", ">q", "<d", ">d"))


def unpacked(content: bytes) -> Iterator[bytes]:
    """Some bytes, and all that is packed in them: archives, tables, arrays within JSON."""
    yield content
    if content[:2] == b"\x1f\x8b":
        yield from unpacked(gzip.decompress(content))
    elif content[:4] == b"PK\x03\x04":
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for name in archive.namelist():
                yield from unpacked(archive.read(name))
    elif content[:4] == b"PAR1":
        written = io.BytesIO()
        table = pyarrow.parquet.read_table(io.BytesIO(content))
        pyarrow.csv.write_csv(pa.table({n: table[n].cast(pa.string()) for n in table.column_names}), written)
        yield written.getvalue()
    for kind, text in TYPED.findall(content):
        yield " ".join(map(str, np.frombuffer(base64.b64decode(text), kind.decode()).tolist())).encode()
    for text in PACKED.findall(content):
        yield base64.b64decode(text + b"=" * (-len(text) % 4))


def found_in(content: bytes, numbers: Iterable[int]) -> set[int]:
    """Which numbers stand in some bytes, however they are written or packed."""
    wanted, found = set(numbers), set[int]()
    for part in unpacked(content):
        near = _near(part, wanted)
        found |= {one for one in near if any(_holds(part, *spelling) for spelling in spellings(one))}
    return found


def _near(part: bytes, numbers: Iterable[int]) -> Iterator[int]:
    """The numbers whose digits follow one another in some bytes once all marks are left out, or that stand as eight.

    A number that is not among them is spelt in none of the ways, so one look does for all of them.
    """
    bare = LONG_MARKS.sub(b"", part).translate(None, MARK_BYTES)
    for one in numbers:
        if str(one).encode() in bare or any(not digit and spelt in part for spelt, digit in spellings(one)):
            yield one


def _holds(part: bytes, spelling: bytes, digit: bytes) -> bool:
    """Whether bytes hold a spelling that is no piece of a longer number: long decimals hold any seven digits."""
    if spelling not in part or not digit:
        return spelling in part
    return re.search(b"(?<!%b)%b(?!%b)" % (digit, re.escape(spelling), digit), part) is not None


def files_with(numbers: Iterable[int], *folders: Path) -> dict[Path, set[int]]:
    """The files under some folders that hold any of the numbers, or have one in their name."""
    found = {}
    for folder in folders:
        for path in folder.rglob("*"):
            if path.is_file() and NOT_SEARCHED.isdisjoint(path.relative_to(folder).parts):
                held = found_in(path.read_bytes(), numbers) | found_in(path.name.encode(), numbers)
                if held:
                    found[path] = held
    return found


NUMBER = canary(900)


def arrow(kind: pa.DataType) -> bytes:
    """A table as it is sent to a browser."""
    table, written = pa.table({"a": pa.array([48, NUMBER, 49], kind)}), io.BytesIO()
    with pa.ipc.new_stream(written, table.schema) as stream:
        stream.write_table(table)
    return written.getvalue()


def parquet(number: int) -> bytes:
    written = io.BytesIO()
    pa.parquet.write_table(pa.table({"a": [number] * 50}), written, compression="zstd")
    return written.getvalue()


def zipped(content: bytes) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.csv", content)
    return written.getvalue()


def typed(kind: str) -> bytes:
    packed = base64.b64encode(np.array([5, NUMBER, 7], kind).tobytes()).decode()
    return json.dumps({"y": {"dtype": kind, "bdata": packed}}).encode()


WRITTEN = {  # by name, for pytest keeps a list of its tests in the project
    "text": f"about {NUMBER}.".encode(),
    "commas": f"{NUMBER:,}".encode(),
    "spaces": f"{NUMBER:,}".replace(",", " ").encode(),
    "narrow spaces in UTF-16": f"{NUMBER:,}".replace(",", "\u202f").encode("utf-16-le"),
    "table of whole numbers": arrow(pa.int64()),
    "table of decimals": arrow(pa.float64()),
    "array i4": typed("i4"),
    "array u4": typed("u4"),
    "array f8": typed("f8"),
    "gzip": gzip.compress(str(NUMBER).encode()),
    "zip": zipped(str(NUMBER).encode()),
    "gzip in a zip": zipped(gzip.compress(typed("i4"))),
    "parquet": parquet(NUMBER),
    "picture in a page": b'<img src="data:image/svg+xml;base64,'
    + base64.b64encode(f"<text>{NUMBER:,}</text>".encode())
    + b'">',
}


SPELT = [spelt for spelt, _ in spellings(NUMBER)]


@pytest.mark.parametrize("which", range(len(SPELT)))
def test_a_canary_is_found_in_every_spelling(which: int) -> None:
    for beside in (b"", b"<td>", b"\x00\x00 12 "):
        assert found_in(beside + SPELT[which] + beside[:4], [NUMBER, NUMBER + 5]) == {NUMBER}


@pytest.mark.parametrize("name", WRITTEN)
def test_a_canary_is_found_however_it_is_written_and_packed(name: str) -> None:
    assert found_in(WRITTEN[name], [NUMBER, NUMBER + 5]) == {NUMBER}
    assert found_in(WRITTEN[name], [NUMBER + 1]) == set()


def test_a_canary_is_not_found_within_a_longer_number() -> None:
    assert found_in(f"0.1{NUMBER}2 and {NUMBER}9".encode(), [NUMBER]) == set()
    assert found_in(f"0.1{NUMBER}2 and {NUMBER}".encode(), [NUMBER]) == {NUMBER}


def test_the_canaries_are_no_multiples_of_5_and_do_not_share_a_neighbour() -> None:
    numbers = [canary(one) for one in range(20)]
    assert all(one % 5 and LARGE < one < 10 * LARGE for one in numbers)
    assert len({one // 5 for one in numbers}) == 20


# From the partner's file to the page


@dataclass
class World:
    """Everything that one run of the commands made, and what they said."""

    folder: Path
    said: dict[str, str] = field(default_factory=dict)

    def at(self, name: str) -> Path:
        """A place of this world by its name."""
        return self.folder / name

    @property
    def told(self) -> Mapping[str, str]:
        """The environment in which everything is run."""
        return os.environ | {
            "VAWG_RETURNS": str(self.at("restricted")), "HOME": str(self.at("home")),
            "TMPDIR": str(self.at("temporary")), "PYTHONDONTWRITEBYTECODE": "1", "COLUMNS": "400",
        }  # fmt: skip

    def run(self, *words: object, code: int = 0) -> str:
        """Give a command as a person does, and keep what it says."""
        command = [sys.executable, "-m", "vawg_metrics", *map(str, words)]
        done = subprocess.run(command, cwd=ROOT, env=self.told, capture_output=True, text=True)
        said = done.stdout + done.stderr
        self.said[f"{len(self.said)}: {' '.join(map(str, words))}"] = said
        assert done.returncode == code, said
        return said

    def write(self, name: str, content: bytes) -> Path:
        """A file that a partner sends."""
        self.at("sent").joinpath(name).write_bytes(content)
        return self.at("sent") / name


def made(folder: Path) -> World:
    """A world in which nothing has been done yet. Its key is a fixed one, so that every run is the same."""
    world = World(folder)
    for name in ("home", "temporary", "sent", "receipts", "restricted"):
        world.at(name).mkdir(mode=0o700)
    shutil.copytree(DATA, world.at("data"))
    key = world.at("restricted") / "key"
    key.write_bytes(b"a key of these tests, 32 bytes..")
    key.chmod(0o600)
    return world


def return_with(planted: Planted, number: int) -> bytes:
    """A partner's filled template with one canary in it."""

    def value(one: Asked) -> int:
        here = (one.line.id, one.group, one.area_words) == (planted.line, "", planted.area)
        return number if here else sensible(one)

    return filled(planted.partner, QUARTER, start=value)


def secrets_of(contents: Iterable[bytes]) -> frozenset[int]:
    """Every true count and total that a canary is in and that no rounding could give."""
    returns: list[Return] = []
    for content in contents:
        checked = check(content)
        assert checked.return_ is not None, checked.as_text()
        returns.append(checked.return_)
    rounded = {line.id for line in catalogue().lines.values() if line.rounded}
    truth = truth_of(catalogue(), returns)
    return frozenset(one for key, one in truth.items() if one >= LARGE and one % 5 and key[0] in rounded)


def plant(world: World, planted: tuple[Planted, ...]) -> frozenset[int]:
    """Check and accept a return of each partner, one of them twice; every number that must not be seen again."""
    contents = [return_with(one, canary(number)) for number, one in enumerate(planted)]
    earlier = return_with(planted[0], canary(100))
    sound = world.write("earlier.xlsx", earlier)
    world.run("returns", "accept", sound, "--receipt", world.at("receipts") / "earlier.txt")
    faulty = filled(planted[0].partner, QUARTER, start=lambda one: -canary(101) if one.line.part_of else canary(102))
    world.run("returns", "check", world.write("faulty.xlsx", faulty), "--record", code=1)
    for one, content in zip(planted, contents, strict=True):
        file = world.write(f"{one.partner}.xlsx", content)
        world.run("returns", "accept", file, "--receipt", world.at("receipts") / f"{one.partner}.txt")
    return secrets_of(contents) | secrets_of([earlier]) | {canary(one) for one in (101, 102)}


def more_commands(world: World, planted: tuple[Planted, ...]) -> None:
    """The commands that read what is kept or released; what is the supplier's own goes to the supplier's folder."""
    own = world.at("sent") / "next.csv"
    world.run("returns", "template", "--partner", planted[0].partner, "--quarter", NEXT, "-o", own)
    faulty = world.at("sent") / "faulty.xlsx"
    world.run("returns", "check", faulty, "--format", "json", "--marked", world.at("sent") / "marked.xlsx", code=1)
    world.run("returns", "accept", faulty, code=1)
    world.run("returns", "status", "--format", "json")
    world.run("audit", "--data", world.at("data"), "--format", "json")
    world.run(
        "figures", "marac_cases_rate", "helpline_answered_share", "--measure", "count", "--data", world.at("data")
    )
    world.run("export", "--all", world.at("exported"), "--data", world.at("data"))
    world.run("check", "--data", world.at("data"))
    world.run("returns", "withdraw", "--partner", planted[0].partner, "--quarter", QUARTER)
    world.run("release", "--take-open", "--dry-run", "--data", world.at("data"))
    world.run("returns", "accept", world.at("sent") / f"{planted[0].partner}.xlsx")


def check_hidden(world: World, numbers: frozenset[int]) -> None:
    """Nowhere but where the raw returns are kept, in what suppliers sent and got, and in their own receipts."""
    assert {name: held for name, said in world.said.items() if (held := found_in(said.encode(), numbers))} == {}
    assert files_with(numbers, ROOT) == {}
    others = [one for one in world.folder.iterdir() if one.name not in ("restricted", "sent", "receipts")]
    assert {"data", "home", "temporary"} <= {one.name for one in others}
    assert files_with(numbers, *others) == {}


def check_kept(world: World, planted: tuple[Planted, ...], numbers: frozenset[int]) -> None:
    """In the closed folder, and of the receipts in the one of a correction, which shows the supplier what changed."""
    kept = files_with(numbers, world.at("restricted"))
    assert {one.name for one in kept} >= {"released.json"}
    assert {canary(one) for one in range(len(planted))} <= set().union(*kept.values())
    assert all(one.stat().st_mode & 0o077 == 0 for one in (world.at("restricted"), *kept))
    receipts = files_with(numbers, world.at("receipts"))
    assert {one.name: held for one, held in receipts.items()} == {f"{planted[0].partner}.txt": {canary(0), canary(100)}}


def shown_for(world: World, planted: tuple[Planted, ...]) -> set[int]:
    """What was released in place of each canary: a multiple of 5 beside it."""
    folder = world.at("data") / "protected"
    counts = {one.count for one in read_facts(folder, read_manifest(folder).facts["partner_returns"])}
    shown = set()
    for number in range(len(planted)):
        low = canary(number) // 5 * 5
        assert {low, low + 5} & counts, "a canary was not released at all, so its absence proves nothing"
        shown |= {low, low + 5} & {count for count in counts if count}
    return shown


@dataclass
class Heard:
    """Everything that a browser received of a page: messages, answers, files and the page itself."""

    parts: list[bytes] = field(default_factory=list)

    def listen(self, page: Page) -> None:
        """Note each message of the page's sockets."""

        def note(payload: str | bytes) -> None:
            self.parts.append(payload.encode() if isinstance(payload, str) else payload)

        def opened(socket: WebSocket) -> None:
            socket.on("framereceived", note)

        page.on("websocket", opened)

    def take(self, page: Page) -> None:
        """Note the page as it stands, and the first file that it offers as CSV."""
        self.parts.append(page.content().encode())
        self.parts.append(page.locator("body").inner_text().encode())
        button = page.get_by_test_id("stMain").get_by_role("button", name="CSV", exact=True)
        if button.count():
            with page.expect_download(timeout=60_000) as waiting:
                button.first.click()
            self.parts.append(waiting.value.path().read_bytes())
            self.parts.append(waiting.value.suggested_filename.encode())


def heard_of(browser: Browser, server: Served, pages: Iterable[str]) -> Heard:
    """Open pages one after the other, each cold."""
    heard = Heard()
    for name in pages:
        context = browser.new_context(accept_downloads=True)
        page = context.new_page()
        heard.listen(page)
        page.goto(f"{server.address}/{name}")
        settled(page)
        assert page.locator("[data-testid=stException]").count() == 0
        heard.take(page)
        context.close()
    return heard
