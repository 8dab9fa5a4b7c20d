"""One database in memory: loaded strictly, one cursor for each query, sealed when publication is done."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import Any, Final

import duckdb
import numpy as np
import pyarrow as pa
from numpy.typing import ArrayLike, NDArray

from vawg_metrics.errors import Fault, FaultsFound
from vawg_metrics.published import FACT_COLUMNS, MANIFEST, RESTORE, Manifest

HERE: Final = Path(__file__).parent
OF_FILES: Final = ("judged_measure", "peer", "catalogue_measure", "known_fault", "download", "membership", "fact")


def batched(rows: Iterable[tuple[Any, ...]], size: int) -> Iterable[list[tuple[Any, ...]]]:
    """Rows in lists of at most `size` (itertools has it only from Python 3.12)."""
    source = iter(rows)
    while part := list(islice(source, size)):
        yield part


class Warehouse:
    """The one door to DuckDB.

    Threads that share a connection receive each other's answers without an error, so every query runs on a
    cursor of its own and is read to its end here.
    """

    def __init__(self) -> None:
        self._connection = duckdb.connect(":memory:", config={"threads": 2})
        self.run((HERE / "schema.sql").read_text("utf-8"))

    def run(self, sql: str, parameters: Sequence[Any] | None = None) -> None:
        """Carry out statements that give no rows."""
        with self._connection.cursor() as cursor:
            cursor.execute(sql, parameters) if parameters else cursor.execute(sql)

    def rows(self, sql: str, parameters: Sequence[Any] | None = None) -> list[tuple[Any, ...]]:
        """The rows of one SELECT; everything that varies is a bound parameter."""
        with self._connection.cursor() as cursor:
            return cursor.execute(sql, parameters or []).fetchall()

    def columns(self, sql: str, parameters: Sequence[Any] | None = None) -> dict[str, NDArray[Any]]:
        """The rows of one SELECT as an array for each column; a number that is unknown is NaN."""
        with self._connection.cursor() as cursor:
            found = cursor.execute(sql, parameters or []).fetchnumpy()
        return {name: _filled(values) for name, values in found.items()}

    def table(self, sql: str, parameters: Sequence[Any] | None = None) -> pa.Table:
        """The rows of one SELECT as an Arrow table."""
        with self._connection.cursor() as cursor:
            return cursor.execute(sql, parameters or []).to_arrow_table()

    def run_over(self, sql: str, columns: Mapping[str, ArrayLike]) -> None:
        """Carry out a statement over columns of our own, which it calls `given`; NaN arrives as unknown."""
        table = pa.table({name: pa.array(np.asarray(values), from_pandas=True) for name, values in columns.items()})
        with self._connection.cursor() as cursor:
            cursor.register("given", table)
            cursor.execute(sql).fetchall()
            cursor.unregister("given")

    def insert(self, table: str, rows: Iterable[Sequence[Any]]) -> None:
        """Add rows to one of our own tables."""
        for part in batched((tuple(row) for row in rows), 500):
            marks = ", ".join("(" + ", ".join("?" * len(row)) + ")" for row in part)
            self.run(f"insert into {table} values {marks}", [value for row in part for value in row])

    def load(self, held: Mapping[Path, Manifest]) -> None:
        """Load every stored fact and area of each folder; a refused row is reported with its file and value."""
        faults = self._load_areas(next(iter(held.values())))
        for folder, manifest in held.items():
            for source, stored in sorted(manifest.facts.items()):
                try:
                    self.run(_LOAD, [source, str(folder / stored.file)])
                except duckdb.Error as error:
                    problem = " ".join(str(error).split())[:300]
                    place = f"data/{folder.name}/{stored.file}"
                    faults.append(Fault(place, "", f"a row is refused ({problem}).", RESTORE))
        if faults:
            raise FaultsFound(faults)
        self.run((HERE / "views.sql").read_text("utf-8"))

    def load_figures(self, figures: Path, panels: Path, manifest: Manifest) -> None:
        """Load figures that were published before, and the newest point of each series, in place of facts."""
        if faults := self._load_areas(manifest):
            raise FaultsFound(faults)
        for table, path in (("figure", figures), ("panel", panels)):
            try:
                self.run(f"insert into {table} by name select * from read_parquet(?)", [str(path)])
            except duckdb.Error as error:
                problem = " ".join(str(error).split())[:300]
                raise FaultsFound([Fault(path.name, "", f"a row is refused ({problem}).", RESTORE)]) from None

    def _load_areas(self, manifest: Manifest) -> list[Fault]:
        """Load every area; the fault when the manifest names one that is none."""
        try:
            self.insert("area", ((area.code, area.name, area.kind) for area in manifest.every_area))
        except duckdb.Error as error:
            problem = " ".join(str(error).split())[:300]
            return [Fault(f"data/published/{MANIFEST}", "", f"an area is refused ({problem}).", RESTORE)]
        return []

    def seal(self) -> None:
        """Drop all that came from files, shut DuckDB off from files and network, and lock that in."""
        views = self.rows("select view_name from duckdb_views() where not internal")
        for (view,) in views:
            self.run(f'drop view if exists "{view}" cascade')
        for table in OF_FILES:
            self.run(f"drop table {table}")
        self.run("checkpoint; set enable_external_access = false; set lock_configuration = true")


def _filled(values: NDArray[Any]) -> NDArray[Any]:
    if not isinstance(values, np.ma.MaskedArray):
        return values
    if values.dtype.kind in "iuf":
        return np.ma.filled(values.astype(np.float64), np.nan)
    return values.filled(None)


_LOAD: Final = f"""
insert into fact
select ?, area, month_number(period_start), month_number(period_end), item, coalesce(part, ''), count,
    coalesce(marker, ''), files
from read_csv(?, header = true, all_varchar = false, auto_detect = false, delim = ',', quote = '"', escape = '"',
    columns = {{{", ".join(f"'{name}': '{'BIGINT' if name == 'count' else 'VARCHAR'}'" for name in FACT_COLUMNS)}}})
"""
