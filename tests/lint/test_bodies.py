"""Bodies of functions and DO blocks: what stands inside strings is found at its own line and column."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from attune_sql.lint.fast import engine
from attune_sql.lint.names import SchemaNames
from attune_sql.lint.settings import LintSettings

NAMES = SchemaNames(
    tables=frozenset({"pack", "rule", "trigger", "key"}),
    types=frozenset({"status_enum"}),
    functions=frozenset({"set_updated", "is_finished"}),
    sequences=frozenset({"pack_id_seq"}),
)


def found(text: str) -> list[tuple[str, str, str]]:
    """Return the code, level and marked text of every finding."""
    result = engine.lint(Path("0001_create_x.sql"), text, LintSettings(), NAMES)
    findings = [each.finding for each in result]
    return [
        (each.rule, each.level, each.location.text[each.location.column - 1 :][: each.location.length])
        for each in findings
    ]


def plpgsql(body: str, declare: str = "", head: str = "attune.f(a bigint) RETURNS void") -> str:
    declared = f"DECLARE {declare}\n" if declare else ""
    return f"CREATE FUNCTION {head} LANGUAGE plpgsql AS $$\n{declared}BEGIN\n{body}\nEND;\n$$;\n"


# ⟨ ⟩ mark what is found.
STATEMENTS = [
    "PERFORM 1 FROM ⟨pack⟩;",
    "PERFORM ⟨set_updated⟩(), /* é */ 1\n    FROM ⟨pack⟩;",
    "SELECT id INTO a FROM attune.pack WHERE ref = 'ü' AND id = (SELECT id FROM ⟨rule⟩);",
    "IF EXISTS (SELECT 1 FROM ⟨pack⟩) THEN NULL; ELSIF EXISTS (SELECT 1 FROM ⟨rule⟩) THEN NULL; END IF;",
    "INSERT INTO ⟨key⟩ (id) VALUES (1) RETURNING id INTO a;",
    "a := (SELECT count(*) FROM ⟨pack⟩);",
    "FOR a IN SELECT id FROM ⟨pack⟩ LOOP NULL; END LOOP;",
    "FOR i IN 1..(SELECT count(*) FROM ⟨pack⟩) LOOP NULL; END LOOP;",
    "WHILE ⟨is_finished⟩(a) LOOP NULL; END LOOP;",
    "RETURN;\nEXCEPTION WHEN OTHERS THEN\n  UPDATE ⟨pack⟩ SET id = 1 WHERE id = 2;",
    "PERFORM nextval(⟨'pack_id_seq'⟩);",
    "RAISE NOTICE 'from pack %', (SELECT 1 FROM ⟨pack⟩);",
    "PERFORM 'x'::⟨status_enum⟩; PERFORM 'y'::⟨status_enum⟩;",
    "DECLARE b ⟨status_enum⟩; BEGIN NULL; END;",
    "CASE WHEN (SELECT true FROM ⟨pack⟩) THEN NULL; ELSE NULL; END CASE;",
    "ASSERT (SELECT count(*) FROM ⟨pack⟩) > 0;",
    "WITH pack AS (SELECT 1 AS id) SELECT id INTO a FROM pack;",
    "MERGE INTO ⟨pack⟩ USING attune.rule ON true WHEN MATCHED THEN DO NOTHING;",
    "TRUNCATE ⟨pack⟩;",
]


@pytest.mark.parametrize("marked", STATEMENTS, ids=lambda text: text[:40])
def test_a_statement_in_a_body_is_checked_at_its_place(marked: str) -> None:
    expected = re.findall("⟨(.*?)⟩", marked)
    body = re.sub("[⟨⟩]", "", marked)
    assert found(plpgsql(body)) == [("MG04", "error", text) for text in expected]


DECLARATIONS = [
    ("x status_enum;", ["status_enum"]),
    ("x attune.status_enum;", []),
    ("x attune.status_enum[] := '{}';", []),
    ("x CONSTANT status_enum[] := '{}';", ["status_enum"]),
    ("r pack%ROWTYPE;", ["pack"]),
    ("r attune.pack%ROWTYPE;", []),
    ("i pack.id%TYPE;", ["pack.id"]),
    ("i attune.pack.id%TYPE; j a%TYPE;", []),
    ("c CURSOR (k attune.status_enum) FOR SELECT 1 FROM rule;", ["rule"]),
    ("n bigint := (SELECT 1 FROM rule); r record;", ["rule"]),
    ("x ALIAS FOR a;", []),
]


@pytest.mark.parametrize(("declare", "expected"), DECLARATIONS)
def test_declared_types_and_defaults_are_checked(declare: str, expected: list[str]) -> None:
    assert found(plpgsql("NULL;", declare)) == [("MG04", "error", text) for text in expected]


HEADS = [
    "attune.f(a attune.status_enum) RETURNS attune.status_enum",
    "attune.f(a bigint, OUT b attune.status_enum)",
    "attune.f(a bigint) RETURNS SETOF attune.pack",
    "attune.f(a bigint) RETURNS TABLE (b attune.status_enum, c text)",
    "attune.f() RETURNS trigger",
    "attune.f() RETURNS event_trigger",
    "attune.f(VARIADIC a text[]) RETURNS void",
]


@pytest.mark.parametrize("head", HEADS)
def test_any_head_of_a_function_can_be_read(head: str) -> None:
    returns = "RETURN NULL;" if "trigger" in head and "event" not in head else "RETURN;"
    if "RETURNS attune." in head:
        returns = "RETURN a;"
    assert found(plpgsql(f"PERFORM 1 FROM pack; {returns}", head=head)) == [("MG04", "error", "pack")]


def test_a_body_in_sql_as_a_string_or_in_dollars() -> None:
    text = (
        "CREATE FUNCTION attune.f() RETURNS bigint LANGUAGE sql\n"
        "AS 'SELECT id FROM pack WHERE ref = ''ü'' AND id IN (SELECT id FROM rule)';\n"
        "CREATE PROCEDURE attune.g() LANGUAGE sql AS $x$ DELETE FROM attune.pack; SELECT 1 FROM key $x$;\n"
    )
    assert found(text) == [
        ("MG04", "error", "pack"),
        ("MG04", "error", "rule"),
        ("AT06", "error", "DELETE"),
        ("MG04", "error", "key"),
    ]


def test_an_atomic_body_is_part_of_the_statement() -> None:
    text = "CREATE FUNCTION attune.f() RETURNS bigint BEGIN ATOMIC SELECT id FROM pack; END;"
    assert found(text) == [("AT01", "error", "pack")]


def test_a_do_block_and_what_it_may_name_without_a_schema() -> None:
    text = (
        "CREATE TRIGGER t AFTER INSERT ON attune.pack REFERENCING NEW TABLE AS added\n"
        "FOR EACH STATEMENT EXECUTE FUNCTION attune.set_updated();\n"
        "DO $$ BEGIN PERFORM 1 FROM added; CREATE TEMP TABLE seen (id bigint); INSERT INTO seen VALUES (1);\n"
        "PERFORM 1 FROM pack; END $$;\n"
    )
    assert found(text) == [("MG04", "error", "pack")]


def test_a_body_that_cannot_be_read_is_said_so() -> None:
    ((rule, level, _),) = found(plpgsql("this is no statement"))
    assert (rule, level) == ("PRS", "note")


@pytest.mark.parametrize(
    ("statement", "count"),
    [
        ("SET search_path = attune, pg_catalog;", 1),
        ("SET LOCAL search_path = '';", 0),
        ("SELECT pg_catalog.set_config('search_path', 'attune', true);", 1),
        ("CREATE FUNCTION attune.f() RETURNS int LANGUAGE sql SET search_path = attune AS 'SELECT 1';", 1),
        ("CREATE FUNCTION attune.f() RETURNS int LANGUAGE sql SET search_path = pg_catalog, pg_temp AS 'SELECT 1';", 0),
        ("ALTER FUNCTION attune.is_finished() SET search_path = public;", 1),
        ("RESET search_path;", 0),
    ],
)
def test_a_search_path_that_lets_bare_names_through(statement: str, count: int) -> None:
    assert [rule for rule, *_ in found(statement)] == ["MG04"] * count


def test_mending_a_body_keeps_everything_else() -> None:
    text = plpgsql("PERFORM 1 FROM pack; -- é pack\nPERFORM 'x'::status_enum;", "r pack%ROWTYPE;")
    result = engine.lint(Path("0001_x.sql"), text, LintSettings(), NAMES)
    mended = engine.mended(text, result)
    assert mended == plpgsql(
        "PERFORM 1 FROM attune.pack; -- é pack\nPERFORM 'x'::attune.status_enum;", "r attune.pack%ROWTYPE;"
    )
    assert engine.lint(Path("0001_x.sql"), mended, LintSettings(), NAMES) == []
