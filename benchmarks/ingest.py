"""Ingest of a force's street files against unzipping the same files and one DuckDB GROUP BY.

    python -m benchmarks.ingest FOLDER_OF_ZIPS [--rounds 5]

Both are warm and in one process: interpreter start and imports are left out. Prints one ratio line and a small table.
"""

import argparse
import statistics
import sys
import tempfile
import time
import zipfile
from pathlib import Path

import duckdb

from vawg_metrics.catalogue.load import load_catalogue
from vawg_metrics.ingest import ingest


def plain(zips: list[Path], folder: Path) -> int:
    """Unzip everything to a folder and count by month, place, type and outcome in one query."""
    for path in zips:
        with zipfile.ZipFile(path) as archive:
            archive.extractall(folder)
    query = f"""
        select Month, "LSOA name"[:-6] as place, "Crime type", "Last outcome category", count(*) as rows
        from read_csv('{folder}/*/*-street.csv', header = true, all_varchar = true) group by all
    """
    with duckdb.connect() as connection:
        return sum(row[-1] for row in connection.execute(query).fetchall())


def timed(zips: list[Path], rounds: int) -> tuple[list[float], list[float], int]:
    """Seconds of the plain way and of ours, turn by turn, after one round of each to warm up."""
    catalogue, plains, ours, rows = load_catalogue(), [], [], 0
    for turn in range(rounds + 1):
        with tempfile.TemporaryDirectory() as folder:
            start = time.perf_counter()
            rows = plain(zips, Path(folder))
            middle = time.perf_counter()
            ingest(zips, Path(folder) / "data" / "published", catalogue)
            end = time.perf_counter()
        if turn:
            plains.append(middle - start)
            ours.append(end - middle)
    return plains, ours, rows


def main() -> int:
    """Print the ratio."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, help="a folder that holds leicestershire-street-*.zip")
    parser.add_argument("--rounds", type=int, default=5)
    asked = parser.parse_args()
    zips = sorted(asked.folder.glob("leicestershire-street-*.zip"))
    if not zips:
        print(f"No leicestershire-street-*.zip in {asked.folder}.", file=sys.stderr)
        return 2
    plains, ours, rows = timed(zips, asked.rounds)
    before, after = statistics.median(plains), statistics.median(ours)
    print(f"ingest ratio {after / before:.2f} (median of {asked.rounds}; {rows:,} rows, {len(zips)} zips)")
    print("| way | median s | least s | most s |\n|---|---|---|---|")
    for name, seconds in (("unzip and one GROUP BY", plains), ("ingest, to facts on the disk", ours)):
        print(f"| {name} | {statistics.median(seconds):.2f} | {min(seconds):.2f} | {max(seconds):.2f} |")
    return 0


if __name__ == "__main__":
    sys.exit(main())
