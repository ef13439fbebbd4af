"""Operations that nobody has, described by hand: every kind of type, operator and cardinality once."""

from __future__ import annotations

from pathlib import Path

from attune_sql.describe.description import Cardinality, Column, Description, Kind, ParameterFact, PgType, Reason
from attune_sql.source.parse import parse

WHY = Reason("made up")
TABLE = ("attune", "booking")


def base(name: str, kind: Kind = "base") -> PgType:
    return PgType(OIDS.get(name, 0), name, kind, "pg_catalog")


def array(element: PgType) -> PgType:
    return PgType(0, f"{element.name}[]", "array", "pg_catalog", element=element)


OIDS = {"text": 25}

BIGINT, TEXT, JSONB, BOOLEAN = base("bigint"), base("text"), base("jsonb", "json"), base("boolean")
TIMESTAMP, NUMERIC, DATE = base("timestamp with time zone"), base("numeric"), base("date")
STATE = PgType(0, "attune.booking_state_enum", "enum", "attune", labels=("open", 'so "called"'))
REF = PgType(0, "attune.ref", "domain", "attune", base=TEXT)
DAYS = PgType(0, "daterange", "range", "pg_catalog", element=DATE)
MANY_DAYS = PgType(0, "datemultirange", "range", "pg_catalog", element=DAYS)
SPAN = PgType(0, "attune.span", "range", "attune", element=TEXT)
SEAT = PgType(0, "attune.seat", "composite", "attune", fields=(("row", BIGINT),))


def stored(name: str, type: PgType, *, nullable: bool = False) -> Column:
    return Column(name, type, nullable, WHY, (*TABLE, name))


def computed(name: str, type: PgType, *, nullable: bool = True) -> Column:
    return Column(name, type, nullable, WHY)


def described(
    text: str, types: dict[str, PgType], columns: tuple[Column, ...], cardinality: Cardinality, *namespace: str
) -> Description:
    """Describe the operation of a file's text; an optional parameter is nullable."""
    (operation,) = parse(text, Path("queries/made_up.sql"), namespace)
    parameters = tuple(
        ParameterFact(each.name, types[each.name], nullable=each.optional, required=not each.optional, reason=WHY)
        for each in operation.parameters
    )
    return Description(operation, parameters, columns, cardinality)


OWN = (
    stored("id", BIGINT),
    stored("ref", REF),
    stored("state", STATE),
    stored("date", DATE, nullable=True),
    stored("note", JSONB, nullable=True),
    stored("created", TIMESTAMP),
)

BOOKINGS = [
    described(
        "-- name: find_by_id(id)^\n-- Returns the booking, or no row.\nSELECT :id",
        {"id": BIGINT}, OWN, "at_most_one", "booking",
    ),
    described(
        "-- name: list(states, limit)\n-- Lists bookings in some states.\n-- @optional limit\nSELECT :states, :limit",
        {"states": array(STATE), "limit": BIGINT}, OWN, "many", "booking",
    ),
    described(
        "-- name: create(ref, note, given)^\n-- Adds a booking.\n-- @optional note\n-- @json note: Note\n"
        "SELECT :ref, :note, :given",
        {"ref": REF, "note": JSONB, "given": array(TEXT)}, OWN, "one", "booking",
    ),
    described(
        "-- name: update(id, date, state, given)<!\n-- Changes it; a \\ and \"\"\" and a \"quote\"\n"
        "-- @optional date, state\nSELECT :id, :date, :state, :given",
        {"id": BIGINT, "date": DATE, "state": STATE, "given": array(TEXT)}, OWN, "at_most_one", "booking",
    ),
    described(
        "-- name: count_by_state()\n-- Counts the bookings in each state.\n"
        "-- @json notes: tests.generate.models.Note\nSELECT 1",
        {},
        (
            stored("state", STATE),
            computed("count", BIGINT, nullable=False),
            computed("share", NUMERIC),
            computed("days", MANY_DAYS),
            computed("seats", array(SEAT)),
            computed("tags", array(TEXT), nullable=False),
            computed("seat", SEAT),
            computed("states", array(STATE)),
            computed("refs", array(REF), nullable=False),
            computed("notes", array(JSONB), nullable=False),
            computed("span", SPAN),
            computed("host", base("inet"), nullable=False),
            computed("found", base("tsvector"), nullable=False),
            computed("both", base("record"), nullable=False),
        ),
        "many", "booking",
    ),
    described("-- name: total()$\n-- Adds all up.\nSELECT 1", {}, (computed("sum", NUMERIC),), "one", "booking"),
    described(
        "-- name: is_open(ref)$\nSELECT :ref",
        {"ref": TEXT}, (computed("x", BOOLEAN, nullable=False),), "one", "booking",
    ),
    described("-- name: first_ref()$\nSELECT 1", {}, (stored("ref", REF),), "at_most_one", "booking"),
    described(
        "-- name: note(id)$\n-- Returns the note.\n-- @json note: Note\nSELECT :id",
        {"id": BIGINT}, (stored("note", JSONB),), "at_most_one", "booking",
    ),
    described(
        "-- name: delete_many(ids, hosts, prices, during)!\n-- Deletes some.\nSELECT :ids, :hosts, :prices, :during",
        {"ids": array(BIGINT), "hosts": base("inet"), "prices": array(NUMERIC), "during": MANY_DAYS},
        (), "none", "booking",
    ),
    described(
        "-- name: delete(id, during)!\n-- Deletes it.\nSELECT :id, :during",
        {"id": BIGINT, "during": DAYS}, (), "none", "booking",
    ),
    described(
        "-- name: add_many(id, states, note)*!\n-- Adds all.\n-- @optional note\nSELECT :id, :states, :note",
        {"id": BIGINT, "states": array(STATE), "note": JSONB}, (), "none", "booking",
    ),
    described("-- name: reset()#\n-- Begins anew.\nSELECT 1; SELECT 2", {}, (), "none", "upkeep", "nightly"),
    described("-- name: now()^\n-- Tells the time.\nSELECT 1", {}, (computed("now", TIMESTAMP),), "one"),
]  # fmt: skip
