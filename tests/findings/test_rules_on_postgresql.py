"""The rules on a real database: SQL that is right, SQL that is wrong, and where the finding stands."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import psycopg
import pytest

from attune_sql.findings.files import read
from attune_sql.findings.survey import survey

CASES = {
    "a row": ("-- name: x(id)^\nSELECT pack.id FROM attune.pack WHERE pack.id = :id::bigint;", None),
    "a list": ("-- name: x()\nSELECT pack.id FROM attune.pack ORDER BY pack.id;", None),
    "a count": ("-- name: x(id)!\nDELETE FROM attune.pack WHERE pack.id = :id::bigint;", None),
    "a value without a name": ("-- name: x()$\nSELECT 1 + 1;", None),
    "a script": ("-- name: x#\nSELECT 1; SELECT 2;", None),
    "syntax": ("-- name: x()\nSELEC 1;", "2:1 rejected"),
    "no such column": ("-- name: x()\nSELECT\n    pack.idd\nFROM attune.pack;", "3:5 rejected"),
    "no such table": ("-- name: x()\nSELECT pack.id\nFROM attune.pakk AS pack;", "3:6 rejected"),
    "a name without its schema": ("-- name: x()\nSELECT pack.id FROM pack;", "2:21 rejected"),
    "type of a parameter unknown": ("-- name: x(a)$\nSELECT :a IS NULL;", "2:8 untyped-parameter"),
    "two types of a parameter": (
        "-- name: x(a)!\nUPDATE attune.pack SET id = :a, ref = :a;",
        "2:29 untyped-parameter",
    ),
    "a command that is no query": ("-- name: x()\nSHOW work_mem;", "1:10 unknown-nullability"),
    "no name": ("-- name: x()^\nSELECT 1 + 1;", "1:10 column-name"),
    "twice the same name": ("-- name: x()^\nSELECT 1 AS a, 2 AS a;", "1:10 column-name"),
    "a keyword": ('-- name: x()^\nSELECT 1 AS "class";', "1:10 column-name"),
    "no identifier": ('-- name: x()^\nSELECT 1 AS "a b";', "1:10 column-name"),
    "an underscore first": ("-- name: x()^\nSELECT 1 AS _a;", "1:10 column-name"),
    "a count of a list": ("-- name: x()!\nSELECT pack.id FROM attune.pack;", "1:13 operator-shape"),
    "a count of what is returned": (
        "-- name: x(id)*!\nDELETE FROM attune.pack WHERE pack.id = :id::bigint RETURNING pack.id;",
        "1:15 operator-shape",
    ),
    "a value of two": ("-- name: x()$\nSELECT 1 AS a, 2 AS b;", "1:13 operator-shape"),
    "a list of nothing": (
        "-- name: x(id)\nDELETE FROM attune.pack WHERE pack.id = :id::bigint;",
        "1:10 operator-shape",
    ),
    "a row of nothing": (
        "-- name: x(id)^\nDELETE FROM attune.pack WHERE pack.id = :id::bigint;",
        "1:15 operator-shape",
    ),
    "returning nothing": (
        "-- name: x(id)<!\nDELETE FROM attune.pack WHERE pack.id = :id::bigint;",
        "1:15 operator-shape",
    ),
}


def checked(conn: psycopg.Connection[Any], folder: Path, files: dict[str, str]) -> list[str]:
    """Write query files and check them; findings as `line:column rule`."""
    for name, text in files.items():
        path = folder / f"{name}.sql"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text + "\n")
    found = survey(conn, read(folder))
    return [f"{each.location.line}:{each.location.column} {each.rule}" for each in found]


@pytest.mark.parametrize(("text", "expected"), CASES.values(), ids=CASES.keys())
def test_a_query_has_the_finding_it_deserves(
    conn: psycopg.Connection[Any], tmp_path: Path, text: str, expected: str | None
) -> None:
    assert checked(conn, tmp_path, {"pack/x": text}) == ([expected] if expected else [])


PARAMETERS = {
    "a json column": ("-- name: x()^\n-- @json meta: Meta\nSELECT pack.meta FROM attune.pack WHERE pack.id = 1;", None),
    "a json parameter": ("-- name: x(a)$\n-- @json a: Meta\nSELECT :a::jsonb = '1' AS y;", None),
    "an array of json": ("-- name: x()^\n-- @json a: Meta\nSELECT ARRAY['1'::jsonb] AS a;", None),
    "a tag for nothing": (
        "-- name: x()^\n-- @json meat: Meta\nSELECT pack.meta FROM attune.pack WHERE pack.id = 1;",
        "2:1 json-type",
    ),
    "a tag for text": (
        "-- name: x()^\n-- @json ref: Meta\nSELECT pack.ref FROM attune.pack WHERE pack.id = 1;",
        "2:1 json-type",
    ),
    "many rows": ("-- name: x(ref)$\nSELECT pack.id FROM attune.pack WHERE pack.label = :ref::text;", "1:16 many-rows"),
    "a key": ("-- name: x(ref)$\nSELECT pack.id FROM attune.pack WHERE pack.ref = :ref::text;", None),
    "one of many": (
        "-- name: x(ref)$\nSELECT pack.id FROM attune.pack WHERE pack.label = :ref::text ORDER BY pack.id LIMIT 1;",
        None,
    ),
    "an optional that is only compared": (
        "-- name: x(id)!\n-- @optional id\nDELETE FROM attune.pack WHERE pack.id = :id::bigint;",
        "2:14 optional-refuses-null",
    ),
    "an optional that is assigned to NOT NULL": (
        "-- name: x(ref)!\n-- @optional ref\nUPDATE attune.pack SET ref = :ref::text;",
        "2:14 optional-refuses-null",
    ),
    "an optional that is tested": (
        "-- name: x(a)!\n-- @optional a\nDELETE FROM attune.pack WHERE :a::bigint IS NULL OR pack.id = :a::bigint;",
        None,
    ),
    "a required that is tested": (
        "-- name: x(a)!\nDELETE FROM attune.pack WHERE :a::bigint IS NULL OR pack.id = :a::bigint;",
        "1:12 required-takes-null",
    ),
    "a required that takes NULL": (
        "-- name: x(a)!\nUPDATE attune.pack SET description = :a::text;",
        "1:12 required-takes-null",
    ),
    "an override that is needed": (
        "-- name: x()\n-- @not_null description\nSELECT pack.description FROM attune.pack;",
        None,
    ),
    "an override that changes nothing": (
        "-- name: x()\n-- @nullable description\nSELECT pack.description FROM attune.pack;",
        "2:14 needless-override",
    ),
    "an override of no column": (
        "-- name: x()\n-- @not_null description\nSELECT pack.id FROM attune.pack;",
        "2:14 unreachable-override",
    ),
    "an override where nobody can tell": (
        "-- name: x()\n-- @not_null max\nSELECT attune.mystery() AS max;",
        None,
    ),
    "a limit": ("-- name: x(a)\nSELECT pack.id FROM attune.pack ORDER BY pack.id LIMIT :a::bigint;", None),
}


@pytest.mark.parametrize(("text", "expected"), PARAMETERS.values(), ids=PARAMETERS.keys())
def test_parameters_overrides_and_numbers_of_rows_have_the_finding_they_deserve(
    conn: psycopg.Connection[Any], tmp_path: Path, text: str, expected: str | None
) -> None:
    conn.execute("CREATE FUNCTION attune.mystery() RETURNS int LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'")
    assert checked(conn, tmp_path, {"pack/x": text}) == ([expected] if expected else [])


def test_operations_that_share_a_row_give_a_field_one_type(conn: psycopg.Connection[Any], tmp_path: Path) -> None:
    query = "-- name: {0}(){1}\n-- @json meta: {2}\nSELECT pack.id, pack.meta FROM attune.pack ORDER BY pack.id{3};"
    files = {
        "pack/a": query.format("a", "", "Meta", ""),
        "pack/b": query.format("b", "^", "Other", " LIMIT 1"),
        "pack/c": query.format("c", "", "Meta", ""),
    }
    assert checked(conn, tmp_path, files) == ["2:1 json-type"]


def test_a_column_of_a_function_that_nobody_knows_has_an_unknown_nullability(
    conn: psycopg.Connection[Any], tmp_path: Path
) -> None:
    conn.execute("CREATE FUNCTION attune.mystery() RETURNS int LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'")
    files = {"x": "-- name: x()^\nSELECT attune.mystery() AS answer;"}
    (found,) = checked(conn, tmp_path, files)
    assert found.endswith("unknown-nullability")


def test_an_untyped_parameter_is_told_the_cast_of_its_other_use(conn: psycopg.Connection[Any], tmp_path: Path) -> None:
    query = "-- name: x(a)\nSELECT pack.id FROM attune.pack WHERE :a IS NULL OR pack.id = :a;\n"
    (tmp_path / "x.sql").write_text(query)
    (finding,) = survey(conn, read(tmp_path))
    assert (finding.rule, finding.help) == ("untyped-parameter", "write :a::bigint, as it is bigint at 2:63")


@pytest.mark.parametrize(
    ("where", "missing"),
    [
        ("label = :a::text", "no unique key of attune.pack is fixed; pack.id = … is missing"),
        ("ref > :a::text", "no unique key of attune.pack is fixed; pack.id = … is missing"),
    ],
)
def test_many_rows_are_told_the_predicate_that_is_missing(
    conn: psycopg.Connection[Any], tmp_path: Path, where: str, missing: str
) -> None:
    (tmp_path / "x.sql").write_text(f"-- name: x(a)^\nSELECT pack.id FROM attune.pack WHERE pack.{where};\n")
    (finding,) = survey(conn, read(tmp_path))
    assert (finding.rule, finding.help) == ("many-rows", missing)


def test_the_whole_row_stands_in_the_order_of_its_table(conn: psycopg.Connection[Any], tmp_path: Path) -> None:
    columns = [row[0] for row in conn.execute("SELECT * FROM attune.key").description or ()]
    listed, swapped = columns[:], columns[:]
    swapped[0], swapped[1] = swapped[1], swapped[0]
    files = {
        f"key/{name}": f"-- name: {name}()\nSELECT {', '.join(f'key.{each}' for each in order)} FROM attune.key;"
        for name, order in (("a", swapped), ("b", swapped), ("c", listed))
    }
    assert checked(conn, tmp_path, files) == ["1:10 column-order", "1:10 column-order"]


def test_every_operation_has_its_findings_though_others_are_rejected_or_not_readable(
    conn: psycopg.Connection[Any], tmp_path: Path
) -> None:
    files = {
        "a": "-- name: a()\nSELEC 1;",
        "b": "-- name: b(\nSELECT 1;",
        "c": "-- name: c()!\nSELECT 1 AS one;",
        "d": "-- name: d()\nSELECT 1 AS one; SELECT 2 AS two;",
        "e": "",
        "f": "-- name: f()\nSELECT 'never ends;",
        "g": "-- name: c()!\nSELECT 1 AS one;",
    }
    (tmp_path / "z.sql").write_bytes(b"-- name: z()\nSELECT '\xff';\n")
    assert checked(conn, tmp_path, files) == [
        "2:1 rejected",
        "1:1 header",
        "1:13 operator-shape",
        "2:18 one-statement",
        "1:1 header",
        "2:8 unterminated",
        "1:1 files",
        "1:13 operator-shape",
        "1:1 files",
    ]


def test_ignored_rules_are_silent_and_unreadable_files_are_not(conn: psycopg.Connection[Any], tmp_path: Path) -> None:
    (tmp_path / "a.sql").write_text("-- name: a()!\nSELECT 1 AS one;\n")
    (tmp_path / "b.sql").write_text("-- name: b(\nSELECT 1;\n")
    found = survey(conn, read(tmp_path), {"operator-shape", "header"})
    assert [each.rule for each in found] == ["header"]
