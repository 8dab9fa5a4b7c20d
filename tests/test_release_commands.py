"""`release` and `audit` on the command line: what is taken, audited, written, kept, refused; and their exit codes."""

import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.conftest import DATA
from tests.places import LEICESTER
from tests.returns_world import catalogue_of, changed, returns_of
from vawg_metrics import __main__ as command_line
from vawg_metrics.areas import LLR
from vawg_metrics.catalogue.definitions import Catalogue
from vawg_metrics.catalogue.returned import OpenTotal
from vawg_metrics.commands import release_commands, returns_kept
from vawg_metrics.narrative import heading
from vawg_metrics.periods import quarter_named
from vawg_metrics.protection.vault import open_vault
from vawg_metrics.published import read_facts, read_manifest
from vawg_metrics.reading import open_data, read
from vawg_metrics.returns.contract import Return
from vawg_metrics.returns.ledger import read_ledger, versions_of
from vawg_metrics.returns.store import accept, withdraw
from vawg_metrics.selection import Selection
from vawg_metrics.sources.contract import Fact

pytestmark = pytest.mark.real_data  # residents stand below the rates
MORE = ("2025-26 Q1", "2025-26 Q2", "2025-26 Q3", "2025-26 Q4")
QUARTERS = MORE[:2]
CANARY = 48_732
SENT = datetime(2026, 7, 6, 12, tzinfo=UTC)
LATER = SENT + timedelta(days=14)  # every supplier had its five working days
FEW = catalogue_of(("marac_cases_rate", "marac_repeat_share"))
CELL = ("marac_cases", "", LEICESTER.code)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The restricted folder, not there yet."""
    monkeypatch.setenv("VAWG_RETURNS", str(tmp_path / "returns"))
    return tmp_path / "returns"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A copy of data/, to be written to."""
    shutil.copytree(DATA, tmp_path / "data")
    return tmp_path / "data"


@pytest.fixture(autouse=True)
def world(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """A catalogue of two measures, and the clock two weeks after the returns came; both can be set."""

    def put(held: Catalogue = FEW, at: datetime = LATER) -> None:
        for module in (release_commands, returns_kept):
            monkeypatch.setattr(module, "load_catalogue", lambda: held)
            monkeypatch.setattr(module, "now", lambda: at)

    put()
    return put


def run(*words: object) -> Result:
    result = CliRunner().invoke(command_line.main, [*map(str, words)])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def sent(folder: Path, *returns: Return, at: datetime = SENT) -> None:
    for one in returns:
        accept(folder, one, at, FEW.return_rules.objection_working_days, "a steward")


def marac(canary: int = CANARY) -> list[Return]:
    return changed(returns_of(FEW, 1, QUARTERS, most=40), "marac", QUARTERS[0], CELL, canary)


def facts(data: Path) -> dict[tuple[str, str, str], Fact]:
    manifest = read_manifest(data / "protected")
    return {
        (one.item, one.area, one.end): one for one in read_facts(data / "protected", manifest.facts["partner_returns"])
    }


def bytes_of(folder: Path) -> dict[str, bytes]:
    return {one.relative_to(folder).as_posix(): one.read_bytes() for one in folder.rglob("*") if one.is_file()}


def test_without_returns_there_is_nothing_to_release_or_to_audit(folder: Path, data: Path) -> None:
    result = run("release", "--data", data)
    assert result.exit_code == 1 and "No return has been accepted yet" in result.output
    result = run("audit", "--data", data)
    assert result.exit_code == 0 and "No partner returns are released: there is nothing to audit." in result.output
    assert not folder.exists() and not (data / "protected").exists()


def test_a_release_waits_for_objections_unless_the_suppliers_agreed(
    folder: Path, data: Path, world: Callable[..., None]
) -> None:
    sent(folder, *marac())
    world(at=SENT + timedelta(days=1))
    result = run("release", "--data", data)
    assert result.exit_code == 1
    assert "Not taken yet, for their suppliers may still object: marac 2025-26 Q1 until" in result.output
    assert "No return is ready" in result.output and not (data / "protected").exists()
    result = run("release", "--data", data, "--take-open", "--dry-run")
    assert result.exit_code == 0 and "Nothing was written: this was a trial." in result.output
    assert not (data / "protected").exists() and not open_vault(folder).releases
    assert str(CANARY) not in result.output


def test_a_release_is_written_audited_repeated_to_the_byte_and_holds_no_true_count(folder: Path, data: Path) -> None:
    sent(folder, *marac())
    result = run("release", "--data", data)
    assert result.exit_code == 0, result.output
    assert "Takes 2 returns." in result.output and "Passed: every count has five possible values" in result.output
    held = facts(data)
    leicester = held["marac_cases", LEICESTER.code, quarter_named(QUARTERS[0]).end]
    assert leicester.count in (48_730, 48_735)
    written = bytes_of(data)
    assert not any(str(CANARY).encode() in content for content in written.values())
    assert all(one.releases for one in versions_of(read_ledger(folder)))
    again = run("release", "--data", data)
    assert again.exit_code == 0 and bytes_of(data) == written
    assert len(open_vault(folder).releases) == 1
    found = run("audit", "--data", data, "--format", "json")
    record = json.loads(found.stdout)
    assert found.exit_code == 0 and record["passed"] and record["heard"] > 1_000 and record["counts"] == len(held)
    assert str(CANARY) not in result.output + again.output + found.output


def test_a_revision_of_one_quarter_changes_no_other(folder: Path, data: Path) -> None:
    sent(folder, *marac())
    assert run("release", "--data", data).exit_code == 0
    before = facts(data)
    sent(folder, marac(CANARY + 1_000)[0], at=SENT + timedelta(days=3))
    assert run("release", "--data", data).exit_code == 0
    after, end = facts(data), quarter_named(QUARTERS[0]).end
    assert {key: one for key, one in after.items() if key[2] != end} == {
        key: one for key, one in before.items() if key[2] != end
    }
    assert abs((after["marac_cases", LEICESTER.code, end].count or 0) - CANARY - 1_000) <= 9
    assert len(open_vault(folder).releases) == 2


def test_a_release_that_would_betray_somebody_is_not_written(
    folder: Path, data: Path, world: Callable[..., None]
) -> None:
    sent(folder, *marac())
    assert run("release", "--data", data).exit_code == 0
    written, quarter = bytes_of(data), quarter_named(QUARTERS[1])
    shown = facts(data)["marac_cases", LLR.code, quarter.end].count or 0
    told = OpenTotal("marac_cases", "LLR", quarter.start, quarter.end, shown, "another publisher")
    world(replace(FEW, open_totals=(told,)))
    sent(folder, marac(CANARY + 1_000)[0], at=SENT + timedelta(days=3))
    vault = open_vault(folder)
    result = run("release", "--data", data)
    assert result.exit_code == 1 and "failed its audit and is not written" in result.output
    assert "TOO NARROW: marac_cases" in result.output
    assert bytes_of(data) == written and open_vault(folder) == vault
    found = run("audit", "--data", data)
    assert found.exit_code == 1 and "FAILED." in found.output and "TOO NARROW" in found.output


@pytest.mark.proof
def test_what_was_released_outlives_the_deletion_of_its_returns(
    folder: Path, data: Path, world: Callable[..., None]
) -> None:
    sent(folder, *marac())
    assert run("release", "--data", data).exit_code == 0
    held = facts(data)
    assert open_vault(folder).rounded and str(CANARY).encode() in (folder / "released.json").read_bytes()
    world(at=datetime(2029, 1, 1, 12, tzinfo=UTC))
    assert run("returns", "forget", "--yes").exit_code == 0
    assert not open_vault(folder).rounded and open_vault(folder).releases
    assert not any(str(CANARY).encode() in content for content in bytes_of(folder).values())
    assert run("release", "--data", data).exit_code == 0
    assert facts(data) == held


def test_a_return_that_was_withdrawn_is_in_the_next_release_no_more(folder: Path, data: Path) -> None:
    sent(folder, *marac())
    assert run("release", "--data", data).exit_code == 0
    withdraw(folder, "marac", QUARTERS[1], LATER, "a steward")
    assert run("release", "--data", data).exit_code == 0
    assert {end for _, _, end in facts(data)} == {quarter_named(QUARTERS[0]).end}


@pytest.mark.proof
def test_the_first_quarter_of_a_measure_leads_until_a_year_of_returns_is_there(folder: Path, data: Path) -> None:
    for quarter, words in zip(
        MORE, ("April to June 2025", "July to September 2025", "October to December 2025", "2025/26"), strict=True
    ):
        sent(folder, *returns_of(FEW, 1, (quarter,), most=40))
        assert run("release", "--data", data).exit_code == 0
        release = open_data(data, FEW)
        for place in ("LLR", "Rutland"):
            found = heading(read(release, FEW.indicator("marac_cases_rate"), Selection((place,))))
            assert f"{place}, " in found and "about " in found
            assert found.endswith(words)


# Small cases


def cases(path: Path, high: int) -> Path:
    known = [{"where": "shown", "terms": {"Melton": 1}, "low": 6, "high": high}]
    path.write_text(json.dumps({"cases": [{"name": "Melton", "cells": ["Melton"], "known": known}]}), "utf-8")
    return path


def test_small_cases_are_solved_and_a_narrow_one_exits_with_1(tmp_path: Path) -> None:
    result = run("audit", "--cases", cases(tmp_path / "wide.json", 14))
    assert result.exit_code == 0 and "Melton" in result.output
    result = run("audit", "--cases", cases(tmp_path / "narrow.json", 9), "--format", "json")
    (cell,) = json.loads(result.stdout)[0]["cells"]
    assert result.exit_code == 1 and (cell["low"], cell["high"], cell["candidates"], cell["weak"]) == (6, 9, 4, True)


@pytest.mark.parametrize("text", ["", "[]", '{"cases": [{"name": "a", "cells": []}, {"cells": ["b"]}]}', "{" * 9000])
def test_cases_that_cannot_be_read_are_answered_in_words(tmp_path: Path, text: str) -> None:
    (tmp_path / "bad.json").write_text(text, "utf-8")
    result = run("audit", "--cases", tmp_path / "bad.json")
    assert result.exit_code == 2 and "bad.json" in result.stderr and "Traceback" not in result.output


@pytest.mark.parametrize("name", ["release", "audit"])
def test_the_commands_explain_themselves_with_an_example(name: str) -> None:
    result = run(name, "--help")
    assert result.exit_code == 0 and f"python -m vawg_metrics {name}" in result.output
