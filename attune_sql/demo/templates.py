"""Fills `{{ event.payload.url }}` in the parameters of rules and tasks."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from attune_sql.demo.conditions import look_up
from attune_sql.errors import AttuneSqlError

_TEMPLATE = re.compile(r"\{\{\s*([^{}]*?)\s*\}\}")
_MISSING = object()


class TemplateError(AttuneSqlError):
    """A template names something that is not there."""


def render(value: Any, values: Mapping[str, Any]) -> Any:
    """Fill every template in `value`, at whatever depth.

    A text that is one template and nothing else becomes what it names, with its type; elsewhere that is put in as text.
    Raises TemplateError for a name that is not in `values`.
    """
    if isinstance(value, dict):
        return {key: render(inner, values) for key, inner in value.items()}
    if isinstance(value, list):
        return [render(inner, values) for inner in value]
    if not isinstance(value, str):
        return value
    if whole := _TEMPLATE.fullmatch(value):
        return _named(whole[1], values)
    return _TEMPLATE.sub(lambda match: _as_text(_named(match[1], values)), value)


def names(value: Any, place: str = "$") -> Iterator[tuple[str, str]]:
    """Yield every name in a template of `value`, with its place."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from names(inner, f"{place}.{key}")
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from names(inner, f"{place}[{index}]")
    elif isinstance(value, str):
        for match in _TEMPLATE.finditer(value):
            yield match[1], place


def _named(name: str, values: Mapping[str, Any]) -> Any:
    found = look_up(name, values, default=_MISSING)
    if found is _MISSING:
        raise TemplateError(f"there is nothing for the template {{{{ {name} }}}}")
    return found


def _as_text(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
