"""AT01: a table or view without the schema, or of another schema."""

from __future__ import annotations

from itertools import pairwise

from sqlfluff.core.parser import BaseSegment
from sqlfluff.core.rules import BaseRule, LintResult, RuleContext
from sqlfluff.core.rules.crawlers import SegmentSeekerCrawler

from attune_sql.lint.names import temporary_names
from attune_sql.lint.plugin.rule import AttuneRule, folded, parts, source_text, start
from attune_sql.lint.plugin.subjects import claimed

_TARGETS = ("insert_statement", "update_statement", "delete_statement", "merge_statement")


class Rule_AT01(AttuneRule, BaseRule):
    """Tables and views carry the schema.

    Every query has to work with an empty ``search_path``, so that no schema of the same name can come first. Names of
    CTEs, aliases and temporary tables are no tables of a schema; ``pg_catalog`` and ``information_schema`` are
    PostgreSQL's own.

    **Anti-pattern**

    .. code-block:: sql

        SELECT execution.id
        FROM execution;

    **Best practice**

    .. code-block:: sql

        SELECT execution.id
        FROM attune.execution;
    """

    name = "attune.relation_prefix"
    crawl_behaviour = SegmentSeekerCrawler({"table_reference"})
    is_fix_compatible = True

    def _eval(self, context: RuleContext) -> LintResult | None:
        segment = context.segment
        names = parts(segment)
        if not names or (len(names) > 1 and self._is_right(folded(names[-2]))) or start(names[0]) in claimed(context):
            return None
        if len(names) > 1:
            message = f"{segment.raw} is in another schema than {self.settings.schema}."
            return LintResult(anchor=names[0], description=message)
        name = folded(names[0])
        # FOR UPDATE OF names an alias.
        if any(each.is_type("for_clause") for each in context.parent_stack):
            return None
        known = name in self.names(context).relations
        if (name.startswith("pg_") and not known) or name in temporary_names(source_text(context)):
            return None
        if not _is_target(context) and _is_cte(name, [*context.parent_stack, segment]):
            return None
        return LintResult(
            anchor=names[0],
            fixes=self.prefix(names[0]) if known else None,
            description=f"{names[0].raw} lacks the schema: write {self.settings.schema}.{names[0].raw}.",
        )

    def _is_right(self, schema: str) -> bool:
        return schema in (self.settings.schema, "information_schema") or schema.startswith("pg_")


def _is_target(context: RuleContext) -> bool:
    """Tell whether the reference is what a statement writes to: that is never a CTE, whatever its name."""
    parent = context.parent_stack[-1]
    first = next((each for each in parent.segments if each.is_type("table_reference")), None)
    return parent.is_type(*_TARGETS) and first is context.segment


def _is_cte(name: str, stack: list[BaseSegment]) -> bool:
    """Tell whether WITH binds a name at the end of `stack`; without RECURSIVE a CTE sees only those before it."""
    for above, inside in pairwise(stack):
        if not above.is_type("with_compound_statement"):
            continue
        is_recursive = any(each.is_type("keyword") and each.raw_upper == "RECURSIVE" for each in above.segments)
        for cte in above.get_children("common_table_expression"):
            if cte is inside and not is_recursive:
                break
            if folded(cte.segments[0]) == name:
                return True
    return False
