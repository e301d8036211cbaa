"""Tables as files, row by row: CSV for everybody, Parquet for programs; the same in both."""

import csv
import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Protocol, Self

from host.errors import SettingsError
from host.report.tables import Cell, Column, Row, Table

if TYPE_CHECKING:
    import pyarrow as pa

KINDS = ("csv", "parquet")
_BATCH = 4096


class TableFile(Protocol):
    """A file that takes rows."""

    def write(self, rows: Iterable[Row]) -> None:
        """Add rows."""

    def __enter__(self) -> Self: ...

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None: ...


def table_file(kind: str, folder: Path, table: Table, about: Mapping[str, str]) -> TableFile:
    """Begin a file; `about` goes into the metadata of a Parquet file."""
    if kind == "parquet":
        return ParquetFile(folder / f"{table.name}.parquet", table, about)
    return CsvFile(folder / f"{table.name}.csv", table)


def refuse_kind(kind: str) -> None:
    """Refuse a kind of file that cannot be written here, before anything is judged."""
    if kind not in KINDS:
        raise SettingsError(f"tables are written as {' or '.join(KINDS)}, not as {kind!r}.")
    if kind == "parquet":
        try:
            import pyarrow as pa  # noqa: F401  it is only looked for
        except ImportError as error:
            raise SettingsError(
                'Parquet needs pyarrow: pip install "quietface[parquet]".'
            ) from error


class CsvFile:
    """RFC 4180 with a header, UTF-8, decimal points; what is not known is an empty cell."""

    def __init__(self, path: Path, table: Table) -> None:
        self._table = table
        self._file = path.open("x", encoding="utf-8", errors="replace", newline="")
        self._rows = csv.writer(self._file)
        self._rows.writerow([column.name for column in table.columns])

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._file.close()

    def write(self, rows: Iterable[Row]) -> None:
        """Add rows."""
        self._rows.writerows([_text(cell) for cell in row] for row in self._table.cells(rows))


def _text(cell: Cell) -> str:
    if isinstance(cell, bool):
        return "true" if cell else "false"
    return "" if cell is None else str(cell)


class ParquetFile:
    """Typed columns; units, meanings and the program's version are in the metadata."""

    def __init__(self, path: Path, table: Table, about: Mapping[str, str]) -> None:
        import pyarrow as pa
        from pyarrow import parquet

        self._table = table
        self._schema = pa.schema([_field(column) for column in table.columns], dict(about))
        self._file = parquet.ParquetWriter(path, self._schema)
        self._waiting: list[Row] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        try:
            if error is None:
                self._flush()
        finally:
            self._file.close()

    def write(self, rows: Iterable[Row]) -> None:
        """Add rows; they are written some thousand at a time."""
        self._waiting += self._table.cells(rows)
        if len(self._waiting) >= _BATCH:
            self._flush()

    def _flush(self) -> None:
        import pyarrow as pa

        columns = zip(*self._waiting, strict=True) if self._waiting else [()] * len(self._schema)
        arrays = [
            pa.array(values, field.type)
            for values, field in zip(columns, self._schema, strict=True)
        ]
        self._file.write_table(pa.Table.from_arrays(arrays, schema=self._schema))
        self._waiting = []


def _field(column: Column) -> "pa.Field":
    import pyarrow as pa

    types = {
        "text": pa.string(),
        "whole": pa.int64(),
        "number": pa.float64(),
        "yes or no": pa.bool_(),
    }
    about = {"about": column.about, **({"unit": column.unit} if column.unit else {})}
    return pa.field(column.name, types[column.type], metadata=about)


def dictionary(tables: Iterable[Table], about: Mapping[str, str]) -> str:
    """Return as JSON what the columns mean and on which terms the results came about."""
    described = {
        table.name: {
            column.name: {
                "type": column.type,
                **({"unit": column.unit} if column.unit else {}),
                "about": column.about,
            }
            for column in table.columns
        }
        for table in tables
    }
    return json.dumps({**about, "tables": described}, indent=1, ensure_ascii=False) + "\n"
