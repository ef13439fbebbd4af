"""The names of a schema, read from migrations as text."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import psycopg
import pytest

from attune_sql.bundled import folder
from attune_sql.lint.builtin import TYPES
from attune_sql.lint.names import SchemaNames, names_in, read_names, temporary_names


def named(*texts: str, schema: str = "attune") -> dict[str, set[str]]:
    names = names_in(texts, schema)
    kinds = ("tables", "views", "types", "functions", "sequences")
    return {kind: set(getattr(names, kind)) for kind in kinds if getattr(names, kind)}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("CREATE TABLE attune.pack (id int)", {"tables": {"pack"}}),
        ("CREATE TABLE pack (id int)", {"tables": {"pack"}}),
        ("CREATE TABLE public.pack (id int)", {}),
        ("create unlogged table if not exists ATTUNE.Pack (id int)", {"tables": {"pack"}}),
        ('CREATE TABLE attune."Pack" (id int)', {"tables": {"Pack"}}),
        ("CREATE TEMP TABLE pack (id int)", {}),
        ("CREATE OR REPLACE VIEW attune.v AS SELECT 1", {"views": {"v"}}),
        ("CREATE MATERIALIZED VIEW attune.v AS SELECT 1", {"views": {"v"}}),
        ("CREATE TYPE attune.e AS ENUM ('a')", {"types": {"e"}}),
        ("CREATE DOMAIN attune.d AS text", {"types": {"d"}}),
        ("CREATE OR REPLACE FUNCTION attune.f(a int) RETURNS int RETURN 1", {"functions": {"f"}}),
        ("CREATE PROCEDURE attune.p() AS $$ CREATE TABLE inside () $$", {"functions": {"p"}}),
        ("CREATE SEQUENCE attune.s", {"sequences": {"s"}}),
        ("CREATE TABLE attune.t (id bigserial, n numeric(3, 2))", {"tables": {"t"}, "sequences": {"t_id_seq"}}),
        (
            "CREATE TABLE attune.t (n int, id bigint GENERATED ALWAYS AS IDENTITY, PRIMARY KEY (id))",
            {"tables": {"t"}, "sequences": {"t_id_seq"}},
        ),
        ("CREATE TABLE attune.t (a int, b int GENERATED ALWAYS AS (a + 1) STORED)", {"tables": {"t"}}),
        ("ALTER TABLE attune.t ADD COLUMN n serial", {"sequences": {"t_n_seq"}}),
        ("CREATE TABLE attune.a (id serial); DROP TABLE attune.a", {}),
        ("CREATE TABLE a (); CREATE TABLE b (); DROP TABLE IF EXISTS attune.a, attune.b CASCADE", {}),
        ("CREATE TABLE attune.a (); DROP TABLE public.a", {"tables": {"a"}}),
        ("CREATE TABLE attune.a (); ALTER TABLE attune.a RENAME TO b", {"tables": {"b"}}),
        ("CREATE TABLE attune.a (); ALTER TABLE attune.a RENAME COLUMN c TO b", {"tables": {"a"}}),
        ("CREATE TABLE attune.a (); ALTER TABLE attune.a SET SCHEMA old", {}),
        ("CREATE FUNCTION attune.f(int); ALTER FUNCTION attune.f(int) RENAME TO g", {"functions": {"g"}}),
        ("DO $$ BEGIN IF true THEN CREATE TYPE attune.e AS ENUM ('a'); END IF; END $$", {"types": {"e"}}),
        ("SELECT 'CREATE TABLE attune.no ()' -- CREATE TABLE attune.no ()", {}),
        ("CREATE INDEX pack_idx ON attune.pack (id)", {}),
        ("CREATE TABLE attune.a (); SELECT 'never ends", {"tables": {"a"}}),
        ("CREATE", {}),
        ("CREATE TABLE", {}),
        ("", {}),
    ],
)
def test_created_renamed_and_dropped_names_are_told(text: str, expected: dict[str, set[str]]) -> None:
    assert named(text) == expected


def test_another_schema_may_be_asked_for() -> None:
    assert named("CREATE TABLE shop.a (); CREATE TABLE attune.b ()", schema="shop") == {"tables": {"a"}}


def test_temporary_names_are_those_of_the_text_itself() -> None:
    text = "CREATE TEMP TABLE a (); CREATE TABLE b (); create temporary view c as select 1"
    assert temporary_names(text) == {"a", "c"}


def test_no_folder_names_nothing(tmp_path: Path) -> None:
    assert read_names(None) == read_names(tmp_path / "absent") == SchemaNames()


def test_a_changed_folder_is_read_again(tmp_path: Path) -> None:
    (tmp_path / "0001.sql").write_text("CREATE TABLE attune.a ();")
    assert read_names(tmp_path).tables == {"a"}
    (tmp_path / "0002.sql").write_text("CREATE TABLE attune.b ();")
    assert read_names(tmp_path).tables == {"a", "b"}


CATALOGUE = """
    SELECT CASE WHEN relkind = 'S' THEN 'sequences' WHEN relkind IN ('v', 'm') THEN 'views' ELSE 'tables' END, relname
    FROM pg_catalog.pg_class
    WHERE relnamespace = 'attune'::regnamespace AND relkind IN ('r', 'p', 'v', 'm', 'S')
    UNION ALL
    SELECT 'functions', proname FROM pg_catalog.pg_proc WHERE pronamespace = 'attune'::regnamespace
    UNION ALL
    SELECT 'types', typname FROM pg_catalog.pg_type
    WHERE typnamespace = 'attune'::regnamespace AND typtype IN ('e', 'd')
"""


def test_the_text_and_the_migrated_database_name_the_same(conn: psycopg.Connection[Any]) -> None:
    names = read_names(folder("migrations"))
    in_database: dict[str, set[str]] = {"tables": set(), "views": set(), "types": set(), "functions": set()}
    with psycopg.Cursor(conn) as cursor:
        for kind, name in cursor.execute(CATALOGUE):
            in_database.setdefault(kind, set()).add(name)
    in_database["tables"].remove("schema_migration")  # the runner's own ledger, in no migration
    assert {kind: set(getattr(names, kind)) for kind in in_database} == in_database


def test_the_types_that_are_postgresqls_own_are_known(conn: psycopg.Connection[Any]) -> None:
    with psycopg.Cursor(conn) as cursor:
        cursor.execute(
            "SELECT typname FROM pg_catalog.pg_type"
            " WHERE typnamespace = 'pg_catalog'::regnamespace AND typrelid = 0 AND typname !~ '^(_|pg_)'"
        )
        assert {name for (name,) in cursor} == TYPES
