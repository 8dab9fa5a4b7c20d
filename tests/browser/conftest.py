"""A real server and a real browser: started once, and nothing but the machine itself may be asked for anything."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Request, sync_playwright
from playwright.sync_api import TimeoutError as PlaywrightTimeout

ROOT = Path(__file__).resolve().parents[2]
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
QUIET = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
)  # fmt: skip
READY = "[data-testid=stApp][data-test-connection-state=CONNECTED][data-test-script-state=notRunning]"
AT_REST = "() => document.getAnimations().every((one) => one.playState !== 'running')"  # a fold opens by and by
BONES = "[data-testid=stSkeleton]"
PATIENT = 300_000  # milliseconds: on a busy machine opening the data alone may take two minutes
MOVES = """(quiet) => new Promise((done) => {
  let last = "", timer = setTimeout(() => end(""), quiet);
  const seen = new MutationObserver((changes) => {
    const at = changes.at(-1).target;
    last = (at.nodeType === Node.TEXT_NODE ? at.parentElement : at)?.outerHTML?.slice(0, 200) ?? at.nodeName;
    clearTimeout(timer);
    timer = setTimeout(() => end(""), quiet);
  });
  const late = setTimeout(() => end(last), 60000);
  function end(moving) { seen.disconnect(); clearTimeout(timer); clearTimeout(late); done(moving); }
  seen.observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
})"""


def free_port() -> int:
    """A port that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def served(log: Path, **environment: str) -> Iterator[str]:
    """The address of a dashboard on the repository's own data, started with more environment; it writes to a log."""
    port = free_port()
    command = [sys.executable, "-m", "streamlit", "run", "dashboard.py", "--server.port", str(port)]
    with log.open("w") as written:
        server = subprocess.Popen(
            command, cwd=ROOT, env=os.environ | environment, stdout=written, stderr=subprocess.STDOUT
        )
        try:
            for _ in range(300):
                try:
                    urllib.request.urlopen(f"http://127.0.0.1:{port}/_stcore/health", timeout=2).close()
                    break
                except OSError:
                    time.sleep(0.2)
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()
            server.wait(20)


@pytest.fixture(scope="session")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a dashboard on the repository's own data."""
    with served(tmp_path_factory.mktemp("server") / "log.txt") as found:
        yield found


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium or Chrome, as CHROMIUM names it or as it is found."""
    path = os.environ.get("CHROMIUM") or next((found for name in NAMES if (found := shutil.which(name))), None)
    assert path, "No Chromium or Chrome was found: ./check says how to install one."
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=path, args=list(QUIET))
        yield started
        started.close()


@pytest.fixture
def opened(browser: Browser, address: str) -> Iterator[Callable[..., Page]]:
    """Open an address cold, in a context of its own; fails when anything outside the machine is asked for."""
    contexts, outside, allowed = [], [], []

    def note(request: Request) -> None:
        if not request.url.startswith((address, address.replace("http", "ws"), "data:", "blob:", "about:")):
            outside.append(request.url)

    def open_page(path: str, width: int = 1440, height: int = 900, theme: str = "light", may_ask: str = "") -> Page:
        allowed.extend([may_ask] if may_ask else [])
        context = browser.new_context(
            viewport={"width": width, "height": height}, color_scheme=theme, accept_downloads=True
        )
        contexts.append(context)
        page = context.new_page()
        page.on("request", note)
        page.goto(address + path)
        settled(page)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert [url for url in outside if not any(name in url for name in allowed)] == []


def settled(page: Page) -> None:
    """Wait until the script has run, the foot of the page stands and nothing on it moves any more."""
    page.wait_for_selector(".foot", timeout=PATIENT)
    still(page)


def still(page: Page) -> None:
    """Wait until the script has run, no part of the page is still being fetched, and nothing on it changes any more.

    Streamlit fetches the code of its parts when they are first wanted, and draws grey bones until it has come: then
    a side bar may be long and have nothing yet that takes the focus.
    """
    page.wait_for_selector(READY, timeout=PATIENT)
    page.wait_for_selector(BONES, state="detached", timeout=PATIENT)
    moving = page.evaluate(MOVES, 400)
    assert not moving, f"the page never stands still; what moved last: {moving}"
    page.wait_for_function(AT_REST, timeout=PATIENT)
    page.wait_for_selector(READY, timeout=PATIENT)
    page.wait_for_selector(BONES, state="detached", timeout=PATIENT)


def axe(page: Page) -> list[Any]:
    """What axe finds wrong: rule, weight, the first of its elements."""
    found = Axe().run(page).response["violations"]
    return [(one["id"], one["impact"], [node["html"][:160] for node in one["nodes"][:3]]) for one in found]


def accessible(page: Page) -> None:
    """No fault that axe can find."""
    assert axe(page) == []


def choose(page: Page, label: str, option: str) -> None:
    """Choose an option of a filter; on a busy machine a list may close before it is reached, and is opened again."""
    box = page.get_by_test_id("stSidebar").get_by_label(label, exact=True)
    wanted = page.get_by_role("option", name=option)
    for _ in range(4):
        before = page.url
        box.click()
        try:
            wanted.click(timeout=6_000)
            page.wait_for_function("before => location.href !== before", arg=before, timeout=10_000)
            return
        except PlaywrightTimeout:
            page.keyboard.press("Escape")
    raise AssertionError(f"{option} could not be chosen")
