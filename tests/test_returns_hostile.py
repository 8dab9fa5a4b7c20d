"""Broken and hostile files: each is answered in words, quickly, in little memory, and nothing in it is repeated."""

import io
import os
import random
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from functools import cache

import pytest

from tests.conftest import ROOT
from tests.filled_returns import catalogue, check, filled, filled_csv, template, with_parts
from vawg_metrics.returns.checking import check_return
from vawg_metrics.returns.marked import marked_workbook

CANARY = "Xylqua"  # in every file that can hold a word; no answer may hold it
LONG = "7351934007"  # the same as a number
SHEET, STRINGS, BOOK = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/workbook.xml"
MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
MARAC = "marac"
MOST_SECONDS, MOST_MEGABYTES = 10, 512
Make = Callable[[], bytes]


@cache
def base() -> bytes:
    return filled(MARAC, edits={"E9": CANARY})


def sheet_of(inside: str, after: str = "") -> Make:
    """A workbook whose first sheet is this XML."""
    return lambda: with_parts(
        base(), {SHEET: f"<worksheet {MAIN}><sheetData>{inside}</sheetData>{after}</worksheet>".encode()}
    )


def part(name: str, content: bytes | Callable[[bytes], bytes] | None) -> Make:
    return lambda: with_parts(base(), {name: content})


def text_cell(words: str, place: str = "A1") -> str:
    return f'<c r="{place}" t="inlineStr"><is><t>{words}</t></is></c>'


def edited(**edits: object) -> Make:
    return lambda: filled(MARAC, edits=edits)


def table(text: str, encoding: str = "utf-8") -> Make:
    return lambda: text.encode(encoding)


def in_csv(**edits: object) -> Make:
    return lambda: filled_csv(MARAC, edits=edits).encode()


def archive(*members: tuple[str, bytes]) -> Make:
    def made() -> bytes:
        content = io.BytesIO()
        with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as new:
            for name, data in members:
                new.writestr(name, data)
        return content.getvalue()

    return made


def many_members() -> bytes:
    return with_parts(base(), {f"xl/extra{number}.xml": b"<a/>" for number in range(300)})


def twice_the_same() -> bytes:
    content = io.BytesIO(base())
    with pytest.warns(UserWarning, match="Duplicate"), zipfile.ZipFile(content, "a") as new:
        new.writestr(SHEET, f"<a>{CANARY}</a>")
    return content.getvalue()


def flagged_as_locked() -> bytes:
    content = bytearray(base())
    at = content.find(b"PK\x01\x02")
    while at >= 0:
        content[at + 8] |= 1
        at = content.find(b"PK\x01\x02", at + 4)
    return bytes(content)


def lying_about_its_size() -> bytes:
    """A member that says that it is small and unpacks to much more."""
    content = bytearray(with_parts(base(), {SHEET: b"<a>" + b" " * 20_000_000 + b"</a>"}))
    at = content.rfind(b"PK\x01\x02", 0, content.rfind(SHEET.encode()))
    content[at + 24 : at + 28] = (1000).to_bytes(4, "little")
    return bytes(content)


def entities(*, outside: bool) -> bytes:
    lines = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
    bomb = f'<!DOCTYPE x [<!ENTITY a0 "{CANARY}">{lines}]>'
    reach = '<!DOCTYPE x [<!ENTITY a11 SYSTEM "file:///etc/passwd">]>'
    xml = f'<?xml version="1.0"?>{reach if outside else bomb}<sst {MAIN}><si><t>&a11;</t></si></sst>'
    return with_parts(template(MARAC), {STRINGS: xml.encode()})


def one_long_string_many_times() -> bytes:
    row = "<row>" + '<c t="s"><v>0</v></c>' * 50 + "</row>"
    sheet = f"<worksheet {MAIN}><sheetData>{row * 300}</sheetData></worksheet>"
    strings = f"<sst {MAIN}><si><t>{(CANARY + ' ') * 4000}</t></si></sst>"
    return with_parts(template(MARAC), {SHEET: sheet.encode(), STRINGS: strings.encode()})


def huge_strings() -> bytes:
    randomly = random.Random(5)
    words = "".join(f"<si><t>{CANARY}{randomly.random()}</t></si>" for _ in range(200_000))
    return with_parts(template(MARAC), {STRINGS: f"<sst {MAIN}>{words}</sst>".encode()})


def as_many_cells_as_are_read() -> bytes:
    words = ("Measure", "Line", "Split", "Area", "Value", "Nil or cannot supply", "Reason", "Last quarter")
    head = "".join(text_cell(word, f"{chr(65 + at)}6") for at, word in enumerate(words))
    cells = "".join(
        f'<row r="{row}">' + "".join(f'<c r="{column}{row}"><v>{row}1</v></c>' for column in "ABCDEFGHIJ") + "</row>"
        for row in range(7, 1780)
    )
    return sheet_of(f'<row r="6">{head}</row>{cells}')()


def as_much_text_as_is_read() -> bytes:
    """Words of the catalogue, so that none is free text, in the columns of labels, up to the bound."""
    line = "Referrals to commissioned support in the quarter by route \u0301" * 5
    rows = "".join(f"{line}{number},{line},{line},{line},1,,,,\n" for number in range(310))
    return ("Measure,Line,Split,Area,Value,Nil or cannot supply,Reason\n" + rows).encode()


def all_people() -> bytes:
    return "".join(f"Zebedee Quokka {CANARY},LE1 6RP,1{n:07}\n" for n in range(4000)).encode()


ONE = f'<row r="1">{text_cell(CANARY)}</row>'
HEAD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
WORDS = f"Measure,Line,Split,Area,Value,Nil or cannot supply,Reason\n{CANARY},"
FILES: dict[str, Make] = {
    # Not a workbook or a table
    "empty": lambda: b"",
    "spaces": lambda: b" \r\n\t" * 100,
    "zeros": lambda: b"\x00" * 5000,
    "noise": lambda: random.Random(1).randbytes(100_000),
    "noise called a zip": lambda: b"PK\x03\x04" + random.Random(2).randbytes(100_000),
    "a zip of nothing": archive(),
    "a zip of something": archive(("notes.txt", CANARY.encode())),
    "too large": lambda: b"a,b\n" * 1_500_000,
    "pdf": lambda: b"%PDF-1.7 " + CANARY.encode(),
    "rtf": lambda: b"{\\rtf1 " + CANARY.encode(),
    "png": lambda: b"\x89PNG\r\n\x1a\n" + CANARY.encode(),
    "jpeg": lambda: b"\xff\xd8\xff\xe0" + CANARY.encode(),
    "gzip": lambda: b"\x1f\x8b\x08" + CANARY.encode(),
    "seven zip": lambda: b"7z\xbc\xaf\x27\x1c" + CANARY.encode(),
    "html called a workbook": lambda: f"<html><table><tr><td>{CANARY}</td></tr></table></html>".encode(),
    "xml spreadsheet": lambda: f'<?xml version="1.0"?><Workbook>{CANARY}</Workbook>'.encode(),
    "json": lambda: f'{{"value": "{CANARY}"}}'.encode(),
    "old workbook": lambda: HEAD + "Workbook".encode("utf-16-le") + CANARY.encode(),
    "old document": lambda: HEAD + "WordDocument".encode("utf-16-le") + CANARY.encode(),
    "locked workbook": lambda: HEAD + "EncryptedPackage".encode("utf-16-le") + CANARY.encode(),
    "open document": archive(("mimetype", b"application/vnd.oasis"), ("content.xml", CANARY.encode())),
    "word document": archive(("[Content_Types].xml", b"<Types/>"), ("word/document.xml", CANARY.encode())),
    "presentation": archive(("[Content_Types].xml", b"<Types/>"), ("ppt/presentation.xml", CANARY.encode())),
    "binary workbook": archive(("[Content_Types].xml", b"<Types/>"), ("xl/workbook.bin", CANARY.encode())),
    "numbers": archive(("Index/Document.iwa", CANARY.encode())),
    # Workbooks that are broken or built to harm
    "cut in half": lambda: base()[: len(base()) // 2],
    "cut at its end": lambda: base()[:-30],
    "a byte changed in the middle": lambda: (b := base())[:3000] + bytes([b[3000] ^ 255]) + b[3001:],
    "something before it": lambda: b"PK" + base(),
    "locked members": flagged_as_locked,
    "macros": part("xl/vbaProject.bin", b"\x00"),
    "macros of the old kind": part("xl/macrosheets/sheet1.xml", f"<a>{CANARY}</a>".encode()),
    "macros by its kind": part("[Content_Types].xml", lambda xml: xml.replace(b"et.main", b"et.macroEnabled.main")),
    "zip bomb": part("xl/media/a.bin", b"\x00" * 60_000_000),
    "zip bomb in a sheet": part(SHEET, f"<worksheet {MAIN}><sheetData>".encode() + b"<row/>" * 4_000_000),
    "a size that is a lie": lying_about_its_size,
    "many members": many_members,
    "a member twice": twice_the_same,
    "an absolute path": part("/etc/cron.d/" + CANARY, b"x"),
    "a path that climbs": part("../../" + CANARY, b"x"),
    "a path of windows": part("C:\\" + CANARY, b"x"),
    "entity bomb": lambda: entities(outside=False),
    "entity that reads a file": lambda: entities(outside=True),
    "entities in another encoding": part(
        SHEET, f'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "{CANARY}">]><a>&b;</a>'.encode("utf-16")
    ),
    "deep": part(SHEET, b"<a>" * 100_000 + b"</a>" * 100_000),
    "deep in the styles": part("xl/styles.xml", b"<a>" * 5_000 + b"</a>" * 5_000),
    "xml cut short": part(SHEET, lambda xml: xml[: len(xml) // 2]),
    "not xml": part(SHEET, CANARY.encode()),
    "no sheet": part(SHEET, None),
    "no strings": lambda: with_parts(template(MARAC), {STRINGS: None}),
    "no styles": part("xl/styles.xml", None),
    "no book": part(BOOK, None),
    "no kinds": part("[Content_Types].xml", None),
    "no relations": part("xl/_rels/workbook.xml.rels", None),
    "huge strings": huge_strings,
    "one long string many times": one_long_string_many_times,
    "a million empty rows": sheet_of("".join(f'<row r="{row}"/>' for row in range(1, 1_000_000))),
    "a cell in the last row": sheet_of(f'<row r="1048576">{text_cell(CANARY, "A1048576")}</row>'),
    "a cell in the last column": sheet_of(f'<row r="1">{text_cell(CANARY, "XFD1")}</row>'),
    "sixteen thousand columns": sheet_of('<row r="1">' + '<c><v>1</v></c>' * 16_384 + "</row>"),
    "all cells merged": sheet_of(ONE, '<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'),
    "all columns hidden": sheet_of(ONE, '<cols><col min="1" max="99999999" hidden="1"/></cols>'),
    "a link over all cells": sheet_of(ONE, '<hyperlinks><hyperlink ref="A1:XFD1048576"/></hyperlinks>'),
    "a number of a million digits": sheet_of(f'<row r="1"><c r="A1"><v>{"9" * 1_000_000}</v></c></row>'),
    "numbers that are none": sheet_of('<row r="1"><c r="A1"><v>nan</v></c><c r="B1"><v>1e999</v></c></row>'),
    "a date out of time": sheet_of('<row r="1"><c r="A1" t="d"><v>99999-99-99</v></c></row>'),
    "strange addresses": sheet_of(f'<row r="-1">{text_cell(CANARY, "ZZZZ0")}</row>'),
    "elements with names of functions": sheet_of(f"<init__/><content/><row><row/>{text_cell(CANARY)}</row>"),
    "a formula of brackets": sheet_of(f'<row r="1"><c r="A1"><f>{"[" * 1_000_000}</f></c></row>'),
    "as many cells as are read": as_many_cells_as_are_read,
    "no return": lambda: with_parts(base(), {BOOK: lambda xml: xml.replace(b"Return", CANARY.encode())}),
    # Cells that ask something of the program, or of the reader
    "a formula that runs round": edited(E9="=E9", J9=CANARY),
    "a formula that asks a file": edited(E9=f"='[{CANARY}.xlsx]Sheet1'!A1"),
    "a formula that asks a program": edited(E9=f"=cmd|'/c {CANARY}'!A1"),
    "a formula that asks the web": edited(E9=f'=WEBSERVICE("http://{CANARY}.example")'),
    "a formula as text in csv": in_csv(E9=f"=HYPERLINK(\"http://{CANARY}.example\")"),
    "a formula as an area": in_csv(D9=f"@SUM({CANARY})"),
    "letters from right to left": in_csv(E9=f"\u202e{CANARY}\u202c", D8="\u202eretsecieL"),
    "signs that cannot be seen": in_csv(D9=f"\u200b{CANARY}\u200b"),
    "a word that is another's": in_csv(D9=CANARY),
    "a sheet with a person's name": lambda: filled(MARAC, change=lambda book: book.create_sheet(f"Jane {CANARY}")),
    "a long number": edited(E9=int(LONG)),
    # Tables that are broken
    "csv with zeros": table(f"{WORDS}\x00{CANARY}"),
    "csv of signs that are no letters": lambda: WORDS.encode() + bytes(range(128, 256)),
    "csv in half of utf-16": lambda: WORDS.encode("utf-16")[:-1],
    "csv with quotes and lines within": table(f'{WORDS}"a ""quoted"" word\nand, a line","{CANARY}"\n'),
    "csv with a quote left open": table(f'{WORDS}"{CANARY}' + "x\n" * 200_000),
    "csv with one endless line": table(f"{WORDS}{CANARY}" + "," * 1_000_000 + "1"),
    "csv with endless rows": table(WORDS + "\n".join([f"{CANARY},1"] * 6_000)),
    "csv of empty rows": table(WORDS + "\n" * 3_000_000),
    "csv without its columns": table(f"a,b,c\n1,2,{CANARY}\n"),
    "csv as much text as is read": as_much_text_as_is_read,
    "csv of digits of other scripts": in_csv(E9="१२३" * 20, D9=CANARY),
    "csv of signs that grow": in_csv(D9="\ufdfa" * 50_000),
    "csv of a list of persons": all_people,
}  # fmt: skip
SAID = {
    "empty": "empty", "pdf": "PDF", "png": "picture", "old workbook": "old Office file", "macros": "macros",
    "macros by its kind": "macros", "locked workbook": "password", "locked members": "password",
    "open document": "OpenDocument", "word document": "Word", "binary workbook": "binary", "zip bomb": "unpacks",
    "too large": "larger than 5 MB", "a zip of something": "zip file", "cut in half": "damaged",
    "a million empty rows": "2,000 rows", "sixteen thousand columns": "100 columns", "csv of empty rows": "2,000 rows",
    "csv with endless rows": "2,000 rows", "entity bomb": "damaged", "html called a workbook": "web page",
    "one long string many times": "far more words",
}  # fmt: skip
SLOWEST = (
    "zip bomb in a sheet", "a size that is a lie", "huge strings", "one long string many times", "a million empty rows",
    "as many cells as are read", "csv as much text as is read", "csv of a list of persons", "a formula of brackets",
    "deep",     "csv of empty rows", "too large",
)  # fmt: skip


class Writes:
    """Listens for files that are opened for writing while a check runs."""

    listening = False
    heard: tuple[str, ...] = ()

    @classmethod
    def hear(cls, event: str, arguments: tuple[object, ...]) -> None:
        writing = os.O_WRONLY | os.O_RDWR | os.O_CREAT
        if cls.listening and event == "open" and int(str(arguments[2] or 0)) & writing:
            cls.heard = (*cls.heard, str(arguments[0]))


@pytest.fixture(scope="module", autouse=True)
def _listen() -> Iterator[None]:
    sys.addaudithook(Writes.hear)
    yield
    Writes.listening = False


def test_there_are_at_least_sixty_of_them() -> None:
    assert len(FILES) >= 60
    assert set(SLOWEST) <= set(FILES)


@pytest.mark.parametrize("name", FILES)
def test_a_hostile_file_is_answered_and_nothing_of_it_is_repeated_or_written(
    name: str, capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    content = FILES[name]()
    Writes.heard, Writes.listening = (), True
    checked = check(content, f"{CANARY}.xlsx")
    marked = marked_workbook(content, f"{CANARY}.xlsx", checked)
    Writes.listening = False
    assert Writes.heard == ()
    assert checked.return_ is None
    assert checked.faults
    with zipfile.ZipFile(io.BytesIO(marked)) as made:
        written = "".join(made.read(member).decode() for member in made.namelist())
    printed = capfd.readouterr()
    for where in (checked.as_text(), checked.as_json(), repr(checked), written, printed.out, printed.err, caplog.text):
        assert CANARY.casefold() not in where.casefold()
        assert LONG not in where


def test_what_a_file_is_instead_of_a_workbook_is_said() -> None:
    for name, words in SAID.items():
        assert words in check(FILES[name]()).faults[0].problem, name


def test_a_workbook_that_may_hold_macros_is_known_by_its_name_too() -> None:
    (fault,) = check(template(MARAC), "Return.XLSM").faults
    assert fault.kind == "macros"


def test_a_file_under_another_ending_is_read_for_what_it_is() -> None:
    assert check(filled(MARAC), "return.csv").accepted
    assert check(filled_csv(MARAC).encode(), "return.xlsx").accepted


MEASURED = f"""
import resource, signal, sys
from tests.test_returns_hostile import FILES
from tests.filled_returns import catalogue
from vawg_metrics.returns.checking import check_return
from vawg_metrics.returns.marked import marked_workbook
catalogue()
content = FILES[sys.argv[1]]()
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
signal.alarm({MOST_SECONDS})
checked = check_return(content, "return.xlsx", catalogue())
marked_workbook(content, "return.xlsx", checked)
signal.alarm(0)
assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss < max({MOST_MEGABYTES} * 1024, before + 1), "memory"
"""


@pytest.mark.parametrize("name", [
    pytest.param(name, marks=[] if name in ("as many cells as are read", "huge strings") else [pytest.mark.proof])
    for name in SLOWEST
])  # fmt: skip
def test_the_slowest_take_less_than_ten_seconds_and_half_a_gigabyte(name: str) -> None:
    done = subprocess.run([sys.executable, "-c", MEASURED, name], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, (done.returncode, done.stderr[-500:])


@pytest.mark.proof
def test_no_byte_changed_anywhere_makes_it_fall() -> None:
    randomly = random.Random(11)
    whole = base()
    for _ in range(150):
        content = bytearray(whole)
        for _ in range(randomly.choice((1, 1, 5, 50))):
            content[randomly.randrange(len(content))] = randomly.randrange(256)
        checked = check_return(
            bytes(content[: randomly.choice((len(content), len(content) - 500))]), "a.xlsx", catalogue()
        )
        assert checked.faults
        assert CANARY not in checked.as_text()


@pytest.mark.proof
def test_no_change_of_the_xml_makes_it_fall() -> None:
    randomly = random.Random(12)
    whole = filled(MARAC)
    with zipfile.ZipFile(io.BytesIO(whole)) as opened:
        parts = {name: opened.read(name) for name in opened.namelist()}
    for _ in range(150):
        name = randomly.choice(sorted(parts))
        xml = bytearray(parts[name])
        at = randomly.randrange(len(xml))
        put = randomly.choice((b"", b"9" * 20, b"<", b'"', b"-1", CANARY.encode(), b"=1", b"\xff"))
        xml[at : at + randomly.choice((0, 1, 8, 60))] = put
        checked = check_return(with_parts(whole, {name: bytes(xml)}), "a.xlsx", catalogue())
        assert CANARY not in checked.as_text()
