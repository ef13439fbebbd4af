"""An edit of a query or of the schema makes exactly those descriptions stale that depend on it."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.offline.world import EVERY, made, seen

# What was rejected may be right after any change of the schema.
WRONG = frozenset({"other.wrong"})
OF_THING = frozenset(f"thing.{each}" for each in ("find", "by_state", "codes", "all", "number", "renamed", "add"))
OF_THING |= {"other.said", "part.of"}
OF_LABEL = frozenset({"thing.find", "part.of", "other.said"})
# A star, an alias that renames columns, and an INSERT take all columns.
WHOLE_THING = frozenset({"thing.all", "thing.renamed", "thing.add"})

# What changes, and who must be described anew.
CHANGES = {
    "a new table": ("CREATE TABLE mine.other (id bigint)", frozenset()),
    "a check": ("ALTER TABLE mine.thing ADD CHECK (label <> '')", None),
    "a comment": ("COMMENT ON COLUMN mine.thing.label IS 'shown to people'", None),
    "an index that is not unique": ("CREATE INDEX ON mine.thing (label)", None),
    "a trigger after the row": (
        "CREATE FUNCTION mine.t() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END';"
        "CREATE TRIGGER t AFTER INSERT ON mine.thing FOR EACH ROW EXECUTE FUNCTION mine.t()",
        frozenset(),
    ),
    "the body of a function": (
        "CREATE OR REPLACE FUNCTION mine.double(value integer) RETURNS integer LANGUAGE sql IMMUTABLE"
        " AS 'SELECT value + value'",
        None,
    ),
    "a column": ("ALTER TABLE mine.thing ADD COLUMN colour text", WHOLE_THING),
    "a column that makes another ambiguous": (
        "ALTER TABLE mine.part ADD COLUMN label text",
        frozenset({"part.of", "part.rows"}),
    ),
    "a value that may be NULL": (
        "ALTER TABLE mine.thing ALTER COLUMN ref DROP NOT NULL",
        {"thing.find", "part.of"} | WHOLE_THING,
    ),
    "a value that may not": (
        "ALTER TABLE mine.thing ALTER COLUMN label SET NOT NULL",
        OF_LABEL | WHOLE_THING,
    ),
    "another type": ("ALTER TABLE mine.thing ALTER COLUMN label TYPE varchar", OF_LABEL | WHOLE_THING),
    "another default": (
        "ALTER TABLE mine.thing ALTER COLUMN label SET DEFAULT ''",
        OF_LABEL | WHOLE_THING,
    ),
    "another name": ("ALTER TABLE mine.thing RENAME COLUMN label TO title", OF_LABEL | WHOLE_THING),
    "a label of an enum": ("ALTER TYPE mine.state ADD VALUE 'failed'", {"thing.by_state", "thing.all", "thing.add"}),
    "another name for a label": (
        "ALTER TYPE mine.state RENAME VALUE 'new' TO 'fresh'",
        {"thing.by_state", "thing.add"} | WHOLE_THING,
    ),
    "a domain": ("ALTER DOMAIN mine.code SET NOT NULL", {"thing.codes", "thing.all"}),
    "a unique index": ("DROP INDEX mine.thing_ref", OF_THING),
    "a trigger before the row": (
        "CREATE FUNCTION mine.t() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END';"
        "CREATE TRIGGER t BEFORE INSERT ON mine.thing FOR EACH ROW EXECUTE FUNCTION mine.t()",
        OF_THING,
    ),
    "a table that inherits": ("CREATE TABLE mine.special () INHERITS (mine.thing)", OF_THING),
    "a view": ("CREATE OR REPLACE VIEW mine.heavy AS SELECT id, weight FROM mine.part", {"heavy.list"}),
    "a table below a view": (
        "ALTER TABLE mine.part ALTER COLUMN weight DROP NOT NULL",
        {"heavy.list", "part.of"},
    ),
    "the row of a table": ("ALTER TABLE mine.part ADD COLUMN size integer", {"part.rows"}),
    "a second function of the name": (
        "CREATE FUNCTION mine.double(value text) RETURNS text LANGUAGE sql AS 'SELECT value || value'",
        {"other.double"},
    ),
    "a second operator of the name": (
        "CREATE OPERATOR mine.=== (LEFTARG = bytea, RIGHTARG = bytea, FUNCTION = pg_catalog.byteaeq)",
        {"other.same"},
    ),
    "a composite type": ("ALTER TYPE mine.pair ADD ATTRIBUTE middle integer", {"other.pair"}),
    "a sequence": ("ALTER SEQUENCE mine.ticket RENAME TO number", {"other.ticket"}),
    "a cast": ("CREATE CAST (mine.pair AS text) WITH INOUT AS IMPLICIT", EVERY),
    "a function in pg_catalog": (
        "CREATE FUNCTION pg_catalog.attune_twice(integer) RETURNS integer LANGUAGE sql AS 'SELECT $1'",
        EVERY,
    ),
    "the schema's name": ("ALTER SCHEMA mine RENAME TO yours", EVERY - {"other.one"}),
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_change_of_the_schema_makes_stale_what_depends_on_it(change: str, tmp_path: Path, blank_dsn: str) -> None:
    text, stale = CHANGES[change]
    service = made(tmp_path, blank_dsn)
    assert {name for name, _ in service.answer().anew} == EVERY
    service.migration("0002_change_it.sql", text)
    answer = service.answer()
    # Where not even the catalogues tell a difference, the rejected one is as it was.
    assert {name for name, _ in answer.anew} == (frozenset() if stale is None else WRONG | stale)
    described, _ = service.fresh()
    assert list(map(seen, answer.described)) == list(map(seen, described))
    assert service.answer().anew == ()


@settings(max_examples=4, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(sorted(CHANGES)), min_size=2, max_size=4, unique=True))
def test_after_any_changes_what_is_kept_is_what_a_fresh_run_tells(blank_dsn: str, changes: list[str]) -> None:
    with TemporaryDirectory() as folder:
        service = made(Path(folder), blank_dsn)
        service.answer()
        for number, change in enumerate(changes):
            # Some changes exclude each other, and a migration that fails is another test's matter.
            guarded = f"DO $do$ BEGIN {CHANGES[change][0]}; EXCEPTION WHEN OTHERS THEN NULL; END $do$"
            service.migration(f"{number + 2:04}_change_it.sql", guarded)
            described, findings = service.fresh()
            assert list(map(seen, service.answer().described)) == list(map(seen, described))
            assert service.findings() == findings


FIND = "-- name: find(ref)^\nSELECT thing.id, thing.label FROM mine.thing WHERE thing.ref = :ref::text;\n"
QUERY_EDITS = {
    "a blank at the end": (FIND + "\n\n", False),
    "a sentence": (FIND.replace("^\n", "^\n-- Finds it.\n"), True),
    "another sentence in its line": (FIND.replace("ref)^\n", "ref)^\n-- Found.\n"), True),
    "the operator": (FIND.replace("^", ""), True),
    "an optional parameter": (FIND.replace("^\n", "^\n-- @optional ref\n"), True),
    "a column": (FIND.replace("thing.label", "thing.state"), True),
    "the name of a parameter": (FIND.replace("ref)", "key)").replace(":ref", ":key"), True),
    "a blank in the SQL": (FIND.replace("thing.id, ", "thing.id,  "), True),
}


@pytest.mark.parametrize("edit", QUERY_EDITS)
def test_an_edit_of_a_query_makes_only_its_own_description_stale(edit: str, tmp_path: Path, blank_dsn: str) -> None:
    text, stale = QUERY_EDITS[edit]
    service = made(tmp_path, blank_dsn)
    service.answer()
    service.query("thing/find.sql", text)
    answer = service.answer()
    assert answer.anew == ((("thing.find", "its query has changed"),) if stale else ())
    described, findings = service.fresh()
    assert list(map(seen, answer.described)) == list(map(seen, described))
    assert service.findings() == findings


def test_a_sentence_of_the_header_may_be_written_anew(tmp_path: Path, blank_dsn: str) -> None:
    service = made(tmp_path, blank_dsn)
    service.query("thing/find.sql", FIND.replace("^\n", "^\n-- One sentence.\n"))
    service.answer()
    service.query("thing/find.sql", FIND.replace("^\n", "^\n-- Another and longer sentence.\n"))
    answer = service.answer()
    assert answer.anew == ()
    (found,) = (each for each in answer.described if each.operation.full_name == "thing.find")
    assert found.operation.sentence == "Another and longer sentence."
    assert list(map(seen, answer.described)) == list(map(seen, service.fresh()[0]))


def test_each_stale_description_is_named_with_the_reason(tmp_path: Path, blank_dsn: str) -> None:
    service = made(tmp_path, blank_dsn)
    service.answer()
    service.query("thing/new.sql", "-- name: new()\nSELECT 1 AS one;\n")
    service.query("thing/codes.sql", "-- name: codes()\nSELECT thing.code AS c FROM mine.thing;\n")
    service.migration(
        "0002_change_it.sql", "ALTER TABLE mine.part DROP COLUMN weight CASCADE; DROP SEQUENCE mine.ticket"
    )
    assert dict(service.answer().anew) == {
        "heavy.list": "column mine.heavy.id is gone",
        "other.ticket": "relation mine.ticket is gone",
        "other.wrong": "the schema has changed, and it may depend on any part of it",
        "part.of": "column mine.part.weight is gone",
        "part.rows": "type mine.part has changed",
        "thing.codes": "its query has changed",
        "thing.new": "it has not been described yet",
    }
