"""Saved views: named links in a small file that a reader keeps, and that is checked when it comes back."""

import json
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import parse_qs, urlencode

from vawg_metrics.errors import Fault, FaultsFound

KIND: Final = "progress-in-figures saved views"
LONGEST_NAME: Final = 80
MOST_VIEWS: Final = 200
MOST_CHARACTERS: Final = 200_000
FILE: Final = "The file of saved views"
REPAIR: Final = "Download the views again from the Explore page, or leave this one out."


@dataclass(frozen=True, slots=True)
class SavedView:
    """A named link: the page and its parameters, the edition among them."""

    name: str
    page: str
    query: str

    @property
    def parameters(self) -> dict[str, list[str]]:
        """What the link asks for."""
        return parse_qs(self.query)


def saved_view(name: str, page: str, parameters: dict[str, list[str]]) -> SavedView:
    """A view under a name, its spaces put in order and cut to LONGEST_NAME."""
    return SavedView(" ".join(name.split())[:LONGEST_NAME], page, urlencode(parameters, doseq=True))


def write_views(views: tuple[SavedView, ...]) -> str:
    """The file of saved views."""
    listed = [{"name": one.name, "page": one.page, "query": one.query} for one in views]
    return json.dumps({"kind": KIND, "views": listed}, indent=1, ensure_ascii=False) + "\n"


def read_views(text: str, pages: frozenset[str]) -> tuple[SavedView, ...]:
    """The views of a file; FaultsFound names every entry that is not one of a page of `pages`, and nothing is taken."""
    if len(text) > MOST_CHARACTERS:
        raise FaultsFound([Fault(FILE, "", f"It is longer than {MOST_CHARACTERS:,} characters.", REPAIR)])
    try:
        found = json.loads(text)
    except (json.JSONDecodeError, RecursionError):
        raise FaultsFound([Fault(FILE, "", "It is not a file of saved views (not JSON).", REPAIR)]) from None
    if not isinstance(found, dict) or found.get("kind") != KIND or not isinstance(found.get("views"), list):
        raise FaultsFound([Fault(FILE, "", "It is not a file of saved views.", REPAIR)])
    if len(found["views"]) > MOST_VIEWS:
        raise FaultsFound([Fault(FILE, "", f"It holds more than {MOST_VIEWS} views.", REPAIR)])
    faults = [fault for number, one in enumerate(found["views"], 1) if (fault := _fault(one, number, pages))]
    if faults:
        raise FaultsFound(faults)
    return tuple(saved_view(one["name"], one["page"], parse_qs(one["query"])) for one in found["views"])


def _fault(one: Any, number: int, pages: frozenset[str]) -> Fault | None:  # noqa: ANN401 - what JSON may hold
    where = f"view {number}"
    if not isinstance(one, dict) or not all(isinstance(one.get(key), str) for key in ("name", "page", "query")):
        return Fault(FILE, where, "It lacks a name, a page or a query.", REPAIR)
    if not one["name"].strip():
        return Fault(FILE, where, "Its name is empty.", REPAIR)
    if one["page"] not in pages:
        return Fault(FILE, where, "Its page does not exist.", REPAIR)
    return None
