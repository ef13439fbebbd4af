"""AT06: UPDATE or DELETE without a WHERE clause."""

from __future__ import annotations

from sqlfluff.core.rules import BaseRule, LintResult, RuleContext
from sqlfluff.core.rules.crawlers import SegmentSeekerCrawler

from attune_sql.lint.plugin.rule import AttuneRule


class Rule_AT06(AttuneRule, BaseRule):
    """UPDATE and DELETE say which rows.

    Where every row is meant, ``WHERE true`` says so.

    **Anti-pattern**

    .. code-block:: sql

        DELETE FROM attune.notification;

    **Best practice**

    .. code-block:: sql

        DELETE FROM attune.notification
        WHERE notification.created < :before::timestamptz;
    """

    name = "attune.write_without_where"
    crawl_behaviour = SegmentSeekerCrawler({"update_statement", "delete_statement"})

    def _eval(self, context: RuleContext) -> LintResult | None:
        parts = context.segment.segments
        if any(each.is_type("where_clause") or each.raw_upper == "WHERE" for each in parts):
            return None
        verb = parts[0].raw_upper
        return LintResult(anchor=parts[0], description=f"{verb} without WHERE changes every row of the table.")
