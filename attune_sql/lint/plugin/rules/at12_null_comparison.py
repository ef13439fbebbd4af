"""AT12: `= NULL` or `<> NULL`, which is never true."""

from __future__ import annotations

from sqlfluff.core.parser import BaseSegment, KeywordSegment, WhitespaceSegment
from sqlfluff.core.rules import BaseRule, LintFix, LintResult, RuleContext
from sqlfluff.core.rules.crawlers import SegmentSeekerCrawler

from attune_sql.lint.plugin.rule import AttuneRule

_WORDS = {"=": ("IS",), "<>": ("IS", "NOT"), "!=": ("IS", "NOT")}


class Rule_AT12(AttuneRule, BaseRule):
    """Nothing is equal to NULL, or different from it.

    The comparison is NULL, and WHERE takes that for false. ``SET x = NULL`` is no comparison.

    **Anti-pattern**

    .. code-block:: sql

        SELECT rule.id
        FROM attune.rule
        WHERE rule.action = NULL;

    **Best practice**

    .. code-block:: sql

        SELECT rule.id
        FROM attune.rule
        WHERE rule.action IS NULL;
    """

    name = "attune.null_comparison"
    crawl_behaviour = SegmentSeekerCrawler({"comparison_operator"})
    is_fix_compatible = True

    def _eval(self, context: RuleContext) -> LintResult | None:
        operator, parent = context.segment, context.parent_stack[-1]
        words = _WORDS.get(operator.raw)
        if words is None or not parent.is_type("expression"):
            return None
        siblings = [each for each in parent.segments if each.is_code]
        index = next(index for index, each in enumerate(siblings) if each is operator)
        left, right = siblings[index - 1 : index], siblings[index + 1 : index + 2]
        if not any(_is_null(each) for each in left + right):
            return None
        simple = bool(right) and right[0].is_type("null_literal")
        return LintResult(
            anchor=operator,
            fixes=[LintFix.replace(operator, _spaced(operator, parent, words, right[0]))] if simple else None,
            description=f"{operator.raw} NULL is never true: write {' '.join(words)} NULL.",
        )


def _is_null(segment: BaseSegment) -> bool:
    return segment.is_type("null_literal") or (
        segment.is_type("cast_expression") and segment.segments[0].is_type("null_literal")
    )


def _spaced(operator: BaseSegment, parent: BaseSegment, words: tuple[str, ...], null: BaseSegment) -> list[BaseSegment]:
    """Spell the words in the case of NULL itself, with the blanks that an operator can do without."""
    position = parent.segments.index(operator)
    pieces: list[BaseSegment] = []
    for word in words:
        pieces += [WhitespaceSegment(), KeywordSegment(raw=word if null.raw.isupper() else word.lower())]
    if parent.segments[position - 1].is_whitespace:
        del pieces[0]
    if not parent.segments[position + 1].is_whitespace:
        pieces.append(WhitespaceSegment())
    return pieces
