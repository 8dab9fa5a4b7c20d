"""A board pack: the screens of a meeting in agenda order, and the questions parked there; a small file of text."""

import base64
import binascii
import hashlib
import json
import unicodedata
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, Final

from vawg_metrics.errors import Fault, FaultsFound

KIND: Final = "progress-in-figures board pack"
CHARTS: Final = ("trend", "usual", "districts", "map", "groups")
MOST_SCREENS, MOST_PARKED, MOST_PLACES = 30, 50, 2
LONGEST_NAME, LONGEST_NOTES, LONGEST_QUESTION, LONGEST_WHO = 80, 600, 300, 120
MOST_LINES: Final = 8  # of notes: what a screen holds in large type
MOST_CHARACTERS: Final = 200_000
MOST_CODE: Final = 6_000  # characters of an address: a longer one is cut on its way by some servers
FILE: Final = "The board pack"
REPAIR: Final = "Load a file that the Board pack page has made, or mend this one."
TURNED: Final = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")  # they turn the order of letters
SHAPES: Final = {
    "": ("kind", "name", "screens", "parked"),
    "screens": ("indicator", "areas", "view", "notes"),
    "parked": ("question", "screen", "who"),
}


@dataclass(frozen=True, slots=True)
class Screen:
    """One message: a measure, the places side by side, which of its charts, and what the speaker will say."""

    indicator: str
    areas: tuple[str, ...]
    view: str = "trend"
    notes: str = ""


@dataclass(frozen=True, slots=True)
class Parked:
    """A question kept for the next meeting: the measure it was asked of ('' for none), and who could answer."""

    question: str
    screen: str = ""
    who: str = ""


@dataclass(frozen=True, slots=True)
class Pack:
    """What is shown at one meeting, in its order, with the questions parked there.

    It holds names and words and no figure: the figures are those of the edition that it is opened on.
    """

    name: str
    screens: tuple[Screen, ...]
    parked: tuple[Parked, ...] = ()

    @property
    def places(self) -> tuple[str, ...]:
        """Every place that the screens were prepared for, in their order."""
        return tuple(dict.fromkeys(name for one in self.screens for name in one.areas))

    def parking(self, question: str, screen: str, who: str) -> "Pack":
        """The pack with one more question, its texts put in order; unchanged without a question or when it is full."""
        one = Parked(tidy(question, LONGEST_QUESTION), screen, tidy(who, LONGEST_WHO))
        full = len(self.parked) >= MOST_PARKED
        return self if not one.question or full or one in self.parked else replace(self, parked=(*self.parked, one))


@dataclass(frozen=True, slots=True)
class Known:
    """What a pack may name: measures by their ids, and places by their names."""

    measures: frozenset[str]
    places: frozenset[str]


def tidy(text: str, longest: int, lines: bool = False) -> str:
    """Text without signs that are not seen, its spaces put in order, cut to its length; `lines` are kept or joined."""
    seen = "".join(sign for sign in text if sign.isspace() or not _unseen(sign))
    rows = [" ".join(row.split()) for row in seen.splitlines()] if lines else [" ".join(seen.split())]
    return "\n".join(row for row in rows if row)[:longest].strip()


def write_pack(pack: Pack) -> str:
    """The file of a pack: the same pack gives the same bytes."""
    return json.dumps(_document(pack), indent=1, ensure_ascii=False) + "\n"


def read_pack(text: str, known: Known) -> Pack:
    """The pack of a file; FaultsFound names everything in it that is wrong, and nothing is taken."""
    if len(text) > MOST_CHARACTERS:
        raise _refused(f"It is longer than {MOST_CHARACTERS:,} characters.")
    try:
        found = json.loads(text, object_pairs_hook=_once)
    except (ValueError, RecursionError):
        raise _refused("It is not a board pack (not JSON, or a name stands twice).") from None
    return _pack_of(found, known)


def code_of(pack: Pack) -> str:
    """A pack as a short word of an address, its notes and its parked questions included."""
    screens = [[one.indicator, one.areas, one.view, one.notes] for one in pack.screens]
    parked = [[one.question, one.screen, one.who] for one in pack.parked]
    packed = json.dumps([pack.name, screens, parked], ensure_ascii=False, separators=(",", ":")).encode("utf-8")
    return base64.urlsafe_b64encode(zlib.compress(packed, 9)).decode("ascii").rstrip("=")


def pack_of(code: str, known: Known) -> Pack:
    """The pack of an address; FaultsFound when the address was cut or holds what a pack may not."""
    try:
        packed = base64.b64decode(code + "=" * (-len(code) % 4), altchars=b"-_", validate=True)
        unpacking = zlib.decompressobj()
        text = unpacking.decompress(packed, MOST_CHARACTERS)
        if not unpacking.eof:
            raise _refused("The address is cut, or holds too much.")
        name, screens, parked = json.loads(text.decode("utf-8"))
        document = {
            "kind": KIND,
            "name": name,
            "screens": [dict(zip(SHAPES["screens"], one, strict=True)) for one in screens],
            "parked": [dict(zip(SHAPES["parked"], one, strict=True)) for one in parked],
        }
    except (ValueError, TypeError, RecursionError, zlib.error, binascii.Error):
        raise _refused("The address does not hold a board pack, or is cut.") from None
    return _pack_of(document, known)


def digest_of(pack: Pack) -> str:
    """A short name for a pack that is too long for an address."""
    return hashlib.sha256(write_pack(pack).encode("utf-8")).hexdigest()[:10]


def _document(pack: Pack) -> dict[str, Any]:
    screens = [
        {"indicator": one.indicator, "areas": list(one.areas), "view": one.view, "notes": one.notes}
        for one in pack.screens
    ]
    parked = [{"question": one.question, "screen": one.screen, "who": one.who} for one in pack.parked]
    return {"kind": KIND, "name": pack.name, "screens": screens, "parked": parked}


def _pack_of(found: Any, known: Known) -> Pack:  # noqa: ANN401 - what JSON may hold
    """The pack of a document, after every part of it was looked at."""
    if not isinstance(found, dict) or found.get("kind") != KIND:
        raise _refused("It is not a board pack.")
    faults = [Fault(FILE, where, problem, REPAIR) for where, problem in _faults(found, known)]
    if faults:
        raise FaultsFound(faults)
    screens = tuple(
        Screen(one["indicator"], tuple(one["areas"]), one["view"], tidy(one["notes"], LONGEST_NOTES, lines=True))
        for one in found["screens"]
    )
    parked = tuple(
        Parked(tidy(one["question"], LONGEST_QUESTION), one["screen"], tidy(one["who"], LONGEST_WHO))
        for one in found["parked"]
    )
    return Pack(tidy(found["name"], LONGEST_NAME), screens, parked)


def _faults(found: dict[str, Any], known: Known) -> Iterator[tuple[str, str]]:
    """Where and what is wrong, all of it."""
    yield from (("", problem) for problem in _shape(found, ""))
    yield from (("", problem) for problem in _text(found, "name", LONGEST_NAME, needed=True))
    for name, least, most in (("screens", 1, MOST_SCREENS), ("parked", 0, MOST_PARKED)):
        listed = found.get(name)
        if not isinstance(listed, list) or not least <= len(listed) <= most:
            yield "", f"Its {name} are not a list of {least} to {most}."
            continue
        for number, one in enumerate(listed, 1):
            where = f"{name} {number}"
            if not isinstance(one, dict):
                yield where, "It is not an entry with names."
                continue
            problems = _of_screen(one, known) if name == "screens" else _of_parked(one, known)
            yield from ((where, problem) for problem in (*_shape(one, name), *problems))


def _of_screen(one: dict[str, Any], known: Known) -> Iterator[str]:
    areas = one.get("areas")
    if not isinstance(one.get("indicator"), str) or one["indicator"] not in known.measures:
        yield "Its measure does not exist."
    if one.get("view") not in CHARTS:
        yield f"Its view is none of {', '.join(CHARTS)}."
    if not isinstance(areas, list) or not 1 <= len(areas) <= MOST_PLACES:
        yield f"Its areas are not a list of 1 to {MOST_PLACES}."
    elif not all(isinstance(name, str) and name in known.places for name in areas) or len(set(areas)) < len(areas):
        yield "An area does not exist, or stands twice."
    yield from _text(one, "notes", LONGEST_NOTES, lines=True)


def _of_parked(one: dict[str, Any], known: Known) -> Iterator[str]:
    if not isinstance(one.get("screen"), str) or one["screen"] not in {"", *known.measures}:
        yield "Its screen names a measure that does not exist."
    yield from _text(one, "question", LONGEST_QUESTION, needed=True)
    yield from _text(one, "who", LONGEST_WHO)


def _shape(one: dict[str, Any], name: str) -> Iterator[str]:
    if set(one) != set(SHAPES[name]):
        yield f"It holds other names than {', '.join(SHAPES[name])}."


def _text(one: dict[str, Any], name: str, longest: int, needed: bool = False, lines: bool = False) -> Iterator[str]:
    text = one.get(name)
    if not isinstance(text, str) or len(text) > longest or (needed and not text.strip()):
        yield f"Its {name} is not a text of {1 if needed else 0} to {longest} characters."
    elif any(_unseen(sign) and not (lines and sign == "\n") for sign in text):
        yield f"Its {name} holds signs that are not text."
    elif lines and len(text.splitlines()) > MOST_LINES:
        yield f"Its {name} has more than {MOST_LINES} lines."


def _unseen(sign: str) -> bool:
    """Whether a sign is no text: a control, half a letter, or one that turns the order of letters."""
    return unicodedata.category(sign) in ("Cc", "Cs", "Co", "Cn", "Zl", "Zp") or sign in TURNED


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object of JSON whose names stand once each."""
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a name stands twice")
    return found


def _refused(problem: str) -> FaultsFound:
    return FaultsFound([Fault(FILE, "", problem, REPAIR)])
