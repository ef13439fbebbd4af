"""A random schema: tables with keys, checks, domains, generated columns, triggers, children and partitions; views."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import psycopg
from psycopg import Connection

from tests.fuzz.maker import Maker, Relation
from tests.fuzz.selects import query
from tests.fuzz.types import TYPES, VALUES

_FIXED = """
CREATE SCHEMA f;
CREATE TYPE f.mood AS ENUM ('sad', 'ok', 'happy');
CREATE TYPE f.pair AS (a integer, b text);
CREATE TYPE f.single AS (a integer);
CREATE DOMAIN f.word AS text NOT NULL;
CREATE DOMAIN f.label AS text CHECK (VALUE <> 'never');
CREATE FUNCTION f.nothing(x integer) RETURNS integer LANGUAGE plpgsql STRICT IMMUTABLE AS 'BEGIN RETURN NULL; END';
CREATE FUNCTION f.strict(x integer) RETURNS integer LANGUAGE sql STRICT IMMUTABLE AS 'SELECT nullif(x, 1)';
CREATE FUNCTION f.loose(x integer) RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT coalesce(x, 1)';
CREATE FUNCTION f.both(OUT a integer, OUT b text) LANGUAGE sql AS 'SELECT 1, NULL::text';
CREATE FUNCTION f.some(x integer) RETURNS SETOF integer LANGUAGE sql AS 'SELECT x UNION ALL SELECT NULL';
CREATE FUNCTION f.forget() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN NEW.lost := NULL; RETURN NEW; END';
CREATE COLLATION f.loose_case (provider = icu, locale = 'und-u-ks-level2', deterministic = false);
"""


@dataclass(frozen=True, slots=True)
class TableColumn:
    """A column of a table: `type` by its short name."""

    name: str
    type: str
    not_null: bool = False
    generated: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table whose first column is `id`; it has a `key` on that, and MERGE may write to it, or not."""

    name: str
    columns: tuple[TableColumn, ...]
    key: bool = True
    merges: bool = True

    @property
    def relation(self) -> Relation:
        """The table as something that may stand in FROM."""
        return Relation(self.name, tuple((each.name, each.type) for each in self.columns))


@dataclass(slots=True)
class World:
    """What was made: the statements that made it, the tables, and all that may stand in FROM."""

    statements: list[str] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)
    relations: list[Relation] = field(default_factory=list)


def create(conn: Connection[Any], dice: random.Random) -> World:
    """Make a random schema `f` in the place of the one before; the connection is in autocommit."""
    world = World()
    conn.execute("DROP SCHEMA IF EXISTS f CASCADE")
    statements = [each for each in _FIXED.strip().split("\n") if each]
    for each in statements:
        _try(conn, world, each)
    for number in range(dice.randint(3, 5)):
        _table(conn, world, dice, number)
    _family(conn, world, dice)
    major = conn.info.server_version // 10000
    for number in range(dice.randint(2, 4)):
        maker = Maker(dice, major, world.relations, query, depth=2, takes_parameters=False)
        types = ["big", *(maker.type() for _ in range(3))]
        names = ("id", "x0", "x1", "x2")
        barrier = " WITH (security_barrier)" if maker.chance(0.2) else ""
        text = f"CREATE VIEW f.v{number}({', '.join(names)}){barrier} AS {maker.query(types)};"
        if _try(conn, world, text):
            world.relations.append(Relation(f"f.v{number}", tuple(zip(names, types, strict=True))))
    return world


def _try(conn: Connection[Any], world: World, statement: str) -> bool:
    try:
        conn.execute(statement.encode())
    except psycopg.Error:
        return False
    world.statements.append(statement)
    return True


def _table(conn: Connection[Any], world: World, dice: random.Random, number: int) -> None:
    name = f"f.t{number}"
    columns = [TableColumn("id", "big", not_null=True)]
    key = dice.random() < 0.8
    lines = [f"id bigint {'PRIMARY KEY' if key else dice.choice(('NOT NULL', 'UNIQUE', 'NOT NULL UNIQUE DEFERRABLE'))}"]
    for index in range(dice.randint(3, 6)):
        type = dice.choice(("int", "int", "text", "text", *sorted(TYPES)))
        not_null = dice.random() < 0.4
        columns.append(TableColumn(f"c{index}", type, not_null))
        lines.append(" ".join((f"c{index}", *_definition(dice, world, type, not_null))))
    if dice.random() < 0.3:
        columns.append(TableColumn("g", "text", generated=True))
        lines.append("g text GENERATED ALWAYS AS (lower(c0::text)) STORED")
    columns.append(TableColumn("lost", "int"))
    lines.append("lost integer")
    if not _try(conn, world, f"CREATE TABLE {name} ({', '.join(lines)});"):
        return
    for each in _indexes(dice, name, columns):
        _try(conn, world, each)
    if dice.random() < 0.35:
        when = dice.choice(("INSERT", "UPDATE", "INSERT OR UPDATE"))
        _try(
            conn,
            world,
            f"CREATE TRIGGER forget BEFORE {when} ON {name} FOR EACH ROW EXECUTE FUNCTION f.forget();",
        )
    _add(world, Table(name, tuple(columns), key))


def _add(world: World, table: Table) -> None:
    world.tables.append(table)
    world.relations.append(table.relation)


def _definition(dice: random.Random, world: World, type: str, not_null: bool) -> Iterator[str]:
    domain = {"text": ("f.word", "f.label", "character(3)", "text COLLATE f.loose_case")}.get(type, ())
    yield dice.choice((*domain, *[TYPES[type]] * 4))
    if not_null:
        yield "NOT NULL"
        if dice.random() < 0.7:
            yield f"DEFAULT '{VALUES[type][0]}'"
    elif type == "int" and dice.random() < 0.2:
        yield "DEFAULT 1"
    keyed = [each.name for each in world.tables if each.key]
    if type == "big" and keyed and dice.random() < 0.6:
        yield f"REFERENCES {dice.choice(keyed)} ON DELETE CASCADE"


def _indexes(dice: random.Random, name: str, columns: list[TableColumn]) -> Iterator[str]:
    for column in columns[1:]:
        if dice.random() < 0.3:
            forms = ["({0})", "({0})", "({0}) NULLS NOT DISTINCT", "({0}) WHERE {0} IS NOT NULL", "({0}) WHERE id > 1"]
            if column.type == "text":
                forms += ["(lower({0}))", '({0} COLLATE "C")', "({0} text_pattern_ops)"]
            if column.type == "pair":
                forms += ["({0} record_image_ops)"]
            yield f"CREATE UNIQUE INDEX ON {name} {dice.choice(forms).format(column.name)};"


def _family(conn: Connection[Any], world: World, dice: random.Random) -> None:
    """Make a table with a child, and one with partitions."""
    own = (
        TableColumn("id", "big", not_null=True),
        TableColumn("c0", "int", not_null=True),
        TableColumn("c1", "text"),
        TableColumn("lost", "int"),
    )
    lines = "id bigint NOT NULL, c0 integer NOT NULL, c1 text, lost integer"
    _try(conn, world, f"CREATE TABLE f.tp ({lines}{dice.choice((', PRIMARY KEY (id)', ''))});")
    _try(conn, world, "CREATE TABLE f.tc () INHERITS (f.tp);")
    if dice.random() < 0.5:
        _try(conn, world, "ALTER TABLE f.tc ALTER c0 DROP NOT NULL;")
    _add(world, Table("f.tp", own, key=False, merges=False))
    _add(world, Table("f.tc", own, key=False))
    key = dice.choice((", PRIMARY KEY (id)", ", UNIQUE (id)", ""))
    _try(conn, world, f"CREATE TABLE f.tr ({lines}{key}) PARTITION BY RANGE (id);")
    _try(conn, world, "CREATE TABLE f.tr1 PARTITION OF f.tr FOR VALUES FROM (MINVALUE) TO (2);")
    _try(conn, world, "CREATE TABLE f.tr2 PARTITION OF f.tr FOR VALUES FROM (2) TO (MAXVALUE);")
    if dice.random() < 0.5:
        when = dice.choice(("INSERT", "UPDATE"))
        _try(
            conn,
            world,
            f"CREATE TRIGGER forget BEFORE {when} ON f.tr2 FOR EACH ROW EXECUTE FUNCTION f.forget();",
        )
    _add(world, Table("f.tr", own, key=bool(key)))
    _try(conn, world, "CREATE TABLE f.tl (id bigint PRIMARY KEY, late text, lost integer);")
    _try(conn, world, "INSERT INTO f.tl VALUES (1, NULL, NULL);")
    if conn.info.server_version >= 180000:
        _try(conn, world, "ALTER TABLE f.tl ADD CONSTRAINT late_is_there NOT NULL late NOT VALID;")
    _add(world, Table("f.tl", (own[0], TableColumn("late", "text"), TableColumn("lost", "int"))))
