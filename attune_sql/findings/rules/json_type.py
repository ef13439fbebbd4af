"""A `@json` tag that names no json parameter or column, or that gives a field of a shared row a second type.

Why: the tag says nothing, or two operations that share a row promise different types for one field.

Do: correct the name in the tag or remove the tag; give one field one type.
"""

from __future__ import annotations

from collections.abc import Iterator

from attune_sql.describe.description import Description, PgType
from attune_sql.findings.finding import Finding
from attune_sql.findings.rule import Repository, Rule
from attune_sql.source.operation import JsonType, Operator

_SHARE_A_ROW = frozenset({Operator.ROWS, Operator.ROW, Operator.RETURNING})


def check(repository: Repository) -> Iterator[Finding]:
    """Report tags that name nothing, and tags of operations with equal columns that disagree."""
    first: dict[tuple[tuple[str, ...], str], tuple[Description, JsonType]] = {}
    for description in repository.operations:
        operation = description.operation
        row = tuple(column.name for column in description.columns)
        for tag in operation.json_types:
            if problem := _problem(description, tag.name):
                yield Finding(RULE.name, tag.location, f"{operation.full_name}: {problem}", _named(description))
            elif operation.operator in _SHARE_A_ROW and tag.name in row:
                other, earlier = first.setdefault((row, tag.name), (description, tag))
                if earlier.type != tag.type:
                    yield Finding(
                        RULE.name,
                        tag.location,
                        f"{operation.full_name}: {tag.name!r} is {tag.type} here and {earlier.type} in"
                        f" {other.operation.full_name}, which returns the same row",
                        "write one type in both",
                    )


def _problem(description: Description, name: str) -> str | None:
    types = [type for other, type in _types(description) if other == name]
    if not types:
        return f"there is no parameter or column {name!r}"
    if not any(_holds_json(type) for type in types):
        return f"{name!r} is {types[0].name}, not json"
    return None


def _types(description: Description) -> list[tuple[str, PgType]]:
    return [
        *((fact.name, fact.type) for fact in description.parameters),
        *((column.name, column.type) for column in description.columns),
    ]


def _named(description: Description) -> str:
    names = dict.fromkeys(name for name, type in _types(description) if _holds_json(type))
    return f"what is json here: {', '.join(names)}" if names else "remove the tag: nothing is json here"


def _holds_json(type: PgType) -> bool:
    if type.kind == "json":
        return True
    inner = type.base if type.kind == "domain" else type.element if type.kind == "array" else None
    return inner is not None and _holds_json(inner)


RULE = Rule("json-type", "error", __doc__, check)
