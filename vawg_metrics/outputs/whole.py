"""The whole published release as a folder of open files: every figure, what it means, and where it came from."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pyarrow as pa
import pyarrow.parquet as pq

from vawg_metrics.catalogue.definitions import Indicator
from vawg_metrics.charts.credit import LICENCE
from vawg_metrics.outputs.catalogue_tables import Table, areas_table, measures_table, sources_table
from vawg_metrics.outputs.columns import meanings
from vawg_metrics.outputs.data_package import DESCRIPTOR, descriptor, fingerprint, table_resource
from vawg_metrics.outputs.json_file import as_json
from vawg_metrics.outputs.read_me import read_me
from vawg_metrics.outputs.replaced_folder import MADE_BY, replaced_folder
from vawg_metrics.outputs.table import COLUMNS, Record, as_record, records_as_csv
from vawg_metrics.release import FIRST, LAST, Release, select_figures

NAME: Final = "violence-against-women-and-girls-figures"
PARQUET: Final = "figures.parquet"
KEY: Final = ("indicator", "area_code", "grain", "period_end", "breakdown", "group")
TYPES: Final = {"string": pa.string(), "integer": pa.int64(), "number": pa.float64()}
Told = Callable[[int, int, str], object]
Json = dict[str, object]


@dataclass(frozen=True, slots=True)
class Summary:
    """What was written."""

    folder: Path
    edition: str
    measures: int
    figures: int
    files: int
    bytes: int

    def words(self) -> str:
        """In one sentence, for the person at the terminal."""
        return (
            f"Wrote {self.figures:,} figures of {self.measures} measures, edition {self.edition}, to {self.folder}: "
            f"{self.files} files, {self.bytes / 1e6:,.1f} MB."
        )


def write_everything(release: Release, folder: Path, progress: Told | None = None) -> Summary:
    """Write the release to a folder, whole or not at all; FaultsFound where the folder holds anything else."""
    measures = [one for one in release.catalogue.indicators if one.id in release.reaches]
    with replaced_folder(folder) as aside:
        (aside / "figures").mkdir()
        written = _Written(aside, release.name)
        figures = 0
        with pq.ParquetWriter(aside / PARQUET, _schema(), compression="zstd") as parquet:
            for done, indicator in enumerate(measures):
                if progress:
                    progress(done, len(measures), indicator.title)
                figures += written.measure(release, indicator, parquet)
        if progress:
            progress(len(measures), len(measures), "definitions, places and sources")
        written.tables(release)
        written.front(release)
        files = [path for path in aside.rglob("*") if path.is_file()]
        size = sum(path.stat().st_size for path in files)
    return Summary(folder, release.name, len(measures), figures, len(files), size)


class _Written:
    """The files of one export so far, each with what the descriptor says of it."""

    def __init__(self, folder: Path, edition: str) -> None:
        self.folder = folder
        self.edition = edition
        self.resources: list[Json] = []
        self.listed: list[tuple[str, str]] = [(PARQUET, "every figure of every measure in one typed table")]

    def measure(self, release: Release, indicator: Indicator, parquet: pq.ParquetWriter) -> int:
        """Every figure of a measure: all places, kinds of period and parts."""
        figures = select_figures(release, indicator.id, (), "", FIRST, LAST, True)
        records = tuple(as_record(indicator, one, release.name) for one in figures)
        parquet.write_table(_arrow(records))
        columns = meanings(COLUMNS)
        self._put(Table(f"figures/{indicator.id}", indicator.title, columns, records, ""), KEY)
        return len(records)

    def tables(self, release: Release) -> None:
        """The definitions, the places and the sources."""
        catalogue = release.catalogue
        areas = areas_table(release.manifest.every_area)
        for table in (measures_table(catalogue.indicators), areas, sources_table(catalogue.sources)):
            self._put(table, (table.key,))

    def front(self, release: Release) -> None:
        """README.md and the descriptor, which names every other file."""
        title = f"{release.catalogue.strategy.product}: every published figure"
        sources = [(one.publisher, one.dataset) for one in release.catalogue.sources]
        said = [": ".join(one) for one in sources]
        readme = read_me(title, self.edition, [*self.listed, (DESCRIPTOR, "what each column means")], said)
        (self.folder / "README.md").write_text(readme, "utf-8", newline="")
        more = {"generator": MADE_BY, "files": list(self._files())}
        listed = [{"title": one} for one in said]
        whole = descriptor(NAME, title, self.edition, self.resources, listed, more)
        (self.folder / DESCRIPTOR).write_bytes(whole)

    def _put(self, table: Table, key: tuple[str, ...]) -> None:
        """A table as CSV, which the descriptor describes, and as JSON."""
        names = [one.name for one in table.columns]
        content = records_as_csv(table.records, names).encode("utf-8")
        about = (("Licence", f"{LICENCE}."),)
        (self.folder / f"{table.name}.csv").write_bytes(content)
        whole = as_json(table.title, self.edition, about, table.columns, table.records)
        (self.folder / f"{table.name}.json").write_bytes(whole)
        self.resources.append(table_resource(f"{table.name}.csv", table.title, table.columns, content, key))
        self.listed.append((f"{table.name}.csv and .json", table.title))

    def _files(self) -> Iterator[Json]:
        for path in sorted(path for path in self.folder.rglob("*") if path.is_file()):
            yield {"path": path.relative_to(self.folder).as_posix(), **fingerprint(path.read_bytes())}


def _schema() -> pa.Schema:
    """The types of the figures, with what each column means beside it."""
    fields = [
        pa.field(one.name, TYPES[one.type], metadata={"title": one.title, "description": one.description})
        for one in meanings(COLUMNS)
    ]
    return pa.schema(fields)


def _arrow(records: tuple[Record, ...]) -> pa.Table:
    return pa.table({name: [record[name] for record in records] for name in COLUMNS}, schema=_schema())
