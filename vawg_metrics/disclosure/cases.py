"""Small cases written by hand, for `audit --cases FILE.json`: what is known, and which counts must stay open.

{"cases": [{
  "name": "a total that another publisher gives exactly",
  "cells": ["Melton", {"name": "Rutland", "low": 0, "high": 4}, {"name": "both"}],
  "known": [
    {"where": "shown as 10", "terms": {"Melton": 1}, "low": 6, "high": 14},
    {"where": "the sum", "terms": {"both": 1, "Melton": -1, "Rutland": -1}, "equals": 0},
    {"where": "the other publisher's total", "terms": {"both": 1}, "equals": 6}],
  "sensitive": ["Melton", "Rutland"]}]}

A cell is a whole number from 0, within `low` and `high` if given; its name is any text. What is known is
low <= sum of factor x cell <= high, one of the two ends or both, or `equals` for both alike; factors and ends are
whole numbers. `where` may be left out. Without `sensitive` all cells are.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from vawg_metrics.disclosure.feasible import Interval, weakest
from vawg_metrics.disclosure.grid import Cell, DisclosureError
from vawg_metrics.disclosure.known import Known, System
from vawg_metrics.errors import Fault, FaultsFound

OF_FILE: Final = frozenset({"cases"})
OF_CASE: Final = frozenset({"name", "cells", "known", "sensitive"})
OF_CELL: Final = frozenset({"name", "low", "high"})
OF_KNOWN: Final = frozenset({"where", "terms", "low", "high", "equals"})
LARGEST: Final = 10**9  # beyond it the solver cannot tell neighbouring whole numbers apart
FORMAT: Final = "The format is described in docs/protection.md."


@dataclass(frozen=True)
class Case:
    """One small world: its unknown counts, what is known of them, and those that must stay open."""

    name: str
    system: System
    sensitive: tuple[Cell, ...]


@dataclass(frozen=True)
class Answer:
    """What a case leaves open, narrowest first, by the cells' names; or why it can have no solution, in words."""

    name: str
    intervals: tuple[tuple[str, Interval], ...]
    contradiction: str = ""

    def words(self) -> tuple[str, ...]:
        """The lines to print: the case, then each sensitive cell with what is left of it."""
        if self.contradiction:
            return (f"{self.name}: {self.contradiction}",)
        return (f"{self.name}:", *(f"  {cell}: {interval.words()}" for cell, interval in self.intervals))


def read_cases(text: str, file: str = "cases") -> tuple[Case, ...]:
    """The cases in a JSON text. Arguments: `text`; `file`, its name, for the faults.

    Raises FaultsFound with every fault at once: each says which case, what is wrong and how to mend it.
    """
    try:
        content = json.loads(text, object_pairs_hook=_without_doubles)
    except json.JSONDecodeError as problem:
        raise FaultsFound([Fault(file, f"line {problem.lineno}", f"It is not JSON: {problem.msg}.", FORMAT)]) from None
    except RecursionError:
        raise FaultsFound([Fault(file, "", "It is nested too deeply to be read.", FORMAT)]) from None
    except _NamedTwice as problem:
        raise FaultsFound([Fault(file, "", f"{problem} stands twice in one place.", "Name it once.")]) from None
    faults = [Fault(file, "", problem, FORMAT) for problem in _wrong_file(content)]
    cases = content["cases"] if not faults else []
    names: set[str] = set()
    read = []
    for number, raw in enumerate(cases, 1):
        row = f"case {number}" + (f" '{raw['name']}'" if isinstance(raw, dict) and "name" in raw else "")
        problems = list(_wrong_case(raw))
        if not problems and raw["name"] in names:
            problems.append(("Another case has this name.", "Give each its own."))
        if problems:
            faults += [Fault(file, row, problem, repair) for problem, repair in problems]
        else:
            names.add(raw["name"])
            read.append(_case(raw))
    if faults:
        raise FaultsFound(faults)
    return tuple(read)


def solve_case(case: Case) -> Answer:
    """The exact interval of each sensitive cell, narrowest first; a case that contradicts itself says so in words."""
    try:
        found = weakest(case.system, case.sensitive, first=len(case.sensitive))
    except DisclosureError as problem:
        return Answer(case.name, (), str(problem))
    return Answer(case.name, tuple((cell.line, interval) for cell, interval in found))


class _NamedTwice(ValueError):
    """A name that stands twice in one JSON object: the second would silently replace the first."""


def _without_doubles(pairs: list[tuple[str, object]]) -> dict[str, object]:
    names = [name for name, _ in pairs]
    for name in names:
        if names.count(name) > 1:
            raise _NamedTwice(f"'{name}'")
    return dict(pairs)


Problem = tuple[str, str]


def _wrong_file(content: object) -> Iterator[str]:
    if not isinstance(content, dict) or not isinstance(content.get("cases"), list):
        yield "It is not an object with a list 'cases'."
        return
    if not content["cases"]:
        yield "It holds no case."
    for name in sorted(set(content) - OF_FILE):
        yield f"'{name}' means nothing here."


def _wrong_case(raw: object) -> Iterator[Problem]:
    if not isinstance(raw, dict):
        yield "It is not an object.", FORMAT
        return
    yield from _strange(raw, OF_CASE, "the case")
    if not isinstance(raw.get("name"), str) or not raw["name"].strip():
        yield "It has no name.", "Give it 'name', a text."
    cells = raw.get("cells")
    if not isinstance(cells, list) or not cells:
        yield "It has no cells.", "Give it 'cells', a list of names or of objects with 'name', 'low', 'high'."
        cells = []
    names: set[str] = set()
    for number, cell in enumerate(cells, 1):
        whole = {"name": cell} if isinstance(cell, str) else cell
        yield from _wrong_cell(whole, number, names)
        if isinstance(whole, dict) and isinstance(whole.get("name"), str):
            names.add(whole["name"])
    known = raw.get("known", [])
    if not isinstance(known, list):
        yield "'known' is not a list.", FORMAT
        known = []
    for number, one in enumerate(known, 1):
        yield from _wrong_known(one, number, names)
    sensitive = raw.get("sensitive", [])
    if not isinstance(sensitive, list) or ("sensitive" in raw and not sensitive):
        yield "'sensitive' is not a list of names.", "Name at least one cell, or leave it out."
        sensitive = []
    for name in sensitive:
        if not isinstance(name, str) or name not in names:
            yield f"The sensitive cell {name!r} is not among the cells.", "Add it to 'cells' or correct its name."


def _wrong_cell(cell: object, number: int, names: set[str]) -> Iterator[Problem]:
    if not isinstance(cell, dict) or not isinstance(cell.get("name"), str) or not cell["name"]:
        yield f"Cell {number} has no name.", "Write a text, or an object with 'name'."
        return
    place = f"the cell '{cell['name']}'"
    yield from _strange(cell, OF_CELL, place)
    if cell["name"] in names:
        yield f"There are two cells '{cell['name']}'.", "Name each once."
    yield from _wrong_ends(cell, place)
    if _is_whole(cell.get("low")) and cell["low"] < 0:
        yield f"'low' of {place} is below 0.", "Counts are 0 or more."


def _wrong_known(one: object, number: int, names: set[str]) -> Iterator[Problem]:
    if not isinstance(one, dict):
        yield f"Statement {number} is not an object.", FORMAT
        return
    place = f"statement {number}"
    yield from _strange(one, OF_KNOWN, place)
    if not isinstance(one.get("where", ""), str):
        yield f"'where' of {place} is not a text.", "Write what the reader received."
    terms = one.get("terms")
    if not isinstance(terms, dict) or not terms:
        yield f"'terms' of {place} names no cells.", 'Write an object such as {"a": 1, "b": -1}.'
        terms = {}
    for name, factor in terms.items():
        if name not in names:
            yield f"{place} speaks of '{name}', which is not among the cells.", "Add it or correct its name."
        if not _is_whole(factor) or factor == 0:
            yield f"The factor of '{name}' in {place} is {factor!r}.", "Use a whole number other than 0."
    if "equals" in one and ("low" in one or "high" in one):
        yield f"{place} has 'equals' and another end.", "Give one or the other."
    if not {"equals", "low", "high"} & set(one):
        yield f"{place} has no end.", "Give 'low', 'high' or 'equals'."
    yield from _wrong_ends(one, place)


def _wrong_ends(raw: dict[str, object], place: str) -> Iterator[Problem]:
    for end in ("low", "high", "equals"):
        if end in raw and not _is_whole(raw[end]):
            yield f"'{end}' of {place} is {raw[end]!r}.", f"Use a whole number up to {LARGEST}, or leave it out."
    low, high = raw.get("low"), raw.get("high")
    if isinstance(low, int) and isinstance(high, int) and low > high:
        yield f"'low' of {place} is above its 'high'.", "Exchange them."


def _strange(raw: dict[str, object], allowed: frozenset[str], place: str) -> Iterator[Problem]:
    for name in sorted(set(raw) - allowed):
        yield f"'{name}' means nothing in {place}.", f"Use {', '.join(sorted(allowed))}."


def _is_whole(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and abs(value) <= LARGEST


def _case(raw: dict[str, Any]) -> Case:
    described: list[dict[str, Any]] = [{"name": cell} if isinstance(cell, str) else cell for cell in raw["cells"]]
    cells = {cell["name"]: Cell(cell["name"], "") for cell in described}
    knowns = [
        Known(((cells[cell["name"]], 1),), cell.get("low"), cell.get("high"), f"the bounds of {cell['name']}")
        for cell in described
        if "low" in cell or "high" in cell
    ]
    for number, one in enumerate(raw.get("known", []), 1):
        terms = tuple((cells[name], factor) for name, factor in one["terms"].items())
        low, high = (one["equals"], one["equals"]) if "equals" in one else (one.get("low"), one.get("high"))
        knowns.append(Known(terms, low, high, one.get("where") or f"statement {number}"))
    return Case(
        raw["name"],
        System(tuple(cells.values()), tuple(knowns)),
        tuple(cells[name] for name in raw.get("sensitive", list(cells))),
    )
