"""The rows of a return: which number each one gives, and what is wrong within it."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final

from vawg_metrics.areas import HOME, LLR, UNPLACED
from vawg_metrics.catalogue.definitions import Catalogue
from vawg_metrics.catalogue.returned import Line
from vawg_metrics.returns.across import RowRead
from vawg_metrics.returns.adding_up import Key
from vawg_metrics.returns.contract import CANNOT_REASONS, UNPLACED_WORDS, Asked, State
from vawg_metrics.returns.faults import Kind, ReturnFault
from vawg_metrics.returns.likeness import folded, named, nearest, number_words, same
from vawg_metrics.returns.sheet import ALL, AREA, LINE, MEASURE, REASON, SPLIT, STATE, VALUE, measure_words
from vawg_metrics.returns.table import Table
from vawg_metrics.returns.values import Wrong, read_value, read_word

UNREAD: Final = "?"  # a reason that is not one, so that nothing else is asked of its row


@dataclass(frozen=True, slots=True)
class Which:
    """What the words of a row name, None where they name nothing."""

    line: Line | None
    group: str | None
    area: str | None

    @property
    def key(self) -> Key | None:
        if self.line is None or self.group is None or self.area is None:
            return None
        return self.line.id, self.group, self.area

    def fits(self, key: Key) -> bool:
        """Whether a cell is one that the row may be meant for."""
        pairs = zip((self.line and self.line.id, self.group, self.area), key, strict=True)
        return all(mine is None or mine == theirs for mine, theirs in pairs)


@dataclass(frozen=True)
class RowsRead:
    """The rows of a return by the cell that each is for, what is wrong within them, and what has no row."""

    found: dict[Key, RowRead]
    faults: tuple[ReturnFault, ...]
    missing: tuple[Asked, ...]


@dataclass(frozen=True)
class Reader:
    """What the rows of one return are compared with: the catalogue, the cells asked for, last quarter's values."""

    table: Table
    catalogue: Catalogue
    asked: tuple[Asked, ...]
    last: dict[Key, int | None] | None
    text: bool

    def read(self) -> RowsRead:
        """Every row by the cell that it is for, what is wrong in rows, and the cells asked for that have no row."""
        found: dict[Key, RowRead] = {}
        faults: list[ReturnFault] = []
        unplaced: list[Which] = []
        for row in self.table.rows():
            which = self._which(row, faults)
            key = which.key
            one, amiss = self._given(row, which.line, key)
            faults += amiss
            if key is None:
                unplaced.append(which)
            elif self.asked and key not in self._keys:
                problem = "This row is not asked for in this return."
                faults.append(self.table.fault(row, LINE, problem, "Delete the row.", "not asked for"))
            elif key in found:
                faults.append(self._twice(row, found[key].row))
                found[key] = replace(found[key], count=None, last=None)
            else:
                found[key] = one
        return RowsRead(found, tuple(faults), self._missing(found, unplaced))

    @cached_property
    def _keys(self) -> frozenset[Key]:
        return frozenset(one.key for one in self.asked)

    def _missing(self, found: dict[Key, RowRead], unplaced: list[Which]) -> tuple[Asked, ...]:
        """The cells without a row, less those that a row with a wrong word may well be meant for."""
        missing = [one for one in self.asked if one.key not in found]
        for which in unplaced:
            meant = next((one for one in missing if which.fits(one.key)), None)
            if meant is not None:
                missing.remove(meant)
        return tuple(missing)

    def _twice(self, row: int, first: int) -> ReturnFault:
        problem = f"This line, split and area stand in row {first} already."
        return self.table.fault(row, LINE, problem, "Delete one of the two rows.", "duplicate")

    def _which(self, row: int, faults: list[ReturnFault]) -> Which:
        """What the words of a row name."""
        line = self._line(row, faults)
        self._measure(row, line, faults)
        return Which(line, self._group(row, line, faults), self._area(row, line, faults))

    def _text(self, row: int, column: str) -> object:
        cell = self.table.cell(row, column)
        return cell.value if cell is not None else ""

    def _unknown(self, row: int, column: str, near: str, words: str, kind: Kind) -> ReturnFault:
        """A fault for words that are none of those allowed: the cell is never repeated, the word near it is named."""
        if not folded(self._text(row, column)):
            return self.table.fault(row, column, "This cell is empty or holds no words.", f"Enter {words}.", kind)
        if near and near not in words:
            return self.table.fault(
                row, column, f"This is not {words}. Did you mean “{near}”?", f"Enter “{near}”.", kind
            )
        repair = f"Enter “{near}”." if near else "Copy the words from a new template."
        return self.table.fault(row, column, f"This is not {words}.", repair, kind)

    def _line(self, row: int, faults: list[ReturnFault]) -> Line | None:
        if LINE not in self.table.columns:
            return None
        mine = list(dict.fromkeys(one.line for one in self.asked))
        everyone = list(self.catalogue.lines.values())
        text = self._text(row, LINE)
        for lines in (mine, everyone):
            label = named(text, (line.label for line in lines))
            fitting = [line for line in lines if line.label == label]
            if fitting:
                return self._of_measure(row, fitting)
        near = nearest(text, [line.label for line in mine or everyone])
        count = len(mine or everyone)
        words = f"one of the {number_words(count)} lines of this return" if mine else "a line of any return"
        faults.append(self._unknown(row, LINE, near, words, "line"))
        return self._of_measure(row, [line for line in mine or everyone if line.label == near]) if near else None

    def _of_measure(self, row: int, lines: list[Line]) -> Line:
        """Of lines with the same words, the one of the measure that stands in the row."""
        measure = self._text(row, MEASURE)
        owner = self.catalogue.line_owner
        return next((one for one in lines if same(measure, measure_words(owner(one.id)))), lines[0])

    def _measure(self, row: int, line: Line | None, faults: list[ReturnFault]) -> None:
        if MEASURE not in self.table.columns:
            return
        text = self._text(row, MEASURE)
        if line is not None:
            words = measure_words(self.catalogue.line_owner(line.id))
            if not same(text, words):
                near = words if nearest(text, (words,)) else ""
                faults.append(self._unknown(row, MEASURE, near, "the measure of this line", "measure"))
            return
        owners = [measure_words(one) for one in self.catalogue.indicators if one.returned]
        if not named(text, owners):
            faults.append(self._unknown(row, MEASURE, nearest(text, owners), "a measure of any return", "measure"))

    def _group(self, row: int, line: Line | None, faults: list[ReturnFault]) -> str | None:
        if SPLIT not in self.table.columns:
            return None
        lines = [line] if line is not None else list(self.catalogue.lines.values())
        groups = {ALL: "", **{group.label: group.id for one in lines for group in one.groups}}
        known = named(self._text(row, SPLIT), groups)
        if known:
            return groups[known]
        near = nearest(self._text(row, SPLIT), groups)
        words = f"one of the {number_words(len(groups))} splits of this line" if len(groups) > 1 else f"“{ALL}”"
        faults.append(self._unknown(row, SPLIT, near, words, "split"))
        return groups[near] if near else None

    def _area(self, row: int, line: Line | None, faults: list[ReturnFault]) -> str | None:
        if AREA not in self.table.columns:
            return None
        mine = _areas(one for one in self.asked if line is None or one.line.id == line.id)
        everywhere = {UNPLACED_WORDS: UNPLACED.code, LLR.name: LLR.code, **{one.name: one.code for one in HOME}}
        text = self._text(row, AREA)
        for areas in (mine, everywhere):
            known = named(text, areas)
            if known:
                return areas[known]
        areas = mine or everywhere
        near = nearest(text, areas)
        words = (
            f"one of the {number_words(len(areas))} areas of this line" if len(areas) > 1 else f"“{next(iter(areas))}”"
        )
        faults.append(self._unknown(row, AREA, near, words, "area"))
        return areas[near] if near else None

    def _given(self, row: int, line: Line | None, key: Key | None) -> tuple[RowRead, list[ReturnFault]]:
        """What a row gives, and what is wrong with it."""
        faults: list[ReturnFault] = []
        counts = line.counts if line is not None else "people"
        value = self._sound(row, VALUE, read_value(self.table.cell(row, VALUE), counts, self.text), faults)
        state = self._sound(row, STATE, read_word(self.table.cell(row, STATE), STATE), faults)
        reason = self._sound(row, REASON, read_word(self.table.cell(row, REASON), REASON), faults)
        faults += self._together(row, value, state, reason)
        count = 0 if state == "nil" and value is None else value
        number = count if isinstance(count, int) and state != "cannot supply" else None
        # A 0 is a nil: the same return is the same values, whichever way it was said.
        meant: State = "cannot supply" if state == "cannot supply" else "nil" if number == 0 else ""
        one = RowRead(row, number, meant, str(reason), self._last(row, key))
        return one, faults

    def _sound(
        self, row: int, column: str, found: int | str | Wrong | None, faults: list[ReturnFault]
    ) -> int | str | None:
        """What was read in a cell, or UNREAD where something is wrong with it, which is added to the faults."""
        if isinstance(found, Wrong):
            faults.append(self.table.fault(row, column, *found))
            return UNREAD
        return found

    def _together(self, row: int, value: object, state: object, reason: object) -> list[ReturnFault]:
        """What is wrong between the three cells of a row."""
        fault = self.table.fault
        here = VALUE in self.table.columns and STATE in self.table.columns
        if value is None and state == "" and here:
            repair = "Enter a number, or choose nil (there was none), or choose cannot supply and a reason."
            return [fault(row, VALUE, "Nothing is entered in this row.", repair, "blank")]
        if value is not None and state in ("nil", "cannot supply") and not (value == 0 and state == "nil"):
            repair = "Keep one of them: delete the number, or empty the cell beside it."
            return [fault(row, STATE, "There is a number and also “nil” or “cannot supply”.", repair, "two answers")]
        if (
            state == "cannot supply"
            and reason != UNREAD
            and reason not in CANNOT_REASONS
            and REASON in self.table.columns
        ):
            words = ", ".join(CANNOT_REASONS)
            return [fault(row, REASON, "“cannot supply” needs a reason.", f"Choose one of: {words}.", "reason")]
        if state not in ("cannot supply", UNREAD) and reason in CANNOT_REASONS:
            repair = "Choose cannot supply and delete the number, or choose another reason, or empty this cell."
            return [
                fault(
                    row, REASON, "This reason is for “cannot supply”, and there is a number or nil.", repair, "reason"
                )
            ]
        return []

    def _last(self, row: int, key: Key | None) -> int | None:
        """Last quarter's count: as accepted then, else as the template repeated it."""
        if self.last is not None:
            return self.last.get(key) if key is not None else None
        found = read_value(self.table.cell(row, "Last quarter"), "pounds", self.text)
        return found if isinstance(found, int) else None


def _areas(asked: Iterable[Asked]) -> dict[str, str]:
    return {one.area_words: one.area.code for one in asked}
