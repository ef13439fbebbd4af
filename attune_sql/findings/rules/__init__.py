"""The rules of `attune-sql check`, one in each file; a rule that is not listed here does not run."""

from __future__ import annotations

from typing import Any

from attune_sql.describe.description import Description
from attune_sql.describe.rejection import RejectedError
from attune_sql.findings.result import RulePage
from attune_sql.findings.rule import Repository, Rule
from attune_sql.findings.rules import (
    column_name,
    column_order,
    json_type,
    many_rows,
    needless_override,
    operator_shape,
    optional_refuses_null,
    rejected,
    required_takes_null,
    row_class,
    unknown_nullability,
    unreachable_override,
    untyped_parameter,
)

OF_REJECTIONS: tuple[Rule[RejectedError], ...] = (rejected.RULE, untyped_parameter.RULE)
OF_OPERATIONS: tuple[Rule[Description], ...] = (
    column_name.RULE,
    operator_shape.RULE,
    many_rows.RULE,
    unknown_nullability.RULE,
    optional_refuses_null.RULE,
    required_takes_null.RULE,
    needless_override.RULE,
    unreachable_override.RULE,
)
OF_REPOSITORIES: tuple[Rule[Repository], ...] = (column_order.RULE, json_type.RULE, row_class.RULE)

RULES: tuple[Rule[Any], ...] = (*OF_REJECTIONS, *OF_OPERATIONS, *OF_REPOSITORIES)
PAGES: tuple[RulePage, ...] = tuple(rule.described() for rule in RULES)
NAMES: frozenset[str] = frozenset(rule.name for rule in RULES)
