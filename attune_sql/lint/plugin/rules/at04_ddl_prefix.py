"""AT04: CREATE, ALTER, DROP or COMMENT of an object without the schema."""

from __future__ import annotations

from sqlfluff.core.rules import BaseRule, LintResult, RuleContext
from sqlfluff.core.rules.crawlers import SegmentSeekerCrawler

from attune_sql.lint.names import SchemaNames, temporary_names
from attune_sql.lint.plugin.rule import AttuneRule, folded, source_text
from attune_sql.lint.plugin.subjects import Subject, subjects


class Rule_AT04(AttuneRule, BaseRule):
    """What a migration creates, alters, drops or comments carries the schema.

    Tables, views, types, domains, functions, sequences, indexes (where they are altered or dropped) and the tables of
    triggers, policies, rules and constraints. Without it, an object lands in whatever schema stands first in the
    ``search_path`` of the one who runs the migration.

    **Anti-pattern**

    .. code-block:: sql

        CREATE TABLE gadget (id bigint PRIMARY KEY);
        COMMENT ON COLUMN gadget.id IS 'Number that other tables refer to.';

    **Best practice**

    .. code-block:: sql

        CREATE TABLE attune.gadget (id bigint PRIMARY KEY);
        COMMENT ON COLUMN attune.gadget.id IS 'Number that other tables refer to.';
    """

    name = "attune.ddl_prefix"
    crawl_behaviour = SegmentSeekerCrawler({"statement"})
    is_fix_compatible = True

    def _eval(self, context: RuleContext) -> list[LintResult]:
        return [result for each in subjects(context.segment) if (result := self._check(context, each))]

    def _check(self, context: RuleContext, subject: Subject) -> LintResult | None:
        schema, first = self.settings.schema, subject.name[0]
        written = ".".join(each.raw for each in subject.name)
        qualified = subject.name[:-1] if subject.kind == "COLUMN" else subject.name
        if not qualified:
            return None
        if len(qualified) > 1:
            if folded(qualified[-2]) == schema:
                return None
            return LintResult(anchor=first, description=f"{written} is in another schema than {schema}.")
        name = folded(qualified[0])
        if name in temporary_names(source_text(context)):
            return None
        known = subject.is_new or name in _of_kind(self.names(context), subject.kind)
        return LintResult(
            anchor=first,
            fixes=self.prefix(first) if known else None,
            description=f"{written} lacks the schema: write {schema}.{written}.",
        )


def _of_kind(names: SchemaNames, kind: str) -> frozenset[str]:
    if kind in ("FUNCTION", "PROCEDURE", "AGGREGATE"):
        return names.functions
    if kind in ("TYPE", "DOMAIN"):
        return names.types
    return names.sequences if kind == "SEQUENCE" else names.relations
