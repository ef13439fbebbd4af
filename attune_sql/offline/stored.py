"""Descriptions ↔ what is kept of them in a file. Values only.

The classes have the fields of those that they are kept for, and leave out what is usual. A type is kept once, by its
name; a place as (line, column, length), for the text of the line is the query file's.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TypeAlias

from msgspec import Struct

from attune_sql.describe.description import (
    Cardinality,
    Column,
    Description,
    Kind,
    Overridden,
    ParameterFact,
    PgType,
    Reason,
)
from attune_sql.describe.rejection import RejectedError
from attune_sql.location import Location
from attune_sql.source.operation import Operation

Place: TypeAlias = tuple[int, int, int]

# Oids of types that did not come with PostgreSQL differ from one scratch database to the next.
_FIRST_OF_OTHERS = 16384


class StoredType(Struct, frozen=True, omit_defaults=True):
    """A PgType, without its name; the types that it is made of by theirs."""

    kind: Kind
    schema: str
    oid: int = 0
    labels: tuple[str, ...] = ()
    element: str | None = None
    base: str | None = None
    fields: tuple[tuple[str, str], ...] = ()
    not_null: bool = False


class StoredReason(Struct, frozen=True, omit_defaults=True):
    """A Reason."""

    text: str
    location: Place | None = None
    unknown: bool = False


class StoredOverridden(Struct, frozen=True, omit_defaults=True):
    """What the analysis says where the header says something else."""

    nullable: bool
    reason: StoredReason


class StoredParameter(Struct, frozen=True, omit_defaults=True):
    """A ParameterFact."""

    name: str
    type: str
    nullable: bool
    required: bool
    reason: StoredReason
    null_means: bool = False


class StoredColumn(Struct, frozen=True, omit_defaults=True):
    """A Column."""

    name: str
    type: str
    nullable: bool
    reason: StoredReason
    origin: tuple[str, str, str] | None = None
    overridden: StoredOverridden | None = None


class StoredDescription(Struct, frozen=True, omit_defaults=True):
    """A Description without its operation."""

    cardinality: Cardinality
    cardinality_reason: StoredReason
    parameters: tuple[StoredParameter, ...] = ()
    columns: tuple[StoredColumn, ...] = ()


class StoredRejection(Struct, frozen=True, omit_defaults=True):
    """A RejectedError without its operation."""

    said: str
    location: Place
    rule: str | None = None
    help: str | None = None


class StoredTable(Struct, frozen=True):
    """A table that results come from, with its columns in their order."""

    schema: str
    name: str
    columns: tuple[str, ...]


def stored(found: Description | RejectedError) -> StoredDescription | StoredRejection:
    """Take off what the query file tells anyway."""
    if isinstance(found, RejectedError):
        assert found.location is not None
        return StoredRejection(found.said, _place(found.location), found.rule, found.help)
    return StoredDescription(
        found.cardinality,
        _reason(found.cardinality_reason),
        tuple(
            StoredParameter(
                each.name, each.type.name, each.nullable, each.required, _reason(each.reason), each.null_means
            )
            for each in found.parameters
        ),
        tuple(
            StoredColumn(
                each.name,
                each.type.name,
                each.nullable,
                _reason(each.reason),
                each.origin,
                StoredOverridden(each.overridden.nullable, _reason(each.overridden.reason))
                if each.overridden
                else None,
            )
            for each in found.columns
        ),
    )


def stored_types(found: Description | RejectedError) -> Iterator[tuple[str, StoredType]]:
    """Yield the types that a description names, and those that they are made of."""
    if isinstance(found, Description):
        for each in all_types(found):
            yield each.name, _type(each)


def all_types(description: Description) -> Iterator[PgType]:
    """Yield the types of parameters and columns, and those that they are made of."""
    for type in [*(each.type for each in description.parameters), *(each.type for each in description.columns)]:
        yield from _with_parts(type)


def restored(
    kept: StoredDescription | StoredRejection, operation: Operation, types: Mapping[str, PgType]
) -> Description | RejectedError:
    """Put a description back together for its operation; raises LookupError where types or the text lack something."""
    lines = operation.text.split("\n")

    def location(place: Place) -> Location:
        line, column, length = place
        return Location(operation.path, line, column, length, lines[line - 1])

    def reason(kept: StoredReason) -> Reason:
        return Reason(kept.text, location(kept.location) if kept.location else None, kept.unknown)

    if isinstance(kept, StoredRejection):
        place = location(kept.location)
        return RejectedError(operation, kept.said, location=place, help=kept.help, sqlstate=kept.rule)
    return Description(
        operation,
        tuple(
            ParameterFact(
                each.name, types[each.type], each.nullable, each.required, reason(each.reason), each.null_means
            )
            for each in kept.parameters
        ),
        tuple(
            Column(
                each.name,
                types[each.type],
                each.nullable,
                reason(each.reason),
                each.origin,
                Overridden(each.overridden.nullable, reason(each.overridden.reason)) if each.overridden else None,
            )
            for each in kept.columns
        ),
        kept.cardinality,
        reason(kept.cardinality_reason),
    )


def restored_types(kept: Mapping[str, StoredType]) -> dict[str, PgType]:
    """Put the types back together; raises KeyError where one is made of a type that is not there."""
    made: dict[str, PgType] = {}

    def make(name: str) -> PgType:
        if name not in made:
            each = kept[name]
            made[name] = PgType(
                each.oid,
                name,
                each.kind,
                each.schema,
                each.labels,
                make(each.element) if each.element else None,
                make(each.base) if each.base else None,
                tuple((field, make(of)) for field, of in each.fields),
                each.not_null,
            )
        return made[name]

    for name in kept:
        make(name)
    return made


def _with_parts(type: PgType) -> Iterator[PgType]:
    yield type
    for each in (type.element, type.base, *(field for _, field in type.fields)):
        if each is not None:
            yield from _with_parts(each)


def _type(type: PgType) -> StoredType:
    return StoredType(
        type.kind,
        type.schema,
        type.oid if type.oid < _FIRST_OF_OTHERS else 0,
        type.labels,
        type.element.name if type.element else None,
        type.base.name if type.base else None,
        tuple((name, field.name) for name, field in type.fields),
        type.not_null,
    )


def _reason(reason: Reason) -> StoredReason:
    return StoredReason(reason.text, _place(reason.location) if reason.location else None, reason.unknown)


def _place(location: Location) -> Place:
    return location.line, location.column, location.length
