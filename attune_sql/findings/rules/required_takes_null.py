"""A required parameter for which NULL is stored, tested or replaced, and refused nowhere.

Why: a caller without a value must write `None`, where the query would do with the argument left out.

Do: name it in `-- @optional`, unless callers should say None on purpose.
"""

from __future__ import annotations

from collections.abc import Iterator

from attune_sql.describe.description import Description
from attune_sql.findings.finding import Finding
from attune_sql.findings.places import parameter_place
from attune_sql.findings.rule import Rule
from attune_sql.source.operation import GIVEN


def check(description: Description) -> Iterator[Finding]:
    """Note required parameters for which NULL means something; `given` is the library's and is never one."""
    operation = description.operation
    optional = {each.name for each in operation.parameters if each.optional}
    for fact in description.parameters:
        if fact.name in optional or fact.name == GIVEN:
            continue
        # Not what merely bears a NULL: nobody should be told to leave out a LIMIT.
        if fact.required and fact.null_means:
            yield Finding(
                RULE.name,
                parameter_place(operation, fact.name),
                f"{operation.full_name}: {fact.name!r} is required, and the query takes NULL for it",
                f"add `-- @optional {fact.name}` ({fact.reason.text})",
                RULE.level,
            )


RULE = Rule("required-takes-null", "note", __doc__, check)
