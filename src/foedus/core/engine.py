"""Opens Ibis: DuckDB by default, Spark when asked. Only this module knows which engine runs an expression."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from foedus.core.errors import InputError, MissingError
from foedus.core.output import write_whole

if TYPE_CHECKING:
    import ibis.expr.types as ir
    import pyarrow as pa

MEMORY_LIMIT = "512MiB"  # so that the process, with Python, Polars and Arrow in it, stays below 1 GiB
FileFormat = Literal["parquet", "csv"]
_INSTALL = "Install it with: pip install 'foedus[{extra}]'"


class Engine:
    """One connection: Arrow tables in, expressions over them, Arrow tables or files out.

    Tables stay in the engine as long as it lives, so a frame that several panels use is handed over once.
    """

    def __init__(self, name: str, connection: Any) -> None:
        self.name = name
        self._connection = connection
        self._numbers = count(1)
        self._tables: dict[str, ir.Table] = {}

    def table(self, data: pa.Table, key: str | None = None) -> ir.Table:
        """An Arrow table as an expression; with a key it is handed over once and found again."""
        if key is not None and key in self._tables:
            return self._tables[key]
        name = f"foedus_{next(self._numbers)}"
        made = self._put(name, data)
        if key is not None:
            self._tables[key] = made
        return made

    def knows(self, key: str) -> bool:
        """Whether a table was handed over under a key."""
        return key in self._tables

    def named(self, key: str) -> ir.Table:
        """The table that was handed over under a key."""
        return self._tables[key]

    def arrow(self, expression: ir.Table) -> pa.Table:
        """The rows of an expression."""
        return self._connection.to_pyarrow(expression)

    def count(self, expression: ir.Table) -> int:
        """The number of rows, without fetching them."""
        return int(self._connection.to_pyarrow(expression.count()).as_py())

    def batches(self, expression: ir.Table) -> Iterator[pa.RecordBatch]:
        """The rows in batches, so that no more than one is held; one without rows where there are none."""
        import pyarrow as pa

        schema = expression.schema().to_pyarrow()
        is_empty = True
        for batch in self._connection.to_pyarrow_batches(expression, chunk_size=122_880):
            is_empty = False
            yield batch.cast(schema)
        if is_empty:
            yield pa.RecordBatch.from_pylist([], schema)

    def close(self) -> None:
        """End the connection, and with it the tables in the engine."""
        self._connection.disconnect()

    def write(self, pieces: Iterable[pa.Table], path: Path, form: FileFormat) -> None:
        """Rows that come in pieces, one after the other, as one file.

        No more than a piece is held at once, and the file appears whole or not at all.

        Raises
        ------
        OutputError
            If the file cannot be written.
        """
        write_whole(path, lambda temporary: _fill(pieces, temporary, form))

    def _put(self, name: str, data: pa.Table) -> ir.Table:
        return self._connection.create_table(name, data, temp=True)


def _fill(pieces: Iterable[pa.Table], path: Path, form: FileFormat) -> None:
    import pyarrow.csv as arrow_csv
    import pyarrow.parquet as arrow_parquet

    writer: Any = None
    try:
        for piece in pieces:
            if writer is None:
                schema = piece.schema
                writer = (
                    arrow_parquet.ParquetWriter(path, schema, compression="zstd")
                    if form == "parquet"
                    else arrow_csv.CSVWriter(path, schema, write_options=arrow_csv.WriteOptions(quoting_style="needed"))
                )
            writer.write_table(piece)
    finally:
        if writer is not None:
            writer.close()


class _SparkEngine(Engine):
    """Spark takes Arrow through its session."""

    def close(self) -> None:
        self._connection._session.stop()

    def _put(self, name: str, data: pa.Table) -> ir.Table:
        self._connection._session.createDataFrame(data).createOrReplaceTempView(name)
        return self._connection.table(name)


def open_engine(
    name: str = "duckdb", *, memory_limit: str = MEMORY_LIMIT, threads: int | None = None, spill: Path | None = None
) -> Engine:
    """A new engine.

    Parameters
    ----------
    name
        `duckdb`, `spark` (a local session) or `spark://HOST:PORT`.
    memory_limit
        The most that DuckDB may hold before it spills to disk, e.g. `1GiB`. Spark has its own settings.
    threads
        By default as many as there are cores.
    spill
        The folder for what does not fit, by default one of the system's temporary folder that goes with the engine.

    Raises
    ------
    InputError
        If no engine has that name.
    MissingError
        If the engine is not installed.
    """
    if name == "duckdb":
        return Engine(name, _open_duckdb(memory_limit, threads, spill))
    if name == "spark" or name.startswith("spark://"):
        return _SparkEngine(name, _open_spark(name, threads))
    raise InputError(f"engine: {name!r} is none. Use duckdb, spark or spark://HOST:PORT.")


@cache
def default_engine(name: str = "duckdb") -> Engine:
    """The engine that panels share unless they are given one."""
    return open_engine(name)


def _open_duckdb(memory_limit: str, threads: int | None, spill: Path | None) -> Any:
    try:
        import duckdb
        import ibis
    except ImportError as error:
        raise MissingError(f"panels: {error.name} is not there. {_INSTALL.format(extra='panels')}") from error
    settings: dict[str, Any] = {
        "memory_limit": memory_limit,
        "temp_directory": str(spill or Path(tempfile.gettempdir()) / f"foedus-spill-{os.getpid()}"),
        "autoinstall_known_extensions": False,
    }
    if threads:
        settings["threads"] = threads
    try:
        connection = ibis.duckdb.connect(**settings)
    except duckdb.Error as error:
        raise InputError(f"engine: DuckDB could not be opened: {error}. Check memory limit and threads.") from error
    connection.raw_sql("SET enable_progress_bar = false")
    return connection


def _open_spark(name: str, threads: int | None) -> Any:
    try:
        import ibis
        from pyspark.sql import SparkSession
    except ImportError as error:
        raise MissingError(f"spark: {error.name} is not there. {_INSTALL.format(extra='panels,spark')}") from error
    master = name if name.startswith("spark://") else f"local[{threads or '*'}]"
    try:
        session = (
            SparkSession.builder.master(master)
            .appName("foedus")
            .config("spark.ui.enabled", "false")
            .config("spark.sql.shuffle.partitions", "4")
            .config("spark.sql.session.timeZone", "UTC")
            .config("spark.sql.execution.arrow.pyspark.enabled", "true")
            .config("spark.sql.ansi.enabled", "false")
            .getOrCreate()
        )
    except Exception as error:  # the gateway raises its own kinds, without a common root
        raise MissingError(f"spark: no session on {master}: {error}. It needs Java 17 or newer on the path.") from error
    return ibis.pyspark.connect(session)
