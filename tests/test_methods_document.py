"""Every example of the methods document gives what it says, and every method of the library has one."""

import ast
import doctest
import importlib
import inspect
import pkgutil
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

import vawg_metrics.methods as methods

DOCUMENT = Path(__file__).resolve().parents[1] / "docs" / "methods.md"
PACKAGE = "vawg_metrics.methods"
# Modules without a method of their own: what goes in is checked, chances of a binomial serve the exact test, and
# the drawing of a chart serves every chart.
NO_METHODS = ("inputs", "binomial", "chart")
# Public functions without an example, each with the reason.
WITHOUT_EXAMPLE = (
    ("signals.side_of", "the sign of a difference"),
    ("signals.judged", "the four rules on bare arrays: signals() and the simulations call it"),
)
# What the house does not say: a month has a name, an offence is recorded, and no place is put above another.
UNSAID = re.compile(r"\b(best|worst|league|significan\w*|latest|now|current\w*|committed|control limits?)\b", re.I)


@dataclass(frozen=True)
class Section:
    """A method of the document: its heading, all its text, and its examples as one run."""

    heading: str
    text: str
    line: int

    @property
    def examples(self) -> tuple[doctest.Example, ...]:
        """The statements of its fenced blocks in order, with what each is said to give."""
        found: list[doctest.Example] = []
        for block in re.finditer(r"^```pycon\n(.*?)^```$", self.text, re.M | re.S):
            before = self.line + self.text[: block.start(1)].count("\n")
            for one in doctest.DocTestParser().get_examples(block[1], self.heading):
                one.lineno += before
                found.append(one)
        return tuple(found)


def sections(text: str) -> tuple[Section, ...]:
    """The document cut at its second-level headings; what stands before the first is the introduction."""
    heads = list(re.finditer(r"^## (.+)$", text, re.M))
    ends = [*(head.start() for head in heads[1:]), len(text)]
    return tuple(
        Section(head[1].strip(), text[head.start() : end], text[: head.start()].count("\n"))
        for head, end in zip(heads, ends, strict=True)
    )


def faults(section: Section) -> tuple[int, str]:
    """How many examples of a section give something else, and what; every section begins with an empty namespace."""
    test = doctest.DocTest(list(section.examples), {}, section.heading, str(DOCUMENT), 0, section.text)
    said: list[str] = []
    failed = doctest.DocTestRunner(verbose=False).run(test, out=said.append).failed
    return failed, "".join(said)


def public_functions() -> Iterator[str]:
    """Every public function of a method, as `module.name`."""
    for module in pkgutil.iter_modules(methods.__path__):
        if module.name in NO_METHODS:
            continue
        for name, found in vars(importlib.import_module(f"{PACKAGE}.{module.name}")).items():
            own = getattr(found, "__module__", "") == f"{PACKAGE}.{module.name}"
            if own and not name.startswith("_") and inspect.isfunction(inspect.unwrap(found)):
                yield f"{module.name}.{name}"


def called_in(section: Section) -> set[str]:
    """The library's functions that the examples of a section call, as `module.name`; an import alone is no use."""
    tree = ast.parse("".join(one.source for one in section.examples))
    imported = {
        alias.asname or alias.name: f"{node.module.removeprefix(PACKAGE + '.')}.{alias.name}"
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith(f"{PACKAGE}.")
        for alias in node.names
    }
    calls = (node.func for node in ast.walk(tree) if isinstance(node, ast.Call))
    return {imported[one.id] for one in calls if isinstance(one, ast.Name) and one.id in imported}


def anchor(heading: str) -> str:
    """The address that a heading has on a page of rendered Markdown."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


TEXT = DOCUMENT.read_text(encoding="utf-8")
SECTIONS = sections(TEXT)
FUNCTIONS = tuple(public_functions())
WRONG = """## A method

**Source:** arithmetic.

```pycon
>>> from vawg_metrics.methods.intervals import byar, wilson
>>> print(f"{wilson(116, 917).estimate:.1%}")
12.7%
```
"""


@pytest.mark.parametrize("section", SECTIONS, ids=[section.heading for section in SECTIONS])
def test_every_example_gives_what_the_document_says(section: Section) -> None:
    failed, said = faults(section)
    assert not failed, said


@pytest.mark.parametrize("section", SECTIONS, ids=[section.heading for section in SECTIONS])
def test_every_section_has_its_use_formula_source_and_example(section: Section) -> None:
    for part in ("In use", "Formula", "Source", "Example"):
        assert len(re.findall(rf"^\*\*{part}:\*\* \S|^\*\*{part}:\*\*$", section.text, re.M)) == 1, part
    assert any(one.want for one in section.examples), "no example shows a result"
    assert called_in(section), "no example calls the library"


def test_a_wrong_result_is_found_and_the_right_one_passes() -> None:
    (wrong,) = sections(WRONG)
    failed, said = faults(wrong)
    assert failed == 1 and "Expected:\n    12.7%" in said and "Got:\n    12.6%" in said
    (right,) = sections(WRONG.replace("12.7%", "12.6%"))
    assert faults(right) == (0, "")


def test_an_example_that_stops_with_an_error_is_found() -> None:
    (broken,) = sections(WRONG.replace("wilson(116, 917)", "wilson(917, 116)"))
    failed, said = faults(broken)
    assert failed == 1 and "MethodError" in said


@pytest.mark.parametrize("section", SECTIONS, ids=[section.heading for section in SECTIONS])
def test_any_result_of_a_section_made_wrong_is_found(section: Section) -> None:
    shown = sum(bool(one.want) for one in section.examples)
    for one in (examples := section.examples):
        one.want = one.want and f"not {one.want}"
    test = doctest.DocTest(list(examples), {}, section.heading, str(DOCUMENT), 0, section.text)
    assert doctest.DocTestRunner(verbose=False).run(test, out=lambda _: None).failed == shown > 0


def test_every_section_begins_with_an_empty_namespace() -> None:
    first, second = sections(WRONG.replace("12.7%", "12.6%") + "\n## Another\n\n```pycon\n>>> byar\n```\n")
    assert not faults(first)[0]
    assert "NameError" in faults(second)[1]


def test_every_method_has_an_example() -> None:
    shown = set().union(*map(called_in, SECTIONS))
    lacking = set(FUNCTIONS) - shown - {name for name, _ in WITHOUT_EXAMPLE}
    assert not lacking, f"without an example: {sorted(lacking)}"


def test_what_needs_no_example_exists_and_has_none() -> None:
    shown = set().union(*map(called_in, SECTIONS))
    for name, reason in WITHOUT_EXAMPLE:
        assert name in FUNCTIONS and reason
        assert name not in shown, f"{name} has an example: take it off the list"


def test_an_import_without_a_call_is_no_example() -> None:
    (section,) = sections(WRONG)
    assert called_in(section) == {"intervals.wilson"}
    assert {"intervals.byar", "rest.rest_of", "detectable.smallest_detectable_change"} <= set(FUNCTIONS)


def test_the_contents_name_every_section_in_order() -> None:
    introduction = TEXT[: TEXT.index("\n## ")]
    links = re.findall(r"^\* \[(.+)\]\(#(.+)\)$", introduction, re.M)
    assert links == [(section.heading, anchor(section.heading)) for section in SECTIONS]
    assert len({link for _, link in links}) == len(links)


def test_the_document_keeps_to_the_words_of_the_house() -> None:
    assert UNSAID.search("The latest figure") and not UNSAID.search("what is known")
    assert [found[0] for found in UNSAID.finditer(TEXT)] == []


def test_every_fence_is_closed_and_of_a_known_kind() -> None:
    fences = re.findall(r"^```(.*)$", TEXT, re.M)
    assert all(kind in ("", "pycon") for kind in fences[::2])
    assert len(fences) % 2 == 0 and set(fences[1::2]) == {""}
    assert TEXT.count(">>> ") == sum(one.source.count("\n") > 0 for section in SECTIONS for one in section.examples)
