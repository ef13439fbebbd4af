"""A folder of query files → callables: our scanner reads the files, aiosql holds what our adapters run.

A callable is made when it is first asked for. The files are read at once, or, with `lazy`, folder by folder when a name
in them is first asked for.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from functools import partial
from pathlib import Path
from types import MethodType
from typing import Any, NoReturn

import aiosql
from aiosql.queries import Queries as AiosqlQueries
from aiosql.types import SQLOperationType

from attune_sql.errors import SourceError
from attune_sql.runtime.adapter import AsyncAdapter, SyncAdapter
from attune_sql.runtime.reading import LazyLoader, OperationLoader
from attune_sql.runtime.rows import KnownRows
from attune_sql.runtime.statement import Statement
from attune_sql.source.operation import GIVEN, Operation, Operator

# aiosql's word for each operator, and the method of its adapters that runs it.
_OPERATORS = {
    Operator.ROWS: (SQLOperationType.SELECT, "select"),
    Operator.ROW: (SQLOperationType.SELECT_ONE, "select_one"),
    Operator.VALUE: (SQLOperationType.SELECT_VALUE, "select_value"),
    Operator.AFFECTED: (SQLOperationType.INSERT_UPDATE_DELETE, "insert_update_delete"),
    Operator.RETURNING: (SQLOperationType.INSERT_RETURNING, "insert_returning"),
    Operator.MANY: (SQLOperationType.INSERT_UPDATE_DELETE_MANY, "insert_update_delete_many"),
    Operator.SCRIPT: (SQLOperationType.SCRIPT, "execute_script"),
}

_CURSOR = "_cursor"
"""What a list operation is called where it yields a cursor, as in aiosql."""


class Queries(AiosqlQueries):
    """The callables of one folder: `queries.<repository>.<operation>(conn, **arguments)`."""

    def __init__(self, driver_adapter: Any, kwargs_only: bool = True) -> None:
        super().__init__(driver_adapter, kwargs_only)
        self._adapter: SyncAdapter | AsyncAdapter = driver_adapter
        self._unmade: dict[str, Callable[[], Any]] = {}
        self._unread: dict[str, Any] = {}

    def load_from_list(self, query_data: list[Any]) -> Queries:
        """Take over operations, each to be made when its name is asked for."""
        for each in query_data:
            self._add_operation(each)
        return self

    def load_from_tree(self, query_data_tree: dict[str, Any]) -> Queries:
        """Take over operations and folders; raises SourceError for a name that a Queries object has itself."""
        for name, value in query_data_tree.items():
            if isinstance(value, Operation):
                self._add_operation(value)
            else:
                self._refuse_taken(name)
                self._unread[name] = value
        return self

    @property
    def available_queries(self) -> list[str]:
        """List the names of all callables, those of folders with the folder's name; reads what is not read yet."""
        inner = (f"{folder}.{name}" for folder in self._unread for name in getattr(self, folder).available_queries)
        return sorted({*self._unmade, *inner})

    def __dir__(self) -> list[str]:
        return sorted({*super().__dir__(), *self._unmade, *self._unread})

    def __getattr__(self, name: str) -> Any:
        # Only for what is not there yet: what is made here is an attribute from then on.
        known = vars(self)
        if name.startswith("__") or "_unread" not in known:
            raise AttributeError(name)
        if name in self._unmade:
            made = self._unmade[name]()
        elif name in self._unread:
            tree = self._unread[name]
            made = type(self)(self._adapter).load_from_tree(tree() if callable(tree) else tree)
        else:
            self._refuse_unknown(name)
        known[name] = made
        return made

    def _add_operation(self, operation: Operation) -> None:
        name = operation.name
        self._promise(name, partial(self._make, operation, _OPERATORS[operation.operator][1]))
        if operation.operator is Operator.ROWS:
            self._promise(f"{name}{_CURSOR}", partial(self._make, operation, "select_cursor", _CURSOR))

    def _promise(self, name: str, make: Callable[[], Any]) -> None:
        self._refuse_taken(name)
        self._unmade[name] = make

    def _make(self, operation: Operation, method: str, suffix: str = "") -> MethodType:
        run = getattr(self._adapter, method)
        statement = Statement(operation, self._adapter.classes)
        bind = statement.bind
        if operation.operator is Operator.MANY:

            def fn(self: Queries, conn: Any, *args: Any, **passed: Any) -> Any:
                if passed or len(args) != 1:
                    raise _misused(operation, "one list of argument dicts after the connection")
                return run(conn, statement, [bind(each) for each in args[0]])

        elif operation.operator is Operator.SCRIPT:

            def fn(self: Queries, conn: Any, *args: Any, **passed: Any) -> Any:
                if passed or args:
                    raise _misused(operation, "nothing but the connection")
                return run(conn, statement, ())

        else:

            def fn(self: Queries, conn: Any, *args: Any, **passed: Any) -> Any:
                return run(conn, statement, bind(args or passed))

        name = f"{operation.full_name}{suffix}"
        fn.__qualname__ = name
        fn.statement = statement  # type: ignore[attr-defined]  # read by `stream` and `pipeline`
        made = self._query_fn(
            fn,
            name,
            f"{operation.sentence}\n\n{operation.place}".strip(),
            operation.sql,
            _OPERATORS[operation.operator][0],
            _signature(operation),
            (operation.path, operation.header.line),
            params=[parameter.name for parameter in operation.parameters],
        )
        return MethodType(made, self)

    def _refuse_taken(self, name: str) -> None:
        if name in self._unmade or name in self._unread or name in vars(self) or hasattr(type(self), name):
            raise SourceError(f"the name {name!r} is taken by the object that holds the queries", help="rename it")

    def _refuse_unknown(self, name: str) -> NoReturn:
        # Only for a mistake, since its import costs a millisecond.
        from difflib import get_close_matches

        close = get_close_matches(name, [*self._unmade, *self._unread], n=1)
        hint = f"; did you mean {close[0]!r}?" if close else ""
        raise AttributeError(
            f"there is no operation or repository {name!r} among these queries{hint}", name=name, obj=self
        )


def load(
    path: Path | str, *, aio: bool = False, rows: Callable[[], KnownRows] | None = None, lazy: bool = False
) -> Queries:
    """Load a folder of query files, or one file, for synchronous connections, or asynchronous ones with `aio`.

    Folders are namespaces and the name line names the operation, as in aiosql. `rows` gives generated row classes, to
    be used in place of derived ones. With `lazy`, a folder that holds folders only is read folder by folder, each when
    a name in it is first asked for. Raises SourceError, with place and help, for whatever cannot be read: at once, or
    when it is read.
    """
    if not Path(path).exists():
        raise SourceError(
            f"there is no query folder {path}", help="give the path of a folder of .sql files", rule="files"
        )
    adapter: Callable[..., Any] = partial(AsyncAdapter if aio else SyncAdapter, rows)
    loader = LazyLoader if lazy else OperationLoader
    queries: Queries = aiosql.from_path(str(path), adapter, loader_cls=loader, queries_cls=Queries)
    return queries


def _misused(operation: Operation, wanted: str) -> TypeError:
    return TypeError(f"{operation.full_name}() takes {wanted} ({operation.place})")


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
