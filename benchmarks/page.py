"""Pages against a bare Streamlit page with one filter and one chart, in the same headless Chromium.

    python -m benchmarks.page [--page responding --page compare --page explore] [--rounds 7]

Prints the ratio of process start to first chart (of the first page), and of each page that of a filter change to the
first chart repainted, the peak memory of each server, and a small table.
"""

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.conftest import NAMES, QUIET, READY, free_port

ROOT = Path(__file__).resolve().parents[1]
MEASURES = dict.fromkeys(("compare", "explore"), "?indicator=violence_sexual_offences_rate")
CHART = "[data-testid=stPlotlyChart] .main-svg"
WATCH = """() => {
  window.clicked = 0; window.repainted = 0;
  addEventListener('click', () => { window.clicked = performance.now(); window.repainted = 0; }, true);
  new MutationObserver((changes) => {
    const chart = document.querySelector('[data-testid=stPlotlyChart]');
    if (window.clicked && !window.repainted && chart && changes.some((one) => chart.contains(one.target)))
      window.repainted = performance.now();
  }).observe(document.querySelector('[data-testid=stMain]'), { subtree: true, childList: true, characterData: true,
    attributes: true, attributeFilter: ['d', 'transform', 'style'] });
}"""


@contextmanager
def served(script: str) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """A server of a script, stopped afterwards."""
    port = free_port()
    command = [
        sys.executable,
        "-m",
        "streamlit",
        "run",
        script,
        "--server.port",
        str(port),
        "--server.headless",
        "true",
    ]
    server = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        yield f"http://127.0.0.1:{port}", server
    finally:
        server.terminate()
        server.wait(20)


def opened(browser: Browser, address: str) -> Page:
    """The page with its first chart drawn; asks again until the server answers."""
    page = browser.new_context(viewport={"width": 1440, "height": 900}).new_page()
    for _ in range(600):
        try:
            page.goto(address)
            break
        except Exception:
            time.sleep(0.05)
    page.wait_for_selector(CHART, timeout=90_000)
    return page


def first_chart(browser: Browser, script: str, path: str) -> tuple[float, float]:
    """Seconds from process start to the first chart, and the server's memory in MB then."""
    start = time.perf_counter()
    with served(script) as (address, server):
        opened(browser, address + path).context.close()
        seconds = time.perf_counter() - start
        return seconds, psutil.Process(server.pid).memory_info().rss / 2**20


def repaints(page: Page, label: str, options: tuple[str, str], rounds: int) -> list[float]:
    """Milliseconds from choosing an option to the first change in the first chart."""
    page.wait_for_selector(READY)
    page.wait_for_timeout(1500)
    page.evaluate(WATCH)
    found = []
    for turn in range(rounds + 1):
        page.evaluate("window.clicked = 0; window.repainted = 0")
        page.get_by_label(label, exact=True).scroll_into_view_if_needed()
        page.wait_for_timeout(400)
        page.get_by_label(label, exact=True).click()
        page.get_by_role("option", name=options[turn % 2], exact=True).click()
        page.wait_for_function("window.repainted > 0", timeout=60_000)
        page.wait_for_selector(READY)
        page.wait_for_timeout(700)
        if turn:
            found.append(page.evaluate("window.repainted - window.clicked"))
    return found


def main() -> int:
    """Print the ratios."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--page", action="append", dest="pages", help="again for more; all three without")
    parser.add_argument("--rounds", type=int, default=7)
    asked = parser.parse_args()
    pages = asked.pages or ["responding", "compare", "explore"]
    path = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    if path is None:
        print("No Chromium or Chrome was found.", file=sys.stderr)
        return 2
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(QUIET))
        starts: dict[str, list[float]] = {"bare": [], "ours": []}
        memory = {"bare": 0.0, "ours": 0.0}
        for _ in range(3):
            for name, script, at in (
                ("bare", "benchmarks/bare_page.py", "/"),
                ("ours", "dashboard.py", f"/{pages[0]}"),
            ):
                seconds, held = first_chart(browser, script, at)
                starts[name].append(seconds)
                memory[name] = max(memory[name], held)
        with served("benchmarks/bare_page.py") as (address, _):
            bare = repaints(opened(browser, address), "Series", ("Two", "One"), asked.rounds)
        with served("dashboard.py") as (address, server):
            ours = {}
            for name in pages:
                page = opened(browser, f"{address}/{name}{MEASURES.get(name, '')}")
                ours[name] = repaints(page, "Periods", ("Years", "As suits each measure"), asked.rounds)
                page.context.close()
            memory["ours"] = max(memory["ours"], psutil.Process(server.pid).memory_info().rss / 2**20)
        browser.close()
    start = {name: statistics.median(seconds) for name, seconds in starts.items()}
    before = statistics.median(bare)
    after = {name: statistics.median(found) for name, found in ours.items()}
    print(f"first chart ratio {start['ours'] / start['bare']:.2f} (page {pages[0]})")
    for name, milliseconds in after.items():
        print(f"repaint ratio {milliseconds / before:.2f} (page {name}, {asked.rounds} rounds)")
    print("| what | bare page | dashboard |\n|---|---|---|")
    print(f"| process start to first chart, s | {start['bare']:.2f} | {start['ours']:.2f} |")
    for name, milliseconds in after.items():
        print(f"| filter change to repaint, {name}, ms | {before:.0f} | {milliseconds:.0f} |")
    print(f"| most memory of the server, MB | {memory['bare']:.0f} | {memory['ours']:.0f} |")
    return 0


if __name__ == "__main__":
    sys.exit(main())
