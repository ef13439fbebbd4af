"""AT15: `timestamp` without time zone."""

from __future__ import annotations

from sqlfluff.core.rules import BaseRule, LintResult, RuleContext
from sqlfluff.core.rules.crawlers import SegmentSeekerCrawler

from attune_sql.lint.plugin.rule import AttuneRule, leaves


class Rule_AT15(AttuneRule, BaseRule):
    """Moments are timestamptz.

    ``timestamp`` is a reading of some clock without saying where the clock hangs: two writers in two zones mean two
    moments. ``timestamptz`` takes the same eight bytes.

    **Anti-pattern**

    .. code-block:: sql

        ALTER TABLE attune.rule ADD COLUMN fired_at timestamp;

    **Best practice**

    .. code-block:: sql

        ALTER TABLE attune.rule ADD COLUMN fired_at timestamptz;
    """

    name = "attune.timestamp_without_time_zone"
    crawl_behaviour = SegmentSeekerCrawler({"datetime_type_identifier"})

    def _eval(self, context: RuleContext) -> LintResult | None:
        words = [leaf.raw_upper for leaf in leaves(context.segment)]
        if words[:1] != ["TIMESTAMP"] or "WITH" in words:
            return None
        return LintResult(anchor=context.segment, description="timestamp has no time zone: use timestamptz.")
