"""The editions that can be chosen on a page: those kept, and the figures as they are held."""

from collections.abc import Mapping

import streamlit as st

from vawg_metrics.changes.found import Edition
from vawg_metrics.changes.section import edition_words
from vawg_metrics.frozen.kept import Frozen
from vawg_metrics.frozen.opening import open_frozen
from vawg_metrics.reading import Release
from vawg_metrics.ui.opened import data_folder


def edition_named(held: Mapping[str, Frozen | None], slug: str) -> str:
    """An edition in the words of a choice; None in the mapping is the present."""
    one = held[slug]
    return edition_words(Edition(one.name, one.day, one.edition)) if one else "The figures as they are held"


def opened_edition(present: Release, frozen: Frozen | None) -> Release:
    """The release of an edition: that of the screen, or a frozen one."""
    return _frozen(present, present.name, frozen) if frozen else present


@st.cache_resource(show_spinner="Opening the edition …", max_entries=3)
def _frozen(_present: Release, present: str, frozen: Frozen) -> Release:
    return open_frozen(data_folder() / "releases", frozen, _present)
