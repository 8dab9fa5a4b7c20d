"""The walls of the house: imports go down, each tool has one door, pages are short, and nothing is hidden."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from tests.conftest import DATA, ROOT, RealDataTouched

# From the ground up. A module imports what stands on a lower floor, or its own package.
FLOORS = (
    ("errors",),
    ("strategy_folder",),
    ("areas", "periods"),
    ("board_pack", "catalogue", "disclosure", "figure", "saved", "selection", "sources.contract", "views"),
    ("sources", "methods", "published", "returns"),
    ("warehouse", "merging", "protection"),
    ("publication", "ingest"),
    ("release",),
    ("demonstration", "frozen"),
    ("progress", "against_rest"),
    ("year_to_date",),
    ("reading",),
    ("comparison", "exploration", "matrix", "standing", "holdings", "unusual", "wording"),
    ("supply",),
    ("search",),
    ("narrative",),
    ("statements",),
    ("comparator",),
    ("changes", "priority_sheet"),
    ("charts",),
    ("outputs",),
    ("audit",),
    ("ui", "commands"),
    ("__main__",),
    ("pages",),
    ("dashboard",),
)
DOORS = {  # who alone may import a tool
    "duckdb": {"warehouse"},
    "plotly": {"charts"},
    "matplotlib": {"charts", "outputs"},
    "rapidfuzz": {"search", "returns"},
    "xlsxwriter": {"outputs", "returns"},
    "openpyxl": {"returns"},
    "streamlit": {"ui", "pages", "dashboard"},
    "click": {"__main__", "commands"},
    "rich": {"__main__", "commands"},
    "python_calamine": {"sources", "audit"},
    "filelock": {"ingest", "returns"},
    "platformdirs": {"returns"},
    "holidays": {"returns"},
    "jinja2": {"outputs"},
    "weasyprint": {"outputs"},
    "docx": {"outputs"},
    "pptx": {"outputs"},
}
MAY_HOLD_SQL = {"publication", "warehouse"}
NAMELESS = {"utils", "helpers", "common", "core", "services", "misc", "base", "tools"}
MOST_LINES, MOST_LINES_OF_A_PAGE = 260, 40
SQL = re.compile(
    r"\b(select|insert into|create table|drop table|delete from|update)\b.*\b(from|values|as|set|table)\b", re.I | re.S
)

PACKAGE = ROOT / "vawg_metrics"
MODULES = sorted(PACKAGE.rglob("*.py"))
PAGES = sorted((ROOT / "pages").glob("*.py"))
FRONT = ROOT / "dashboard.py"
EVERYTHING = [*MODULES, *PAGES, FRONT]


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"), path.name)


def name_of(path: Path) -> str:
    """The dotted name within the project: `sources.contract`, `pages.responding`, `dashboard`."""
    parts = path.relative_to(ROOT).with_suffix("").parts
    inner = parts[1:] if parts[0] == "vawg_metrics" else parts
    return ".".join(part for part in inner if part != "__init__")


def label(path: Path) -> str:
    return name_of(path) or "vawg_metrics"


def floor_of(name: str) -> int:
    """The floor of a module: that of its own name when it has one, else that of its package."""
    for wanted in (name, name.split(".")[0]):
        for number, floor in enumerate(FLOORS):
            if wanted in floor:
                return number
    raise AssertionError(f"{name} stands on no floor: give it one in FLOORS")


def imports_of(path: Path) -> Iterator[tuple[str, bool]]:
    """What a module imports, and whether it does so only for the type checker."""
    typing_only = {
        id(inner)
        for node in ast.walk(tree(path))
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.dump(node.test)
        for inner in ast.walk(node)
    }
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield alias.name, id(node) in typing_only
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: import by the whole name"
            for alias in node.names:
                whole = f"{node.module}.{alias.name}"
                is_module = (ROOT / Path(*whole.split("."))).with_suffix(".py").exists()
                yield whole if is_module else node.module or "", id(node) in typing_only


def own_imports(path: Path) -> set[str]:
    """The project's own modules that a module imports when it runs."""
    found = set()
    for whole, typing_only in imports_of(path):
        first, _, rest = whole.partition(".")
        if first == "vawg_metrics" and rest and not typing_only:
            found.add(rest)
        elif first in ("pages", "dashboard"):
            found.add(whole)
    return found


def unit_of(name: str) -> str:
    """What counts as one house-mate: a package, or a module that has a floor of its own."""
    return name if any(name in floor for floor in FLOORS) else name.split(".")[0]


@pytest.mark.parametrize("path", EVERYTHING, ids=label)
def test_imports_go_strictly_down(path: Path) -> None:
    name = name_of(path)
    if not name:
        return
    for other in own_imports(path):
        same_package = unit_of(other) == unit_of(name)
        assert same_package or floor_of(other) < floor_of(name), f"{name} imports {other}, which is not below it"


def test_every_floor_has_somebody_and_everybody_one_floor() -> None:
    named = [one for floor in FLOORS for one in floor]
    assert len(named) == len(set(named))
    for path in EVERYTHING:
        if name_of(path):
            floor_of(name_of(path))
    units = {unit_of(name_of(path)) for path in EVERYTHING} | {"disclosure", "methods"}  # built later, walled now
    assert set(named) <= units


def test_no_two_modules_import_each_other_in_a_ring() -> None:
    below = {name_of(path): own_imports(path) for path in EVERYTHING if name_of(path)}
    seen: set[str] = set()

    def visit(name: str, path: tuple[str, ...]) -> None:
        assert name not in path, " -> ".join((*path, name))
        if name in seen:
            return
        for other in below.get(name, ()):
            visit(other, (*path, name))
        seen.add(name)

    for name in below:
        visit(name, ())


@pytest.mark.parametrize("path", EVERYTHING, ids=label)
def test_each_tool_has_one_door(path: Path) -> None:
    unit = name_of(path).split(".")[0]
    for whole, _ in imports_of(path):
        tool = whole.split(".")[0]
        assert unit in DOORS.get(tool, {unit}), f"{name_of(path)} imports {tool}"


def test_the_doors_are_in_use() -> None:
    used = {whole.split(".")[0] for path in EVERYTHING for whole, _ in imports_of(path)}
    assert set(DOORS) <= used


@pytest.mark.parametrize("tool", ["streamlit", "plotly", "matplotlib", "pandas"])
def test_the_command_line_starts_without_the_tools_of_the_screen(tool: str) -> None:
    code = f"import sys, vawg_metrics.__main__; sys.exit({tool!r} in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0


# Pages


@pytest.mark.parametrize("path", PAGES, ids=label)
def test_a_page_is_short_and_only_names_what_it_shows(path: Path) -> None:
    lines = path.read_text("utf-8").splitlines()
    assert len(lines) <= MOST_LINES_OF_A_PAGE
    forbidden = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda, ast.Try, ast.With, ast.While)
    assert not [node for node in ast.walk(tree(path)) if isinstance(node, forbidden)]
    words = ("cache", "set_page_config", "session_state", "pandas", "select ", "duckdb", "warehouse")
    assert not [word for word in words if word in path.read_text("utf-8")]
    assert ast.get_docstring(tree(path))


@pytest.mark.parametrize("path", PAGES, ids=label)
def test_a_page_has_a_plain_name(path: Path) -> None:
    assert re.fullmatch(r"[a-z_]+", path.stem)
    assert any(whole == "vawg_metrics.ui.frame" for whole, _ in imports_of(path))


def test_the_front_door_is_a_few_lines() -> None:
    assert len(FRONT.read_text("utf-8").splitlines()) <= 12


# SQL, markup, names, words


def built_texts(path: Path) -> Iterator[tuple[int, str]]:
    """Texts that are put together while the program runs: f-strings, and what is formatted or added."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.JoinedStr) and any(isinstance(part, ast.FormattedValue) for part in node.values):
            yield node.lineno, "".join(str(part.value) for part in node.values if isinstance(part, ast.Constant))
        elif isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add | ast.Mod):
            sides = [side.value for side in (node.left, node.right) if isinstance(side, ast.Constant)]
            yield node.lineno, " ".join(str(side) for side in sides)
        elif isinstance(node, ast.Attribute) and node.attr == "format" and isinstance(node.value, ast.Constant):
            yield node.lineno, str(node.value.value)


@pytest.mark.parametrize("path", EVERYTHING, ids=label)
def test_sql_is_put_together_only_where_definitions_become_sql(path: Path) -> None:
    if name_of(path).split(".")[0] in MAY_HOLD_SQL:
        return
    dynamic = [f"line {line}: {text[:60]}" for line, text in built_texts(path) if SQL.search(text)]
    assert not dynamic


def test_dynamic_sql_would_be_found(tmp_path: Path) -> None:
    path = tmp_path / "sly.py"
    path.write_text('def f(x):\n    return f"select * from {x}", "select a from " + x, "select {} from t".format(x)\n')
    assert sum(bool(SQL.search(text)) for _, text in built_texts(path)) == 3


@pytest.mark.parametrize("path", EVERYTHING, ids=label)
def test_no_markup_is_passed_unescaped(path: Path) -> None:
    assert "unsafe_allow_html" not in path.read_text("utf-8")
    assert "unsafe_allow_javascript" not in path.read_text("utf-8")


@pytest.mark.parametrize("path", EVERYTHING, ids=label)
def test_nothing_asks_the_network(path: Path) -> None:
    """Addresses may stand in texts for people; what could fetch them may not be imported."""
    fetchers = {"requests", "urllib.request", "http.client", "httpx", "aiohttp", "socket", "ftplib"}
    assert fetchers.isdisjoint(whole for whole, _ in imports_of(path))


@pytest.mark.parametrize("path", EVERYTHING, ids=label)
def test_a_module_is_named_for_what_it_knows(path: Path) -> None:
    assert NAMELESS.isdisjoint(path.relative_to(ROOT).with_suffix("").parts)


@pytest.mark.parametrize("path", EVERYTHING, ids=label)
def test_every_module_and_every_public_function_says_what_it_does(path: Path) -> None:
    assert ast.get_docstring(tree(path)), "the module has no docstring"
    silent = [
        node.name
        for node in tree(path).body
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)
        and not node.name.startswith("_")
        and not ast.get_docstring(node)
    ]
    assert not silent


@pytest.mark.parametrize("path", EVERYTHING, ids=label)
def test_no_module_is_longer_than_one_thing_needs(path: Path) -> None:
    assert len(path.read_text("utf-8").splitlines()) <= MOST_LINES


@pytest.mark.parametrize("path", EVERYTHING, ids=label)
def test_nothing_is_left_to_do_and_no_state_is_kept(path: Path) -> None:
    text = path.read_text("utf-8")
    assert not re.search(r"\b(TODO|FIXME|XXX|raise NotImplementedError)\b", text)
    for node in tree(path).body:
        assigned = node.value if isinstance(node, ast.Assign | ast.AnnAssign) else None
        if isinstance(assigned, ast.List | ast.Set):
            names = [ast.unparse(one) for one in (node.targets if isinstance(node, ast.Assign) else [node.target])]
            assert names == ["__all__"] or isinstance(node, ast.AnnAssign), f"{names} could be changed while it runs"
    assert not [node for node in ast.walk(tree(path)) if isinstance(node, ast.Global)]


@pytest.mark.parametrize("path", EVERYTHING, ids=label)
def test_nothing_knows_the_machine_it_was_written_on(path: Path) -> None:
    assert not re.search(r"/(home|root|work|opt|tmp|Users)/", path.read_text("utf-8"))


# The guard of the real data


def test_an_unmarked_test_cannot_reach_the_real_data() -> None:
    for touch in (lambda: (DATA / "published" / "provenance.json").read_text(), lambda: list(DATA.iterdir())):
        with pytest.raises(RealDataTouched, match="mark it real_data"):
            touch()


@pytest.mark.real_data
def test_no_test_can_change_the_real_data() -> None:
    assert (DATA / "published" / "provenance.json").read_bytes()
    changes = (
        lambda: (DATA / "stray.txt").write_text("x"),
        lambda: (DATA / "published" / "provenance.json").open("a"),
        lambda: (DATA / "published" / "provenance.json").unlink(),
        lambda: (DATA / "published").rename(DATA / "elsewhere"),
        lambda: (DATA / "more").mkdir(),
    )
    for change in changes:
        with pytest.raises(RealDataTouched, match="would change"):
            change()
