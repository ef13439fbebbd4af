"""The keyword arguments of a call → the values of `$1 … $n`, as the casts in the SQL say."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from psycopg.types.json import Json, Jsonb

from attune_sql.runtime.json_codec import dumps
from attune_sql.source.operation import GIVEN, Operation, Parameter

_JSON_TYPES = frozenset({"json", "jsonb", "pg_catalog.json", "pg_catalog.jsonb"})


class Arguments:
    """Binds the arguments of one operation; made once, when the file is loaded."""

    def __init__(self, operation: Operation) -> None:
        self.operation = operation
        by_name = {parameter.name: parameter for parameter in operation.parameters}
        self._accepted = frozenset(by_name) - {GIVEN}
        optional = {name for name in self._accepted if by_name[name].optional}
        self._required = self._accepted - optional
        self._optional = tuple(name for name in by_name if name in optional)
        self._quoted = tuple((name, f'"{name}"') for name in self._optional)
        self._slots = {name: (position, _converter(by_name[name])) for position, name in enumerate(operation.arguments)}
        self._given_at = self._slots[GIVEN][0] if GIVEN in self._slots else None
        self._page_keys = tuple(name for name in self._optional if name.startswith("after_"))

    def bind(self, passed: Mapping[str, Any] | tuple[Any, ...]) -> list[Any]:
        """Return the values in `$n` order.

        A left-out optional argument is NULL; `given` is the list of the optional arguments that were passed. Raises
        TypeError, naming operation and file, for a missing, unknown, positional or unconvertible argument, and for one
        key of a page (`after_…`) without the others.
        """
        if not isinstance(passed, dict):
            raise TypeError(f"{self._call} takes keyword arguments only, after the connection{self._place}")
        if not self._required <= passed.keys() <= self._accepted:
            self._refuse_misfit(passed)
        if self._page_keys:
            self._refuse_half_a_page_key(passed)
        slots = self._slots
        values: list[Any] = [None] * len(slots)
        for name, value in passed.items():
            position, convert = slots[name]
            try:
                values[position] = convert(value)
            except (TypeError, ValueError) as error:
                raise TypeError(f"{self._call} argument {name!r}: {error}{self._place}") from None
        if self._given_at is not None:
            # The array as text: a list would be walked twice to find the type that the cast in the SQL states anyway.
            values[self._given_at] = f"{{{','.join([quoted for name, quoted in self._quoted if name in passed])}}}"
        return values

    @property
    def _call(self) -> str:
        return f"{self.operation.full_name}()"

    @property
    def _place(self) -> str:
        return f" ({self.operation.place})"

    def _refuse_misfit(self, passed: Mapping[str, Any]) -> None:
        missing = sorted(self._required - passed.keys())
        if missing:
            plural = "s" if len(missing) > 1 else ""
            raise TypeError(f"{self._call} is missing the argument{plural} {_listed(missing)}{self._place}")
        unknown = sorted(passed.keys() - self._accepted)
        if unknown:
            # Only for a mistake, since its import costs a millisecond.
            from difflib import get_close_matches

            close = get_close_matches(unknown[0], sorted(self._accepted), n=1)
            hint = (
                f"; did you mean {close[0]!r}?" if close else f"; it takes {_listed(sorted(self._accepted)) or 'none'}"
            )
            raise TypeError(f"{self._call} has no argument {_listed(unknown)}{hint}{self._place}")

    def _refuse_half_a_page_key(self, passed: Mapping[str, Any]) -> None:
        present = [name for name in self._page_keys if passed.get(name) is not None]
        if present and len(present) < len(self._page_keys):
            raise TypeError(
                f"{self._call} takes {_listed(self._page_keys)} together: they are the sort keys of the last row"
                f"{self._place}"
            )


def _listed(names: tuple[str, ...] | list[str]) -> str:
    return ", ".join(repr(name) for name in names)


def _converter(parameter: Parameter) -> Callable[[Any], Any]:
    cast = (parameter.cast or "").lower()
    if cast in _JSON_TYPES:
        return _json
    if cast.endswith("]"):
        return _json_list if cast[: cast.index("[")] in _JSON_TYPES else _list
    return _plain


def _json(value: Any) -> Any:
    """Encode for a json cast: None is SQL NULL, `Jsonb(None)` is JSON null."""
    if value is None:
        return None
    return dumps(value.obj if isinstance(value, Json | Jsonb) else value)


def _json_list(value: Any) -> Any:
    return None if value is None else [_json(member) for member in _members(value)]


def _list(value: Any) -> Any:
    return None if value is None else [_plain(member) for member in _members(value)]


def _members(value: Any) -> Sequence[Any]:
    # A str is a sequence, too: of its characters.
    if not isinstance(value, Sequence) or isinstance(value, str | bytes):
        raise TypeError(f"a list is wanted, not {type(value).__name__}")
    return value


def _plain(value: Any) -> Any:
    """Leave the type of a number to the server.

    psycopg would send an int as smallint, integer or bigint by its value, so that one query is prepared up to three
    times and `$1 * $2` overflows as smallint. Its text is sent without a type instead: the cast in the SQL, or the
    place where it stands, decides, just as when the query is checked.
    """
    kind = type(value)
    if kind is int:
        return str(value)
    if kind is float:
        return repr(value)
    if kind is list or kind is tuple:
        return [_plain(member) for member in value]
    return value
