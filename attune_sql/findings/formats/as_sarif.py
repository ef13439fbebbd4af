"""Findings → SARIF 2.1.0, for code scanning. Source: OASIS "Static Analysis Results Interchange Format", 2.1.0."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from urllib.parse import quote

from attune_sql.findings.finding import Finding
from attune_sql.findings.result import Result, RulePage
from attune_sql.location import Location, shown

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


def as_sarif(result: Result) -> str:
    """Render one log with one run: all rules, and a result for each finding. Columns count characters, as ours do."""
    # Slow to import, and only needed here.
    from importlib.metadata import version

    rules = [*map(_rule, result.rules), *_reading_rules(result)]
    index = {rule["id"]: position for position, rule in enumerate(rules)}
    driver = {"name": "attune-sql", "version": version("attune-sql"), "rules": rules}
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_result(finding, index[finding.rule]) for finding in result.findings],
    }
    return json.dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, indent=2, ensure_ascii=False) + "\n"


def _rule(rule: RulePage) -> dict[str, Any]:
    texts = {"shortDescription": rule.what, "fullDescription": rule.why, "help": rule.remedy}
    described = {name: {"text": text} for name, text in texts.items() if text}
    return {"id": rule.name, **described, "defaultConfiguration": {"level": rule.level}}


def _reading_rules(result: Result) -> list[dict[str, Any]]:
    """Describe the mistakes that already reading the files found, which have no rule of the check."""
    names = sorted({finding.rule for finding in result.findings} - {rule.name for rule in result.rules})
    return [{"id": name, "shortDescription": {"text": "The file cannot be read as operations."}} for name in names]


def _result(finding: Finding, index: int) -> dict[str, Any]:
    text = finding.message if finding.help is None else f"{finding.message}\nhelp: {finding.help}"
    return {
        "ruleId": finding.rule,
        "ruleIndex": index,
        "level": finding.level,
        "message": {"text": text},
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": {"uri": _uri(finding.location.path)},
                    "region": _region(finding.location),
                }
            }
        ],
    }


def _region(at: Location) -> dict[str, Any]:
    region: dict[str, Any] = {
        "startLine": at.line,
        "startColumn": at.column,
        "endColumn": at.column + max(at.length, 1),
    }
    return region | ({"snippet": {"text": at.text[at.column - 1 :][: at.length]}} if at.text and at.length else {})


def _uri(path: Path) -> str:
    short = Path(shown(path))
    return short.as_uri() if short.is_absolute() else quote(short.as_posix())
