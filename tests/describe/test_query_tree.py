"""The text of a query tree, read into nodes."""

from __future__ import annotations

from typing import Any

import pytest
from psycopg import Connection

from attune_sql.describe.query_tree import WIDTH, Node, read, unwrapped
from attune_sql.describe.rewritten import printing, rewritten


def only(text: str) -> Node:
    (node,) = read(text)
    return node


def test_a_node_has_its_fields() -> None:
    node = only('({QUERY :commandType 1 :hasAggs true :name a\\ \\(b\\) :cteList <> :empty "" :location 7})')
    assert (node.name, node.number("commandType"), node.flag("hasAggs"), node.location) == ("QUERY", 1, True, 7)
    assert (node.text("name"), node.text("empty"), node.nodes("cteList")) == ("a (b)", "", [])
    assert (node.number("absent"), node.flag("absent"), node.text("absent"), node.node("absent")) == (
        0,
        False,
        "",
        None,
    )


def test_lists_of_numbers_of_nodes_and_of_lists() -> None:
    node = only("{X :i (i 1 -2) :o (o 20) :b (b) :n ({A :v 1} {B :v 2}) :l (({C :v 3}) ({D :v 4}))}")
    assert (node.numbers("i"), node.numbers("o"), node.numbers("b")) == ([1, -2], [20], [])
    assert [each.name for each in node.nodes("n")] == ["A", "B"]
    assert [each.name for each in node.inner()] == ["A", "B", "C", "D"]
    assert {each.name for each in node.walk()} == {"X", "A", "B", "C", "D"}


def test_the_bytes_of_a_constant_are_one_value() -> None:
    node = only("{CONST :constvalue 4 [ 1 0 0 -1 ] :location 3}")
    assert (node.fields["constvalue"], node.location) == ("4 [ 1 0 0 -1 ]", 3)


def test_a_name_that_looks_like_a_field_is_a_value() -> None:
    node = only("{ALIAS :aliasname :location :x 1}")
    assert (node.text("aliasname"), node.number("x"), node.location) == (":location", 1, -1)


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("{A\n:x 1}", "{A :x 1}"),
        (":name a\\\nb", ":name a\\ b"),
        ("x" * WIDTH + "\nyz :b", "x" * WIDTH + "yz :b"),
        ("x" * WIDTH + "\n:b 1", "x" * WIDTH + " :b 1"),
    ],
)
def test_the_line_breaks_of_the_server_are_undone(text: str, whole: str) -> None:
    assert unwrapped(text).rstrip() == whole


@pytest.mark.parametrize("text", ["({A :x 1}", "{A :x }", "{A :x 1} }", "", ")", "{A :x (i 1}"])
def test_a_text_that_is_cut_off_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="the text of the query tree"):
        read(text)


def test_no_statement_is_an_empty_list() -> None:
    assert read("<>") == []


def test_a_statement_is_read_off_the_server_and_leaves_nothing(shop: Connection[Any]) -> None:
    (tree,) = rewritten(shop, "SELECT c.id FROM shop.customer_v AS c WHERE c.id = $1")
    assert tree.number("commandType") == 1
    assert tree.nodes("rtable")[0].number("rtekind") == 1
    row = shop.execute("SELECT current_setting('debug_print_rewritten'), current_setting('client_min_messages')")
    assert row.fetchone() == ("off", "notice")
    assert shop.info.transaction_status.name == "IDLE"


def test_locations_are_counted_in_characters(shop: Connection[Any]) -> None:
    query = "SELECT 'ä€𝄞' AS a, nick FROM shop.customer"
    (tree,) = rewritten(shop, query)
    places = [each.node("expr") for each in tree.nodes("targetList")]
    assert [query[each.location :][:4] for each in places if each] == ["'ä€𝄞"[:4], "nick"]


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("SELECT 1 FROM shop.customer c LEFT JOIN shop.orders o ON o.id = c.id", ["LEFT JOIN"]),
        (
            "SELECT 1 FROM shop.customer c\n  LEFT OUTER JOIN (shop.orders o JOIN shop.orders p ON p.id = o.id)\n"
            "    ON o.id = c.id FULL JOIN shop.thing t ON t.id = c.id",
            ["FULL JOIN", "LEFT OUTER"],
        ),
        ("SELECT 1 FROM shop.customer c CROSS JOIN shop.thing t RIGHT JOIN shop.orders o ON true", ["RIGHT JOIN"]),
        (
            "SELECT 1 FROM shop.customer c LEFT JOIN LATERAL (SELECT 1 FROM shop.orders o JOIN shop.thing t ON true) l"
            " ON true",
            ["LEFT JOIN "],
        ),
    ],
)
def test_a_join_has_the_place_of_its_word(shop: Connection[Any], query: str, words: list[str]) -> None:
    (tree,) = rewritten(shop, query)
    joins = [each for each in tree.walk() if each.name == "JOINEXPR" and each.number("jointype")]
    assert sorted(query[each.location :][:10].strip() for each in joins) == sorted(word.strip() for word in words)


def test_several_statements_are_taken_one_by_one(shop: Connection[Any]) -> None:
    with printing(shop) as printed:
        for number in (1, 2):
            shop.pgconn.prepare(b"", f"SELECT {number}, {number}".encode())
            assert len(printed.take("SELECT 1, 1")[0].nodes("targetList")) == 2
        assert printed.take("") == []
