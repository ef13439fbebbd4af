"""Findings → annotations of GitHub Actions. Source: GitHub docs, "Workflow commands for GitHub Actions"."""

from __future__ import annotations

from attune_sql.findings.finding import Finding
from attune_sql.findings.result import Result
from attune_sql.location import shown

_COMMANDS = {"error": "error", "warning": "warning", "note": "notice"}


def as_github(result: Result) -> str:
    """Render a workflow command for each finding, and the summary as a line of the log."""
    return "".join(f"{line}\n" for line in [*map(_command, result.findings), result.summary])


def _command(finding: Finding) -> str:
    at = finding.location
    properties = {
        "file": shown(at.path).replace("\\", "/"),
        "line": at.line,
        "col": at.column,
        "endColumn": at.column + max(at.length, 1),
        "title": f"attune-sql {finding.rule}",
    }
    text = finding.message if finding.help is None else f"{finding.message}\nhelp: {finding.help}"
    listed = ",".join(f"{name}={_property(str(value))}" for name, value in properties.items())
    return f"::{_COMMANDS[finding.level]} {listed}::{_data(text)}"


def _data(text: str) -> str:
    # The order matters: the other escapes hold a % themselves. Source: actions/toolkit, core/src/command.ts.
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
