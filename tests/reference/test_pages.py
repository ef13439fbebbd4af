"""The text of the pages, from made-up descriptions, and that the committed pages are the generated ones."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import psycopg

from attune_sql.bundled import folder
from attune_sql.reference.catalogue import ask
from attune_sql.reference.description import Argument, Column, Described, Field, Lifecycle, Repository, Table
from attune_sql.reference.pages import render
from attune_sql.reference.write import changes
from attune_sql.source.operation import Operation
from attune_sql.source.parse import parse
from attune_sql.source.tree import read_tree

HERE = Path(__file__).parent
CHECKOUT = HERE.parents[1]

ID = Column("id", "bigint", required=True, filled_by="identity", comment="Number that tickets refer to.")
SEAT = Column("seat", "text", required=True, comment="Row and number, such as A|12.")
STATE = Column("state", "attune.booking_state", True, "'open'::attune.booking_state")
PRICE = Column("price", "numeric(10,2)", required=False, filled_by="generated", comment="In euros; *NULL* for free.")
BOOKING = Table("A seat that is taken, e.g. by phone. Never deleted.", (ID, SEAT, STATE, PRICE))
FIELDS = tuple(Field(each.name, each.type) for each in BOOKING.columns)


def operation(text: str) -> Operation:
    name = text.removeprefix("-- name: ").partition("(")[0]
    (read,) = parse(text, Path("queries/booking") / f"{name}.sql", ("booking",))
    return read


def booking() -> Repository:
    count = operation("-- name: count_by_state(state)$\n-- Counts.\nSELECT 1 WHERE :state::text > '';\n")
    delete = operation("-- name: delete(id)!\n-- Deletes it.\nDELETE FROM attune.booking WHERE id = :id::bigint;\n")
    listed = operation(
        "-- name: list(limit, after_id)\n-- Lists them; refs may hold *.\n-- @optional after_id\n"
        "SELECT 1 WHERE id > :after_id::bigint LIMIT :limit::bigint;\n"
    )
    find = operation("-- name: find_first()^\n-- Returns the first, or no row.\nSELECT 1;\n")
    days = operation("-- name: revenue_by_day()\n-- Adds up.\nSELECT 1;\n")
    identifier = Argument("id", "bigint", optional=False)
    paging = (Argument("limit", "bigint", optional=False), Argument("after_id", "bigint", optional=True))
    return Repository(
        "booking",
        BOOKING,
        (
            Described(count, (Argument("state", "text", optional=False),), (Field("count", "bigint"),)),
            Described(delete, (identifier,), ()),
            Described(find, (), FIELDS),
            Described(listed, paging, (*FIELDS[:-1], Field("hall", "text"))),
            Described(days, (), (Field("day", "date"), Field("revenue", "numeric"))),
        ),
        Lifecycle(("open", "paid", "void"), "open", (("open", "paid"), ("open", "void"), ("paid", "void"))),
    )


def test_the_page_of_a_repository() -> None:
    assert render([booking()])["booking.md"] == (HERE / "booking.md").read_text()


def test_the_index_names_each_repository_with_its_first_sentence_and_size() -> None:
    pages = render([booking(), Repository("report", None, booking().operations[:1])])
    assert pages["README.md"].split("\n\n", 1)[1] == (
        "# Repositories\n\n"
        "2 repositories, 6 operations.\n\n"
        "| repository | what it is | operations |\n"
        "| --- | --- | --- |\n"
        "| [booking](booking.md) | A seat that is taken, e.g. by phone. | 5 |\n"
        "| [report](report.md) |  | 1 |\n"
    )


def test_a_repository_without_a_table_shows_the_columns_of_its_results() -> None:
    page = render([Repository("report", None, booking().operations[2:3])])["report.md"]
    assert "Columns:\n\n| column | type |\n| --- | --- |\n| `id` | `bigint` |\n" in page


def test_code_may_hold_bars_and_backticks_and_line_ends() -> None:
    odd = Column("odd", "text", required=False, default="'`a`'::text ||\n  'b'::text")
    page = render([Repository("report", Table(None, (odd,)), ())])["report.md"]
    assert r"| `odd` | `text` | nullable | `` '`a`'::text \|\| 'b'::text `` |  |" in page


def test_the_committed_pages_are_the_generated_ones(conn: psycopg.Connection[Any]) -> None:
    pages = render(ask(conn, read_tree(folder("queries"))))
    found = changes(CHECKOUT / "docs" / "repositories", pages)
    assert not found, "run `make docs`:\n" + "".join(each.diff() for each in found)
