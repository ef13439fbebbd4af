"""Conditions of rules, and the templates that look fields up in the same way."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from attune_sql.demo.conditions import OPERATORS, holds, look_up, matches
from attune_sql.demo.templates import TemplateError, names, render

EVENT = {
    "event": {
        "id": 7,
        "payload": {
            "status": 503,
            "url": "http://shop/cart",
            "tags": ["eu", 1],
            "deep": {"a": [{"b": None}]},
            "ok": True,
        },
    }
}


def payload(field: str, operator: str, *value: Any) -> dict[str, Any]:
    return {"field": f"event.payload.{field}", "operator": operator, **({"value": value[0]} if value else {})}


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        (payload("status", "equals", 503), True),
        (payload("status", "equals", 503.0), True),
        (payload("status", "equals", "503"), False),
        (payload("ok", "equals", True), True),
        (payload("ok", "equals", 1), False),
        (payload("tags", "equals", ["eu", 1]), True),
        (payload("tags", "equals", ["eu", True]), False),
        (payload("deep.a.0.b", "equals", None), True),
        (payload("missing", "equals", None), False),
        (payload("missing", "equals"), False),
        (payload("status", "not_equals", 200), True),
        (payload("status", "not_equals", 503), False),
        (payload("missing", "not_equals", 503), True),
        (payload("status", "less_than", 503), False),
        (payload("status", "at_most", 503), True),
        (payload("status", "greater_than", 503), False),
        (payload("status", "at_least", 503), True),
        (payload("status", "at_least", "500"), False),
        (payload("ok", "at_least", 0), False),
        (payload("missing", "at_least", 0), False),
        (payload("url", "less_than", "https"), True),
        (payload("url", "contains", "cart"), True),
        (payload("url", "contains", 1), False),
        (payload("tags", "contains", "eu"), True),
        (payload("tags", "contains", True), False),
        (payload("deep", "contains", "a"), True),
        (payload("status", "contains", 5), False),
        (payload("status", "in", [500, 503]), True),
        (payload("status", "in", [500]), False),
        (payload("status", "in", 503), False),
        (payload("url", "starts_with", "http:"), True),
        (payload("status", "starts_with", "5"), False),
        (payload("status", "exists"), True),
        (payload("missing", "exists"), False),
        (payload("missing", "exists", False), True),
        (payload("status", "exists", False), False),
        (payload("deep.a.1", "exists"), False),
        (payload("deep.a.-1", "exists"), False),
        (payload("status.more", "exists"), False),
    ],
)
def test_a_condition_compares_one_field(condition: dict[str, Any], expected: bool) -> None:
    assert holds(condition, EVENT) is expected


TRUE, FALSE = payload("status", "exists"), payload("missing", "exists")


@pytest.mark.parametrize(
    ("conditions", "expected"),
    [
        ({}, True),
        ({"all": []}, True),
        ({"all": [TRUE, TRUE]}, True),
        ({"all": [TRUE, FALSE]}, False),
        ({"any": [TRUE, FALSE]}, True),
        ({"any": [FALSE, FALSE]}, False),
    ],
)
def test_conditions_are_combined(conditions: dict[str, Any], expected: bool) -> None:
    assert matches(conditions, EVENT) is expected


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=3),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=5,
)


@given(found=json_values, wanted=json_values, operator=st.sampled_from(sorted(OPERATORS)))
def test_no_pair_of_values_is_an_error_and_opposites_never_agree(found: Any, wanted: Any, operator: str) -> None:
    def check(name: str) -> bool:
        return holds({"field": "it", "operator": name, "value": wanted}, {"it": found})

    assert isinstance(check(operator), bool)
    assert check("equals") is not check("not_equals")
    assert not (check("less_than") and check("at_least"))
    assert not (check("greater_than") and check("at_most"))


def test_a_field_is_followed_through_mappings_and_lists() -> None:
    assert look_up("event.payload.deep.a.0", EVENT) == {"b": None}
    assert look_up("event.nothing.at.all", EVENT, default="?") == "?"


def test_a_template_alone_keeps_its_type_and_within_text_becomes_text() -> None:
    template = {
        "whole": "{{ event.payload.status }}",
        "list": ["{{event.payload.tags}}", 1],
        "text": "{{ event.payload.status }} at {{ event.payload.url }}: {{ event.payload.ok }}",
        "none": "no template",
    }
    assert render(template, EVENT) == {
        "whole": 503,
        "list": [["eu", 1], 1],
        "text": "503 at http://shop/cart: true",
        "none": "no template",
    }
    assert list(names(template)) == [
        ("event.payload.status", "$.whole"),
        ("event.payload.tags", "$.list[0]"),
        ("event.payload.status", "$.text"),
        ("event.payload.url", "$.text"),
        ("event.payload.ok", "$.text"),
    ]


def test_a_template_of_nothing_is_an_error() -> None:
    with pytest.raises(TemplateError, match=r"there is nothing for the template \{\{ event\.payload\.urll \}\}"):
        render("see {{ event.payload.urll }}", EVENT)
