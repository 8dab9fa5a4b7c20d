"""`release --name` freezes what is published, once and for all; `changes` prints what differs between two of them."""

import csv
import io
import json
import shutil
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.conftest import DATA
from tests.earlier import write_edited
from tests.returns_world import catalogue_of, returns_of
from tests.tiny import write_world
from vawg_metrics import __main__ as command_line
from vawg_metrics.board_pack import Pack, Parked, Screen, write_pack
from vawg_metrics.changes.words import AGENDA
from vawg_metrics.commands import release_commands
from vawg_metrics.frozen.kept import frozen_in, frozen_named
from vawg_metrics.frozen.opening import pack_in
from vawg_metrics.returns.store import accept

NIGHT = datetime(2026, 9, 9, 23, 30, tzinfo=UTC)  # the tenth already, in England
PACK = Pack("Board", (Screen("rape_recorded", ("LLR",)),), (Parked("Why in Melton?", "rape_recorded", "The police"),))
SKIPPED = "No return has been accepted here: the part on protection is skipped."


@pytest.fixture(autouse=True)
def alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No partner return is held, and the clock stands still."""
    monkeypatch.setenv("VAWG_RETURNS", str(tmp_path / "returns"))
    monkeypatch.setattr(release_commands, "now", lambda: NIGHT)


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of invented data with two frozen releases: before the last quarter of homelessness, and with it."""
    folder = tmp_path_factory.mktemp("world")
    write_world(folder / "whole" / "published")
    data = write_edited(
        folder / "data", {"homelessness": lambda one: one if one.end <= "2024-06" else None}, folder / "whole"
    )
    (folder / "pack.json").write_text(write_pack(PACK), "utf-8")
    environment = pytest.MonkeyPatch()
    environment.setenv("VAWG_RETURNS", str(folder / "returns"))
    environment.setattr(release_commands, "now", lambda: NIGHT)
    first = run("release", "--name", "Board September 2026", "--pack", folder / "pack.json", "--data", data)
    shutil.rmtree(data / "published")
    shutil.copytree(folder / "whole" / "published", data / "published")
    environment.setattr(release_commands, "now", lambda: NIGHT + timedelta(days=91))
    second = run("release", "--name", "Board December 2026", "--data", data)
    environment.undo()
    assert (first.exit_code, second.exit_code) == (0, 0), first.output + second.output
    assert SKIPPED in first.output and "Froze edition" in first.output
    return data


def run(*words: object) -> Result:
    result = CliRunner().invoke(command_line.main, [*map(str, words)])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def bytes_of(folder: Path) -> dict[str, bytes]:
    return {one.relative_to(folder).as_posix(): one.read_bytes() for one in folder.rglob("*") if one.is_file()}


def test_a_release_is_frozen_without_returns_on_the_day_in_england(world: Path) -> None:
    first, second = frozen_in(world / "releases")
    assert (first.name, first.day) == ("Board September 2026", "2026-09-10")
    assert (second.name, second.day) == ("Board December 2026", "2026-12-09")
    assert first.edition != second.edition and not (world / "protected").exists()
    assert pack_in(world / "releases", first) == write_pack(PACK) and pack_in(world / "releases", second) == ""


def test_the_same_name_again_changes_nothing_and_other_figures_are_refused(world: Path) -> None:
    before = bytes_of(world)
    again = run("release", "--name", "board december 2026", "--data", world)
    assert again.exit_code == 0 and "with the same figures: nothing was changed." in again.output
    assert "was frozen on 2026-12-09" in again.output
    other = run("release", "--name", "Board September 2026", "--data", world)
    assert other.exit_code == 1 and "with other figures, definitions or board pack" in other.output
    assert "choose another name" in other.output
    assert bytes_of(world) == before


def test_a_trial_and_names_that_cannot_be_taken_write_nothing(world: Path) -> None:
    before = bytes_of(world)
    trial = run("release", "--name", "Board March 2027", "--dry-run", "--data", world)
    assert trial.exit_code == 0 and "Nothing was written: this was a trial." in trial.output
    refused = run("release", "--name", "Present", "--data", world)
    assert refused.exit_code == 1 and "what the data as it lies is called" in refused.output
    assert bytes_of(world) == before


@pytest.mark.parametrize("content", [b"", b"{}", b"\xff\xfe", b'{"parked": []}', b" " * 900_000])
def test_a_board_pack_that_is_none_is_refused_before_anything_is_opened(
    tmp_path: Path, world: Path, content: bytes
) -> None:
    (tmp_path / "pack.json").write_bytes(content)
    before = bytes_of(world)
    result = run("release", "--name", "Board May 2027", "--pack", tmp_path / "pack.json", "--data", world)
    assert result.exit_code == 1 and "board pack" in result.output.lower()
    assert bytes_of(world) == before


def test_a_pack_needs_a_name_and_no_name_needs_returns(tmp_path: Path, world: Path) -> None:
    (tmp_path / "pack.json").write_text(write_pack(PACK), "utf-8")
    usage = run("release", "--pack", tmp_path / "pack.json", "--data", world)
    assert usage.exit_code == 2 and "say --name too" in usage.output
    nothing = run("release", "--data", world)
    assert nothing.exit_code == 1 and "No return has been accepted yet" in nothing.output


@pytest.mark.proof
@pytest.mark.real_data
def test_with_returns_the_protected_figures_are_written_and_then_frozen(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    few = catalogue_of(("marac_cases_rate", "marac_repeat_share"))
    data = tmp_path / "data"
    shutil.copytree(DATA / "published", data / "published")
    monkeypatch.setattr(release_commands, "load_catalogue", lambda: few)
    quarter = ("2025-26 Q1",)
    for one in returns_of(few, 1, quarter, most=40):
        accept(
            tmp_path / "returns", one, NIGHT - timedelta(days=60), few.return_rules.objection_working_days, "steward"
        )
    taken = run("release", "--name", "Board September 2026", "--dry-run", "--data", data)
    assert taken.exit_code == 0 and not (data / "protected").exists() and not (data / "releases").exists()
    made = run("release", "--name", "Board September 2026", "--data", data)
    assert made.exit_code == 0, made.output
    assert "Passed: every count" in made.output and SKIPPED not in made.output
    (frozen,) = frozen_in(data / "releases")
    assert f"edition {frozen.edition}" in made.output and (data / "protected").is_dir()
    written = bytes_of(data)
    again = run("release", "--name", "Board September 2026", "--data", data)
    assert again.exit_code == 0 and "nothing was changed" in again.output and bytes_of(data) == written
    for one in returns_of(few, 2, quarter, most=40):
        accept(
            tmp_path / "returns", one, NIGHT - timedelta(days=50), few.return_rules.objection_working_days, "steward"
        )
    vault = (tmp_path / "returns" / "released.json").read_bytes()
    refused = run("release", "--name", "Board September 2026", "--data", data)
    assert refused.exit_code == 1 and "choose another name" in refused.output
    assert bytes_of(data) == written and (tmp_path / "returns" / "released.json").read_bytes() == vault


# changes


def test_what_changed_is_printed_in_the_order_of_an_agenda(world: Path) -> None:
    result = run("changes", "Board September 2026", "board-dec", "--data", world)
    assert result.exit_code == 0, result.output
    lines = result.output.splitlines()
    assert lines[0] == (
        "What changed: Board September 2026 (frozen 10 September 2026) to Board December 2026 (frozen 9 December 2026)"
    )
    numbered = [line for line in lines if line[:1].isdigit() and line[1:3] == ". "]
    assert [line[0] for line in numbered] == [str(number) for number in range(1, len(AGENDA) + 1)]
    first = lines[lines.index(numbered[0]) + 1].strip()
    assert first == "There are no new police figures since the last meeting."
    assert "July to September 2024" in result.output and "Why in Melton?" in result.output
    assert "   No definition of a measure changed." in lines and "Nothing." not in result.output


def test_json_and_csv_hold_the_same_rows(world: Path) -> None:
    found = json.loads(run("changes", "board-sep", "present", "--format", "json", "--data", world).stdout)
    assert (found["before"]["name"], found["after"]["name"]) == ("Board September 2026", "present")
    assert [one["id"] for one in found["sections"]] == [
        "periods", "revisions", "signals", "late", "definitions", "recording", "holdings", "parked", "repeats",
    ]  # fmt: skip
    text = run("changes", "board-sep", "present", "--format", "csv", "--data", world).stdout
    rows = list(csv.DictReader(io.StringIO(text)))
    assert Counter(row["section"] for row in rows) == {
        one["id"]: len(one["rows"]) for one in found["sections"] if one["rows"]
    }
    periods = [row for row in rows if row["section"] == "periods"]
    assert {(row["period_start"], row["period_end"]) for row in periods} == {("2024-07", "2024-09")}
    assert all(row["indicator"] and row["title"] for row in periods)


def test_two_names_of_one_release_and_the_present_twice_differ_in_nothing(world: Path) -> None:
    for before, after in (("board-dec", "Board December 2026"), ("present", "Present")):
        found = json.loads(run("changes", before, after, "--format", "json", "--data", world).stdout)
        assert all(one["sentences"][0].split()[0] in ("No", "There", "The") for one in found["sections"])
        assert not any(one["rows"] for one in found["sections"])
        assert found["opening"][-1] == "The two editions hold the same figures under the same definitions."


def test_the_list_names_what_is_frozen_the_oldest_first(world: Path, tmp_path: Path) -> None:
    listed = run("changes", "--list", "--data", world)
    assert listed.exit_code == 0
    assert [line[:32] for line in listed.output.splitlines()] == [
        "2026-09-10  Board September 2026", "2026-12-09  Board December 2026 ",
    ]  # fmt: skip
    as_json = json.loads(run("changes", "--list", "--format", "json", "--data", world).stdout)
    assert [one["folder"] for one in as_json] == ["board-september-2026", "board-december-2026"]
    as_csv = list(csv.DictReader(io.StringIO(run("changes", "--list", "--format", "csv", "--data", world).stdout)))
    assert [one["edition"] for one in as_csv] == [one["edition"] for one in as_json]
    empty = run("changes", "--list", "--data", tmp_path)
    assert empty.exit_code == 0 and "No release is frozen yet" in empty.output


def test_a_name_that_is_not_known_is_said_and_two_names_are_needed(world: Path) -> None:
    for words in (("nowhere", "present"), ("present", "nowhere"), ("board", "present"), ("../../etc", "present")):
        result = run("changes", *words, "--data", world)
        assert result.exit_code == 1 and "Frozen releases: Board September 2026; Board December 2026." in result.output
    for words in ((), ("present",)):
        result = run("changes", *words, "--data", world)
        assert result.exit_code == 2 and "Name two releases" in result.output
    helped = run("changes", "--help")
    assert helped.exit_code == 0 and 'changes "Board September 2026" present' in helped.output


def test_a_damaged_release_is_said(world: Path, tmp_path: Path) -> None:
    shutil.copytree(world, tmp_path / "data")
    slug = frozen_named(tmp_path / "data" / "releases", "board-sep").slug
    (tmp_path / "data" / "releases" / slug / "figures.parquet").write_bytes(b"")
    result = run("changes", "board-sep", "present", "--data", tmp_path / "data")
    assert result.exit_code == 1 and "Restore data/releases" in result.output
