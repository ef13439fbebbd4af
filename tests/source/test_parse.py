"""From a file's text to its operations: what is right, what is refused, and the words of the refusal."""

from __future__ import annotations

from pathlib import Path

import pytest

from attune_sql.errors import SourceError
from attune_sql.source.operation import Operation, Operator
from attune_sql.source.parse import parse

HERE = Path("query.sql")


def one(text: str) -> Operation:
    (operation,) = parse(text, HERE)
    return operation


def test_tags_say_what_postgresql_cannot() -> None:
    header = "-- @not_null total, mean\n-- @nullable note\n-- @json config: models.Config\n"
    (operation,) = parse(f"-- name: f(config)^\n{header}SELECT :config", HERE)
    overrides = [(each.column, each.nullable, str(each.location)) for each in operation.overrides]
    assert overrides == [
        ("total", False, "query.sql:2:14"),
        ("mean", False, "query.sql:2:21"),
        ("note", True, "query.sql:3:14"),
    ]
    assert [(each.name, each.type, each.location.line) for each in operation.json_types] == [
        ("config", "models.Config", 4)
    ]


def test_an_operation_has_its_header_its_sentence_and_its_sql() -> None:
    operation = one(
        "-- name: list-open(limit, status)\n"
        "-- Open ones,\n"
        "-- oldest first.\n"
        "-- @optional status\n"
        "SELECT id FROM attune.inquiry WHERE status = :status::attune.inquiry_status_enum LIMIT :limit::bigint;\n"
    )
    assert operation.full_name == "list_open"
    assert operation.operator is Operator.ROWS
    assert operation.sentence == "Open ones,\noldest first."
    assert (
        operation.sql == "SELECT id FROM attune.inquiry WHERE status = $1::attune.inquiry_status_enum LIMIT $2::bigint;"
    )
    assert operation.arguments == ("status", "limit")
    assert [(each.name, each.cast, each.optional) for each in operation.parameters] == [
        ("limit", "bigint", False),
        ("status", "attune.inquiry_status_enum", True),
    ]


@pytest.mark.parametrize("operator", Operator, ids=lambda each: each.name.lower())
def test_every_operator_of_aiosql_is_read(operator: Operator) -> None:
    assert one(f"-- name: f(){operator.value}\nSELECT 1").operator is operator


# The loader regressions: each of these is legal SQL that a regular-expression loader gets wrong.
RIGHT = {
    "percent in a pattern": ("(x)", "SELECT 'abc' LIKE 'a%' AND :x", "SELECT 'abc' LIKE 'a%' AND $1"),
    "modulo of a parameter": ("(x)", "SELECT 10 % :x", "SELECT 10 % $1"),
    "modulo without a parameter": ("()", "SELECT 10 % 3", "SELECT 10 % 3"),
    "colon in a dollar quote": ("()", "SELECT $$time is 10:x $$", "SELECT $$time is 10:x $$"),
    "slice of numbers": ("()", "SELECT (array[1,2,3])[1:2]", "SELECT (array[1,2,3])[1:2]"),
    "slice of columns": ("()", "SELECT a[n:m] FROM t", "SELECT a[n:m] FROM t"),
    "slice with spaces": ("()", "SELECT a[n : m], a[1 :m]", "SELECT a[n : m], a[1 :m]"),
    "slice of parameters": ("(lo, hi)", "SELECT a[:lo : :hi]", "SELECT a[$1 : $2]"),
    "slice that names a parameter": ("(m)", "SELECT a[n:m], :m", "SELECT a[n:m], $1"),
    "subscript parameter": ("(n)", "SELECT a[:n]", "SELECT a[$1]"),
    "parameter in an array": ("(a, b)", "SELECT array[:a, :b]", "SELECT array[$1, $2]"),
    "escape string": ("()", r"SELECT E'it\'s :y'", r"SELECT E'it\'s :y'"),
    "trailing comment": ("(x)", "SELECT :x -- see :y, don't", "SELECT $1 -- see :y, don't"),
    "two apostrophes in comments": ("(x)", "SELECT 1 -- don't\n, :x -- can't", "SELECT 1 -- don't\n, $1 -- can't"),
    "nested comment": ("(x)", "SELECT /* a /* b */ c */ :x", "SELECT /* a /* b */ c */ $1"),
    "dashes in a literal": ("()", "SELECT 'a\n-- b\n'", "SELECT 'a\n-- b\n'"),
    "name line in a literal": ("()", "SELECT '\n-- name: b()\n'", "SELECT '\n-- name: b()\n'"),
    "cast": ("(x)", "SELECT :x::int, (:x)::attune.t", "SELECT $1::int, ($1)::attune.t"),
    "jsonb operators": ("(x)", "SELECT d ? 'a', d ?| :x, d @? '$.a'", "SELECT d ? 'a', d ?| $1, d @? '$.a'"),
    "named argument": ("(x)", "SELECT f(days := :x, h => :x)", "SELECT f(days := $1, h => $1)"),
    "colon beside parameter": ("(x)", "SELECT f(days:=:x)", "SELECT f(days:=$1)"),
    "operator of an extension": ("(x)", "SELECT a OPERATOR(ext.%) :x", "SELECT a OPERATOR(ext.%) $1"),
    "repeated parameter": ("(a, b)", "SELECT :b, :a, :b", "SELECT $1, $2, $1"),
}


@pytest.mark.parametrize("case", RIGHT, ids=str)
def test_the_sql_that_is_sent_means_what_the_file_says(case: str) -> None:
    parameters, sql, want = RIGHT[case]
    assert one(f"-- name: f{parameters}\n-- Sentence.\n{sql}\n").sql == want


CASTS = {
    "bare": (":x", None),
    "jsonb": (":x::jsonb", "jsonb"),
    "array": (":x::text[]", "text[]"),
    "qualified": (":x::attune.execution_status_enum", "attune.execution_status_enum"),
    "qualified array": (":x :: attune.execution_status_enum []", "attune.execution_status_enum[]"),
    "with a length": (":x::numeric(10, 2)", "numeric(10,2)"),
    "spelled out": ("CAST(:x AS jsonb)", "jsonb"),
    "the first use decides": (":x::text::jsonb, :x::jsonb", "text"),
}


@pytest.mark.parametrize("case", CASTS, ids=str)
def test_a_parameter_has_the_cast_of_its_first_use(case: str) -> None:
    sql, want = CASTS[case]
    assert one(f"-- name: f(x)\nSELECT {sql}").parameters[0].cast == want


REFUSED = {
    "undeclared parameter": (
        "-- name: f(status)\nSELECT :status, :statsu",
        "query.sql:2:17: error[parameter]: the parameter 'statsu' is not declared\n"
        "2 | SELECT :status, :statsu\n"
        "  |                 ^^^^^^^\n"
        "help: did you mean :status?",
    ),
    "unused parameter": (
        "-- name: f(a)\nSELECT 1",
        "query.sql:1:1: error[parameter]: the parameter 'a' is declared but never used\n"
        "1 | -- name: f(a)\n"
        "  | ^^^^^^^^^^^^^\n"
        "help: use :a in the SQL or remove it from the name line",
    ),
    "positional parameter": (
        "-- name: f()\nSELECT $1",
        "query.sql:2:8: error[parameter]: positional parameters cannot be mixed with named ones\n"
        "2 | SELECT $1\n"
        "  |        ^^\n"
        "help: declare a name in the name line and write :name",
    ),
    "attribute of a parameter": (
        "-- name: f(u)\nSELECT :u.name",
        "query.sql:2:8: error[parameter]: a parameter has no attributes: :u.…\n"
        "2 | SELECT :u.name\n"
        "  |        ^^\n"
        "help: declare and pass each value under a name of its own",
    ),
    "second statement": (
        "-- name: f()\nSELECT 1;\nSELECT 2;",
        "query.sql:3:1: error[one-statement]: a second statement stands under one name line\n"
        "3 | SELECT 2;\n"
        "  | ^^^^^^\n"
        "help: give it a file and a name of its own, or make the query a script with the operator #",
    ),
    "SQL before the name line": (
        "SELECT 1;\n-- name: f()\nSELECT 1",
        "query.sql:1:1: error[header]: SQL stands before the first name line\n"
        "1 | SELECT 1;\n"
        "  | ^^^^^^\n"
        "help: begin the query with `-- name: operation(parameters)`",
    ),
    "no name line": (
        "-- just a comment\n",
        "query.sql:1:1: error[header]: the file holds no query\nhelp: begin it with `-- name: operation(parameters)`",
    ),
    "capital Name": (
        "-- Name: f()\nSELECT 1",
        "query.sql:1:1: error[header]: this name line cannot be read\n"
        "1 | -- Name: f()\n"
        "  | ^^^^^^^^^^^^\n"
        "help: write it as `-- name: operation(first, second)^` with one of the operators ^ $ ! <! *! # or none",
    ),
    "missing parameter list": (
        "-- name: f^\nSELECT 1",
        "query.sql:1:1: error[header]: the parameter list is missing\n"
        "1 | -- name: f^\n"
        "  | ^^^^^^^^^^^\n"
        "help: write () where there are no parameters",
    ),
    "twice declared": (
        "-- name: f(a, a)\nSELECT :a",
        "query.sql:1:1: error[header]: the parameter 'a' is declared twice\n"
        "1 | -- name: f(a, a)\n"
        "  | ^^^^^^^^^^^^^^^^\n"
        "help: name it once",
    ),
    "reserved name": (
        "-- name: f(conn)\nSELECT :conn",
        "query.sql:1:1: error[header]: 'conn' is the name of the connection\n"
        "1 | -- name: f(conn)\n"
        "  | ^^^^^^^^^^^^^^^^\n"
        "help: give the parameter another name",
    ),
    "empty query": (
        "-- name: f()\n-- Sentence.\n;\n",
        "query.sql:1:1: error[header]: the query 'f' is empty\n1 | -- name: f()\n  | ^^^^^^^^^^^^\nhelp: write its SQL",
    ),
    "unknown tag": (
        "-- name: f(a)\n-- @optinal a\nSELECT :a",
        "query.sql:2:1: error[header]: there is no tag @optinal\n"
        "2 | -- @optinal a\n"
        "  | ^^^^^^^^^^^^^\n"
        "help: the tags are: @optional, @not_null, @nullable, @json",
    ),
    "optional that is not declared": (
        "-- name: f(a)\n-- @optional b\nSELECT :a",
        "query.sql:2:1: error[header]: @optional names 'b', which the name line does not declare\n"
        "2 | -- @optional b\n"
        "  | ^^^^^^^^^^^^^^\n"
        "help: the declared parameters are: a",
    ),
    "tag that names nothing": (
        "-- name: f(a)\n-- @not_null\nSELECT :a",
        "query.sql:2:1: error[header]: @not_null names nothing\n"
        "2 | -- @not_null\n"
        "  | ^^^^^^^^^^^^\n"
        "help: write it as `-- @not_null first, second`, or remove it",
    ),
    "column overridden both ways": (
        "-- name: f()\n-- @not_null a, b\n-- @nullable b\nSELECT 1 AS a, 2 AS b",
        "query.sql:3:1: error[header]: the nullability of 'b' is overridden twice\n"
        "3 | -- @nullable b\n"
        "  | ^^^^^^^^^^^^^^\n"
        "help: keep one of the tags",
    ),
    "json without a type": (
        "-- name: f()\n-- @json a\nSELECT 1 AS a",
        "query.sql:2:1: error[header]: this @json tag cannot be read\n"
        "2 | -- @json a\n"
        "  | ^^^^^^^^^^\n"
        "help: write it as `-- @json config: ActionConfig`",
    ),
    "json typed twice": (
        "-- name: f()\n-- @json a: A\n-- @json a: models.B\nSELECT 1 AS a",
        "query.sql:3:1: error[header]: 'a' has two @json tags\n"
        "3 | -- @json a: models.B\n"
        "  | ^^^^^^^^^^^^^^^^^^^^\n"
        "help: keep one of them",
    ),
    "record class": (
        "-- name: f()\n-- record_class: User\nSELECT 1",
        "query.sql:2:1: error[header]: row classes are derived from the columns, not declared\n"
        "2 | -- record_class: User\n"
        "  | ^^^^^^^^^^^^^^^^^^^^^\n"
        "help: remove the record_class line",
    ),
    "given of another type": (
        "-- name: f(given)\nSELECT :given::jsonb",
        "query.sql:1:1: error[parameter]: 'given' is a list of names and must be text[]\n"
        "1 | -- name: f(given)\n"
        "  | ^^^^^^^^^^^^^^^^^\n"
        "help: write :given::text[]",
    ),
    "keyword of Python": (
        "-- name: f(from)\nSELECT :from",
        "query.sql:1:1: error[header]: 'from' is a keyword of Python and cannot be called\n"
        "1 | -- name: f(from)\n"
        "  | ^^^^^^^^^^^^^^^^\n"
        "help: choose another name",
    ),
    "script with parameters": (
        "-- name: f(a)#\nSELECT :a",
        "query.sql:1:1: error[header]: a script (#) takes no parameters\n"
        "1 | -- name: f(a)#\n"
        "  | ^^^^^^^^^^^^^^\n"
        "help: use another operator, or remove the parameters",
    ),
}


@pytest.mark.parametrize("case", REFUSED, ids=str)
def test_what_would_be_misread_is_refused_in_words(case: str) -> None:
    text, want = REFUSED[case]
    with pytest.raises(SourceError) as caught:
        parse(text, HERE)
    assert str(caught.value) == want


def test_a_function_body_of_several_statements_is_one_statement() -> None:
    sql = "CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT 1; SELECT 2; END;"
    assert one(f"-- name: f()!\n{sql}").sql == sql


def test_several_queries_in_one_file_are_told_apart() -> None:
    operations = parse("-- name: a()\nSELECT 1;\n\n-- name: b(x)^\n-- B.\nSELECT :x;\n", HERE)
    assert [(each.name, each.sql) for each in operations] == [("a", "SELECT 1;"), ("b", "SELECT $1;")]


def test_a_position_in_the_sent_sql_is_found_again_in_the_file() -> None:
    operation = one("-- name: f(size, x)\n-- Grüße.\nSELECT :size::int, /* Größe */\n       :x::int + nope")
    location = operation.locate(operation.sql.index("nope") + 1)
    assert (location.line, location.column) == (4, 18)
    location = operation.locate(operation.sql.index("$2") + 1)
    assert (location.line, location.column) == (4, 8)
