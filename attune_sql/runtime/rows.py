"""Result columns → typed rows, built by position."""

from __future__ import annotations

import keyword
from collections import namedtuple
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from psycopg import pq

from attune_sql.errors import RowShapeError
from attune_sql.source.operation import Operation

RowMaker = Callable[[Sequence[Any]], Any]

KnownRows = Mapping[tuple[str, tuple[str, ...]], type[tuple[Any, ...]]]
"""Generated row classes by repository and column names; a result that is not among them gets a class of its own."""


class RowClasses:
    """The row classes of one loaded folder: operations of a repository with equal columns share one."""

    def __init__(self, known: KnownRows | None = None) -> None:
        self._known = known or {}
        self._classes: dict[tuple[str, tuple[str, ...]], type[tuple[Any, ...]]] = {}

    def for_columns(self, operation: Operation, columns: tuple[str, ...]) -> type[tuple[Any, ...]]:
        """Return the class for these columns; raises RowShapeError where they cannot be fields."""
        key = (".".join(operation.namespace), columns)
        if key not in self._classes:
            refuse_unusable(operation, columns)
            name = "".join(part.capitalize() for part in (operation.namespace or ("row",))[-1].split("_"))
            self._classes[key] = self._known.get(key) or namedtuple(name, columns)
        return self._classes[key]


class RowFactory:
    """psycopg's row factory for one operation; the first result of the process fixes the columns."""

    def __init__(self, operation: Operation, classes: RowClasses) -> None:
        self._operation = operation
        self._classes = classes
        self._columns: tuple[str, ...] | None = None
        self._make: RowMaker = tuple

    def __call__(self, cursor: Any) -> RowMaker:
        """Return the maker of rows for a cursor's result (psycopg manual, "Creating new row factories")."""
        result = cursor.pgresult
        if result is None or result.nfields == 0:
            return tuple
        if self._columns is None:
            names = _column_names(result, cursor)
            self._make = partial(tuple.__new__, self._classes.for_columns(self._operation, names))
            self._columns = names
        elif len(self._columns) != result.nfields:
            columns = ", ".join(_column_names(result, cursor))
            raise RowShapeError(
                f"{self._operation.full_name} returned other columns than before: {columns}",
                location=self._operation.header,
                help="name the columns instead of *, and restart the process after changing a query",
                rule="row-shape",
            )
        return self._make


def _column_names(result: pq.abc.PGresult, cursor: Any) -> tuple[str, ...]:
    encoding = cursor.connection.info.encoding
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
