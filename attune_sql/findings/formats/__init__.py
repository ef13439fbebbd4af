"""Findings → text for a reader, for programs, for GitHub and for code scanning; one form in each file, all pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from importlib import import_module

from attune_sql.findings.result import Result


def _render(form: str, result: Result) -> str:
    # A run writes one form, and what the others need takes long to import.
    text: str = getattr(import_module(f"{__name__}.as_{form}"), f"as_{form}")(result)
    return text


FORMATS: Mapping[str, Callable[[Result], str]] = {
    form: partial(_render, form) for form in ("text", "json", "github", "sarif")
}
