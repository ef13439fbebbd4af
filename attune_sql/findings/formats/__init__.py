"""Findings → text for a reader, for programs, for GitHub and for code scanning; one form in each file, all pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from attune_sql.findings.formats.as_github import as_github
from attune_sql.findings.formats.as_json import as_json
from attune_sql.findings.formats.as_sarif import as_sarif
from attune_sql.findings.formats.as_text import as_text
from attune_sql.findings.result import Result

FORMATS: Mapping[str, Callable[[Result], str]] = {
    "text": as_text,
    "json": as_json,
    "github": as_github,
    "sarif": as_sarif,
}
