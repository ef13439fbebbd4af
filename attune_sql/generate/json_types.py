"""The `@json` tags of an operation → the Python types that they mean, as dotted names. Pure."""

from __future__ import annotations

from collections.abc import Mapping

from attune_sql.errors import AttuneSqlError
from attune_sql.source.operation import Operation


def json_types(operation: Operation, module: str | None) -> Mapping[str, str]:
    """Return the types by the names of the parameters and columns; a bare name is one of `module`.

    Nothing is imported: whether there is such a type is for the type checker to say. Raises AttuneSqlError with the
    place of a bare name where no module is set.
    """
    found: dict[str, str] = {}
    for tag in operation.json_types:
        if "." not in tag.type and module is None:
            raise AttuneSqlError(
                f"{operation.full_name}: there is no module to find the type {tag.type!r} in",
                location=tag.location,
                help='set json_types = "myservice.models" in [tool.attune_sql], or write the type with its module',
                rule="json-type",
            )
        found[tag.name] = tag.type if "." in tag.type else f"{module}.{tag.type}"
    return found
