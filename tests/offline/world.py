"""A small service of its own: a schema with a bit of everything, and queries that each look at another part of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg

import attune_sql
from attune_sql.describe.describe import describe_all
from attune_sql.describe.description import Description
from attune_sql.describe.rejection import RejectedError
from attune_sql.findings.collect import collect
from attune_sql.findings.files import read
from attune_sql.findings.finding import Finding
from attune_sql.findings.survey import survey
from attune_sql.offline.answer import Answer, Folders, answer
from attune_sql.source.operation import Operation

SCHEMA = """
CREATE SCHEMA mine;
CREATE TYPE mine.state AS ENUM ('new', 'done');
CREATE DOMAIN mine.code AS text;
CREATE TYPE mine.pair AS (low integer, high integer);
CREATE TABLE mine.thing (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    ref text NOT NULL,
    label text,
    state mine.state NOT NULL DEFAULT 'new',
    code mine.code
);
CREATE UNIQUE INDEX thing_ref ON mine.thing (ref);
CREATE TABLE mine.part (id bigint PRIMARY KEY, thing bigint NOT NULL REFERENCES mine.thing, weight numeric NOT NULL);
CREATE VIEW mine.heavy AS SELECT part.id, part.weight FROM mine.part WHERE part.weight > 10;
CREATE SEQUENCE mine.ticket;
CREATE FUNCTION mine.double(value integer) RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT value * 2';
CREATE FUNCTION mine.same(one text, other text) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT one = other';
CREATE OPERATOR mine.=== (LEFTARG = text, RIGHTARG = text, FUNCTION = mine.same);
"""

QUERIES = {
    "thing/find.sql": "-- name: find(ref)^\nSELECT thing.id, thing.label FROM mine.thing WHERE thing.ref = :ref::text;",
    "thing/by_state.sql": "-- name: by_state(state)\nSELECT thing.id FROM mine.thing WHERE thing.state = :state;",
    "thing/codes.sql": "-- name: codes()\nSELECT thing.code FROM mine.thing;",
    "thing/all.sql": "-- name: all()\nSELECT * FROM mine.thing;",
    "thing/number.sql": "-- name: number()$\nSELECT count(*) AS number FROM mine.thing;",
    "thing/renamed.sql": "-- name: renamed()\nSELECT t.a, t.b FROM mine.thing AS t (a, b);",
    "thing/add.sql": "-- name: add(ref)^\nINSERT INTO mine.thing (ref) VALUES (:ref) RETURNING id;",
    "part/of.sql": (
        "-- name: of(ref)\nSELECT label, weight FROM mine.thing AS t JOIN mine.part AS p ON p.thing = t.id\n"
        "WHERE ref = :ref;"
    ),
    "part/rows.sql": "-- name: rows()\nSELECT p AS part FROM mine.part AS p;",
    "heavy/list.sql": "-- name: list()\nSELECT heavy.weight FROM mine.heavy;",
    "other/double.sql": "-- name: double(value)$\nSELECT mine.double(:value::integer) AS doubled;",
    "other/same.sql": "-- name: same(a, b)$\nSELECT :a::text OPERATOR(mine.===) :b::text AS same;",
    "other/pair.sql": "-- name: pair()$\nSELECT ROW(1, 2)::mine.pair AS pair;",
    "other/ticket.sql": "-- name: ticket()$\nSELECT pg_catalog.nextval('mine.ticket') AS ticket;",
    "other/said.sql": "-- name: said()\n-- @not_null label\nSELECT label, to_char(now(), 'x') AS u FROM mine.thing;",
    "other/one.sql": "-- name: one()$\nSELECT 1 AS one;",
    "other/wrong.sql": "-- name: wrong()\nSELECT nothing.id FROM mine.nothing;",
}
EVERY = frozenset(name.removesuffix(".sql").replace("/", ".") for name in QUERIES)


@dataclass(frozen=True, slots=True)
class Service:
    """The folders of the service, and an empty database for what they say."""

    root: Path
    dsn: str

    @property
    def folders(self) -> Folders:
        return Folders(self.root / "sql", self.root / "db")

    def query(self, name: str, text: str) -> None:
        path = self.folders.queries / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)

    def migration(self, name: str, text: str) -> None:
        self.folders.migrations.mkdir(exist_ok=True)
        (self.folders.migrations / name).write_text(text)

    def operations(self) -> tuple[Operation, ...]:
        return read(self.folders.queries).operations

    @contextmanager
    def database(self) -> Iterator[psycopg.Connection[Any]]:
        """An empty database with the migrations, until the transaction is rolled back."""
        with attune_sql.connect(self.dsn) as conn, conn.transaction(force_rollback=True):
            conn.execute("SET search_path = ''")
            for path in sorted(self.folders.migrations.iterdir()):
                conn.execute(path.read_bytes())
            yield conn

    def answer(self) -> Answer:
        return answer(self.folders, self.operations(), self.database, whole=True)

    def findings(self) -> list[Finding]:
        files = read(self.folders.queries)
        found = answer(self.folders, files.operations, self.database, whole=True)
        return collect(found.described, found.table_columns, files.errors)

    def fresh(self) -> tuple[list[Description | RejectedError], list[Finding]]:
        """What a run tells that knows of nothing before it."""
        with self.database() as conn:
            return describe_all(conn, self.operations()), survey(conn, read(self.folders.queries))


def made(root: Path, dsn: str) -> Service:
    """Write the service into a folder."""
    service = Service(root, dsn)
    service.migration("0001_create_all.sql", SCHEMA)
    for name, text in QUERIES.items():
        service.query(name, f"{text}\n")
    return service


def seen(found: Description | RejectedError) -> str:
    """Write down all that a description says, but for the oids of types, which are those of one database."""
    told = repr(found) if isinstance(found, Description) else repr(vars(found))
    return re.sub(r"\boid=\d+", "", told)
