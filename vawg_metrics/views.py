"""What a page of its own controls was asked to show, beside the selection: frozen, and at home in the address."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

MOST_MEASURES: Final = 12
MOST_PLACES: Final = 400
COLUMN_SETS: Final = ("limits", "comparison", "signal", "change")
MEASURE_VIEWS: Final = ("trend", "usual", "groups", "districts", "beside", "map")
Parameters = Mapping[str, list[str]]


@dataclass(frozen=True, slots=True)
class Choice:
    """A parameter that takes certain values only, what is shown instead of any other, and whether it takes several."""

    values: tuple[str, ...]
    instead: str
    several: bool = False


SWITCH: Final = ("yes", "no")
CHOICES: Final[Mapping[str, Mapping[str, Choice]]] = {  # by page, for what the page does not check against its data
    "measure": {
        "view": Choice(MEASURE_VIEWS, "the view that the measure opens with is shown"),
        "years": Choice(("all",), "the months chosen at the side are shown"),
    },
    "compare": {
        "order": Choice(("fixed", "value"), "the bars stand in their fixed order"),
        "matrix": Choice(("core", "all"), "the matrix shows the core measures"),
    },
    "explore": {
        "parts": Choice(SWITCH, "totals are shown without their parts"),
        "across": Choice(("area", "period"), "each figure has a row of its own"),
        "show": Choice(COLUMN_SETS, "only sets of columns that exist are shown", several=True),
        "down": Choice(SWITCH, "rows are not turned round"),
        "known": Choice(SWITCH, "unknown figures are shown too"),
    },
}


@dataclass(frozen=True, slots=True)
class MeasureView:
    """One measure: which of its views, and whether over all years."""

    KEYS = ("indicator", "view", "years")

    indicator: str = ""
    view: str = ""
    all_years: bool = False

    @classmethod
    def from_parameters(cls, asked: Parameters) -> "MeasureView":
        return cls(_last(asked, "indicator"), _last(asked, "view"), _last(asked, "years") == "all")

    def parameters(self) -> dict[str, list[str]]:
        """The address of this view: only what differs from the first opening."""
        return _filled(indicator=self.indicator, view=self.view, years="all" if self.all_years else "")


@dataclass(frozen=True, slots=True)
class CompareView:
    """One measure over all places: since when the change is taken, how bars are sorted, and whether the matrix
    shows every measure."""

    KEYS = ("indicator", "since", "order", "matrix")

    indicator: str = ""
    since: str = ""
    by_value: bool = False
    every_measure: bool = False

    @classmethod
    def from_parameters(cls, asked: Parameters) -> "CompareView":
        by_value, every = _last(asked, "order") == "value", _last(asked, "matrix") == "all"
        return cls(_last(asked, "indicator"), _last(asked, "since"), by_value, every)

    def parameters(self) -> dict[str, list[str]]:
        """The address of this view: only what differs from the first opening."""
        order, matrix = "value" if self.by_value else "", "all" if self.every_measure else ""
        return _filled(indicator=self.indicator, since=self.since, order=order, matrix=matrix)


@dataclass(frozen=True, slots=True)
class ExploreView:
    """Any measures and places in one table: `across` turns places or periods into columns, `show` adds sets of
    columns, `sort` names the column that rows are sorted by, `containing` keeps the rows that hold a text."""

    KEYS = ("indicator", "place", "parts", "across", "show", "sort", "down", "containing", "known")

    indicators: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    parts: bool = False
    across: str = ""
    show: tuple[str, ...] = ()
    sort: str = ""
    down: bool = False
    containing: str = ""
    known: bool = False

    @classmethod
    def from_parameters(cls, asked: Parameters) -> "ExploreView":
        across = _last(asked, "across")
        return cls(
            tuple(dict.fromkeys(asked.get("indicator", [])))[:MOST_MEASURES],
            tuple(dict.fromkeys(asked.get("place", [])))[:MOST_PLACES],
            _last(asked, "parts") == "yes",
            across if across in CHOICES["explore"]["across"].values else "",
            tuple(one for one in COLUMN_SETS if one in asked.get("show", [])),
            _last(asked, "sort"),
            _last(asked, "down") == "yes",
            _last(asked, "containing")[:80],
            _last(asked, "known") == "yes",
        )

    def parameters(self) -> dict[str, list[str]]:
        """The address of this view: only what differs from the first opening."""
        flags = {name: "yes" if on else "" for name, on in (("down", self.down), ("known", self.known))}
        parts = "yes" if self.parts else ""
        single = _filled(across=self.across, sort=self.sort, containing=self.containing, parts=parts, **flags)
        several = {"indicator": list(self.indicators), "place": list(self.places), "show": list(self.show)}
        return {key: values for key, values in (several | single).items() if values}


@dataclass(frozen=True, slots=True)
class PackView:
    """A board pack: its short word, see board_pack.py."""

    KEYS = ("pack",)

    pack: str = ""

    @classmethod
    def from_parameters(cls, asked: Parameters) -> "PackView":
        return cls(_last(asked, "pack"))

    def parameters(self) -> dict[str, list[str]]:
        """The address of this view."""
        return _filled(pack=self.pack)


@dataclass(frozen=True, slots=True)
class PresenterView:
    """One screen of a board pack, counted from 1, and the place shown instead of the prepared one."""

    KEYS = ("pack", "screen", "place")

    pack: str = ""
    screen: int = 1
    place: str = ""

    @classmethod
    def from_parameters(cls, asked: Parameters) -> "PresenterView":
        screen = _last(asked, "screen")
        number = int(screen) if screen.isascii() and screen.isdigit() and len(screen) < 4 else 1
        return cls(_last(asked, "pack"), max(number, 1), _last(asked, "place"))

    def parameters(self) -> dict[str, list[str]]:
        """The address of this screen."""
        return _filled(pack=self.pack, screen=str(self.screen), place=self.place)


@dataclass(frozen=True, slots=True)
class SheetsView:
    """Which priority stands on the page: its id, `all`, or '' for the first."""

    KEYS = ("priority",)

    priority: str = ""

    @classmethod
    def from_parameters(cls, asked: Parameters) -> "SheetsView":
        return cls(_last(asked, "priority"))

    def parameters(self) -> dict[str, list[str]]:
        """The address of this view: only what differs from the first opening."""
        return _filled(priority=self.priority)


@dataclass(frozen=True, slots=True)
class ChangesView:
    """Two editions by the names of their folders, `present` for the data as it lies; '' for the usual two."""

    KEYS = ("before", "after")

    before: str = ""
    after: str = ""

    @classmethod
    def from_parameters(cls, asked: Parameters) -> "ChangesView":
        return cls(_last(asked, "before"), _last(asked, "after"))

    def parameters(self) -> dict[str, list[str]]:
        """The address of this view: both editions by name, for what is usual changes with each new one."""
        return _filled(before=self.before, after=self.after)


@dataclass(frozen=True, slots=True)
class ReportView:
    """The report asked for: a year or `whole`, a place, and an edition by the name of its folder or `present`.

    Every address names the edition on the screen as `edition`; that of the report has a name of its own.
    """

    KEYS = ("year", "place", "made_from")

    year: str = ""
    place: str = ""
    made_from: str = ""

    @classmethod
    def from_parameters(cls, asked: Parameters) -> "ReportView":
        return cls(*(_last(asked, key) for key in cls.KEYS))

    def parameters(self) -> dict[str, list[str]]:
        """The address of this view: all three by name."""
        return _filled(year=self.year, place=self.place, made_from=self.made_from)


View = MeasureView | CompareView | ExploreView | PackView | PresenterView | SheetsView | ChangesView | ReportView
VIEWS: Final[Mapping[str, type[View]]] = {
    "measure": MeasureView,
    "compare": CompareView,
    "explore": ExploreView,
    "pack": PackView,
    "presenter": PresenterView,
    "sheets": SheetsView,
    "changes": ChangesView,
    "report": ReportView,
}


def not_understood(page: str, asked: Parameters) -> tuple[tuple[str, str, str], ...]:
    """The values of an address that a page's own choices do not have: name, value, and what is shown instead."""
    return tuple(
        (name, value, choice.instead)
        for name, choice in CHOICES.get(page, {}).items()
        for value in asked.get(name, [])[0 if choice.several else -1 :]
        if value and value not in choice.values
    )


def _last(asked: Parameters, key: str) -> str:
    values = asked.get(key, [])
    return values[-1] if values else ""


def _filled(**values: str) -> dict[str, list[str]]:
    return {key: [value] for key, value in values.items() if value}
