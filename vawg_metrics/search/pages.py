"""The pages that a question may mean when it means no measure: what is changed, unusual, rounded, printed, missing."""

from collections.abc import Mapping
from typing import Final

# The stem of a page's file and its name, by the words that lead to it.
MEANT: Final[Mapping[tuple[str, str], frozenset[str]]] = {
    ("changes", "What changed"): frozenset({"changed", "changes", "revised", "revision", "revisions", "meeting"}),
    ("overview", "Overview: what is unusual"): frozenset({"unusual", "signal", "signals", "flagged"}),
    ("about", "About: how figures are computed and protected"): frozenset(
        {
            "rounded",
            "rounding",
            "protected",
            "about",
            "exact",
            "protection",
            "privacy",
            "method",
            "methods",
            "limits",
            "glossary",
            "words",
        }
    ),
    ("sheets", "Priority on a page: one side to print"): frozenset(
        {"print", "printed", "owner", "owners", "owns", "action", "actions", "aims", "handout"}
    ),
    ("report", "Annual report"): frozenset({"report", "annual", "pdf", "word", "powerpoint", "slides"}),
    ("presenter", "Presenter"): frozenset({"present", "presenter", "presentation", "projector"}),
    ("explore", "Explore: figures for a spreadsheet"): frozenset({"spreadsheet", "excel", "csv", "download", "export"}),
    ("data", "Data: what is held, and which months are missing"): frozenset(
        {"missing", "gap", "gaps", "empty", "held", "source", "sources", "overdue", "november", "december"}
    ),
    ("not_held", "Not held: what is not known, and who could supply it"): frozenset(
        {
            "missing",
            "lacking",
            "unheld",
            "uncollected",
            "held",
            "await",
            "awaits",
            "awaited",
            "supply",
            "supplies",
            "supplied",
            "supplier",
            "suppliers",
        }
    ),
    ("preview", "Preview: templates for partners"): frozenset({"template", "templates", "return", "returns"}),
}
MOST: Final = 2


def pages_meant(query: str) -> tuple[tuple[str, str], ...]:
    """The pages that a question's words lead to, each by its file's stem and its name; two at most."""
    words = frozenset(query.lower().replace("?", " ").split())
    return tuple(page for page, own in MEANT.items() if words & own)[:MOST]
