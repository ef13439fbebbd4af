"""The rules of the fast engine over parse trees, by family; a rule that is not listed here does not run."""

from __future__ import annotations

from attune_sql.lint.fast.rules import (
    columns,
    conditions,
    ddl_prefix,
    function_prefix,
    relation_prefix,
    search_path,
    star,
    type_prefix,
    writes,
)
from attune_sql.lint.fast.walk import by_kind

_PREFIX = (
    relation_prefix.RULE,
    type_prefix.RULE,
    function_prefix.CALL,
    function_prefix.CAST,
    function_prefix.TRIGGER,
    *ddl_prefix.RULES,
    *search_path.RULES,
)

RULES = by_kind((*_PREFIX, star.RULE, *writes.RULES, *conditions.RULES, *columns.RULES))

IN_BODIES = by_kind((*_PREFIX, *writes.RULES, *conditions.RULES))
"""What is looked for inside the bodies of functions too."""
