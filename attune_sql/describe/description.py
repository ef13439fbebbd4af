"""What PostgreSQL says of an operation: PgType, Reason, Column, ParameterFact, Description. Values only."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from attune_sql.location import Location
from attune_sql.source.operation import Operation

Kind = Literal["base", "enum", "domain", "array", "composite", "range", "json"]
Cardinality = Literal["one", "at_most_one", "many", "none"]


@dataclass(frozen=True, slots=True)
class PgType:
    """A type of PostgreSQL.

    `name` is how a cast would write it under an empty search path and without a modifier: `bigint`, `text[]`,
    `attune.execution_status_enum`. `labels` are those of an enum, in its own order; `element` is the element of an
    array, the subtype of a range and the range of a multirange (kind `range` too); `base` the type below a domain;
    `fields` the columns of a composite, in its own order. A `not_null` domain refuses NULL. Pseudo-types such as `void`
    are `base`.
    """

    oid: int
    name: str
    kind: Kind
    schema: str
    labels: tuple[str, ...] = ()
    element: PgType | None = None
    base: PgType | None = None
    fields: tuple[tuple[str, PgType], ...] = ()
    not_null: bool = False


@dataclass(frozen=True, slots=True)
class Reason:
    """Why an answer is as it is, such as `nullable: right side of the LEFT JOIN at 7:3`, and where that stands.

    `unknown` marks an answer that is only given because nothing is known: "nullable" where nobody can tell.
    """

    text: str
    location: Location | None = None
    unknown: bool = False


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a result.

    `origin` is the (schema, table, column) of a column that is returned as it is stored, or None. A column that is not
    `nullable` never yields NULL. Where the header has the last word, `overridden` is what the analysis says.
    """

    name: str
    type: PgType
    nullable: bool
    reason: Reason
    origin: tuple[str, str, str] | None = None
    overridden: Overridden | None = None


@dataclass(frozen=True, slots=True)
class Overridden:
    """What the analysis says of a column, right or not, where the header says it itself."""

    nullable: bool
    reason: Reason


@dataclass(frozen=True, slots=True)
class ParameterFact:
    """A parameter of an operation.

    A `required` one must be passed by the caller; a `nullable` one takes None, and `null_means` something if the query
    stores, tests or replaces it, and does not merely bear it. `given`, which the library fills, is among them.
    """

    name: str
    type: PgType
    nullable: bool
    required: bool
    reason: Reason
    null_means: bool = False


@dataclass(frozen=True, slots=True)
class Description:
    """What an operation takes and gives.

    `parameters` stand in the order of the name line, `columns` in the order of the result. `cardinality` is what the
    query itself proves, whatever its operator claims: exactly one row, at most one, any number, or no result columns;
    `cardinality_reason` says by what, or what is missing.
    """

    operation: Operation
    parameters: tuple[ParameterFact, ...]
    columns: tuple[Column, ...]
    cardinality: Cardinality
    cardinality_reason: Reason = Reason("unknown")
