"""Findings → text for a reader."""

from __future__ import annotations

from attune_sql.findings.result import Result


def as_text(result: Result) -> str:
    """Render each finding with its excerpt and help, and a summary line."""
    return "\n\n".join([*(finding.report() for finding in result.findings), result.summary]) + "\n"
