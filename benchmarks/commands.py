"""The commands `release`, `audit` and `report` against opening the data, which each of them begins with.

    python -m benchmarks.commands [--rounds 3] [--year 2024-25] [--area LLR]

All in one process, turn by turn, after one round of each to warm up. The returns are made up, a year of them for ten
measures, in a folder that is thrown away. Prints three ratio lines and a small table.
"""

import argparse
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TypeVar

from tests.returns_world import catalogue_of, returns_of
from vawg_metrics.audit.auditing import audit
from vawg_metrics.catalogue.load import load_catalogue
from vawg_metrics.commands.said import DATA
from vawg_metrics.outputs.report.asked import Asked
from vawg_metrics.outputs.report.making import make_report
from vawg_metrics.protection.building import protect
from vawg_metrics.protection.writing import write_protected
from vawg_metrics.reading import Release, open_data

T = TypeVar("T")
KEY = bytes(range(32))  # of no returns that anybody sent
AFTER = date(2026, 9, 1)
WAYS = ("open", "release", "audit", "report")


def seconds_of(what: Callable[[], T]) -> tuple[float, T]:
    """How long something takes, and what it gives."""
    start = time.perf_counter()
    found = what()
    return time.perf_counter() - start, found


def turn(asked: Asked) -> dict[str, float]:
    """Seconds of each way, once: a release is built, opened and audited before it counts, as the command does it."""
    catalogue = catalogue_of()
    returns = returns_of(catalogue, 11, most=40)
    opening, real = seconds_of(lambda: open_data(DATA, load_catalogue()))
    with tempfile.TemporaryDirectory() as folder:

        def build() -> tuple[Release, tuple[object, ...]]:
            made = protect(catalogue, returns, KEY, AFTER)
            write_protected(Path(folder), made.facts)
            return open_data(DATA, catalogue, Path(folder)), made.facts

        building, (release, facts) = seconds_of(build)
        auditing, found = seconds_of(lambda: audit(release, facts))  # type: ignore[arg-type]
        if not found.received:
            raise SystemExit("The audit received nothing: there is nothing to measure.")
    reporting, _ = seconds_of(lambda: make_report(real, asked))
    return dict(zip(WAYS, (opening, building + auditing, auditing, opening + reporting), strict=True))


def main() -> int:
    """Print the ratios."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--year", default="2024-25")
    parser.add_argument("--area", default="LLR")
    asked = parser.parse_args()
    turns = [turn(Asked(asked.year, asked.area)) for _ in range(asked.rounds + 1)][1:]
    seconds = {way: [one[way] for one in turns] for way in WAYS}
    base = statistics.median(seconds["open"])
    for way in WAYS[1:]:
        print(f"{way} ratio {statistics.median(seconds[way]) / base:.2f} (median of {asked.rounds})")
    print("| way | median s | least s | most s |\n|---|---|---|---|")
    names = (
        "open the data and publish every figure",
        "release: protect, write, open, audit",
        "audit, of data that is open",
        f"report {asked.year} of {asked.area}, every format",
    )
    for name, found in zip(names, seconds.values(), strict=True):
        print(f"| {name} | {statistics.median(found):.2f} | {min(found):.2f} | {max(found):.2f} |")
    return 0


if __name__ == "__main__":
    sys.exit(main())
