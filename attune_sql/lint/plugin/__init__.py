"""The sqlfluff plugin: rules AT01 and on, the templater `aiosql`, their settings. Found through its entry point.

Rules are imported inside the hook: sqlfluff asks for them once all plugins have said which settings they have.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlfluff.core.plugin import hookimpl

from attune_sql.lint.settings import KEYS

if TYPE_CHECKING:
    from sqlfluff.core.rules import BaseRule
    from sqlfluff.core.templaters.base import RawTemplater


@hookimpl
def get_rules() -> list[type[BaseRule]]:
    """Return the rules of the plugin."""
    from attune_sql.lint.plugin.rules import all_rules

    return all_rules()


@hookimpl
def get_templaters() -> list[type[RawTemplater]]:
    """Return the templater `aiosql`."""
    from attune_sql.lint.plugin.templater import AiosqlTemplater

    return [AiosqlTemplater]


@hookimpl
def load_default_config() -> dict[str, Any]:
    """Return the settings as they are when nobody sets them."""
    return {"rules": dict.fromkeys(KEYS)}


@hookimpl
def get_configs_info() -> dict[str, dict[str, Any]]:
    """Return what each setting means."""
    return {key: {"definition": definition} for key, definition in KEYS.items()}
