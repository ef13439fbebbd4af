"""AT11: a parameter joined into a LIKE pattern unescaped."""

from __future__ import annotations

from collections.abc import Iterator

from sqlfluff.core.parser import BaseSegment
from sqlfluff.core.rules import BaseRule, LintResult, RuleContext
from sqlfluff.core.rules.crawlers import SegmentSeekerCrawler

from attune_sql.lint.plugin.rule import AttuneRule, leaves

_LIKE = frozenset({"LIKE", "ILIKE"})
_JOINING = frozenset({"concat", "concat_ws", "format"})


class Rule_AT11(AttuneRule, BaseRule):
    """Text that is searched for is not a pattern.

    ``%``, ``_`` and ``\\`` in a parameter that is joined into a pattern are wildcards: a search for ``50%`` finds
    ``500``. Compare without a pattern, or escape the parameter first. A pattern that the caller passes whole, or one
    with an ESCAPE clause of its own, is taken at its word.

    **Anti-pattern**

    .. code-block:: sql

        -- name: search(text)
        SELECT pack.id
        FROM attune.pack
        WHERE pack.label ILIKE '%' || :text::text || '%';

    **Best practice**

    .. code-block:: sql

        -- name: search(text)
        SELECT pack.id
        FROM attune.pack
        WHERE strpos(lower(pack.label), lower(:text::text)) > 0;
    """

    name = "attune.like_escape"
    crawl_behaviour = SegmentSeekerCrawler({"keyword"})

    def _eval(self, context: RuleContext) -> LintResult | None:
        if context.segment.raw_upper not in _LIKE:
            return None
        siblings = [each for each in context.parent_stack[-1].segments if each.is_code]
        index = next(index for index, each in enumerate(siblings) if each is context.segment)
        pattern: list[BaseSegment] = []
        for each in siblings[index + 1 :]:
            if each.raw_upper == "ESCAPE":
                return None
            if each.raw_upper in ("AND", "OR") or each.is_type("comma"):
                break
            pattern.append(each)
        joined = len(pattern) > 1 or any(_joins(each) for each in pattern)
        found = next((leaf for each in pattern for leaf in _bare(each)), None) if joined else None
        if found is None:
            return None
        message = f"A parameter is part of a {context.segment.raw_upper} pattern: % and _ in it are wildcards."
        return LintResult(anchor=found, description=message)


def _joins(segment: BaseSegment) -> bool:
    return any(leaf.raw == "|" for leaf in leaves(segment)) or _function(segment) in _JOINING


def _bare(segment: BaseSegment) -> Iterator[BaseSegment]:
    """Yield the parameters that become part of the pattern as they are: not the arguments of replace() and the like."""
    if segment.is_type("dollar_numeric_literal"):
        yield segment
    elif not segment.is_type("function") or _function(segment) in _JOINING:
        for each in segment.segments:
            yield from _bare(each)


def _function(segment: BaseSegment) -> str:
    name = segment.get_child("function_name") if segment.is_type("function") else None
    return name.raw.lower().rsplit(".", 1)[-1] if name else ""
