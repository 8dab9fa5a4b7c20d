"""Ingest, from tiny publishers' files through the real readers: all or nothing, and the same whatever the order."""

import gzip
import os
import random
import shutil
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import permutations
from pathlib import Path

import pytest

from tests.places import LEICESTER
from tests.tiny import VIOLENCE
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
from vawg_metrics import published
from vawg_metrics.areas import UNPLACED
from vawg_metrics.catalogue.definitions import Catalogue
from vawg_metrics.errors import FaultsFound
from vawg_metrics.ingest import Summary, ingest
from vawg_metrics.published import MANIFEST, Manifest, faults_of, pack, read_facts, read_manifest
from vawg_metrics.sources.contract import Fact


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The folder of published facts of a project that holds nothing yet."""
    return tmp_path / "data" / "published"


def facts(folder: Path, source: str = "police_uk_street") -> dict[Fact, tuple[str, ...]]:
    """The facts of one source with the files they cite."""
    return read_facts(folder, read_manifest(folder).facts[source])


def found(folder: Path, area: str, month: str, part: str) -> int | None:
    """How many offences of violence are held for an area, month and last outcome; None when no row is."""
    rows = [one for one in facts(folder) if (one.area, one.end, one.item, one.part) == (area, month, VIOLENCE, part)]
    return rows[0].count if rows else None


def names(manifest: Manifest, source: str) -> list[str]:
    return [one.file for one in manifest.of_source(source)]


# What comes of the files


def test_facts_documents_places_and_records_are_stored(tmp_path: Path, folder: Path, catalogue: Catalogue) -> None:
    summary = ingest([publishers_folder(tmp_path / "in")], folder, catalogue)
    manifest = read_manifest(folder)
    assert manifest.text() == summary.manifest.text()
    assert set(manifest.facts) == {"police_uk_street", "children_in_need", "ons_population"}
    assert set(manifest.documents) == {"neighbours.csv", "recording_changes.csv"}
    assert found(folder, LEICESTER.code, "2025-01", OPEN) == 3
    assert found(folder, UNPLACED.code, "2025-02", OPEN) == 1
    assert names(manifest, "police_uk_street") == ["2025-01-street.csv", "2025-02-street.csv"]
    assert "Adur" in {area.name for area in manifest.areas}
    assert faults_of(folder, manifest) == []
    assert set(contents(folder)) == {
        MANIFEST,
        *(stored.file for stored in (*manifest.facts.values(), *manifest.documents.values())),
    }


def test_every_ledger_balances_and_counts_the_facts_that_cite_its_file(
    tmp_path: Path, folder: Path, catalogue: Catalogue
) -> None:
    manifest = ingest([publishers_folder(tmp_path / "in")], folder, catalogue).manifest
    for record in manifest.files:
        assert record.read == sum(rows for _, rows in (*record.kept, *record.set_aside)) > 0
        held = facts(folder, record.source) if record.source in manifest.facts else {}
        assert record.facts == sum(record.id in files for files in held.values())


def test_what_nobody_reads_is_listed_with_its_reason_in_a_folder(
    tmp_path: Path, folder: Path, catalogue: Catalogue
) -> None:
    summary = ingest([publishers_folder(tmp_path / "in")], folder, catalogue)
    ((name, reason),) = summary.not_used
    assert (name, "no reader knows its layout" in reason) == ("notes.csv", True)


@pytest.mark.parametrize(
    "content",
    [
        b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR",
        b"\xff\xd8\xff\xe0\0\x10JFIF\0",
        b"%PDF-1.7\n" + bytes(range(256)),
        b"PK\x03\x04" + b"\0" * 26 + b"[Content_Types].xml<x/>PK\x03\x04word/document.xml",
        b"PK\x03\x04" + b"\0" * 26 + b"mimetypeapplication/vnd.oasis.opendocument.text",
        b"<html></html>",
        b'{"type": "FeatureCollection", "features": []}',
        b'{"broken"',
        b"# Notes\n",
    ],
    ids=["png", "jpg", "pdf", "docx", "odt", "html", "json", "broken json", "markdown"],
)
def test_pictures_and_texts_beside_the_figures_are_no_error(
    tmp_path: Path, folder: Path, catalogue: Catalogue, content: bytes
) -> None:
    inside = publishers_folder(tmp_path / "in")
    write(inside / "beside", content)
    assert [name for name, _ in ingest([inside], folder, catalogue).not_used] == ["beside", "notes.csv"]
    with pytest.raises(FaultsFound, match="beside"):
        ingest([inside / "beside"], folder, catalogue)


def test_what_nobody_reads_is_a_fault_when_it_is_named_alone(
    tmp_path: Path, folder: Path, catalogue: Catalogue
) -> None:
    with pytest.raises(FaultsFound, match=r"notes\.csv: not used"):
        ingest([write(tmp_path / "notes.csv", "a,b\n1,2\n")], folder, catalogue)
    assert not folder.parent.exists()


def test_hidden_files_and_folders_are_passed_over(tmp_path: Path, folder: Path, catalogue: Catalogue) -> None:
    inside = publishers_folder(tmp_path / "in")
    write(inside / ".DS_Store", b"\x00\x01")
    write(inside / ".git" / "street.csv", street("2024-12"))
    assert [name for name, _ in ingest([inside], folder, catalogue).not_used] == ["notes.csv"]


def test_the_same_file_under_two_names_counts_once(tmp_path: Path, folder: Path, catalogue: Catalogue) -> None:
    for name in ("b.csv", "a.csv"):
        write(tmp_path / "in" / name, street())
    summary = ingest([tmp_path / "in"], folder, catalogue)
    assert summary.not_used == (("b.csv", "the same file as a.csv"),)
    assert names(summary.manifest, "police_uk_street") == ["a.csv"]
    assert found(folder, LEICESTER.code, "2025-01", OPEN) == 3


def test_the_outcomes_layout_is_a_source_of_its_own(tmp_path: Path, folder: Path, catalogue: Catalogue) -> None:
    write(tmp_path / "in" / "street.csv", street())
    write(tmp_path / "in" / "outcomes.csv", outcomes())
    assert set(ingest([tmp_path / "in"], folder, catalogue).manifest.facts) == {
        "police_uk_street",
        "police_uk_outcomes",
    }


def test_nothing_of_a_crime_or_a_spot_reaches_the_folder(tmp_path: Path, folder: Path, catalogue: Catalogue) -> None:
    ingest([publishers_folder(tmp_path / "in")], folder, catalogue)
    everything = b"".join(gzip.decompress(c) if n.endswith(".gz") else c for n, c in contents(folder).items())
    for secret in (b"f" * 64, b"Invented Lane", b"E01013679", b"001A", b"52.6", b"-1.1"):
        assert secret not in everything


# The same, twice and in any order


def test_the_order_of_arguments_changes_no_byte(tmp_path: Path, catalogue: Catalogue) -> None:
    paths = [
        write(tmp_path / "in" / "january.csv", street()),
        write(tmp_path / "in" / "february.csv", street("2025-02")),
        write(tmp_path / "in" / "residents.csv", residents()),
        write(tmp_path / "in" / "neighbours.csv", neighbours()),
    ]
    seen = []
    for number, order in enumerate(permutations(paths)):
        folder = tmp_path / str(number) / "published"
        ingest(order, folder, catalogue)
        seen.append(contents(folder))
    assert all(one == seen[0] for one in seen)


def test_one_file_at_a_time_in_any_order_is_the_same_as_all_at_once(tmp_path: Path, catalogue: Catalogue) -> None:
    paths = [path for path in sorted(publishers_folder(tmp_path / "in").rglob("*.csv")) if path.name != "notes.csv"]
    paths.append(write(tmp_path / "again" / "table.csv", children({"Leicester": 927}, ("2025",))))
    paths.append(write(tmp_path / "again" / "near.csv", neighbours(("E07000223", "Adur"))))
    random.Random(2).shuffle(paths)
    orders = {"once": [paths], "forwards": [[path] for path in paths], "backwards": [[path] for path in paths[::-1]]}
    for name, runs in orders.items():
        for run in runs:
            ingest(run, tmp_path / name / "published", catalogue)
    once = contents(tmp_path / "once" / "published")
    assert contents(tmp_path / "forwards" / "published") == once
    assert contents(tmp_path / "backwards" / "published") == once


def test_twice_the_same_input_changes_nothing(tmp_path: Path, folder: Path, catalogue: Catalogue) -> None:
    inside = publishers_folder(tmp_path / "in")
    ingest([inside], folder, catalogue)
    before, written = contents(folder), {path: path.stat().st_mtime_ns for path in folder.iterdir()}
    summary = ingest([inside], folder, catalogue)
    assert contents(folder) == before
    assert (sum(summary.added.values()), sum(summary.revised.values())) == (0, 0)
    assert summary.unchanged == {
        "police_uk_street": 280,
        "children_in_need": 60,
        "ons_population": 10,
        "ons_neighbours": 0,
    }
    facts_files = [path for path in folder.iterdir() if path.name != MANIFEST]
    assert all(path.stat().st_mtime_ns == written[path] for path in facts_files)


def test_the_same_rows_in_another_order_give_the_same_facts(tmp_path: Path, catalogue: Catalogue) -> None:
    header, *rows = street().splitlines()
    folders = []
    for number, lines in enumerate((rows, rows[::-1])):
        folders.append(tmp_path / str(number) / "published")
        path = write(tmp_path / f"{number}.csv", "\n".join([header, *lines]) + "\n")
        ingest([path], folders[-1], catalogue)
    assert set(facts(folders[0])) == set(facts(folders[1]))


def test_a_large_table_is_gzipped_without_a_clock_or_a_system_in_it() -> None:
    content = b"a,b\n" + b"1,2\n" * 60_000
    stored, packed = pack("many", ".csv", content, 60_000)
    assert stored.file == f"many-{stored.sha256[:8]}.csv.gz"
    assert packed[:10] == bytes.fromhex("1f8b0800000000000203")
    assert gzip.decompress(packed) == content
    assert pack("few", ".csv", b"a,b\n", 0)[0].file.endswith(".csv")


# Two files that say the same, or not


def test_facts_that_agree_cite_both_files(tmp_path: Path, folder: Path, catalogue: Catalogue) -> None:
    older = write(tmp_path / "c3-2024.csv", children({"Leicester": 901}, ("2024",)))
    newer = write(tmp_path / "c3-2025.csv", children({"Leicester": 901}, ("2024", "2025")))
    manifest = ingest([newer, older], folder, catalogue).manifest
    cited = {fact.end: files for fact, files in facts(folder, "children_in_need").items()}
    ids = {one.file: one.id for one in manifest.files}
    assert cited["2024-03"] == tuple(sorted(ids.values()))
    assert cited["2025-03"] == (ids["c3-2025.csv"],)


def test_facts_that_agree_with_what_is_held_cite_both_too(tmp_path: Path, folder: Path, catalogue: Catalogue) -> None:
    ingest([write(tmp_path / "c3-2024.csv", children({"Leicester": 901}, ("2024",)))], folder, catalogue)
    ingest([write(tmp_path / "c3-2025.csv", children({"Leicester": 901}))], folder, catalogue)
    assert {len(files) for fact, files in facts(folder, "children_in_need").items() if fact.end == "2024-03"} == {2}


def test_two_files_that_disagree_stop_it_and_both_are_named(tmp_path: Path, folder: Path, catalogue: Catalogue) -> None:
    one = write(tmp_path / "first.csv", children({"Leicester": 901}))
    two = write(tmp_path / "second.csv", children({"Leicester": 902}))
    with pytest.raises(FaultsFound) as error:
        ingest([two, one], folder, catalogue)
    assert len(error.value.faults) == 2  # Leicester's two years
    for fault in error.value.faults:
        assert fault.file == "second.csv"
        assert "902 here, 901 in another file (first.csv)" in fault.problem
        assert LEICESTER.code in fault.problem and "Domestic_Abuse_parent" in fault.problem
    assert not folder.exists() or not contents(folder)


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ({("Leicester", OPEN): 4}, {("Leicester", SHUT): 4}),  # no part is in both: still 4 offences, never 8
        ({("Leicester", OPEN): 4}, {("Leicester", OPEN): 4, ("Leicester", SHUT): 1}),
        ({("Leicester", OPEN): 4, ("Leicester", SHUT): 1}, {("Leicester", OPEN): 4}),
        ({("Leicester", OPEN): 4}, {("Melton", OPEN): 4}),
    ],
)
def test_a_month_twice_with_different_parts_stops_it(
    tmp_path: Path, folder: Path, catalogue: Catalogue, one: dict[tuple[str, str], int], two: dict[tuple[str, str], int]
) -> None:
    paths = [
        write(tmp_path / "first.csv", street(counts=one)),
        write(tmp_path / "second.csv", street(counts=two)),
    ]
    with pytest.raises(FaultsFound, match=r"second\.csv: .*first\.csv"):
        ingest(paths, folder, catalogue)


def test_two_files_that_give_different_documents_stop_it_and_both_are_named(
    tmp_path: Path, folder: Path, catalogue: Catalogue
) -> None:
    paths = [
        write(tmp_path / "first.csv", neighbours()),
        write(tmp_path / "second.csv", neighbours(("E07000224", "Arun"))),
    ]
    with pytest.raises(FaultsFound, match=r"second\.csv: .*neighbours\.csv.*first\.csv"):
        ingest(paths, folder, catalogue)


def test_a_flood_of_disagreements_is_cut_short(tmp_path: Path, folder: Path, catalogue: Catalogue) -> None:
    years = [str(year) for year in range(2000, 2024)]
    paths = [
        write(tmp_path / "first.csv", residents(years)),
        write(tmp_path / "second.csv", residents(years, per_rank=7)),
    ]
    with pytest.raises(FaultsFound) as error:
        ingest(paths, folder, catalogue)
    assert len(error.value.faults) == 51
    assert any("more facts that two files give differently" in fault.problem for fault in error.value.faults)


def test_a_later_edition_replaces_what_it_covers_and_the_rest_stays(
    tmp_path: Path, folder: Path, catalogue: Catalogue
) -> None:
    ingest([publishers_folder(tmp_path / "in")], folder, catalogue)
    january = {fact for fact in facts(folder) if fact.end == "2025-01"}
    others = {
        name: content for name, content in contents(folder).items() if name.startswith(("children", "ons", "neigh"))
    }
    later = write(tmp_path / "later.csv", street("2025-02", {("Leicester", SHUT): 9}))
    summary = ingest([later], folder, catalogue)
    assert found(folder, LEICESTER.code, "2025-02", SHUT) == 9
    assert found(folder, LEICESTER.code, "2025-02", OPEN) is None  # what no longer is does not linger
    assert found(folder, "E07000133", "2025-02", SHUT) is None
    assert {fact for fact in facts(folder) if fact.end == "2025-01"} == january
    assert others.items() <= contents(folder).items()
    assert summary.revised["police_uk_street"] == 3
    assert summary.added["police_uk_street"] == 0


def test_a_file_whose_every_fact_was_replaced_leaves_no_record(
    tmp_path: Path, folder: Path, catalogue: Catalogue
) -> None:
    ingest([write(tmp_path / "first.csv", residents())], folder, catalogue)
    ingest([write(tmp_path / "second.csv", residents(per_rank=7))], folder, catalogue)
    assert [one.file for one in read_manifest(folder).files] == ["second.csv"]


# All or nothing


def test_a_fault_in_one_file_leaves_every_byte_as_it_was(tmp_path: Path, folder: Path, catalogue: Catalogue) -> None:
    ingest([publishers_folder(tmp_path / "in")], folder, catalogue)
    before = contents(folder)
    good = write(tmp_path / "march.csv", street("2025-03"))
    bad = write(tmp_path / "april.csv", street("2025-04").replace(VIOLENCE, "Violins"))
    with pytest.raises(FaultsFound, match=r"april\.csv"):
        ingest([good, bad], folder, catalogue)
    assert contents(folder) == before


def test_all_faults_of_all_files_come_in_one_list(tmp_path: Path, folder: Path, catalogue: Catalogue) -> None:
    bad = [
        write(tmp_path / "april.csv", street("2025-04").replace(VIOLENCE, "Violins")),
        write(tmp_path / "table.csv", children({"Leicester": -3, "Rutland": "many"})),
        write(tmp_path / "notes.csv", "a,b\n1,2\n"),
        write(tmp_path / "empty.csv", ""),
    ]
    with pytest.raises(FaultsFound) as error:
        ingest(bad, folder, catalogue)
    assert {fault.file for fault in error.value.faults} == {"april.csv", "table.csv", "notes.csv", "empty.csv"}
    assert sum(fault.file == "table.csv" for fault in error.value.faults) == 4
    assert all(fault.repair for fault in error.value.faults)


def test_a_dry_run_says_what_would_change_and_changes_nothing(
    tmp_path: Path, folder: Path, catalogue: Catalogue
) -> None:
    inside = publishers_folder(tmp_path / "in")
    planned = ingest([inside], folder, catalogue, dry_run=True)
    assert not folder.parent.exists()
    done = ingest([inside], folder, catalogue)
    assert planned.manifest == done.manifest
    assert (planned.added, planned.not_used) == (done.added, done.not_used)
    before = contents(folder.parent)
    planned = ingest([write(tmp_path / "m.csv", street("2025-03"))], folder, catalogue, dry_run=True)
    assert (planned.added["police_uk_street"], planned.unchanged["police_uk_street"]) == (140, 0)
    assert contents(folder.parent) == before


def test_protected_data_and_releases_are_never_touched(tmp_path: Path, folder: Path, catalogue: Catalogue) -> None:
    write(folder.parent / "protected" / "returns.csv", "kept")
    write(folder.parent / "releases" / "first.json", "kept")
    beside = contents(folder.parent)
    for _ in range(2):
        ingest([publishers_folder(tmp_path / "in")], folder, catalogue)
    assert beside.items() <= contents(folder.parent).items()


def test_two_at_once_lose_nothing(tmp_path: Path, folder: Path, catalogue: Catalogue) -> None:
    months = [f"2024-{month:02d}" for month in range(1, 9)]
    paths = [write(tmp_path / f"{month}.csv", street(month)) for month in months]
    with ThreadPoolExecutor(4) as workers:
        list(workers.map(lambda path: ingest([path], folder, catalogue), paths))
    assert {fact.end for fact in facts(folder)} == set(months)
    assert faults_of(folder, read_manifest(folder)) == []


def test_progress_counts_files_and_rows(tmp_path: Path, folder: Path, catalogue: Catalogue) -> None:
    told: list[tuple[str, int, int, int]] = []
    ingest([publishers_folder(tmp_path / "in")], folder, catalogue, progress=lambda *step: told.append(step))
    assert [done for _, done, _, _ in told] == [1, 2, 3, 4, 5, 6]
    assert {files for _, _, files, _ in told} == {6}
    assert sum(rows for *_, rows in told) == 6 + 6 + 6 + 9 + 9


@pytest.mark.parametrize("harm", ["missing", "altered", "manifest"])
def test_nothing_is_added_to_a_folder_that_is_damaged(
    tmp_path: Path, folder: Path, catalogue: Catalogue, harm: str
) -> None:
    ingest([publishers_folder(tmp_path / "in")], folder, catalogue)
    stored = folder / read_manifest(folder).facts["police_uk_street"].file
    if harm == "missing":
        stored.unlink()
    elif harm == "altered":
        stored.write_bytes(stored.read_bytes() + b"x")
    else:
        (folder / MANIFEST).write_text("{")
    before = contents(folder)
    for dry_run in (True, False):
        with pytest.raises(FaultsFound, match="Restore"):
            ingest([write(tmp_path / "m.csv", street("2025-03"))], folder, catalogue, dry_run)
    assert contents(folder) == before


# Killed at any moment


class Killed(BaseException):
    """Stands for the end of the process: nothing that handles errors may catch it."""


def replaced_facts(folder: Path) -> set[str]:
    """What the folder opens as: its facts, after asking that every file is there and whole."""
    manifest = read_manifest(folder)
    assert faults_of(folder, manifest) == []
    return {str(fact) for source in manifest.facts for fact in facts(folder, source)}


def stopped_at(folder: Path, paths: list[Path], catalogue: Catalogue, call: str, at: int, after: bool) -> bool:
    """Ingest and die in the `at`-th call of a function of the system, before it works or after; whether it died."""
    calls = iter(range(10**6))
    real = getattr(os, call)

    def dying(*arguments: object, **named: object) -> object:
        number = next(calls)
        if number == at and not after:
            raise Killed
        result = real(*arguments, **named)
        if number == at:
            raise Killed
        return result

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(published.os, call, dying)
        try:
            ingest(paths, folder, catalogue)
        except Killed:
            return True
    return False


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
@pytest.mark.parametrize("call", ["replace", "fsync", "unlink"])
def test_stopped_at_any_step_the_folder_is_the_old_or_the_new(
    tmp_path: Path, catalogue: Catalogue, call: str, after: bool
) -> None:
    old, new = tmp_path / "old" / "published", tmp_path / "new" / "published"
    ingest([publishers_folder(tmp_path / "in")], old, catalogue)
    later = [
        write(tmp_path / "street.csv", street("2025-02", {("Leicester", SHUT): 9})),
        write(tmp_path / "table.csv", children({"Leicester": 999})),
        write(tmp_path / "residents.csv", residents(per_rank=7)),
    ]
    shutil.copytree(old, new)
    ingest(later, new, catalogue)
    before, wanted = replaced_facts(old), replaced_facts(new)
    assert before != wanted
    states = set()
    for at in range(100):
        folder = tmp_path / f"{at}" / "published"
        shutil.copytree(old, folder)
        died = stopped_at(folder, later, catalogue, call, at, after)
        state = replaced_facts(folder)
        assert state in (before, wanted)
        states.add(state == wanted)
        ingest(later, folder, catalogue)
        assert contents(folder) == contents(new)  # what was left lying is cleared by the next run
        if not died:
            break
    assert at >= 3
    assert states == ({True} if call == "unlink" else {False, True})


SLAIN = """
import os, random, signal, sys, time
from pathlib import Path
from vawg_metrics.catalogue.load import load_catalogue
from vawg_metrics.ingest import ingest

catalogue, folder = load_catalogue(), Path(sys.argv[1])
editions = [[Path(path)] for path in sys.argv[2:]]
chance = random.Random(7)
for edition in editions:
    started = time.perf_counter()
    ingest(edition, folder, catalogue)
lasts = time.perf_counter() - started
for turn in range(30):
    child = os.fork()
    while not child:
        for edition in editions[turn % 2:] + editions[:turn % 2]:
            ingest(edition, folder, catalogue)
    time.sleep(chance.uniform(0, 3 * lasts))
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    print("killed", flush=True)
    sys.stdin.readline()
"""


def slain(folder: Path, *editions: Path) -> Iterator[None]:
    """Another program that ingests one edition after the other and is killed at a random moment, many times over."""
    command = [sys.executable, "-c", SLAIN, str(folder), *map(str, editions)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as program:
        assert program.stdin and program.stdout
        for _ in program.stdout:
            yield
            program.stdin.write("\n")
            program.stdin.flush()
    assert program.returncode == 0


def test_killed_at_a_random_moment_the_folder_is_one_edition_or_the_other(
    tmp_path: Path, folder: Path, catalogue: Catalogue
) -> None:
    editions, wanted = [], []
    for number in (3, 8):
        inside = publishers_folder(tmp_path / str(number))
        write(inside / "police" / "2025-01-street.csv", street(counts={("Leicester", OPEN): number}))
        write(inside / "children.csv", children({"Leicester": number}))
        write(inside / "residents.csv", residents(per_rank=number))
        ingest([inside], tmp_path / f"{number} alone" / "published", catalogue)
        wanted.append(replaced_facts(tmp_path / f"{number} alone" / "published"))
        editions.append(inside)
    seen = []
    for _ in slain(folder, *editions):
        state = replaced_facts(folder)
        assert state in wanted
        seen.append(wanted.index(state))
    assert len(seen) == 30 and set(seen) == {0, 1}


def test_the_summary_is_a_plain_value(tmp_path: Path, folder: Path, catalogue: Catalogue) -> None:
    summary = ingest([publishers_folder(tmp_path / "in")], folder, catalogue)
    assert isinstance(summary, Summary)
    assert [one.incoming.name for one in summary.taken] == sorted(one.incoming.name for one in summary.taken)
