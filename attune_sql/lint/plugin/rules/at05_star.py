"""AT05: `*` in a select list or in RETURNING."""

from __future__ import annotations

from sqlfluff.core.rules import BaseRule, LintResult, RuleContext
from sqlfluff.core.rules.crawlers import SegmentSeekerCrawler

from attune_sql.lint.plugin.rule import AttuneRule, above

_WRITES = ("insert_statement", "update_statement", "delete_statement", "merge_statement")


class Rule_AT05(AttuneRule, BaseRule):
    """Columns are listed, not starred.

    A star changes the result when a migration adds, drops or moves a column, and every caller finds out at run time.
    ``count(*)``, ``to_jsonb(t.*)`` and ``OLD.* IS DISTINCT FROM NEW.*`` are no lists of columns.

    **Anti-pattern**

    .. code-block:: sql

        SELECT *
        FROM attune.pack;

    **Best practice**

    .. code-block:: sql

        SELECT
            pack.id,
            pack.ref
        FROM attune.pack;
    """

    name = "attune.star"
    crawl_behaviour = SegmentSeekerCrawler({"star"})

    def _eval(self, context: RuleContext) -> LintResult | None:
        for parent in above(context):
            if parent.is_type("select_clause", *_WRITES):
                where = "a select list" if parent.is_type("select_clause") else "RETURNING"
                message = f"* in {where} hides which columns come back: list them."
                return LintResult(anchor=context.segment, description=message)
            # An operand of an expression, an argument, a condition: a whole row as one value.
            is_value = parent.is_type("expression") and len([each for each in parent.segments if each.is_code]) > 1
            if is_value or parent.is_type("function", "where_clause", "statement"):
                return None
        return None
