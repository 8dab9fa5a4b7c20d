"""What happened to the series and to their files, and where to turn for help: registers kept beside the measures."""

from typing import Literal

from pydantic import ConfigDict
from pydantic.dataclasses import dataclass

STRICT = ConfigDict(extra="forbid", str_strip_whitespace=True)
Text = str
Lines = tuple[str, ...]


@dataclass(frozen=True, config=STRICT)
class RecordingChange:
    """A change in the law or in counting rules after which a series is not the same series."""

    id: Text
    month: Text
    label: Text
    what: Text
    indicators: Lines
    date_words: Text = ""
    breaks: bool = True


@dataclass(frozen=True, config=STRICT)
class KnownFault:
    """A stretch of a publisher's file that cannot be used for some measures, and why."""

    source: Text
    start: Text
    end: Text
    indicators: Lines
    marker: Literal["missing", "incomplete"]
    reason: Text


@dataclass(frozen=True, config=STRICT)
class Download:
    """A run of months that came in one download, so that their outcomes are as at one day."""

    source: Text
    id: Text
    start: Text
    end: Text


@dataclass(frozen=True, config=STRICT)
class SupportLine:
    """Where somebody who reads this can turn to; `checked_on` is empty until a person has rung it."""

    name: Text
    number: Text
    hours: Text
    national: bool
    checked_on: Text = ""
