"""AT14: `money`, or a floating-point column that holds an amount."""

from __future__ import annotations

from sqlfluff.core.rules import BaseRule, LintResult, RuleContext
from sqlfluff.core.rules.crawlers import SegmentSeekerCrawler

from attune_sql.lint.builtin import FLOATS, is_amount
from attune_sql.lint.plugin.rule import AttuneRule, folded, leaves


class Rule_AT14(AttuneRule, BaseRule):
    """Amounts of money are numeric.

    ``real`` and ``double precision`` hold 0.1 only nearly, and sums drift; ``money`` depends on the locale of the
    session. Found in columns whose name speaks of an amount, ``money`` everywhere.

    **Anti-pattern**

    .. code-block:: sql

        ALTER TABLE attune.execution ADD COLUMN cost double precision;

    **Best practice**

    .. code-block:: sql

        ALTER TABLE attune.execution ADD COLUMN cost numeric(12, 2);
    """

    name = "attune.float_money"
    crawl_behaviour = SegmentSeekerCrawler({"data_type"})

    def _eval(self, context: RuleContext) -> LintResult | None:
        tokens = leaves(context.segment)
        if not tokens:
            return None
        type_ = folded(tokens[0])
        if type_ == "money":
            return LintResult(anchor=tokens[0], description="money depends on lc_monetary: use numeric.")
        parent = context.parent_stack[-1]
        if type_ not in FLOATS or not parent.is_type("column_definition", "alter_table_action_segment"):
            return None
        before = [each for each in leaves(parent) if each.raw_upper not in _WORDS]
        column = folded(before[0])
        if not is_amount(column):
            return None
        message = f"{column} is an amount, and {context.segment.raw} cannot hold 0.1: use numeric."
        return LintResult(anchor=tokens[0], description=message)


_WORDS = frozenset({"ADD", "ALTER", "COLUMN", "IF", "NOT", "EXISTS", "TYPE", "SET", "DATA"})
