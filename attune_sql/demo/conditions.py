"""Whether the conditions of a rule hold for an event."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from attune_sql.generated.rows import EnforcementCondition

_MISSING = object()


def matches(conditions: Mapping[str, Any], event: Mapping[str, Any]) -> bool:
    """Tell whether `event` fulfils `{"all": […]}` or `{"any": […]}`; no conditions at all hold always.

    event: what the fields of conditions and templates are looked up in, as `{"event": {"payload": …}}`.
    A field that is missing, or that cannot be compared with the value, fulfils nothing but `not_equals`.
    """
    quantifier, listed = split(conditions)
    combine = any if quantifier == "any" else all
    return combine(holds(condition, event) for condition in listed)


def split(conditions: Mapping[str, Any]) -> tuple[EnforcementCondition, list[Mapping[str, Any]]]:
    """Return `all` or `any` and the conditions below it."""
    for quantifier, listed in conditions.items():
        return "any" if quantifier == "any" else "all", list(listed)
    return "all", []


def holds(condition: Mapping[str, Any], event: Mapping[str, Any]) -> bool:
    """Tell whether one `{field, operator, value}` holds."""
    found = look_up(condition["field"], event, default=_MISSING)
    operator = condition["operator"]
    if operator == "exists":
        return (found is not _MISSING) is (condition.get("value", True) is not False)
    if operator == "not_equals":
        return not _same(found, condition.get("value"))
    return found is not _MISSING and OPERATORS[operator](found, condition.get("value"))


def look_up(field: str, values: Any, *, default: Any = None) -> Any:
    """Follow the dots of `field` through mappings and, by number, through lists."""
    for step in field.split("."):
        if isinstance(values, Mapping) and step in values:
            values = values[step]
        elif isinstance(values, list) and step.isdecimal() and int(step) < len(values):
            values = values[int(step)]
        else:
            return default
    return values


def _same(found: Any, wanted: Any) -> bool:
    # Python takes True for 1, JSON does not, at whatever depth.
    if isinstance(found, bool) or isinstance(wanted, bool):
        return found is wanted
    if isinstance(found, list) and isinstance(wanted, list):
        return len(found) == len(wanted) and all(map(_same, found, wanted))
    if isinstance(found, dict) and isinstance(wanted, dict):
        return found.keys() == wanted.keys() and all(_same(found[key], wanted[key]) for key in found)
    return bool(found == wanted)


def _ordered(compare: Callable[[Any, Any], bool]) -> Callable[[Any, Any], bool]:
    def check(found: Any, wanted: Any) -> bool:
        both_text = isinstance(found, str) and isinstance(wanted, str)
        return (both_text or (_is_number(found) and _is_number(wanted))) and compare(found, wanted)

    return check


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _contains(found: Any, wanted: Any) -> bool:
    if isinstance(found, str):
        return isinstance(wanted, str) and wanted in found
    if isinstance(found, dict):
        return isinstance(wanted, str) and wanted in found
    return isinstance(found, list) and any(_same(item, wanted) for item in found)


OPERATORS: Mapping[str, Callable[[Any, Any], bool]] = {
    "equals": _same,
    "not_equals": lambda found, wanted: not _same(found, wanted),
    "less_than": _ordered(lambda found, wanted: found < wanted),
    "at_most": _ordered(lambda found, wanted: found <= wanted),
    "greater_than": _ordered(lambda found, wanted: found > wanted),
    "at_least": _ordered(lambda found, wanted: found >= wanted),
    "contains": _contains,
    "in": lambda found, wanted: _contains(wanted, found),
    "starts_with": lambda found, wanted: (
        isinstance(found, str) and isinstance(wanted, str) and found.startswith(wanted)
    ),
    "exists": lambda found, wanted: wanted is not False,
}
"""What a condition may say, by its name in a rule file."""
