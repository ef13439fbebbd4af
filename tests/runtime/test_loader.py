"""Loading a folder of query files into callables."""

from __future__ import annotations

import inspect
from pathlib import Path
from typing import Any

import aiosql
import pytest

import attune_sql
import attune_sql.aio
from attune_sql.bundled import folder
from attune_sql.source.tree import read_tree


@pytest.fixture
def root(tmp_path: Path) -> Path:
    path = tmp_path / "report" / "find_total.sql"
    path.parent.mkdir()
    path.write_text(
        "-- name: find_total(day, currency)$\n-- The total of a day.\n-- @optional currency\n"
        "SELECT :day::date, :currency::text"
    )
    return tmp_path


def test_a_folder_of_ones_own_is_loaded_by_namespace(root: Path) -> None:
    queries = attune_sql.load(root)
    assert queries.available_queries == ["report.find_total"]
    find_total = queries.report.find_total
    assert str(inspect.signature(find_total)) == "(conn, *, day, currency=Ellipsis)"
    assert inspect.getdoc(find_total) == f"The total of a day.\n\n{root}/report/find_total.sql:1"
    assert find_total.__qualname__ == "report.find_total"


def test_one_file_is_loaded_without_a_namespace(root: Path) -> None:
    assert attune_sql.load(root / "report" / "find_total.sql").available_queries == ["find_total"]


def test_a_folder_that_does_not_exist_is_refused() -> None:
    with pytest.raises(attune_sql.SourceError, match="there is no query folder nowhere"):
        attune_sql.load("nowhere")


def test_an_unknown_name_is_an_attribute_error_that_suggests() -> None:
    queries: Any = attune_sql.queries
    with pytest.raises(AttributeError) as caught:
        _ = queries.execution.find_by_ids
    assert str(caught.value).startswith(
        "there is no operation or repository 'find_by_ids' among these queries; did you mean 'find_by_id'?"
    )
    with pytest.raises(AttributeError, match="did you mean 'execution'"):
        _ = queries.executions


def test_the_connection_is_asked_for_by_the_operations_own_name(root: Path) -> None:
    with pytest.raises(TypeError, match=r"report\.find_total\(\) missing 1 required positional argument: 'conn'"):
        attune_sql.load(root).report.find_total(day="2026-01-14")


def test_sync_and_async_have_the_same_operations_and_signatures() -> None:
    sync, aio = attune_sql.queries, attune_sql.aio.queries
    assert sync.available_queries == aio.available_queries
    for operation in read_tree(folder("queries")):
        twins = [getattr(getattr(each, operation.namespace[0]), operation.name) for each in (sync, aio)]
        assert inspect.signature(twins[0]) == inspect.signature(twins[1])


def test_every_bundled_file_also_loads_under_stock_aiosql() -> None:
    stock = aiosql.from_path(folder("queries"), "psycopg")
    assert stock.available_queries == attune_sql.queries.available_queries
    for operation in read_tree(folder("queries")):
        callable_ = getattr(getattr(stock, operation.namespace[0]), operation.name)
        assert set(inspect.signature(callable_).parameters) == {each.name for each in operation.parameters}
        assert callable_.__doc__.startswith(operation.sentence)
