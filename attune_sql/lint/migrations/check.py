"""Migrations → findings of our own rules MG01 to MG03; MG04 looks into bodies and belongs to the fast engine."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from attune_sql.findings.finding import Finding
from attune_sql.lint.fast.engine import is_query_file
from attune_sql.lint.fast.library import ParserError, parse
from attune_sql.lint.fast.text import Text
from attune_sql.lint.migrations import enum_order, foreign_key_index, lock_timeout
from attune_sql.lint.migrations.migration import Check, Migration
from attune_sql.lint.noqa import Silence
from attune_sql.lint.settings import LintSettings

CHECKS: tuple[Check, ...] = (lock_timeout.check, foreign_key_index.check, enum_order.check)


def check(texts: Iterable[tuple[Path, str]], asked: Iterable[Path], settings: LintSettings) -> Iterator[Finding]:
    """Check the files in `asked`, among all `texts` of their folder; files of queries are passed over.

    A file that cannot be parsed is left out here: the engine that reads it says so.
    """
    wanted = set(asked)
    folder = [migration for path, text in texts if (migration := _parsed(path, text))]
    for migration in folder:
        if migration.path not in wanted:
            continue
        silence = Silence.of_text(migration.text.whole)
        for rule in CHECKS:
            for finding in rule(migration, folder, settings):
                if not silence.covers(finding.rule, finding.location.line):
                    yield finding


def _parsed(path: Path, text: str) -> Migration | None:
    if is_query_file(text):
        return None
    try:
        return Migration(Text.of_file(path, text), tuple(parse(text)))
    except ParserError:
        return None
