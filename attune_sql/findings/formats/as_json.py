"""Findings → JSON."""

from __future__ import annotations

import json
from typing import Any

from attune_sql.findings.finding import Finding
from attune_sql.findings.result import Result
from attune_sql.location import shown


def as_json(result: Result) -> str:
    """Render one object: clean, files, operations (counts) and findings.

    Each finding has rule, level, message, help, file, line, column and length; help may be null.
    """
    whole = {
        "clean": result.clean,
        "files": result.files,
        "operations": result.operations,
        "findings": [_finding(each) for each in result.findings],
    }
    return json.dumps(whole, indent=2, ensure_ascii=False) + "\n"


def _finding(finding: Finding) -> dict[str, Any]:
    at = finding.location
    return {
        "rule": finding.rule,
        "level": finding.level,
        "message": finding.message,
        "help": finding.help,
        "file": shown(at.path),
        "line": at.line,
        "column": at.column,
        "length": at.length,
    }
