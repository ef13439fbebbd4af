"""AT03: a function or sequence of the schema without its prefix, also where its name is a text."""

from __future__ import annotations

import re

from sqlfluff.core.rules import BaseRule, LintFix, LintResult, RuleContext
from sqlfluff.core.rules.crawlers import SegmentSeekerCrawler

from attune_sql.lint.builtin import TYPES
from attune_sql.lint.names import SchemaNames
from attune_sql.lint.plugin.rule import AttuneRule, folded, parts, start
from attune_sql.lint.plugin.subjects import claimed

_BY_NAME = re.compile(
    r"(?:nextval|currval|setval|to_regclass|to_regtype|to_regproc|pg_get_serial_sequence)", re.IGNORECASE
)
_LITERAL = re.compile(
    r"""'(?P<first>"(?:[^"]|"")+"|[a-zA-Z_]\w*)(?:\s*\.\s*(?P<second>"(?:[^"]|"")+"|\w+))?(?P<rest>[^']*)'"""
)


class Rule_AT03(AttuneRule, BaseRule):
    """Functions and sequences of the schema carry its name.

    Also where the name is a text that PostgreSQL looks up: ``nextval('…')`` and its kin, and literals of type
    ``regclass``, ``regtype`` and ``regproc``.

    **Anti-pattern**

    .. code-block:: sql

        SELECT
            nextval('execution_id_seq') AS id,
            execution_is_finished('failed') AS is_finished;

    **Best practice**

    .. code-block:: sql

        SELECT
            nextval('attune.execution_id_seq') AS id,
            attune.execution_is_finished('failed') AS is_finished;
    """

    name = "attune.function_prefix"
    crawl_behaviour = SegmentSeekerCrawler({"function_name", "quoted_literal"})
    is_fix_compatible = True

    def _eval(self, context: RuleContext) -> LintResult | None:
        if context.segment.is_type("function_name"):
            return self._function(context)
        kind = _looked_up(context)
        return self._literal(context, kind) if kind else None

    def _function(self, context: RuleContext) -> LintResult | None:
        names, schema = parts(context.segment), self.settings.schema
        if not names or folded(names[-1]) not in self.names(context).functions or start(names[0]) in claimed(context):
            return None
        if len(names) > 1:
            if folded(names[-2]) in (schema, "pg_catalog"):
                return None
            return LintResult(anchor=names[0], description=f"{context.segment.raw} is a function of {schema}.")
        message = f"The function {names[0].raw} lacks the schema: write {schema}.{names[0].raw}."
        return LintResult(anchor=names[0], fixes=self.prefix(names[0]), description=message)

    def _literal(self, context: RuleContext, kind: str) -> LintResult | None:
        segment, schema = context.segment, self.settings.schema
        match = _LITERAL.fullmatch(segment.raw)
        if match is None:
            return None
        name = _folded(match["first"])
        if match["second"]:
            if name == schema or name.startswith("pg_") or name == "information_schema":
                return None
            return LintResult(anchor=segment, description=f"{segment.raw} names another schema than {schema}.")
        known = name in _named(self.names(context), kind)
        if not known and (name.startswith("pg_") or kind != "relation"):
            return None
        if kind == "type" and name in TYPES:
            return None
        text = f"'{schema}.{segment.raw[1:]}"
        edited = segment.edit(raw=text)
        return LintResult(
            anchor=segment,
            fixes=[LintFix.replace(segment, [edited])] if known else None,
            description=f"{segment.raw} lacks the schema: write {text}.",
        )


def _looked_up(context: RuleContext) -> str:
    """Return what kind of name PostgreSQL looks a literal up as, or an empty text for a literal that is just a text."""
    for parent in reversed(context.parent_stack):
        if parent.is_type("function"):
            function = next((each.raw for each in parent.segments if each.is_type("function_name")), "")
            name = function.rsplit(".", 1)[-1]
            if name.lower() == "cast":
                return _of_type(parent.raw.rstrip(")").rstrip())
            arguments = list(parent.recursive_crawl("quoted_literal"))
            if not _BY_NAME.fullmatch(name) or arguments[0] is not context.segment:
                return ""
            return {"to_regtype": "type", "to_regproc": "function"}.get(name.lower(), "relation")
        if parent.is_type("cast_expression"):
            return _of_type(parent.raw) if parent.segments[0] is context.segment else ""
        if parent.is_type("select_statement", "statement"):
            return ""
        before = [each for each in parent.segments if start(each) < start(context.segment) and each.is_code]
        if before and before[-1].is_type("data_type") and context.segment in parent.segments:
            return _of_type(before[-1].raw)
    return ""


def _of_type(text: str) -> str:
    match = re.search(r"\breg(class|type|proc|procedure)$", text, re.IGNORECASE)
    kinds = {"class": "relation", "type": "type", "proc": "function", "procedure": "function"}
    return kinds[match[1].lower()] if match else ""


def _named(names: SchemaNames, kind: str) -> frozenset[str]:
    return {"relation": names.relations | names.sequences, "type": names.all_types}.get(kind, names.functions)


def _folded(name: str) -> str:
    return name[1:-1].replace('""', '"') if name.startswith('"') else name.lower()
