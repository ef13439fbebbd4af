"""Every file in queries/: house rules, and PostgreSQL's own word on it with an empty search path."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import psycopg
import pytest

import attune_sql
from attune_sql.bundled import folder
from attune_sql.source.operation import GIVEN, Operation, Operator
from attune_sql.source.tree import read_tree

if TYPE_CHECKING:
    from attune_sql.scratch_server.scratch import ScratchServer

OPERATIONS = read_tree(folder("queries"))
each_operation = pytest.mark.parametrize("operation", OPERATIONS, ids=lambda each: each.full_name)

VERBS = {
    "find": (Operator.ROW,),
    "list": (Operator.ROWS,),
    "search": (Operator.ROWS,),
    "count": (Operator.VALUE, Operator.ROWS),
    "exists": (Operator.VALUE,),
    "create": (Operator.ROW, Operator.ROWS),
    "update": (Operator.ROW,),
    "delete": (Operator.AFFECTED,),
}


@each_operation
def test_a_file_holds_one_operation_named_as_the_file_in_a_repository(operation: Operation) -> None:
    assert operation.path.stem == operation.name
    assert operation.path.parent.name == operation.namespace[-1]
    assert len(operation.namespace) == 1
    assert operation.text.startswith("-- name: ")
    assert operation.text.endswith(";\n")
    assert len([each for each in OPERATIONS if each.path == operation.path]) == 1


@each_operation
def test_an_operation_says_in_a_sentence_what_it_does(operation: Operation) -> None:
    assert re.fullmatch(r"[A-Z].*\.", operation.sentence)


@each_operation
def test_the_verb_of_a_name_implies_its_operator(operation: Operation) -> None:
    verb = operation.name.partition("_")[0]
    if verb in VERBS:
        assert operation.operator in VERBS[verb]


@each_operation
def test_every_parameter_is_cast_at_its_first_use(operation: Operation) -> None:
    assert [each.name for each in operation.parameters if each.cast is None] == []


@each_operation
def test_no_star_and_no_offset(operation: Operation) -> None:
    code = re.sub(r"/\*.*?\*/|--[^\n]*|'(?:[^']|'')*'", "", operation.text, flags=re.DOTALL)
    assert not re.search(r"\b(?:SELECT|RETURNING)\s+(?:\w+\.)?\*|\bOFFSET\b", code, re.IGNORECASE)


@each_operation
def test_a_list_is_ordered_and_limited(operation: Operation) -> None:
    if operation.name.partition("_")[0] in ("list", "search"):
        assert "ORDER BY" in operation.text
        if "limit" in (each.name for each in operation.parameters):
            assert re.search(r"LIMIT .*:limit::bigint", operation.text)


@pytest.fixture(scope="module")
def strict(server: ScratchServer) -> Iterator[psycopg.Connection[Any]]:
    """A connection that finds nothing of ours without its prefix."""
    with psycopg.connect(server.dsn, autocommit=True, options="-c search_path=") as conn:
        yield conn


def describe(conn: psycopg.Connection[Any], operation: Operation) -> psycopg.pq.abc.PGresult:
    for result in (conn.pgconn.prepare(b"", operation.sql.encode()), conn.pgconn.describe_prepared(b"")):
        assert result.status == psycopg.pq.ExecStatus.COMMAND_OK, result.get_error_message()
    return result


@each_operation
def test_postgresql_accepts_it_with_an_empty_search_path(strict: psycopg.Connection[Any], operation: Operation) -> None:
    result = describe(strict, operation)
    assert result.nparams == len(operation.arguments)
    assert (result.nfields > 0) == (operation.operator is not Operator.AFFECTED)


# Lists without what is large or secret.
SHORTER = {
    "key": {"value"},
    "artifact_version": {"content"},
}
ROW_OPERATIONS = [
    each for each in OPERATIONS if each.name.partition("_")[0] in ("find", "list", "create", "update", "search")
]


def table_columns(conn: psycopg.Connection[Any], table: str) -> list[str]:
    rows = conn.execute(
        "SELECT attname FROM pg_catalog.pg_attribute WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped"
        " ORDER BY attnum",
        [f"attune.{table}"],
    )
    return [name for (name,) in rows]


@pytest.mark.parametrize("operation", ROW_OPERATIONS, ids=lambda each: each.full_name)
def test_the_columns_of_a_repository_are_those_of_its_table(
    strict: psycopg.Connection[Any], operation: Operation
) -> None:
    (repository,) = operation.namespace
    result = describe(strict, operation)
    columns = [(result.fname(index) or b"").decode() for index in range(result.nfields)]
    whole = table_columns(strict, repository)
    listed = operation.name.startswith(("list", "search"))
    short = [name for name in whole if not (listed and name in SHORTER.get(repository, ()))]
    assert columns[: len(short)] == short
    assert set(columns[len(short) :]) <= {"inserted", "depth", "rule_ref", "trigger_ref"}


DEFAULTED = re.compile(r"'(\w+)' = ANY\(:given::text\[\]\)\s+THEN\s+(:\w+::\S+)\s+ELSE\s+(.+?)\s+END", re.DOTALL)


@pytest.mark.parametrize(
    "operation", [each for each in OPERATIONS if each.name == "create"], ids=lambda each: each.namespace[0]
)
def test_the_defaults_of_a_create_are_those_of_its_table(strict: psycopg.Connection[Any], operation: Operation) -> None:
    (repository,) = operation.namespace
    stated = {name: default for name, _, default in DEFAULTED.findall(operation.text)}
    rows = strict.execute(
        "SELECT a.attname, pg_catalog.format_type(a.atttypid, a.atttypmod), pg_catalog.pg_get_expr(d.adbin, d.adrelid)"
        " FROM pg_catalog.pg_attrdef AS d"
        " JOIN pg_catalog.pg_attribute AS a ON a.attrelid = d.adrelid AND a.attnum = d.adnum"
        " WHERE d.adrelid = %s::regclass AND a.attgenerated = ''",
        [f"attune.{repository}"],
    ).fetchall()
    defaults = {name: (kind, expression) for name, kind, expression in rows}
    for name, default in stated.items():
        kind, expression = defaults[name]
        (same,) = strict.execute(f"SELECT ({default})::{kind} = ({expression})::{kind}").fetchone() or (False,)
        assert same, f"{name}: {default} in the file, {expression} in the table"
    declared = {each.name for each in operation.parameters} - {GIVEN}
    assert declared & defaults.keys() == stated.keys()


def test_the_bundled_operations_are_the_ones_on_disk() -> None:
    assert [name for name in attune_sql.queries.available_queries if not name.endswith("_cursor")] == sorted(
        each.full_name for each in OPERATIONS
    )
