"""The README's walk from a template to a figure, its own commands run one after the other in a copy of the project."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest

from tests.conftest import ROOT

pytestmark = pytest.mark.real_data
SECTION = re.search(r"## Partner returns\n(.*?)\n## ", (ROOT / "README.md").read_text("utf-8"), re.DOTALL)
assert SECTION
COMMANDS = re.findall(r"^ *python (-m vawg_metrics .*?)(?:  +#.*)?$", SECTION[1], re.MULTILINE)


def filled(template: Path, values: list[object]) -> None:
    """Write values into the column Value of a template, as a partner would."""
    book = openpyxl.load_workbook(template)
    sheet = book["Return"]
    head = next(row for row in sheet.iter_rows() if any(cell.value == "Value" for cell in row))
    (column,) = (cell.column for cell in head if cell.value == "Value")
    for number, value in enumerate(values, head[0].row + 1):
        sheet.cell(number, column).value = value
    book.save(template)


@pytest.mark.proof
def test_each_command_of_the_walk_does_what_the_readme_says(tmp_path: Path) -> None:
    project = tmp_path / "project"
    for name in ("vawg_metrics", "data", "content"):
        shutil.copytree(ROOT / name, project / name, ignore=shutil.ignore_patterns("__pycache__"))
    told = os.environ | {"VAWG_RETURNS": str(tmp_path / "returns"), "PYTHONPATH": str(project)}

    def run(command: str, *more: str) -> tuple[int, str]:
        words = [word.strip('"') for word in re.findall(r'"[^"]*"|\S+', command)]
        done = subprocess.run(
            [sys.executable, *words, *more], cwd=project, env=told, capture_output=True, text=True, timeout=120,
            check=False,
        )  # fmt: skip
        assert "Traceback" not in done.stderr, done.stderr
        return done.returncode, done.stdout + done.stderr

    template, check, marked, accept, status, withdraw, trial, release, audit = COMMANDS[:9]
    assert "marac-receipt" in accept and "--dry-run" in trial and COMMANDS[9:] == []
    assert run(template)[0] == 0
    filled(tmp_path / "marac.xlsx", [241, "<5", 12.5, 3, 55, 39, 4, 1])
    code, said = run(check)
    assert code == 1 and "2 things are to be mended" in said and "<5" in said and "12.5" not in said
    assert run(marked)[0] == 1 and (tmp_path / "marac-to-mend.xlsx").exists()
    assert run(accept)[0] == 1 and not list((tmp_path / "returns").rglob("accepted/*"))
    filled(tmp_path / "marac.xlsx", [241, 166, 12, 3, 55, 39, 4, 1])
    assert run(check)[0] == 0
    assert run(accept)[0] == 0
    assert "What will appear" in (tmp_path / "marac-receipt.txt").read_text("utf-8")
    assert run(status)[0] == 0
    code, said = run(release)
    assert code == 1 and "may still object" in said
    assert run(trial, "--take-open")[0] == 0 and not (project / "data" / "protected").exists()
    code, said = run(release, "--take-open")
    assert code == 0 and "Passed" in said
    assert run(audit)[0] == 0
    code, said = run("-m vawg_metrics figures marac_cases_rate --area Leicester --format csv")
    assert code == 0 and re.search(r"\b24[05]\b", said) and not re.search(r"\b241\b", said)
    assert run(withdraw)[0] == 0
