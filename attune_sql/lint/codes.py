"""The one table of lint rules: code, name, severity, fix, engines, and what is found. Values only."""

from __future__ import annotations

from enum import Enum
from typing import Literal, NamedTuple


class Engine(Enum):
    """Which engine finds a rule: the sqlfluff plugin, the fast one (libpg_query), or both, agreeing on every case."""

    SQLFLUFF = "sqlfluff"
    FAST = "fast"
    BOTH = "both"


class LintRule(NamedTuple):
    """One rule: `code` is what `-- noqa:` names, `what` says in one sentence what is found."""

    code: str
    name: str
    severity: Literal["error", "warning"]
    fixable: bool
    engine: Engine
    what: str

    @property
    def full_name(self) -> str:
        """The name in sqlfluff's configuration: `attune.star`."""
        return f"attune.{self.name}"


_B, _F = Engine.BOTH, Engine.FAST

RULES = (
    LintRule("AT01", "relation_prefix", "error", True, _B, "A table or view without the schema, or of another schema."),
    LintRule("AT02", "type_prefix", "error", True, _B, "A type of the schema without its prefix, in a cast or in DDL."),
    LintRule(
        "AT03",
        "function_prefix",
        "error",
        True,
        _B,
        "A function or sequence of the schema without its prefix, as `'…'` too.",
    ),
    LintRule(
        "AT04", "ddl_prefix", "error", True, _B, "CREATE, ALTER, DROP or COMMENT of an object without the schema."
    ),
    LintRule("AT05", "star", "error", False, _B, "`*` in a select list or in RETURNING."),
    LintRule("AT06", "write_without_where", "error", False, _B, "UPDATE or DELETE without a WHERE clause."),
    LintRule(
        "AT07",
        "header",
        "error",
        False,
        _B,
        "A header that is malformed, has no sentence, does not fit its query, or is not the only one.",
    ),
    LintRule("AT08", "parameter_cast", "error", False, _B, "A parameter that is not cast at its first use."),
    LintRule(
        "AT09",
        "list_order",
        "error",
        False,
        _B,
        "A `list…` without ORDER BY that ends in a unique column, or without LIMIT by a parameter.",
    ),
    LintRule("AT10", "order_by_parameter", "error", False, _B, "A parameter as sort key: it sorts by a constant."),
    LintRule("AT11", "like_escape", "error", False, _B, "A parameter joined into a LIKE pattern unescaped."),
    LintRule("AT12", "null_comparison", "error", True, _B, "`= NULL` or `<> NULL`, which is never true."),
    LintRule("AT13", "not_in_subquery", "error", False, _B, "`NOT IN (SELECT …)`, which one NULL makes empty."),
    LintRule("AT14", "float_money", "error", False, _B, "`money`, or a floating-point column that holds an amount."),
    LintRule("AT15", "timestamp_without_time_zone", "error", False, _B, "`timestamp` without time zone."),
    LintRule(
        "AT16",
        "reads_differently",
        "error",
        False,
        _B,
        "Text that aiosql, psycopg and PostgreSQL would read differently.",
    ),
    LintRule(
        "AT17", "secret_in_list", "error", False, _B, "A column that holds a secret, returned by a list or search."
    ),
    LintRule("AT18", "notify_row_payload", "error", False, _B, "NOTIFY with a whole row as its payload."),
    LintRule("MG01", "lock_timeout", "error", False, _F, "A statement of a migration that waits for a lock for ever."),
    LintRule("MG02", "foreign_key_index", "error", False, _F, "A foreign key whose columns no index begins with."),
    LintRule("MG03", "enum_order", "error", False, _F, "A label added to an enum BEFORE or AFTER another one."),
    LintRule(
        "MG04", "body_prefix", "error", False, _F, "An unqualified name inside the body of a function or DO block."
    ),
)
"""In the order of their codes."""

BY_CODE = {rule.code: rule for rule in RULES}
