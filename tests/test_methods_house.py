"""Every public function of the methods says what it takes, what it refuses and where its formula comes from."""

import ast
import importlib
import inspect
import pkgutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from pathlib import Path

import numpy as np
import pytest

import vawg_metrics.methods as methods

MODULES = sorted(module.name for module in pkgutil.iter_modules(methods.__path__, "vawg_metrics.methods."))
ROOT = Path(__file__).resolve().parents[1]
MAY_IMPORT = ("numpy", "scipy", "statsmodels", "vawg_metrics.errors", "vawg_metrics.methods")
STANDARD = ("collections.abc", "dataclasses", "functools", "typing")


def public_functions(module_name: str) -> dict[str, Callable[..., object]]:
    module = importlib.import_module(module_name)
    return {
        name: found
        for name, found in vars(module).items()
        if not name.startswith("_") and callable(found) and getattr(found, "__module__", "") == module_name
    }


def functions() -> list[tuple[str, Callable[..., object]]]:
    return [
        (f"{module}.{name}", found)
        for module in MODULES
        for name, found in public_functions(module).items()
        if inspect.isfunction(inspect.unwrap(found))
    ]


@pytest.mark.parametrize(("name", "function"), functions(), ids=[name for name, _ in functions()])
def test_every_public_function_says_its_source_and_what_it_refuses(name: str, function: Callable[..., object]) -> None:
    text = function.__doc__ or ""
    assert text, f"{name} has no docstring"
    if name.startswith(("vawg_metrics.methods.inputs.", "vawg_metrics.methods.chart.")):
        return
    assert "Source:" in text, f"{name} does not say where its formula comes from"
    assert "Raises" in text, f"{name} does not say what it refuses"


@pytest.mark.parametrize("module", MODULES)
def test_results_are_frozen_and_documented(module: str) -> None:
    for name, found in public_functions(module).items():
        if inspect.isclass(found) and is_dataclass(found):
            assert found.__dataclass_params__.frozen, f"{name} can be changed"  # type: ignore[attr-defined]
            assert found.__doc__ and not found.__doc__.startswith(f"{name}("), f"{name} has no docstring"
            assert fields(found)


@pytest.mark.parametrize("module", MODULES)
def test_methods_import_numbers_and_nothing_else(module: str) -> None:
    source = Path(str(importlib.import_module(module).__file__)).read_text()
    for node in ast.walk(ast.parse(source)):
        names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        if isinstance(node, ast.ImportFrom):
            names = [node.module or ""]
        for name in names:
            assert name in STANDARD or name.startswith(MAY_IMPORT), f"{module} imports {name}"


def test_importing_the_methods_does_not_import_scipy() -> None:
    # A page that only reads published figures should not wait a second for what it does not use.
    lines = [f"import {module}" for module in MODULES]
    lines += ["import sys", "print(sorted({'scipy', 'statsmodels', 'pandas'} & set(sys.modules)))"]
    done = subprocess.run(
        [sys.executable, "-c", "\n".join(lines)], capture_output=True, text=True, check=True, cwd=ROOT
    )
    assert done.stdout.strip() == "[]"


def test_results_cannot_be_written_to() -> None:
    from vawg_metrics.methods.intervals import wilson

    found = wilson([1, 2], [3, 4])
    assert isinstance(found.lower, np.ndarray)
    with pytest.raises(ValueError, match="read-only"):
        found.lower[0] = 0
    assert isinstance(wilson(1, 3).lower, float)
