"""AT17: a column that holds a secret, returned by a list or search."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sqlfluff.core.parser import BaseSegment
from sqlfluff.core.rules import BaseRule, LintResult, RuleContext
from sqlfluff.core.rules.crawlers import SegmentSeekerCrawler

from attune_sql.lint.plugin.rule import AttuneRule, above, folded, parts, source_text

_LISTS = re.compile(r"^\s*--\s*name\s*:\s*(?:list|search)(?:_\w+)?\b", re.MULTILINE)


class Rule_AT17(AttuneRule, BaseRule):
    """Secrets are returned one at a time.

    A list or a search ends up in pages, logs and caches. The columns are those of ``attune_secret_columns``, as
    ``table.column`` or as the name of a column in any table.

    **Anti-pattern**

    .. code-block:: sql

        -- name: list(limit)
        -- The keys, by ref.
        SELECT
            key.ref,
            key.value
        FROM attune.key
        ORDER BY key.ref
        LIMIT :limit::bigint;

    **Best practice**

    .. code-block:: sql

        -- name: list(limit)
        -- The keys, by ref, without values.
        SELECT
            key.ref,
            key.encrypted
        FROM attune.key
        ORDER BY key.ref
        LIMIT :limit::bigint;
    """

    name = "attune.secret_in_list"
    crawl_behaviour = SegmentSeekerCrawler({"select_clause_element"})

    def _eval(self, context: RuleContext) -> LintResult | None:
        column = _plain_column(context.segment)
        if column is None or not _LISTS.search(source_text(context)):
            return None
        names = [folded(each) for each in parts(column)]
        select = next((each for each in above(context) if each.is_type("select_statement")), None)
        tables = dict(_tables(select)) if select else {}
        if len(names) > 1:
            table = tables.get(names[-2], names[-2])
        else:
            table = next(iter(tables.values())) if len(set(tables.values())) == 1 else ""
        if not {names[-1], f"{table}.{names[-1]}"} & self.settings.secret_columns:
            return None
        return LintResult(anchor=column, description=f"{column.raw} is a secret: a list or search does not return it.")


def _plain_column(element: BaseSegment) -> BaseSegment | None:
    """Return the column that a select element passes on, itself or cast; None for any other expression."""
    segment = element
    while not segment.is_type("column_reference"):
        code = [each for each in segment.segments if each.is_code and not each.is_type("alias_expression")]
        if len(code) != 1 and not segment.is_type("cast_expression"):
            return None
        segment = code[0]
        if not segment.segments or segment.is_type("function", "select_statement"):
            return None
    return segment


def _tables(select: BaseSegment) -> Iterator[tuple[str, str]]:
    """Yield the relations of a FROM clause by the names that they go by in it."""
    for element in select.recursive_crawl("from_expression_element"):
        reference = next(element.recursive_crawl("table_reference"), None)
        if reference is not None:
            table = folded(parts(reference)[-1])
            alias = next((each for each in element.recursive_crawl("alias_expression")), None)
            names = [each for each in parts(alias) if each.is_type("identifier")] if alias else []
            yield (folded(names[0]) if names else table), table
