"""AT02: a type of the schema without its prefix."""

from __future__ import annotations

from sqlfluff.core.rules import BaseRule, LintResult, RuleContext
from sqlfluff.core.rules.crawlers import SegmentSeekerCrawler

from attune_sql.lint.builtin import TYPES
from attune_sql.lint.plugin.rule import AttuneRule, folded, leaves, start
from attune_sql.lint.plugin.subjects import claimed


class Rule_AT02(AttuneRule, BaseRule):
    """Types of the schema carry its name.

    Enums, domains and the row types of tables: in casts, in columns and in the arguments and results of functions. A
    name that PostgreSQL has a type of its own for, such as ``trigger``, means that type.

    **Anti-pattern**

    .. code-block:: sql

        SELECT 'running'::execution_status_enum AS status;

    **Best practice**

    .. code-block:: sql

        SELECT 'running'::attune.execution_status_enum AS status;
    """

    name = "attune.type_prefix"
    crawl_behaviour = SegmentSeekerCrawler({"data_type"})
    is_fix_compatible = True

    def _eval(self, context: RuleContext) -> LintResult | None:
        tokens = leaves(context.segment)
        if not tokens:
            return None
        first, schema = tokens[0], self.settings.schema
        if len(tokens) > 2 and tokens[1].raw == ".":
            own = (schema, "pg_catalog", "information_schema")
            if folded(first) in own or folded(tokens[2]) not in self.names(context).all_types:
                return None
            if start(first) in claimed(context):
                return None
            return LintResult(anchor=first, description=f"{first.raw}.{tokens[2].raw} is a type of {schema}.")
        name = folded(first)
        if name in TYPES or name not in self.names(context).all_types or start(first) in claimed(context):
            return None
        message = f"The type {first.raw} lacks the schema: write {schema}.{first.raw}."
        return LintResult(anchor=first, fixes=self.prefix(first), description=message)
