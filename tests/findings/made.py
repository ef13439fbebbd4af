"""Operations, descriptions and results made by hand, and the one file that the golden outputs are about."""

from __future__ import annotations

from pathlib import Path

from attune_sql.describe.description import Cardinality, Column, Description, Overridden, ParameterFact, PgType, Reason
from attune_sql.source.operation import Operation
from attune_sql.source.parse import parse

BIGINT = PgType(20, "bigint", "base", "pg_catalog")


def operation(text: str, path: str = "queries/pack/one.sql") -> Operation:
    """Read the only operation of a text."""
    (found,) = parse(text, Path(path), Path(path).parts[1:-1])
    return found


def column(name: str, nullable: bool = False, reason: str = "not null: made", *, unknown: bool = False) -> Column:
    return Column(name, BIGINT, nullable, Reason(reason, unknown=unknown))


def overridden(name: str, nullable: bool, said: Column) -> Column:
    return Column(name, BIGINT, nullable, Reason("the header"), overridden=Overridden(said.nullable, said.reason))


def parameter(
    name: str, *, nullable: bool, required: bool, reason: str = "made", null_means: bool = False
) -> ParameterFact:
    return ParameterFact(name, BIGINT, nullable, required, Reason(reason), null_means)


def description(
    text: str,
    *,
    columns: tuple[Column, ...] = (column("id"),),
    parameters: tuple[ParameterFact, ...] = (),
    cardinality: Cardinality = "many",
    reason: str = "made",
    path: str = "queries/pack/one.sql",
) -> Description:
    return Description(operation(text, path), parameters, columns, cardinality, Reason(reason))
