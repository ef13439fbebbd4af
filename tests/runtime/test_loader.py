"""Loading a folder of query files into callables."""

from __future__ import annotations

import inspect
import subprocess
import sys
from pathlib import Path
from typing import Any

import aiosql
import pytest

import attune_sql
import attune_sql.aio
from attune_sql.bundled import folder
from attune_sql.runtime.loader import load
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


@pytest.fixture
def shelf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a sound folder and a broken one."""
    monkeypatch.chdir(tmp_path)
    for folder_name, text in {"sound": "-- name: one()$\nSELECT 1", "broken": "-- name: two()$\nSELECT :x"}.items():
        Path(folder_name).mkdir()
        Path(folder_name, "query.sql").write_text(text)
    return tmp_path


def test_a_broken_file_is_refused_at_once(shelf: Path) -> None:
    with pytest.raises(attune_sql.SourceError, match=r"broken/query.sql:2:8: error\[parameter\]"):
        attune_sql.load(shelf)


def test_a_lazy_folder_is_read_when_a_name_in_it_is_asked_for(shelf: Path) -> None:
    queries = load(shelf, lazy=True)
    assert {"broken", "sound", "available_queries"} <= set(dir(queries))
    (shelf / "sound" / "later.sql").write_text("-- name: later()$\nSELECT 2")
    assert queries.sound.available_queries == ["later", "one"]
    assert queries.sound is queries.sound
    for _ in range(2):
        with pytest.raises(attune_sql.SourceError, match=r"broken/query.sql:2:8: error\[parameter\]"):
            _ = queries.broken
    with pytest.raises(attune_sql.SourceError):
        _ = queries.available_queries


def test_a_lazy_folder_has_what_an_eager_one_has(shelf: Path) -> None:
    (shelf / "broken" / "query.sql").unlink()
    (shelf / "top.sql").write_text("-- name: top()$\nSELECT 3")
    for hidden in (".kept", ".git"):
        (shelf / hidden).mkdir()
        (shelf / hidden / "draft.sql").write_text("-- name: draft()$\nSELECT :x")
    lazy, eager = load(shelf, lazy=True), load(shelf)
    assert lazy.available_queries == eager.available_queries == ["sound.one", "top"]


def test_a_callable_is_made_once_and_seen_before() -> None:
    pack = attune_sql.queries.pack
    assert {"find_by_id", "list", "list_cursor"} <= set(dir(pack))
    assert hasattr(pack, "find_by_id")
    assert not hasattr(pack, "find_by_nothing")
    assert pack.find_by_id is pack.find_by_id


def test_asking_for_a_folder_reads_no_other() -> None:
    program = (
        "import pathlib\n"
        "read = pathlib.Path.read_bytes\n"
        "seen = set()\n"
        "def noted(self):\n"
        "    seen.add(self.parent.name)\n"
        "    return read(self)\n"
        "pathlib.Path.read_bytes = noted\n"
        "import attune_sql\n"
        "attune_sql.queries\n"
        "assert seen == set()\n"
        "attune_sql.queries.pack.find_by_id\n"
        "print(sorted(seen))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == "['pack']\n"
