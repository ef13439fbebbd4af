"""A folder of query files → callables: aiosql makes them, our scanner reads the files and our adapters run them."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from difflib import get_close_matches
from functools import partial, wraps
from pathlib import Path
from typing import Any

import aiosql
from aiosql.queries import Queries as AiosqlQueries
from aiosql.query_loader import QueryLoader
from aiosql.types import QueryDatum, SQLOperationType

from attune_sql.errors import SourceError
from attune_sql.runtime.adapter import AsyncAdapter, SyncAdapter
from attune_sql.runtime.rows import KnownRows
from attune_sql.source.operation import GIVEN, Operation, Operator
from attune_sql.source.parse import parse
from attune_sql.source.tree import read_tree

_OPERATION_TYPES = {
    Operator.ROWS: SQLOperationType.SELECT,
    Operator.ROW: SQLOperationType.SELECT_ONE,
    Operator.VALUE: SQLOperationType.SELECT_VALUE,
    Operator.AFFECTED: SQLOperationType.INSERT_UPDATE_DELETE,
    Operator.RETURNING: SQLOperationType.INSERT_RETURNING,
    Operator.MANY: SQLOperationType.INSERT_UPDATE_DELETE_MANY,
    Operator.SCRIPT: SQLOperationType.SCRIPT,
}

_POSITIONAL = {
    SQLOperationType.INSERT_UPDATE_DELETE_MANY: (1, "one list of argument dicts after the connection"),
    SQLOperationType.SCRIPT: (0, "nothing but the connection"),
}


class OperationLoader(QueryLoader):
    """aiosql's loader with our reader of query files in place of its regular expressions."""

    def load_query_data_from_sql(
        self, sql: str, ns_parts: list[str], fname: Path | str = "<unknown>"
    ) -> list[QueryDatum]:
        """Read a text; raises SourceError."""
        return [self._datum(each) for each in parse(sql, Path(fname), tuple(ns_parts))]

    def load_query_data_from_file(
        self, path: Path, ns_parts: list[str] | None = None, encoding: str | None = None
    ) -> list[QueryDatum]:
        """Read a file (always UTF-8); raises SourceError."""
        return [self._datum(each) for each in read_tree(path)]

    def load_query_data_from_dir_path(
        self, dir_path: Path, ext: tuple[str, ...] = (".sql",), encoding: str | None = None
    ) -> dict[str, Any]:
        """Read a folder (always UTF-8); raises SourceError."""
        tree: dict[str, Any] = {}
        for operation in read_tree(dir_path):
            branch = tree
            for part in operation.namespace:
                branch = branch.setdefault(part, {})
            branch[operation.name] = self._datum(operation)
        return tree

    def _datum(self, operation: Operation) -> QueryDatum:
        self._driver_adapter.add(operation)  # type: ignore[union-attr]  # always one of ours
        return QueryDatum(
            query_name=operation.full_name,
            doc_comments=f"{operation.sentence}\n\n{operation.place}".strip(),
            operation_type=_OPERATION_TYPES[operation.operator],
            sql=operation.sql,
            record_class=None,
            signature=_signature(operation),
            floc=(operation.path, operation.header.line),
            attributes=None,
            parameters=[parameter.name for parameter in operation.parameters],
        )


class Queries(AiosqlQueries):
    """The callables of one folder: `queries.<repository>.<operation>(conn, **arguments)`."""

    def load_from_tree(self, query_data_tree: dict[str, Any]) -> Queries:
        """Attach one callable per operation, and one Queries per folder."""
        for name, value in query_data_tree.items():
            if isinstance(value, dict):
                self.add_child_queries(name, type(self)(self.driver_adapter).load_from_tree(value))
            else:
                self.add_queries(self._create_methods(value, self.is_aio))
        return self

    def add_query(self, query_name: str, fn: Any) -> None:
        """Attach a callable; raises SourceError for a name that a Queries object has itself."""
        self._refuse_taken(query_name)
        setattr(self, query_name, fn)
        self._available_queries.add(query_name)

    def add_child_queries(self, child_name: str, child_queries: AiosqlQueries) -> None:
        """Attach the callables of a folder; raises SourceError for a name that a Queries object has itself."""
        self._refuse_taken(child_name)
        setattr(self, child_name, child_queries)
        self._available_queries.update(f"{child_name}.{name}" for name in child_queries.available_queries)

    def _refuse_taken(self, name: str) -> None:
        # Not hasattr, which would make a suggestion for every name that is still free.
        if name in vars(self) or hasattr(type(self), name):
            raise SourceError(f"the name {name!r} is taken by the object that holds the queries", help="rename it")

    def _make_sync_fn(self, query_datum: QueryDatum) -> Any:
        made = super()._make_sync_fn(query_datum)
        wanted = _POSITIONAL.get(query_datum.operation_type)
        if wanted is None:
            return made
        count, description = wanted

        # aiosql guards these forms with bare assertions, which say nothing to the caller and vanish under -O.
        @wraps(made)
        def fn(self: Queries, conn: Any, *args: Any, **kwargs: Any) -> Any:
            if kwargs or len(args) != count:
                raise TypeError(
                    f"{query_datum.query_name}() takes {description} ({':'.join(map(str, query_datum.floc))})"
                )
            return made(self, conn, *args)

        return fn

    def _make_async_fn(self, query_datum: QueryDatum) -> Any:
        # The async adapter's methods are coroutines, so what calls them and returns the result serves both worlds.
        # aiosql's own async functions would make every list an async generator.
        return self._make_sync_fn(query_datum)

    def _query_fn(self, fn: Any, name: str, *rest: Any, **named: Any) -> Any:
        fn.__qualname__ = name
        return super()._query_fn(fn, name, *rest, **named)

    def _params(self, attributes: Any, params: Any, args: Any, kwargs: Any) -> Any:
        # Positional arguments are refused by the binding, which knows the operation and its file.
        return args or kwargs

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        known = [each for each in vars(self) if not each.startswith("_")]
        close = get_close_matches(name, known, n=1)
        hint = f"; did you mean {close[0]!r}?" if close else ""
        raise AttributeError(
            f"there is no operation or repository {name!r} among these queries{hint}", name=name, obj=self
        )


def load(path: Path | str, *, aio: bool = False, rows: Callable[[], KnownRows] | None = None) -> Queries:
    """Load a folder of query files, or one file, for synchronous connections, or asynchronous ones with `aio`.

    Folders are namespaces and the name line names the operation, as in aiosql. `rows` gives generated row classes, to
    be used in place of derived ones. Raises SourceError, with place and help, for whatever cannot be read.
    """
    if not Path(path).exists():
        raise SourceError(
            f"there is no query folder {path}", help="give the path of a folder of .sql files", rule="files"
        )
    adapter: Callable[..., Any] = partial(AsyncAdapter if aio else SyncAdapter, rows)
    queries: Queries = aiosql.from_path(str(path), adapter, loader_cls=OperationLoader, queries_cls=Queries)
    return queries


def _signature(operation: Operation) -> inspect.Signature:
    positional = inspect.Parameter.POSITIONAL_OR_KEYWORD
    parameters = [inspect.Parameter("self", positional), inspect.Parameter("conn", positional)]
    parameters += [
        inspect.Parameter(
            parameter.name,
            inspect.Parameter.KEYWORD_ONLY,
            default=... if parameter.optional else inspect.Parameter.empty,
        )
        for parameter in operation.parameters
        if parameter.name != GIVEN
    ]
    return inspect.Signature(parameters)
