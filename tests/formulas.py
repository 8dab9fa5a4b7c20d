"""A small calculator for the formulas of a template: only what they use, and an error for anything else."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import openpyxl
from openpyxl.utils import column_index_from_string

TOKEN = re.compile(
    r"""\s*(?:(?P<text>"(?:[^"]|"")*")|(?P<number>\d+(?:\.\d+)?)|(?P<range>(?:Return!)?\$[A-Z]+\$\d+:\$[A-Z]+\$\d+)"""
    r"""|(?P<cell>(?:Return!)?\$[A-Z]+\$\d+)|(?P<name>[A-Z]+)(?=\()|(?P<word>TRUE|FALSE)|(?P<sign><>|>=|<=|[=<>&+*(),-]))"""
)
Thunk = Callable[[], Any]


class Book:
    """A workbook whose formulas are worked out when they are asked for."""

    def __init__(self, book: openpyxl.Workbook) -> None:
        self.book = book
        self.known: dict[tuple[str, int, int], Any] = {}

    def value(self, sheet: str, row: int, column: int) -> Any:  # noqa: ANN401
        """What a cell shows; '' for an empty one."""
        place = (sheet, row, column)
        if place not in self.known:
            held = self.book[sheet].cell(row, column).value
            if isinstance(held, str) and held.startswith("="):
                held = _Reading(self, sheet, held[1:]).whole()
            self.known[place] = "" if held is None else held
        return self.known[place]


class _Reading:
    """One formula, read from left to right into something that can be worked out, and only then worked out."""

    def __init__(self, book: Book, sheet: str, formula: str) -> None:
        self.book, self.sheet = book, sheet
        self.tokens = list(_tokens(formula))

    def whole(self) -> Any:  # noqa: ANN401
        thunk = self._compared()
        assert not self.tokens, self.tokens
        return thunk()

    def _take(self, *signs: str) -> str:
        if self.tokens and self.tokens[0][0] == "sign" and self.tokens[0][1] in signs:
            return self.tokens.pop(0)[1]
        return ""

    def _compared(self) -> Thunk:
        left = self._joined()
        sign = self._take("=", "<>", "<", ">", "<=", ">=")
        if not sign:
            return left
        right = self._joined()
        return lambda: _compare(sign, left(), right())

    def _joined(self) -> Thunk:
        left = self._summed()
        while self._take("&"):
            first, second = left, self._summed()
            left = lambda a=first, b=second: f"{a()}{b()}"  # noqa: E731
        return left

    def _summed(self) -> Thunk:
        left = self._multiplied()
        while sign := self._take("+", "-"):
            first, second, times = left, self._multiplied(), 1 if sign == "+" else -1
            left = lambda a=first, b=second, t=times: a() + t * b()  # noqa: E731
        return left

    def _multiplied(self) -> Thunk:
        left = self._one()
        while self._take("*"):
            first, second = left, self._one()
            left = lambda a=first, b=second: a() * b()  # noqa: E731
        return left

    def _one(self) -> Thunk:
        kind, text = self.tokens.pop(0)
        if kind == "text":
            return lambda: text[1:-1].replace('""', '"')
        if kind == "number":
            return lambda: int(text)
        if kind == "word":
            return lambda: text == "TRUE"
        if kind == "cell":
            (place,) = self._places(text)
            return lambda: self.book.value(*place)
        if kind == "range":
            places = self._places(text)
            return lambda: [self.book.value(*place) for place in places]
        assert kind == "name", (kind, text)
        assert self._take("(")
        arguments = [self._compared()]
        while self._take(","):
            arguments.append(self._compared())
        assert self._take(")"), text
        return lambda: FUNCTIONS[text](*arguments)

    def _places(self, text: str) -> list[tuple[str, int, int]]:
        sheet = "Return" if text.startswith("Return!") else self.sheet
        ends = re.findall(r"\$([A-Z]+)\$(\d+)", text)
        (first, top), (last, bottom) = ends[0], ends[-1]
        columns = range(column_index_from_string(first), column_index_from_string(last) + 1)
        return [(sheet, row, column) for row in range(int(top), int(bottom) + 1) for column in columns]


def _tokens(formula: str) -> Iterator[tuple[str, str]]:
    at = 0
    while at < len(formula):
        found = TOKEN.match(formula, at)
        assert found, formula[at:]
        yield found.lastgroup, found[found.lastgroup]
        at = found.end()


def _compare(sign: str, left: Any, right: Any) -> bool:  # noqa: ANN401
    if isinstance(left, str) and isinstance(right, str):
        left, right = left.casefold(), right.casefold()
    if sign in ("=", "<>"):
        return (left == right) == (sign == "=")
    assert _is_number(left), left
    assert _is_number(right), right
    return {"<": left < right, ">": left > right, "<=": left <= right, ">=": left >= right}[sign]


def _is_number(value: Any) -> bool:  # noqa: ANN401
    return isinstance(value, int | float) and not isinstance(value, bool)


def _count_if(cells: list[Any], wanted: str) -> int:
    if wanted == "?*":
        return sum(isinstance(one, str) and one != "" for one in cells)
    return sum(one == wanted for one in cells)


FUNCTIONS: dict[str, Callable[..., Any]] = {
    "IF": lambda test, yes, no: yes() if test() else no(),
    "AND": lambda *all_: all(one() for one in all_),
    "OR": lambda *any_: any(one() for one in any_),
    "NOT": lambda one: not one(),
    "LEN": lambda one: len(str(one())),
    "TRIM": lambda one: " ".join(str(one()).split()),
    "ISNUMBER": lambda one: _is_number(one()),
    "N": lambda one: one() if _is_number(one()) else 0,
    "INT": lambda one: int(one() // 1),
    "MAX": lambda *all_: max(one() for one in all_),
    "MIN": lambda *all_: min(one() for one in all_),
    "SUM": lambda cells: sum(one for one in cells() if _is_number(one)),
    "COUNTIF": lambda cells, wanted: _count_if(cells(), wanted()),
}
