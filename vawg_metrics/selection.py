"""What the reader asked to see: frozen, hashable, and able to say itself as an address and in words."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final, Literal

from vawg_metrics.areas import HOME, LLR
from vawg_metrics.periods import month_number, month_words

KEYS: Final = ("area", "from", "to", "grain", "measure")
Measure = Literal["rate", "count"]
MOST_AREAS: Final = 4
ALL_YEARS: Final = "all"
THREE_YEARS: Final = "3years"
GRAIN_WORDS: Final = {
    "": "as suits each measure",
    "native": "as published",
    "month": "months",
    "quarter": "quarters",
    "year": "years",
    "rolling12": "rolling 12 months",
}


@dataclass(frozen=True, slots=True)
class Selection:
    """Areas side by side (never summed), a span of months, a grain, and rate or count.

    An empty `start` means from the year before the strategy, `all` every year held, `3years` the 36 months to `end`
    or to the newest held of the measure; an empty `end` means to the newest period held. A period belongs to the span
    when its last month does.
    """

    areas: tuple[str, ...] = (LLR.name,)
    start: str = ""
    end: str = ""
    grain: str = ""
    measure: Measure = "rate"

    @classmethod
    def from_parameters(cls, parameters: Mapping[str, list[str]]) -> "Selection":
        """The selection that an address asks for; what it asks that does not exist is left out."""
        names = {area.name for area in HOME}
        areas = tuple(dict.fromkeys(name for name in parameters.get("area", []) if name in names))[:MOST_AREAS]
        grain = _last(parameters, "grain")
        return cls(
            areas or (LLR.name,),
            _month(_last(parameters, "from"), ALL_YEARS, THREE_YEARS),
            _month(_last(parameters, "to")),
            grain if grain in GRAIN_WORDS else "",
            "count" if _last(parameters, "measure") == "count" else "rate",
        )

    def misread(self, parameters: Mapping[str, list[str]]) -> str:
        """What an address asked for that this selection, made from it, could not take; '' when it took all."""
        known = {"area": set(self.areas), "from": {self.start}, "to": {self.end}, "grain": {self.grain}}
        known["measure"] = {"rate", "count"}
        lost = [
            value for key, values in parameters.items() if key in known for value in values if value not in known[key]
        ]
        return ", ".join(f"'{value[:40]}'" for value in lost if value)

    def parameters(self) -> dict[str, list[str]]:
        """The address of this selection: only what differs from the first opening."""
        plain = Selection()
        asked: dict[str, list[str]] = {
            "area": list(self.areas) if self.areas != plain.areas else [],
            "from": [self.start] if self.start else [],
            "to": [self.end] if self.end else [],
            "grain": [self.grain] if self.grain else [],
            "measure": [self.measure] if self.measure != plain.measure else [],
        }
        return {key: values for key, values in asked.items() if values}

    def words(self) -> str:
        """The selection as a person would say it: `LLR and Charnwood, from January 2023, as published, rates`."""
        said = [_and(self.areas)]
        if self.start == ALL_YEARS:
            said.append("all years held")
        elif self.start == THREE_YEARS:
            said.append("the last three years held")
        elif self.start:
            said.append(f"from {month_words(self.start)}")
        if self.end:
            said.append(f"to {month_words(self.end)}")
        if self.grain:
            said.append(GRAIN_WORDS[self.grain])
        said.append("counts" if self.measure == "count" else "rates and shares")
        if self.backwards:
            said.append("which ends before it begins")
        return ", ".join(said)

    @property
    def backwards(self) -> bool:
        """Whether the span ends before it begins."""
        return bool(self.end) and self.start not in ("", ALL_YEARS, THREE_YEARS) and self.end < self.start

    def all_years(self) -> "Selection":
        """The same selection over every year held."""
        return replace(self, start=ALL_YEARS)


def _and(names: tuple[str, ...]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def _last(parameters: Mapping[str, list[str]], key: str) -> str:
    values = parameters.get(key, [])
    return values[-1] if values else ""


def _month(text: str, *others: str) -> str:
    if text in others:
        return text
    try:
        month_number(text)
    except ValueError:
        return ""
    return text
