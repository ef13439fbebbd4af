"""A schema with every kind of constraint, and descriptions of queries on it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg

from attune_sql.describe.describe import describe_all
from attune_sql.describe.description import Description
from attune_sql.prove.prove import Proof, prove
from attune_sql.source.parse import parse

SCHEMA = """
CREATE SCHEMA shop;
CREATE TYPE shop.state AS ENUM ('new', 'paid');
CREATE TYPE shop.size AS (width integer, height integer);
CREATE DOMAIN shop.sku AS text NOT NULL CHECK (VALUE ~ '^[A-Z]{3}-[0-9]{2,4}$');
CREATE DOMAIN shop.grade AS integer CHECK (VALUE BETWEEN 700 AND 702);
CREATE TABLE shop.tenant (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    "order" text NOT NULL CHECK ("order" IN ('first', 'last one')),
    code varchar(3) NOT NULL UNIQUE
);
CREATE TABLE shop.customer (
    tenant bigint NOT NULL REFERENCES shop.tenant,
    id serial,
    name text NOT NULL CHECK (length(name) BETWEEN 9 AND 12),
    nick text,
    best bigint,
    grade shop.grade,
    size shop.size,
    PRIMARY KEY (tenant, id)
);
CREATE TABLE shop.orders (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    tenant bigint NOT NULL REFERENCES shop.tenant,
    customer integer NOT NULL,
    parent uuid REFERENCES shop.orders,
    state shop.state NOT NULL DEFAULT 'new',
    sku shop.sku,
    paid_at timestamptz,
    total numeric(10, 2) NOT NULL CHECK (total > 0),
    twice numeric GENERATED ALWAYS AS (total * 2) STORED,
    tags text[] NOT NULL,
    span tstzrange,
    CHECK ((state = 'paid') = (paid_at IS NOT NULL)),
    FOREIGN KEY (tenant, customer) REFERENCES shop.customer (tenant, id)
);
ALTER TABLE shop.customer ADD FOREIGN KEY (best) REFERENCES shop.tenant DEFERRABLE INITIALLY DEFERRED;
CREATE TABLE shop.booking (id integer PRIMARY KEY, during int4range NOT NULL, EXCLUDE USING gist (during WITH &&));
CREATE TABLE shop.log (at date NOT NULL, text text) PARTITION BY RANGE (at);
CREATE TABLE shop.log_all PARTITION OF shop.log DEFAULT;
CREATE TABLE shop.seeded (id integer PRIMARY KEY, label text NOT NULL);
INSERT INTO shop.seeded VALUES (1, 'one');
CREATE TABLE shop.of_seeded (seeded integer PRIMARY KEY REFERENCES shop.seeded);
CREATE FUNCTION shop.refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.text = 'a' THEN RAISE 'no a, please'; END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER refuse BEFORE INSERT ON shop.log FOR EACH ROW EXECUTE FUNCTION shop.refuse();
"""


def create(conn: psycopg.Connection[Any]) -> None:
    """Make the schema, and commit it."""
    conn.execute(SCHEMA)
    conn.commit()


def described(conn: psycopg.Connection[Any], *texts: str) -> list[Description]:
    """Describe the queries of some texts; each must be accepted."""
    operations = [operation for text in texts for operation in parse(text, Path("shop.sql"), ("orders",))]
    found = describe_all(conn, operations)
    conn.rollback()
    return list(_accepted(found))


def proved(conn: psycopg.Connection[Any], *texts: str, seed: int = 0, rounds: int = 12) -> Proof:
    """Describe the queries of some texts, and prove them."""
    return prove(conn, described(conn, *texts), seed=seed, rounds=rounds)


def _accepted(found: list[Any]) -> Iterator[Description]:
    for each in found:
        assert isinstance(each, Description), each
        yield each
