"""Bad input, through the command line: refused with exit 1, every fault of every file in one list, data untouched."""

import gzip
import io
import json
import os
import subprocess
import sys
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.places import LEICESTER
from tests.tiny import VIOLENCE, write_world
from tests.tiny_files import (
    OPEN,
    SHUT,
    children,
    contents,
    neighbours,
    outcomes,
    publishers_folder,
    residents,
    street,
    write,
)
from vawg_metrics.__main__ import main
from vawg_metrics.catalogue.definitions import Catalogue
from vawg_metrics.errors import FaultsFound
from vawg_metrics.ingest import ingest
from vawg_metrics.published import MANIFEST, pack_facts, read_manifest
from vawg_metrics.reading import open_data
from vawg_metrics.sources.contract import Fact

GOOD = {
    "street": street(),
    "outcomes": outcomes(),
    "children": children({"Leicester": 927}),
    "residents": residents(),
    "neighbours": neighbours(),
}
COLUMN = {  # one column of each that is read
    "street": "Crime type",
    "outcomes": "Outcome type",
    "children": "Domestic_Abuse_parent",
    "residents": "population",
    "neighbours": "neighbour_code",
}
MEBIBYTE = 1024 * 1024


@pytest.fixture
def data(tmp_path: Path, catalogue: Catalogue) -> Path:
    """A folder data/ that holds something."""
    ingest([publishers_folder(tmp_path / "held")], tmp_path / "data" / "published", catalogue)
    return tmp_path / "data"


def run(*words: str | Path) -> Result:
    """The command line, in this process."""
    return CliRunner().invoke(main, [str(word) for word in words])


def refused(data: Path, *paths: Path) -> str:
    """Ingest what must be refused: exit 1, nothing on stdout, no traceback, nothing changed; what it says."""
    before = contents(data)
    result = run("ingest", *paths, "--data", data)
    assert isinstance(result.exception, SystemExit), result.exception
    assert result.exit_code == 1
    assert result.stdout == ""
    assert contents(data) == before
    assert "Traceback" not in result.stderr
    assert "nothing was changed" in result.stderr
    return " ".join(result.stderr.split())


def header_only(text: str) -> str:
    return text.splitlines()[0] + "\n"


def lettered(text: str, column: str, new: str) -> str:
    """The same table with one column called otherwise."""
    header, *rows = text.splitlines()
    return "\n".join([",".join(new if name == column else name for name in header.split(",")), *rows]) + "\n"


def without(text: str, column: str) -> str:
    """The same table without one column."""
    place = text.splitlines()[0].split(",").index(column)
    cut = [[cell for number, cell in enumerate(row.split(",")) if number != place] for row in text.splitlines()]
    return "\n".join(map(",".join, cut)) + "\n"


def doubled(text: str, column: str) -> str:
    """The same table with one column twice."""
    place = text.splitlines()[0].split(",").index(column)
    rows = (row.split(",") for row in text.splitlines())
    return "\n".join(",".join([*cells, cells[place]]) for cells in rows) + "\n"


# A whole table


@pytest.mark.parametrize("layout", GOOD)
def test_the_good_file_of_each_layout_is_taken(tmp_path: Path, layout: str) -> None:
    result = run("ingest", write(tmp_path / "good.csv", GOOD[layout]), "--data", tmp_path / "data")
    assert result.exit_code == 0, result.output
    assert "1 files read, 0 not used." in result.stdout


DEFORMED: dict[str, tuple[Callable[[str, str], str | bytes], str]] = {
    "empty": (lambda text, column: "", "the file is empty"),
    "blank": (lambda text, column: "\n \n\n", "the file is empty"),
    "header only": (lambda text, column: header_only(text), ""),
    "renamed": (lambda text, column: lettered(text, column, f"{column} (new)"), "is missing"),
    "missing": (without, "is missing"),
    "duplicated": (doubled, "stands 2 times"),
    "utf-16": (lambda text, column: text.encode("utf-16"), "UTF-16"),
    "utf-16 without mark": (lambda text, column: text.encode("utf-16-le"), "UTF-16"),
    "semicolons": (lambda text, column: text.replace(",", ";"), "semicolons"),
    "truncated gzip": (lambda text, column: gzip.compress(text.encode() * 50)[:-40], "damaged or cut short"),
    "not gzip": (lambda text, column: b"\x1f\x8b" + text.encode(), "damaged or cut short"),
    "ragged": (lambda text, column: text.rstrip("\n") + ",one more\n", ""),
    "unclosed quote": (lambda text, column: text + '"' + "x" * 200_000, ""),
}


@pytest.mark.parametrize("how", DEFORMED)
@pytest.mark.parametrize("layout", GOOD)
def test_a_deformed_table_is_refused_with_what_is_wrong(tmp_path: Path, data: Path, layout: str, how: str) -> None:
    deform, said = DEFORMED[how]
    told = refused(data, write(tmp_path / "wrong.csv", deform(GOOD[layout], COLUMN[layout])))
    assert "wrong.csv" in told and said in told


@pytest.mark.parametrize("layout", GOOD)
def test_a_renamed_column_is_named_with_its_likely_new_name(tmp_path: Path, data: Path, layout: str) -> None:
    column = COLUMN[layout]
    told = refused(data, write(tmp_path / "wrong.csv", lettered(GOOD[layout], column, f"{column} (new)")))
    assert f"the column '{column}' is missing" in told
    assert f"renamed to '{column} (new)'" in told or layout == "children"  # other columns of it are not read


# One value


def next_year() -> str:
    return f"{date.today().year + 1}"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (street("2025-13"), "2025-13"),
        (street("2025-00"), "2025-00"),
        (street("January"), "January"),
        (street(f"{next_year()}-01"), "future"),
        (children({}, (next_year(),)), "future"),
        (residents((f"{next_year()}",)), next_year()),
        (children({"Leicester": -3}), "-3 is a negative count"),
        (residents(per_rank=-100), "negative count"),
        (children({"Leicester": "12.5"}), "12.5"),
        (children({"Leicester": "1e400"}), "1e400"),
        (children({"Leicester": "nan"}), "nan"),
        (children({"Leicester": "9" * 30}), "9" * 30),
        (street(force="Leicester Police") + street(force="Kent Police").splitlines()[1] + "\n", "Kent Police"),
        (street().replace(VIOLENCE, "Violins"), "Violins"),
        (residents().replace("E06000016", "E06000099"), "E06000099"),
        (residents().replace(",Melton,", ",Mowbray,"), "Mowbray"),
        (children({}).replace("E06000016", "Leicester"), "'Leicester'"),
        ("\n".join(line for line in residents().splitlines() if "Melton" not in line), "Melton (E07000133) is missing"),
    ],
)  # fmt: skip
def test_a_value_that_cannot_be_is_refused_by_name(tmp_path: Path, data: Path, content: str, said: str) -> None:
    told = refused(data, write(tmp_path / "wrong.csv", content))
    assert "wrong.csv" in told and said in told


def test_a_month_twice_with_different_numbers_is_refused_in_one_zip_and_in_two_files(
    tmp_path: Path, data: Path
) -> None:
    one, two = street("2025-03"), street("2025-03", {("Leicester", OPEN): 4})
    zipped = tmp_path / "both.zip"
    with zipfile.ZipFile(zipped, "w") as archive:
        archive.writestr("a.csv", one)
        archive.writestr("b.csv", two)
    assert "March 2025 stands twice" in refused(data, zipped)
    told = refused(data, write(tmp_path / "a.csv", one), write(tmp_path / "b.csv", two))
    assert "a.csv" in told and "b.csv" in told and "4 here, 3 in another file" in told


def test_all_faults_of_two_bad_files_are_told_in_one_list(tmp_path: Path, data: Path) -> None:
    street_file = write(tmp_path / "street.csv", street("2025-13").replace(VIOLENCE, "Violins"))
    table = write(tmp_path / "table.csv", children({"Leicester": -3, "Rutland": "many"}, ("2024",)))
    good = write(tmp_path / "good.csv", street("2025-05"))
    told = refused(data, street_file, good, table)
    assert told.count("street.csv, ") == 2
    assert told.count("table.csv, row ") == 2
    assert "good.csv:" not in told and "4 faults" in told


def test_every_line_of_the_list_names_file_row_problem_and_repair(tmp_path: Path, data: Path) -> None:
    before = contents(data)
    table = write(tmp_path / "table.csv", children({"Leicester": -3, "Rutland": "many"}))
    result = run("ingest", table, "--data", data)
    first, *lines = result.stderr.split("fault")[-1].splitlines()
    assert first.endswith("nothing was changed.")
    assert len(lines) == 4
    for line in lines:
        place, problem = line.split(": ", 1)
        assert place.startswith("table.csv, row ")
        assert "Domestic_Abuse_parent" in problem and problem.endswith("unchanged.")
    assert contents(data) == before


# Archives


def zip_of(members: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """The bytes of a zip."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", method) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return held.getvalue()


STREET_ZIP = zip_of({"2025-03/2025-03-leicestershire-street.csv": street("2025-03").encode()})


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (STREET_ZIP[:-30], "damaged or cut short"),
        (STREET_ZIP[:200], "damaged or cut short"),
        (b"PK\x03\x04", "damaged or cut short"),
        (zip_of({"../2025-03-street.csv": street("2025-03").encode()}), "leads out of it"),
        (zip_of({"a/../../b.csv": street("2025-03").encode()}), "leads out of it"),
        (zip_of({"/etc/street.csv": street("2025-03").encode()}), "leads out of it"),
        (zip_of({"..\\street.csv": street("2025-03").encode()}), "leads out of it"),
        (zip_of({"C:/street.csv": street("2025-03").encode()}), "leads out of it"),
        (zip_of({"bomb.csv": b"0" * (40 * MEBIBYTE)}), "far more"),
        (zip_of({f"{n}.csv": b"0" * (4 * MEBIBYTE) for n in range(12)}), "far more"),
        (zip_of({f"{n}.csv": b"" for n in range(5001)}), "far more"),
        (zip_of({"a.csv": street("2025-03").encode(), "b.csv": b""}), "b.csv"),
        (zip_of({"[Content_Types].xml": b"<x/>"}), "damaged"),
        (zip_of({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet"}), "damaged"),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 600, "old binary workbook"),
    ],
    ids=[
        "cut", "cut early", "head alone", "climbs", "climbs inside", "absolute", "climbs by backslash", "drive", "bomb",
        "bomb of many", "too many", "empty member", "empty xlsx", "empty ods", "xls",
    ],
)  # fmt: skip
def test_a_bad_archive_is_refused_and_nothing_is_unpacked(
    tmp_path: Path, data: Path, content: bytes, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(write(tmp_path / "here" / "kept.txt", "kept").parent)
    path = write(tmp_path / "in" / "download.zip", content)
    outside = set(contents(tmp_path))
    told = refused(data, path)
    assert "download.zip" in told and said in told
    assert set(contents(tmp_path)) == outside


def test_a_member_whose_size_is_a_lie_is_refused(tmp_path: Path, data: Path) -> None:
    text = street("2025-03", {("Leicester", OPEN): 400}).encode()
    lying = zip_of({"street.csv": text}).replace(len(text).to_bytes(4, "little"), (90).to_bytes(4, "little"))
    assert "damaged" in refused(data, write(tmp_path / "download.zip", lying))


def test_a_zip_whose_member_is_locked_is_refused(tmp_path: Path, data: Path) -> None:
    locked = bytearray(STREET_ZIP)
    locked[6] |= 1
    locked[locked.index(b"PK\x01\x02") + 8] |= 1
    assert "download.zip" in refused(data, write(tmp_path / "download.zip", bytes(locked)))


# Size

MEASURED = """
import sys
from vawg_metrics.__main__ import main
code = 0
try:
    main(sys.argv[1:])
except SystemExit as end:
    code = end.code
with open("/proc/self/status") as status:
    print(next(line for line in status if line.startswith("VmHWM")).split()[1])
sys.exit(code)
"""


def sparse(path: Path, size: int) -> Path:
    """A file that begins like a street file and is as large as asked, and takes no room."""
    write(path, street("2025-03"))
    os.truncate(path, size)
    return path


def gzipped(path: Path, size: int) -> Path:
    """A gzip file that unpacks to this many bytes."""
    with gzip.open(path, "wb", 1) as file:
        file.write(street("2025-03").encode())
        for _ in range(size // MEBIBYTE):
            file.write(b"\0" * MEBIBYTE)
    return path


@pytest.mark.parametrize(
    ("make", "size"),
    [(sparse, 500 * MEBIBYTE), (sparse, 299 * MEBIBYTE), (gzipped, 500 * MEBIBYTE)],
    ids=["500 MB", "299 MB", "500 MB in gzip"],
)
def test_a_huge_file_is_refused_within_half_a_gigabyte(
    tmp_path: Path, data: Path, make: Callable[[Path, int], Path], size: int
) -> None:
    path, before = make(tmp_path / "huge.csv", size), contents(data)
    command = [sys.executable, "-c", MEASURED, "ingest", str(path), "--data", str(data)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 1, done.stderr
    assert "huge.csv" in done.stderr and "MB" in done.stderr and "Traceback" not in done.stderr
    assert int(done.stdout) < 512 * 1024  # kB
    assert contents(data) == before


# Paths


def test_a_path_that_is_not_there_is_a_wrong_call(tmp_path: Path, data: Path) -> None:
    before = contents(data)
    result = run("ingest", tmp_path / "nowhere.csv", "--data", data)
    assert result.exit_code == 2 and "nowhere.csv" in result.stderr
    assert run("ingest", "--data", data).exit_code == 2
    assert contents(data) == before


def test_a_good_run_says_what_it_read_and_what_it_did_not_use(tmp_path: Path) -> None:
    inside = publishers_folder(tmp_path / "in")
    planned = run("ingest", inside, "--dry-run", "--data", tmp_path / "data")
    assert planned.exit_code == 0
    assert "5 files read, 1 not used." in planned.stdout
    assert "notes.csv: not used, because" in planned.stdout
    assert planned.stdout.rstrip().endswith("Nothing was changed (--dry-run).")
    assert not (tmp_path / "data").exists()
    done = run("ingest", inside, "--data", tmp_path / "data")
    assert "5 kept (placed in a district)" in done.stdout and "6 rows read" in done.stdout
    assert "police_uk_street: 280 facts added, 0 replaced, 0 as before." in done.stdout


# What is held is missing or damaged


def held_file(data: Path) -> Path:
    published = data / "published"
    return published / read_manifest(published).facts["police_uk_street"].file


def rewritten(data: Path, change: Callable[[dict], object]) -> None:
    """Change the manifest as parsed, and write it back."""
    path = data / "published" / MANIFEST
    whole = json.loads(path.read_text("utf-8"))
    change(whole)
    path.write_text(json.dumps(whole), "utf-8")


HARM: dict[str, Callable[[Path], object]] = {
    "no folder": lambda data: [path.unlink() for path in (data / "published").iterdir()],
    "no manifest": lambda data: (data / "published" / MANIFEST).unlink(),
    "file missing": lambda data: held_file(data).unlink(),
    "file cut short": lambda data: held_file(data).write_bytes(held_file(data).read_bytes()[:-9]),
    "file of another": lambda data: held_file(data).write_text("a,b\n1,2\n"),
    "file a folder": lambda data: (held_file(data).unlink(), held_file(data).with_name("x").mkdir()),
    "manifest empty": lambda data: (data / "published" / MANIFEST).write_text(""),
    "manifest cut short": lambda data: (data / "published" / MANIFEST).write_text("{"),
    "manifest no text": lambda data: (data / "published" / MANIFEST).write_bytes(b"\xff\xfe\x00"),
    "manifest a list": lambda data: (data / "published" / MANIFEST).write_text("[]"),
    "manifest null": lambda data: (data / "published" / MANIFEST).write_text("null"),
    "manifest without facts": lambda data: rewritten(data, lambda whole: whole.pop("facts")),
    "facts a list": lambda data: rewritten(data, lambda whole: whole.update(facts=[])),
    "documents a text": lambda data: rewritten(data, lambda whole: whole.update(documents="none")),
    "files a number": lambda data: rewritten(data, lambda whole: whole.update(files=3)),
    "record of lists": lambda data: rewritten(data, lambda whole: whole.update(files=[[1, 2]])),
    "record without rows": lambda data: rewritten(data, lambda whole: whole["files"][0].pop("read")),
    "record out of balance": lambda data: rewritten(data, lambda whole: whole["files"][0].update(read=10**6)),
    "record of no months": lambda data: rewritten(
        data, lambda whole: whole["files"][0].update(covers=["2025-13", "x"])
    ),
    "record of one month": lambda data: rewritten(data, lambda whole: whole["files"][0].update(covers=["2025-01"])),
    "stored by number": lambda data: rewritten(data, lambda whole: whole["facts"]["ons_population"].update(file=3)),
    "stored elsewhere": lambda data: rewritten(
        data, lambda whole: whole["facts"]["ons_population"].update(file="../../secret.csv")
    ),
    "place of no kind": lambda data: rewritten(data, lambda whole: whole["areas"][0].update(kind="planet")),
    "place without a name": lambda data: rewritten(data, lambda whole: whole["areas"][0].update(name=None)),
    "place twice": lambda data: rewritten(data, lambda whole: whole["areas"].append(whole["areas"][0])),
}


@pytest.mark.parametrize("harm", HARM)
def test_what_is_missing_or_damaged_in_data_is_a_sentence(data: Path, catalogue: Catalogue, harm: str) -> None:
    HARM[harm](data)
    checked = run("check", "--data", data)
    assert isinstance(checked.exception, SystemExit), checked.exception
    assert (checked.exit_code, checked.stdout) == (1, "")
    assert "data/published" in checked.stderr or "rows read" in checked.stderr
    assert "Restore data/" in checked.stderr
    with pytest.raises(FaultsFound):
        open_data(data, catalogue)
    printed = run("figures", "women_and_girls", "--data", data)
    assert (printed.exit_code, printed.stdout) == (1, "")


@pytest.mark.parametrize(
    "changed",
    [
        {"count": "many"},
        {"count": None},
        {"start": "2025-13"},
        {"start": "never"},
        {"start": ""},
        {"start": "2025-02"},
        {"marker": "guessed"},
    ],
)
def test_a_row_that_cannot_be_is_refused_although_its_file_is_as_written(
    tmp_path: Path, catalogue: Catalogue, changed: dict
) -> None:
    good = Fact(LEICESTER.code, "2025-01", "2025-01", VIOLENCE, OPEN, 3)
    write_world(tmp_path / "published", {"police_uk_street": (good, replace(good, part=SHUT, **changed))})
    checked = run("check", "--data", tmp_path)
    assert checked.exit_code == 1
    assert "data/published/" in checked.stderr and "Traceback" not in checked.stderr


def test_a_row_that_stands_twice_is_refused(tmp_path: Path) -> None:
    good = Fact(LEICESTER.code, "2025-01", "2025-01", VIOLENCE, OPEN, 3)
    manifest = write_world(tmp_path / "published", {"police_uk_street": (good,)})
    stored, content = pack_facts("police_uk_street", {good: ("a",), replace(good, count=4): ("a",)})
    (tmp_path / "published" / stored.file).write_bytes(content)
    twice = replace(manifest, facts={"police_uk_street": stored})
    (tmp_path / "published" / MANIFEST).write_text(twice.text(), "utf-8")
    checked = run("check", "--data", tmp_path)
    assert checked.exit_code == 1 and "a row is refused" in checked.stderr


def test_every_fault_of_the_data_is_told_at_once(data: Path) -> None:
    stored = read_manifest(data / "published").facts
    (data / "published" / stored["ons_population"].file).unlink()
    (data / "published" / stored["children_in_need"].file).write_text("x")
    checked = run("check", "--data", data)
    assert "2 faults" in checked.stderr
    assert "the file is missing" in checked.stderr and "is not as it was written" in checked.stderr


def test_sound_data_is_said_to_be_sound(data: Path) -> None:
    checked = run("check", "--data", data)
    assert checked.exit_code == 0, checked.output
    assert checked.stdout.startswith("Sound: ")
