"""The generated files against what is loaded: `stubtest` cannot see into callables that are made at run time."""

from __future__ import annotations

import ast
import asyncio
import inspect
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import psycopg
import pytest

import attune_sql
import attune_sql.aio
from attune_sql.bundled import folder
from attune_sql.errors import RowShapeError
from attune_sql.generated import rows
from attune_sql.runtime.loader import load
from attune_sql.runtime.rows import KnownRows
from attune_sql.source.operation import Operation, Operator
from attune_sql.source.tree import read_tree

GENERATED = Path(rows.__file__).parent
OPERATIONS = {each.full_name: each for each in read_tree(folder("queries"))}
LOADED: dict[str, Any] = {"sync.pyi": attune_sql.queries, "aio.pyi": attune_sql.aio.queries}

Method = ast.FunctionDef | ast.AsyncFunctionDef


@cache
def methods(stub: str) -> dict[str, Method]:
    """Read the methods of a stub, by full name."""
    classes = {
        each.name: each for each in ast.parse((GENERATED / stub).read_text()).body if isinstance(each, ast.ClassDef)
    }
    return dict(_methods(classes, "Queries", ""))


def _methods(classes: dict[str, ast.ClassDef], name: str, prefix: str) -> Iterator[tuple[str, Method]]:
    for each in classes[name].body:
        if isinstance(each, ast.FunctionDef | ast.AsyncFunctionDef):
            yield f"{prefix}{each.name}", each
        elif isinstance(each, ast.AnnAssign) and isinstance(each.annotation, ast.Name):
            assert isinstance(each.target, ast.Name)
            yield from _methods(classes, each.annotation.id, f"{prefix}{each.target.id}.")


def loaded(stub: str, name: str) -> Any:
    """Find a loaded callable by its full name."""
    found: Any = LOADED[stub]
    for part in name.split("."):
        found = getattr(found, part)
    return found


def columns(conn: psycopg.Connection[Any], operation: Operation) -> tuple[str, ...]:
    """Ask the server for the column names of a result."""
    conn.pgconn.prepare(b"", operation.sql.encode())
    result = conn.pgconn.describe_prepared(b"")
    return tuple((result.fname(index) or b"").decode() for index in range(result.nfields))


@pytest.mark.parametrize("stub", LOADED)
def test_the_stub_has_the_callables_that_are_loaded(stub: str) -> None:
    listed: list[str] = LOADED[stub].available_queries
    assert sorted(methods(stub)) == sorted(listed)


@pytest.mark.parametrize("stub", LOADED)
def test_a_callable_takes_what_its_stub_says(stub: str) -> None:
    for name, method in methods(stub).items():
        positional = [each.arg for each in method.args.args]
        assert positional == ["self", "conn"], name
        defaults = dict(zip((each.arg for each in method.args.kwonlyargs), method.args.kw_defaults, strict=True))
        wanted = {
            each.name: each.default is not inspect.Parameter.empty
            for each in inspect.signature(loaded(stub, name)).parameters.values()
            if each.kind is inspect.Parameter.KEYWORD_ONLY
        }
        assert {key: default is not None for key, default in defaults.items()} == wanted, name
        assert list(defaults) == list(wanted), name


@pytest.mark.parametrize("stub", LOADED)
def test_the_sentence_of_an_operation_is_what_an_editor_shows(stub: str) -> None:
    for name, method in methods(stub).items():
        told = " ".join((ast.get_docstring(method) or "").split())
        assert told == OPERATIONS[name.removesuffix("_cursor")].sentence, name


def test_async_methods_are_those_that_are_awaited() -> None:
    assert {name for name, each in methods("sync.pyi").items() if isinstance(each, ast.AsyncFunctionDef)} == set()
    plain = {name for name, each in methods("aio.pyi").items() if isinstance(each, ast.FunctionDef)}
    assert plain == {name for name in methods("aio.pyi") if name.endswith("_cursor")}


@pytest.mark.parametrize("stub", LOADED)
def test_a_stub_returns_what_its_operator_says(stub: str) -> None:
    shapes = {Operator.ROWS: "builtins.list[rows.", Operator.ROW: "rows.", Operator.AFFECTED: "int"}
    for name, operation in OPERATIONS.items():
        returned = methods(stub)[name].returns
        assert returned is not None
        assert ast.unparse(returned).startswith(shapes.get(operation.operator, "")), name


@pytest.mark.parametrize("stub", LOADED)
def test_the_class_of_a_row_is_the_one_of_the_stub(conn: psycopg.Connection[Any], stub: str) -> None:
    for name, operation in OPERATIONS.items():
        if operation.operator not in (Operator.ROWS, Operator.ROW):
            continue
        returned = methods(stub)[name].returns
        assert returned is not None
        (promised,) = {each.attr for each in ast.walk(returned) if isinstance(each, ast.Attribute)} - {"list"}
        names = columns(conn, operation)
        used = rows.ROWS[".".join(operation.namespace), names]
        assert (used.__name__, used._fields) == (promised, names), name  # type: ignore[attr-defined]
        if operation.operator is Operator.ROWS:
            streamed = methods(stub)[f"{name}_cursor"].returns
            assert streamed is not None
            assert f"[rows.{promised}]" in ast.unparse(streamed), name


def test_a_row_is_of_the_generated_class(conn: psycopg.Connection[Any]) -> None:
    row: object = attune_sql.queries.execution.create(conn, action_ref="core.echo")
    assert type(row) is rows.Execution
    assert row.status == "requested"


async def row_of(dsn: str) -> object:
    async with await attune_sql.aio.connect(dsn) as conn:
        return await attune_sql.aio.queries.execution.create(conn, action_ref="core.echo")


def test_an_asynchronous_row_is_of_the_generated_class(clone_dsn: str) -> None:
    assert type(asyncio.run(row_of(clone_dsn))) is rows.Execution


def test_a_query_that_was_changed_without_its_types_is_an_error(conn: psycopg.Connection[Any], tmp_path: Path) -> None:
    (tmp_path / "pack").mkdir()
    (tmp_path / "pack/count.sql").write_text("-- name: find(id)^\nSELECT :id::bigint AS id, 2 AS new;\n")
    with pytest.raises(
        RowShapeError, match=r"pack/count\.sql:1:1: .*columns that its types do not have: id, new"
    ) as caught:
        load(tmp_path, rows=lambda: KnownRows(rows.ROWS)).pack.find(conn, id=1)
    assert caught.value.help == "run attune-sql generate after changing a query"


def test_a_folder_of_ones_own_has_derived_classes(conn: psycopg.Connection[Any]) -> None:
    row = attune_sql.load(folder("queries")).execution.create(conn, action_ref="core.echo")
    assert type(row) is not rows.Execution
    assert type(row).__name__ == "Execution"


def test_a_field_is_nullable_just_where_its_column_is() -> None:
    fields = {name: getattr(each, "__forward_arg__", each) for name, each in rows.Execution.__annotations__.items()}
    assert (fields["id"], fields["status"], fields["worker"]) == ("int", "ExecutionStatus", "int | None")
