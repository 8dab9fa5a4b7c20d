"""What people with lived experience said and what was done: reviewed text files, each in the one shape they have."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from vawg_metrics.errors import Fault, FaultsFound
from vawg_metrics.periods import MONTH_NAMES

README: Final = "README.md"
DID, REVIEWED = "We did: ", "Reviewed: "
MONTH: Final = re.compile(rf"({'|'.join(MONTH_NAMES)}) \d{{4}}")
# What could tell who said it. What is found is never repeated in a fault.
TELLING: Final = (
    ("an e-mail address", re.compile(r"[^\s@]+@[^\s@]+\.[^\s@]+")),
    ("a web address", re.compile(r"https?://|www\.", re.I)),
    ("a telephone number", re.compile(r"(?:\+44|\b0)(?:[\s()-]*\d){9,10}\b")),
    ("a postcode", re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]?\s*\d[A-Z]{2}\b", re.I)),
    ("a name with a title", re.compile(r"\b(?:Mr|Mrs|Ms|Miss|Mx|Dr)\.? [A-Z]\w+")),
)


@dataclass(frozen=True, slots=True)
class Said:
    """One thing that was said, what was done about it, and the month in which the text was reviewed."""

    said: str
    did: str
    reviewed: str


def read_said(folder: Path) -> tuple[Said, ...]:
    """Every entry in the order of the file names; FaultsFound names every fault of every file, and repeats no text."""
    texts = {path.name: path.read_text("utf-8", "replace") for path in entries_of(folder)}
    faults = [fault for name, text in texts.items() for fault in faults_of(name, text)]
    if faults:
        raise FaultsFound(faults)
    return tuple(_entry(text) for text in texts.values())


def entries_of(folder: Path) -> tuple[Path, ...]:
    """The files of entries, in the order of their names."""
    return tuple(path for path in sorted(folder.glob("*.md")) if path.name != README)


def faults_of(name: str, text: str) -> Iterator[Fault]:
    """What is wrong with one file."""
    lines = _lines(text)
    first = lines[0] if lines else ""
    if not re.fullmatch(r"## \S.*", first):
        yield Fault(name, "line 1", "is not a heading of the second level.", "Begin with '## ' and what was said.")
    if any(line.startswith("#") for line in lines[1:]):
        yield Fault(name, "", "has more than one heading.", "Make a file for each thing that was said.")
    for start, problem in ((DID, "what was done"), (REVIEWED, "when it was reviewed")):
        found = [line for line in lines if line.startswith(start)]
        if len(found) != 1 or not found[0].removeprefix(start).strip():
            repair = f"Write one line that begins with '{start.strip()}'."
            yield Fault(name, "", f"does not say once {problem}.", repair)
        elif start == REVIEWED and not MONTH.fullmatch(found[0].removeprefix(start).strip(" .")):
            yield Fault(name, "", "gives no month of its review.", "Write it as 'Reviewed: October 2026'.")
    if lines and not lines[-1].startswith(REVIEWED):
        yield Fault(name, "", "goes on after its review.", "Make 'Reviewed: month year' the last line.")
    if len(lines) > 1 and not lines[1].startswith((DID, REVIEWED)):
        yield Fault(name, "", "has text between what was said and what was done.", "Put it into one of the two.")
    for what, pattern in TELLING:
        if pattern.search(text):
            yield Fault(name, "", f"has what looks like {what}.", "Take out whatever could tell who said it.")
    if "<" in text or "](" in text:
        yield Fault(name, "", "has a link or a tag in it.", "Write plain words.")


def _entry(text: str) -> Said:
    first, *middle, last = _lines(text)
    did = " ".join(middle).removeprefix(DID)
    return Said(first.removeprefix("## ").strip(), did, last.removeprefix(REVIEWED).strip(" ."))


def _lines(text: str) -> list[str]:
    """The lines that are not empty, without the space around them."""
    return [line.strip() for line in text.lstrip("\ufeff").splitlines() if line.strip()]
