"""What the rules share: their settings, the names of the schema, and findings in the text as sqlfluff's."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property, lru_cache
from pathlib import Path
from typing import ClassVar

from sqlfluff.core.parser import BaseSegment, IdentifierSegment, RawSegment, SymbolSegment
from sqlfluff.core.rules import LintFix, LintResult, RuleContext
from sqlfluff.core.rules.crawlers import BaseCrawler, RootOnlyCrawler

from attune_sql.lint.names import SchemaNames
from attune_sql.lint.settings import KEYS, LintSettings
from attune_sql.lint.text.body import Body
from attune_sql.lint.text.checks import CHECKS


class AttuneRule:
    """Beside BaseRule in every rule; no subclass of it, since sqlfluff takes every subclass for a rule."""

    groups: tuple[str, ...] = ("all", "attune")
    config_keywords: ClassVar[list[str]] = list(KEYS)
    # Statements with parameters count as templated, and are what the rules are about.
    targets_templated = True

    @cached_property
    def settings(self) -> LintSettings:
        """The settings, from `[sqlfluff:rules]` or the section of the rule."""
        return LintSettings.of_values(vars(self))

    def names(self, context: RuleContext) -> SchemaNames:
        """Return the names of the schema as the linted file sees them."""
        return self.settings.names(context.path, source_text(context))

    def prefix(self, anchor: RawSegment) -> list[LintFix]:
        """Put the schema and a dot before a name."""
        schema = IdentifierSegment(raw=self.settings.schema, type="naked_identifier")
        return [LintFix.create_before(anchor, [schema, SymbolSegment(raw=".", type="dot")])]


class TextRule(AttuneRule):
    """A rule that needs no tree: it asks the function of its code in `attune_sql.lint.text.checks`."""

    code: str
    crawl_behaviour: BaseCrawler = RootOnlyCrawler()

    def _eval(self, context: RuleContext) -> list[LintResult]:
        body = _read(source_text(context), context.path or Path("<string>"), self.settings)
        return [
            LintResult(anchor=segment_at(context.segment, each.start), description=each.advised)
            for each in CHECKS[self.code](body)
        ]


@lru_cache(maxsize=2)
def _read(text: str, path: Path, settings: LintSettings) -> Body:
    """Scan a file once for all of the rules that ask for it in a row."""
    return Body.read(text, path, settings)


def source_text(context: RuleContext) -> str:
    """Return the file as it is on disk."""
    return context.templated_file.source_str if context.templated_file else context.segment.raw


def segment_at(root: BaseSegment, offset: int) -> BaseSegment:
    """Return the token that holds an offset of the file."""
    last: BaseSegment = root
    for segment in root.raw_segments:
        if segment.pos_marker is None or not segment.raw:
            continue
        if segment.pos_marker.source_slice.start > offset:
            break
        last = segment
    return last


def leaves(segment: BaseSegment) -> list[RawSegment]:
    """Return the tokens of a segment without blanks and comments."""
    return [leaf for leaf in segment.raw_segments if leaf.is_code and leaf.raw]


def parts(segment: BaseSegment) -> list[RawSegment]:
    """Return the names of a dotted reference."""
    return [leaf for leaf in leaves(segment) if leaf.raw != "."]


def folded(segment: BaseSegment) -> str:
    """Return a name as PostgreSQL folds it: lower case unless it is quoted."""
    raw = segment.raw
    return raw[1:-1].replace('""', '"') if raw.startswith('"') else raw.lower()


def start(segment: BaseSegment) -> int:
    """Return where a segment begins in the file."""
    return segment.pos_marker.source_slice.start if segment.pos_marker else -1


def above(context: RuleContext) -> Iterator[BaseSegment]:
    """Yield what the segment stands in, from the inside out."""
    return reversed(context.parent_stack)
