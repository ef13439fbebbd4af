"""The rules that judge NULLs, numbers of rows and orders, on descriptions made by hand: good and bad of each."""

from __future__ import annotations

import pytest

from attune_sql.describe.description import Description
from attune_sql.findings.collect import collect
from attune_sql.findings.rule import Repository
from attune_sql.findings.rules import column_order, row_class
from tests.findings.made import column, description, overridden, parameter

ONE = "-- name: one(id)^\n-- Returns it.\nSELECT pack.id FROM attune.pack WHERE pack.id = :id::bigint;\n"
VALUE = ONE.replace("^", "$")
LIST = ONE.replace("^", "")
OPTIONAL = ONE.replace("-- Returns it.", "-- Returns it.\n-- @optional id")
NOT_NULL = "-- name: one()\n-- @not_null id\nSELECT pack.id FROM attune.pack;\n"
GUARDED = (
    "-- name: update(id, label, given)!\n-- @optional label\nUPDATE attune.pack SET label = CASE WHEN 'label' = "
    "ANY(:given::text[]) THEN :label::text ELSE pack.label END WHERE pack.id = :id::bigint;\n"
)

PREDICATE = "no unique key is pinned: add a condition on pack.id or on pack.ref"
KNOWN = column("id", True, "nullable: right side of the LEFT JOIN at 7:3")
NAMED_UNKNOWN = column("id", True, "nullable: column pack.unknown may be NULL")
REFUSED = "not null: assigned to a NOT NULL column at 3:5"
STORED = "nullable: stored in attune.action.config, which takes NULL at 3:5"
UNLIMITED = "nullable: LIMIT NULL is no LIMIT at 3:5"

CASES = [
    ("list", description(LIST), None),
    ("row", description(ONE, cardinality="at_most_one"), None),
    ("exactly one value", description(VALUE, cardinality="one"), None),
    ("row of many", description(ONE, reason=PREDICATE), f"1:17 error[many-rows] help: {PREDICATE}"),
    ("value of many", description(VALUE, reason=PREDICATE), f"1:17 error[many-rows] help: {PREDICATE}"),
    ("known", description(LIST, columns=(KNOWN,)), None),
    ("called unknown", description(LIST, columns=(NAMED_UNKNOWN,)), None),
    (
        "unknown",
        description(LIST, columns=(column("id", True, "nullable: function mine.f", unknown=True),)),
        "1:10 warning[unknown-nullability] help: nullable: function mine.f",
    ),
    (
        "override that is needed",
        description(NOT_NULL, columns=(overridden("id", False, KNOWN),)),
        None,
    ),
    (
        "override that changes nothing",
        description(NOT_NULL, columns=(overridden("id", False, column("id")),)),
        "2:14 error[needless-override] help: remove it (not null: made)",
    ),
    (
        "nullable that is known to be so",
        description(NOT_NULL.replace("not_null", "nullable"), columns=(overridden("id", True, KNOWN),)),
        "2:14 error[needless-override] help: remove it (nullable: right side of the LEFT JOIN at 7:3)",
    ),
    (
        "nullable where nobody could tell",
        description(
            NOT_NULL.replace("not_null", "nullable"),
            columns=(overridden("id", True, column("id", True, "nullable: f()", unknown=True)),),
        ),
        None,
    ),
    (
        "override of no column",
        description(NOT_NULL, columns=(column("ids"),)),
        "2:14 error[unreachable-override] help: did you mean ids?",
    ),
    (
        "override of a result without columns",
        description(NOT_NULL.replace("()", "()!"), columns=()),
        "2:14 error[unreachable-override] help: the columns are: none",
    ),
    (
        "optional that takes NULL",
        description(OPTIONAL, cardinality="one", parameters=(parameter("id", nullable=True, required=False),)),
        None,
    ),
    (
        "optional that refuses NULL",
        description(
            OPTIONAL,
            cardinality="one",
            parameters=(parameter("id", nullable=False, required=False, reason=REFUSED),),
        ),
        f"3:14 error[optional-refuses-null] help: {REFUSED}",
    ),
    (
        "optional behind given",
        description(GUARDED, columns=(), parameters=(parameter("label", nullable=False, required=False),)),
        None,
    ),
    (
        "required that refuses NULL",
        description(ONE, cardinality="one", parameters=(parameter("id", nullable=False, required=True),)),
        None,
    ),
    (
        "required that takes NULL",
        description(
            ONE,
            cardinality="one",
            parameters=(parameter("id", nullable=True, required=True, reason=STORED, null_means=True),),
        ),
        f"1:14 note[required-takes-null] help: add `-- @optional id` ({STORED})",
    ),
    (
        "required that may be NULL without a meaning",
        description(
            ONE, cardinality="one", parameters=(parameter("id", nullable=True, required=True, reason=UNLIMITED),)
        ),
        None,
    ),
    (
        "given is filled by the library",
        description(GUARDED, columns=(), parameters=(parameter("given", nullable=True, required=True, reason=STORED),)),
        None,
    ),
]


@pytest.mark.parametrize(("described", "expected"), [pytest.param(*case[1:], id=case[0]) for case in CASES])
def test_a_description_has_the_finding_it_deserves(described: Description, expected: str | None) -> None:
    found = [
        f"{each.location.line}:{each.location.column} {each.level}[{each.rule}] help: {each.help}"
        for each in collect([described], {})
    ]
    assert found == ([expected] if expected else [])


def of(name: str, *columns: str) -> Description:
    """Describe an operation that returns these columns."""
    text = LIST.replace("one(", f"{name}(")
    return description(text, columns=tuple(map(column, columns)), path=f"queries/pack/{name}.sql")


@pytest.mark.parametrize(
    ("classes", "stale"),
    [
        (None, []),
        ({("a", "b")}, []),
        ({("b", "a"), ("a",)}, ["pack.x: no generated row class has its columns: a, b"]),
        (set(), ["pack.x: no generated row class has its columns: a, b"]),
    ],
)
def test_an_operation_has_a_generated_row_class_where_there_are_any(
    classes: set[tuple[str, ...]] | None, stale: list[str]
) -> None:
    generated = None if classes is None else frozenset(classes)
    found = row_class.check(Repository(("pack",), (of("x", "a", "b"),), row_classes=generated))
    assert [each.message for each in found] == stale


ABC, ACB = ("a", "b", "c"), ("a", "c", "b")
ORDERS = [
    ("all alike", (of("x", *ABC), of("y", *ABC)), (), {}),
    ("as the table", (of("x", *ABC),), ABC, {}),
    ("a part in an order of its own", (of("x", "b", "a"), of("y", *ABC)), ABC, {}),
    ("of two the first counts", (of("x", *ACB), of("y", *ABC)), (), {"y": "x"}),
    ("most count", (of("x", *ACB), of("y", *ABC), of("z", *ABC)), (), {"x": "y"}),
    ("the table outweighs all", (of("x", *ACB), of("y", *ACB)), ABC, {"x": "the table", "y": "the table"}),
    ("repeated names are another rule's", (of("x", "a", "a"), of("y", "a", "a")), (), {}),
    ("one column has no order", (of("x", "a"),), ("a",), {}),
]


@pytest.mark.parametrize(("operations", "table", "drifted"), [pytest.param(*case[1:], id=case[0]) for case in ORDERS])
def test_columns_stand_in_the_order_of_the_table_or_of_most_operations(
    operations: tuple[Description, ...], table: tuple[str, ...], drifted: dict[str, str]
) -> None:
    found = {each.location.path.stem: each for each in column_order.check(Repository(("pack",), operations, table))}
    assert found.keys() == drifted.keys()
    for name, model in drifted.items():
        assert f"the columns are those of {'pack.' * (model in 'xyz')}{model}" in found[name].message
        assert "another order from" in found[name].message
        assert (found[name].help or "").startswith("write them in this order: a, ")
