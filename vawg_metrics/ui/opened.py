"""The one release that all sessions of this process read."""

import gc
import hashlib
import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import streamlit as st

from vawg_metrics.catalogue.load import load_catalogue
from vawg_metrics.published import MANIFEST
from vawg_metrics.reading import Reading, Release, open_data, read
from vawg_metrics.selection import Selection
from vawg_metrics.unusual import Unusual, unusual_in

ROOT: Final = Path(__file__).resolve().parents[2]


def data_folder() -> Path:
    """The folder of data: the project's own unless VAWG_DATA names another."""
    return Path(os.environ.get("VAWG_DATA") or ROOT / "data")


def opened_release() -> Release:
    """The release of the data as it lies on the disk; opened once, and again only when the data changes."""
    manifest = data_folder() / "published" / MANIFEST
    content = manifest.read_bytes() if manifest.exists() else b""
    return _open(str(data_folder()), hashlib.sha256(content).hexdigest())


@st.cache_resource(show_spinner="Opening the figures …", max_entries=2)
def _open(folder: str, fingerprint: str) -> Release:
    release = open_data(Path(folder), load_catalogue())
    gc.collect()
    gc.freeze()  # what is loaded once need never be looked at again: without this every rerun pays for it
    return release


@st.cache_resource(show_spinner=False, max_entries=600)
def reading_of(_release: Release, release: str, indicator: str, selection: Selection) -> Reading:
    """The reading of a measure for a selection: frozen, shared by all sessions, keyed by the release's name."""
    return read(_release, _release.catalogue.indicator(indicator), selection)


@st.cache_resource(show_spinner=False, max_entries=2)
def unusual_of(_release: Release, release: str) -> Unusual:
    """What is unusual in the newest month held, keyed by the release's name."""
    return unusual_in(_release)


def present_month() -> str:
    """The present month, YYYY-MM: only to say how old a figure is."""
    return datetime.now(UTC).strftime("%Y-%m")
