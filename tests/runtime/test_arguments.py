"""Binding the arguments of a call: what is sent for a Python value, and the words of a wrong call."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from psycopg.types.json import Jsonb

from attune_sql.runtime.arguments import Arguments
from attune_sql.runtime.json_codec import dumps, loads
from attune_sql.source.parse import parse


def arguments(text: str) -> Arguments:
    (operation,) = parse(text, Path("query.sql"), ("pack",))
    return Arguments(operation)


def bound(sql: str, value: Any) -> Any:
    return arguments(f"-- name: f(x)\nSELECT {sql}").bind({"x": value})[0]


@pytest.mark.parametrize(
    ("sql", "value", "want"),
    [
        (":x::jsonb", {"a": [1, None]}, '{"a":[1,null]}'),
        (":x::jsonb", "text", '"text"'),
        (":x::jsonb", 1.5, "1.5"),
        (":x::jsonb", False, "false"),
        (":x::jsonb", None, None),
        (":x::jsonb", Jsonb(None), "null"),
        (":x::jsonb", Jsonb({"a": 1}), '{"a":1}'),
        (":x::JSON", [], "[]"),
        (":x::pg_catalog.jsonb", 1, "1"),
        ("CAST(:x AS jsonb)", {}, "{}"),
        (":x::jsonb[]", [{"a": 1}, None], ['{"a":1}', None]),
        (":x::jsonb[]", None, None),
        (":x::bigint", 7, "7"),
        (":x", 2**70, "1180591620717411303424"),
        (":x", 0.1, "0.1"),
        (":x", float("inf"), "inf"),
        (":x", True, True),
        (":x::bigint[]", [1, None, 70000], ["1", None, "70000"]),
        (":x::bigint[]", (1, 2), ["1", "2"]),
        (":x::text[]", ["a", "b"], ["a", "b"]),
        (":x::attune.execution_status_enum", "running", "running"),
    ],
)
def test_a_plain_value_is_sent_as_its_cast_says(sql: str, value: Any, want: Any) -> None:
    got = bound(sql, value)
    assert got == want
    assert type(got) is type(want)


UPDATE = arguments(
    "-- name: update(id, label, meta, given)^\n-- @optional label, meta\n"
    "SELECT :id::bigint, :label::text, :meta::jsonb, :given::text[]"
)
PAGE = arguments(
    "-- name: list(limit, after_created, after_id)\n-- @optional after_created, after_id\n"
    "SELECT :limit::bigint, :after_created::timestamptz, :after_id::bigint"
)


@pytest.mark.parametrize(
    ("passed", "want"),
    [
        ({"id": 1}, ["1", None, None, "{}"]),
        ({"id": 1, "label": "a"}, ["1", "a", None, '{"label"}']),
        ({"meta": None, "id": 1, "label": None}, ["1", None, None, '{"label","meta"}']),
    ],
)
def test_given_names_the_optional_arguments_that_were_passed(passed: dict[str, Any], want: list[Any]) -> None:
    assert UPDATE.bind(passed) == want


def test_an_argument_called_null_is_given_by_its_name() -> None:
    update = arguments("-- name: update(null, given)^\n-- @optional null\nSELECT :null::text, :given::text[]")
    assert update.bind({"null": "a"}) == ["a", '{"null"}']


@pytest.mark.parametrize(
    ("passed", "message"),
    [
        ({}, "pack.update() is missing the argument 'id' (query.sql:1)"),
        ({"id": 1, "lable": 1}, "pack.update() has no argument 'lable'; did you mean 'label'? (query.sql:1)"),
        (
            {"id": 1, "xyz": 1},
            "pack.update() has no argument 'xyz'; it takes 'id', 'label', 'meta' (query.sql:1)",
        ),
        ({"id": 1, "given": []}, "pack.update() has no argument 'given'; it takes 'id', 'label', 'meta' (query.sql:1)"),
        ((1,), "pack.update() takes keyword arguments only, after the connection (query.sql:1)"),
        (
            {"id": 1, "meta": object()},
            "pack.update() argument 'meta': Encoding objects of type object is unsupported (query.sql:1)",
        ),
        ({"id": 1, "meta": [float("nan")]}, "pack.update() argument 'meta': nan is not a JSON number (query.sql:1)"),
    ],
)
def test_a_wrong_call_names_operation_and_file(passed: Any, message: str) -> None:
    with pytest.raises(TypeError) as caught:
        UPDATE.bind(passed)
    assert str(caught.value) == message


def test_several_missing_arguments_are_listed() -> None:
    with pytest.raises(TypeError, match=r"is missing the arguments 'a', 'b' \("):
        arguments("-- name: f(a, b)\nSELECT :a, :b").bind({})


@pytest.mark.parametrize("passed", [{"after_id": 1}, {"after_created": "now"}, {"after_created": None, "after_id": 1}])
def test_half_a_page_key_is_refused(passed: dict[str, Any]) -> None:
    with pytest.raises(TypeError) as caught:
        PAGE.bind({"limit": 1, **passed})
    assert str(caught.value) == (
        "pack.list() takes 'after_created', 'after_id' together: they are the sort keys of the last row (query.sql:1)"
    )


def test_a_page_key_of_nothing_is_the_first_page() -> None:
    assert PAGE.bind({"limit": 1, "after_created": None, "after_id": None}) == ["1", None, None]


def test_a_json_list_wants_a_list() -> None:
    with pytest.raises(TypeError, match="a list is wanted, not str"):
        bound(":x::jsonb[]", "abc")


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


@given(JSON)
def test_json_comes_back_as_it_was_sent(value: Any) -> None:
    assert loads(dumps(value)) == value


@pytest.mark.parametrize("value", [float("nan"), float("inf"), {"a": {"b": (float("-inf"),)}}])
def test_a_float_that_json_cannot_hold_is_refused(value: Any) -> None:
    with pytest.raises(ValueError, match="is not a JSON number"):
        dumps(value)


def test_a_number_beyond_the_fast_codec_is_still_read() -> None:
    assert loads(b'{"a": 1e400}') == {"a": float("inf")}
