"""The one release that all sessions of this process read."""

import gc
import hashlib
import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import streamlit as st

from vawg_metrics.catalogue.load import load_catalogue
from vawg_metrics.comparison import Comparison, compare
from vawg_metrics.demonstration import open_demonstration
from vawg_metrics.exploration import Asked, Total, explore, totals
from vawg_metrics.matrix import Row, matrix_of
from vawg_metrics.outputs.explored import Layout, Table, lay_out
from vawg_metrics.published import MANIFEST
from vawg_metrics.reading import Reading, Release, open_data, read
from vawg_metrics.selection import Selection
from vawg_metrics.unusual import Unusual, unusual_in
from vawg_metrics.year_to_date import YearToDate, year_to_date

ROOT: Final = Path(__file__).resolve().parents[2]


def data_folder() -> Path:
    """The folder of data: the project's own unless VAWG_DATA names another."""
    return Path(os.environ.get("VAWG_DATA") or ROOT / "data")


def opened_release() -> Release:
    """The release of the data as it lies on the disk; opened once, and again only when the data changes."""
    digest = hashlib.sha256()
    for part in ("published", "protected"):
        manifest = data_folder() / part / MANIFEST
        digest.update(manifest.read_bytes() if manifest.exists() else b"")
    return _open(str(data_folder()), digest.hexdigest())


@st.cache_resource(show_spinner="Opening the figures …", max_entries=2)
def _open(folder: str, fingerprint: str) -> Release:
    return _set_aside(open_data(Path(folder), load_catalogue()))


def _set_aside(release: Release) -> Release:
    """A release that need never be looked at again for what is no longer used: else every rerun pays for it."""
    gc.collect()
    gc.freeze()
    return release


@st.cache_resource(show_spinner="Making up the demonstration …", max_entries=2)
def demonstration_of(_real: Release, name: str) -> Release:
    """The release of made-up figures beside a real one of this `name`: made once, and only when it is asked for."""
    return _set_aside(open_demonstration(data_folder(), _real))


@st.cache_resource(show_spinner=False, max_entries=600)
def reading_of(_release: Release, release: str, indicator: str, selection: Selection) -> Reading:
    """The reading of a measure for a selection: frozen, shared by all sessions, keyed by the release's name."""
    return read(_release, _release.catalogue.indicator(indicator), selection)


@st.cache_resource(show_spinner=False, max_entries=100)
def comparison_of(_release: Release, release: str, indicator: str, selection: Selection, since: str = "") -> Comparison:
    """The comparison of a measure over all places: frozen, shared, keyed by the release's name."""
    return compare(_release, _release.catalogue.indicator(indicator), selection, since)


@st.cache_resource(show_spinner=False, max_entries=20)
def matrix_rows(_release: Release, release: str, indicators: tuple[str, ...], end: str) -> tuple[Row, ...]:
    """The matrix of measures and places, keyed by the release's name."""
    return matrix_of(_release, tuple(_release.catalogue.indicator(one) for one in indicators), end)


@st.cache_resource(show_spinner=False, max_entries=60)
def explored_in(_release: Release, release: str, asked: Asked, layout: Layout) -> Table:
    """The table of what was asked, keyed by the release's name; LookupError says what does not exist."""
    return lay_out(_release, asked, explore(_release, asked), layout)


@st.cache_resource(show_spinner=False, max_entries=60)
def table_totals(_release: Release, release: str, asked: Asked) -> tuple[Total, ...]:
    """The totals to check of what was asked, keyed by the release's name."""
    return totals(explore(_release, asked).figures)


@st.cache_resource(show_spinner=False, max_entries=200)
def year_to_date_of(_release: Release, release: str, indicator: str, area: str, end: str) -> YearToDate:
    """The financial year to date of a measure and a place, keyed by the release's name."""
    return year_to_date(_release, _release.catalogue.indicator(indicator), _release.areas[area], end)


@st.cache_resource(show_spinner=False, max_entries=2)
def unusual_of(_release: Release, release: str) -> Unusual:
    """What is unusual in the newest month held, keyed by the release's name."""
    return unusual_in(_release)


def present_month() -> str:
    """The present month, YYYY-MM: only to say how old a figure is."""
    return datetime.now(UTC).strftime("%Y-%m")
