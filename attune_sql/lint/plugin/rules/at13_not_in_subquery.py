"""AT13: `NOT IN (SELECT …)`, which one NULL makes empty."""

from __future__ import annotations

from itertools import pairwise

from sqlfluff.core.parser import BaseSegment
from sqlfluff.core.rules import BaseRule, LintResult, RuleContext
from sqlfluff.core.rules.crawlers import SegmentSeekerCrawler

from attune_sql.lint.plugin.rule import AttuneRule

_QUERIES = ("select_statement", "set_expression", "with_compound_statement")


class Rule_AT13(AttuneRule, BaseRule):
    """NOT IN takes no subquery.

    One NULL among its rows, and the condition is true for nothing at all; and PostgreSQL cannot make an anti-join of
    it. A list of values is fine.

    **Anti-pattern**

    .. code-block:: sql

        SELECT pack.id
        FROM attune.pack
        WHERE pack.id NOT IN (SELECT rule.pack FROM attune.rule);

    **Best practice**

    .. code-block:: sql

        SELECT pack.id
        FROM attune.pack
        WHERE NOT EXISTS (SELECT FROM attune.rule WHERE rule.pack = pack.id);
    """

    name = "attune.not_in_subquery"
    crawl_behaviour = SegmentSeekerCrawler({"expression"})

    def _eval(self, context: RuleContext) -> list[LintResult]:
        parts = [each for each in context.segment.segments if each.is_code]
        found: list[LintResult] = []
        for first, second, third in zip(parts, parts[1:], parts[2:], strict=False):
            if (first.raw_upper, second.raw_upper) == ("NOT", "IN") and _is_query(third):
                message = "NOT IN (SELECT …) is true for no row once the subquery has a NULL: write NOT EXISTS."
                found.append(LintResult(anchor=first, description=message))
        for operator, operand in pairwise(parts):
            if operator.raw in ("<>", "!=") and operand.raw_upper.startswith("ALL") and _is_query(operand):
                message = (
                    f"{operator.raw} ALL (SELECT …) is true for no row once the subquery has a NULL: write NOT EXISTS."
                )
                found.append(LintResult(anchor=operator, description=message))
        return found


def _is_query(segment: BaseSegment) -> bool:
    brackets = next(segment.recursive_crawl("bracketed"), None)
    inside = [each for each in brackets.segments if each.is_code][1:-1] if brackets else []
    while len(inside) == 1 and inside[0].is_type("expression"):
        inside = [each for each in inside[0].segments if each.is_code]
    return len(inside) == 1 and inside[0].is_type(*_QUERIES)
