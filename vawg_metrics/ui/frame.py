"""The frame: navigation, filters, the way out, support lines; drawn once around every page."""

import runpy
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import cache
from typing import Final

import streamlit as st

from vawg_metrics.catalogue.definitions import Indicator
from vawg_metrics.catalogue.load import load_strategy
from vawg_metrics.errors import ShownError
from vawg_metrics.reading import Release
from vawg_metrics.selection import Selection
from vawg_metrics.ui.address import Parameters, draw_address, say_link, take_address
from vawg_metrics.ui.demonstration import draw_banner, opened_demonstration, release_for
from vawg_metrics.ui.filters import ask_selection, keep_filters, say_misread
from vawg_metrics.ui.find import ask_query, draw_found
from vawg_metrics.ui.opened import ROOT, opened_release
from vawg_metrics.ui.steward import drop_files, for_steward
from vawg_metrics.ui.surround import draw_footer, draw_selection, draw_style, draw_way_out

PRODUCT_TITLE: Final = "Progress in figures"
PAGES: Final = {  # after the Overview and the priorities of the strategy
    "For meetings": (
        ("sheets", "Priority on a page"),
        ("presenter", "Presenter"),
        ("pack", "Board pack"),
        ("changes", "What changed"),
        ("report", "Annual report"),
    ),
    "For analysts": (("compare", "Compare"), ("explore", "Explore")),
    "About the data": (("data", "Data"), ("not_held", "Not held"), ("about", "About"), ("preview", "Preview")),
}
FOR_STEWARD: Final = {"Data steward": (("check_return", "Check a return"),)}  # on the steward's own server alone
BARE: Final = frozenset({"presenter"})  # it fills the screen: no navigation, no filters, no way out
ALONE: Final = (("measure", "One measure"),)  # reached by "Find a measure" and by links, not from the navigation


@dataclass(frozen=True, slots=True)
class Chosen:
    """What a page needs: the selection, and the release to read it from; and what a link asked of the page itself.

    `asked` is None where the page was not opened by a new link; a page that has controls of its own puts what they
    say into `own`, which the frame writes into the address.
    """

    selection: Selection
    release: Release
    asked: Parameters | None = None
    own: Parameters = field(default_factory=dict)
    demonstration: Release | None = None
    page: str = ""

    def release_for(self, indicator: Indicator) -> Release:
        """The release that a measure is read from; its links and files carry the edition of the real one."""
        return release_for(self.release, self.demonstration, indicator)

    def demonstrates(self, indicator: Indicator) -> bool:
        """Whether what is shown of a measure is made up."""
        return self.release_for(indicator).demonstration


NAMES: Final = {"": "overview", "start": "overview"}
_CHOSEN: ContextVar[Chosen | None] = ContextVar("chosen", default=None)


def show() -> None:
    """Draw the frame and run the page that was asked for inside it."""
    st.set_page_config(layout="wide", initial_sidebar_state="auto")
    page = declare_navigation()
    draw_style()
    try:
        release = opened_release()
    except ShownError as error:
        _say_broken(error)
        return
    name = NAMES.get(page.url_path, page.url_path)
    if for_steward() and name not in dict(*FOR_STEWARD.values()):
        drop_files()  # a return is held while the page that checks it is open, and no longer
    if name in BARE:
        _show_bare(name, page, release)
        return
    demonstration = opened_demonstration(release)
    if demonstration is not None:
        draw_banner()
    _draw_navigation(release)
    of_filters, of_page = take_address(name)
    selection = ask_selection(release, of_filters)
    out, box = st.columns([3, 2], vertical_alignment="bottom")
    with out:
        draw_way_out()
    with box:
        query = ask_query(name, closes=of_filters is not None)
    chosen = Chosen(selection, release, of_page, demonstration=demonstration, page=name)
    found = draw_found(selection, release, query, chosen.release_for)
    say_misread(selection)
    say_link(release)
    draw_selection(selection, release)
    _run(page, chosen)
    draw_footer(release)
    draw_address(name, release, selection, chosen.own, f"{found}Showing {selection.words()}.")


def _show_bare(name: str, page: st.Page, release: Release) -> None:  # type: ignore[valid-type]
    """A page that fills the screen with what is real; the filters are kept for the pages around it."""
    asked, _ = take_address(name)
    keep_filters()
    chosen = Chosen(Selection(), release, asked, page=name)
    _run(page, chosen)
    draw_address(name, release, Selection(), chosen.own, "")


def _run(page: st.Page, chosen: Chosen) -> None:  # type: ignore[valid-type]
    """The page, with what it needs within reach."""
    token = _CHOSEN.set(chosen)
    try:
        page.run()
    except ShownError as error:
        st.error(str(error))
    finally:
        _CHOSEN.reset(token)


def chosen() -> Chosen:
    """What the frame knows. On a cold deep link the page runs alone: declare the navigation and run again."""
    found = _CHOSEN.get()
    if found is None:
        declare_navigation()
        st.rerun()
    return found


def declare_navigation() -> st.Page:  # type: ignore[valid-type]
    """Tell Streamlit which pages there are; every page keeps its file's name as its address."""

    def overview() -> None:
        """The default page has no address of its own; this gives it `/overview` as well."""
        runpy.run_path(str(ROOT / "pages" / "overview.py"))

    pages = {section: [page_of(name, title) for name, title in entries] for section, entries in _sections().items()}
    also = [st.Page(overview, title=f"Overview - {PRODUCT_TITLE}", url_path="overview", visibility="hidden")]
    for name, title in ALONE:
        path = ROOT / "pages" / f"{name}.py"
        also.append(st.Page(path, title=f"{title} - {PRODUCT_TITLE}", url_path=name, visibility="hidden"))
    return st.navigation({**pages, "Also": also}, position="hidden")


def page_of(name: str, title: str) -> st.Page:  # type: ignore[valid-type]
    """A page by its address: of its own file, or of the file that serves every priority without one."""
    own = ROOT / "pages" / f"{name}.py"
    return st.Page(
        own if own.exists() else ROOT / "vawg_metrics" / "ui" / "any_priority.py",
        title=f"{title} - {PRODUCT_TITLE}",
        url_path="start" if name == "overview" else name,
        default=name == "overview",
    )


def _sections() -> dict[str, tuple[tuple[str, str], ...]]:
    """The pages of this server by their group."""
    return {"Priorities": (("overview", "Overview"), *_priorities())} | PAGES | (FOR_STEWARD if for_steward() else {})


@cache
def _priorities() -> tuple[tuple[str, str], ...]:
    """The priorities of the strategy by id and name: read once, for they are needed before the figures are opened."""
    return tuple((one.id, one.short) for one in load_strategy().priorities)


def _draw_navigation(release: Release) -> None:
    """The pages in named groups; the browser's tab carries a calmer title than the pages have here."""
    strategy = release.catalogue.strategy
    with st.sidebar:
        st.markdown(f"**{strategy.product}**  \n{strategy.name}")
        for section, entries in _sections().items():
            st.markdown(f"**{section}**")
            for name, title in entries:
                st.page_link(page_of(name, title), label=title)


def _say_broken(error: ShownError) -> None:
    st.title("The figures cannot be shown")
    st.markdown("The data of this dashboard is missing or damaged, and nothing is shown rather than something wrong.")
    st.code(str(error), language=None, wrap_lines=True)
