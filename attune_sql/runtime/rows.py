"""Result columns → typed rows, built by position."""

from __future__ import annotations

import keyword
from collections import namedtuple
from collections.abc import Callable, Mapping
from functools import cache, partial
from types import MappingProxyType
from typing import Any, NamedTuple

from psycopg import abc, pq
from psycopg.rows import scalar_row

from attune_sql.errors import RowShapeError
from attune_sql.runtime.arrays import ArrayElements, RowMaker, reading_arrays
from attune_sql.source.operation import Operation


class KnownRows(NamedTuple):
    """What a generated package knows: row classes by repository and column names, and the arrays to be read."""

    classes: Mapping[tuple[str, tuple[str, ...]], type[tuple[Any, ...]]]
    arrays: ArrayElements = MappingProxyType({})


class RowClasses:
    """The row classes of one loaded folder: operations of a repository with equal columns share one."""

    def __init__(self, known: Callable[[], KnownRows] | None = None) -> None:
        self._known = cache(known) if known else None
        self._classes: dict[tuple[str, tuple[str, ...]], type[tuple[Any, ...]]] = {}

    def arrays_of(self, operation: Operation) -> Mapping[str, int]:
        """Tell which columns of an operation are arrays that psycopg does not know."""
        return self._known().arrays.get(operation.full_name, {}) if self._known else {}

    def for_columns(self, operation: Operation, columns: tuple[str, ...]) -> type[tuple[Any, ...]]:
        """Return the class for these columns; raises RowShapeError where they cannot be fields or are not known."""
        key = (".".join(operation.namespace), columns)
        if key not in self._classes:
            refuse_unusable(operation, columns)
            name = "".join(part.capitalize() for part in (operation.namespace or ("row",))[-1].split("_"))
            if self._known is None:
                self._classes[key] = namedtuple(name, columns)
            elif key in (classes := self._known().classes):
                self._classes[key] = classes[key]
            else:
                raise RowShapeError(
                    f"{operation.full_name} returned columns that its types do not have: {', '.join(columns)}",
                    location=operation.header,
                    help="run attune-sql generate after changing a query",
                    rule="row-shape",
                )
        return self._classes[key]


class RowFactory:
    """psycopg's row factory for one operation; the first result of the process fixes the columns."""

    def __init__(self, operation: Operation, classes: RowClasses) -> None:
        self._operation = operation
        self._classes = classes
        self._width = -1
        self._make: RowMaker = tuple

    def __call__(self, cursor: Any) -> RowMaker:
        """Return the maker of rows for a cursor's result (psycopg manual, "Creating new row factories")."""
        result = cursor.pgresult
        if result is None or result.nfields == 0:
            return tuple
        if result.nfields != self._width:
            self._settle(result, cursor.connection.info.encoding)
        return self._make

    def all_of(self, transformer: abc.Transformer) -> list[Any]:
        """Return the rows of the result that a transformer holds."""
        result = transformer.pgresult
        assert result is not None
        if result.nfields != self._width:
            self._settle(result, transformer.encoding)
        return transformer.load_rows(0, result.ntuples, self._make)

    def first_of(self, transformer: abc.Transformer) -> Any:
        """Return the first row of the result that a transformer holds, or None."""
        result = transformer.pgresult
        assert result is not None
        if result.nfields != self._width:
            self._settle(result, transformer.encoding)
        return transformer.load_row(0, self._make) if result.ntuples else None

    def _settle(self, result: pq.abc.PGresult, encoding: str) -> None:
        """Fix the columns; raises RowShapeError where they are other ones than before, or cannot be fields."""
        names = _column_names(result, encoding)
        if self._width >= 0:
            raise RowShapeError(
                f"{self._operation.full_name} returned other columns than before: {', '.join(names)}",
                location=self._operation.header,
                help="name the columns instead of *, and restart the process after changing a query",
                rule="row-shape",
            )
        self._make = partial(tuple.__new__, self._classes.for_columns(self._operation, names))
        if arrays := self._classes.arrays_of(self._operation):
            self._make = reading_arrays(self._make, names, arrays)
        # Last, since another thread that sees it uses the maker.
        self._width = result.nfields


def value_factory(operation: Operation, classes: RowClasses) -> Callable[[Any], RowMaker]:
    """Return psycopg's row factory for an operation that gives the first column alone."""

    arrays: Mapping[str, int] | None = None

    def factory(cursor: Any) -> RowMaker:
        nonlocal arrays
        if arrays is None:
            arrays = classes.arrays_of(operation)
        make: RowMaker = scalar_row(cursor)
        if not arrays:
            return make
        return reading_arrays(make, _column_names(cursor.pgresult, cursor.connection.info.encoding), arrays)

    return factory


def _column_names(result: pq.abc.PGresult, encoding: str) -> tuple[str, ...]:
    return tuple((result.fname(index) or b"").decode(encoding) for index in range(result.nfields))


def refuse_unusable(operation: Operation, columns: tuple[str, ...]) -> None:
    """Raise RowShapeError where columns cannot be the fields of a row."""
    for position, name in enumerate(columns, start=1):
        if name == "?column?":
            problem = f"column {position} has no name"
        elif not name.isidentifier() or keyword.iskeyword(name) or name.startswith("_"):
            problem = f"column {position}, {name!r}, cannot be a field of a row"
        elif name in columns[: position - 1]:
            problem = f"two columns are named {name!r}"
        else:
            continue
        raise RowShapeError(
            f"{operation.full_name}: {problem}",
            location=operation.header,
            help="give the column a name with AS",
            rule="row-shape",
        )
