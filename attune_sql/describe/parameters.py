"""A query tree → for each parameter, whether a caller must pass it and whether it takes None. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from attune_sql.describe.description import ParameterFact, PgType, Reason
from attune_sql.describe.null_uses import Use, uses
from attune_sql.describe.nullability.catalogue import Catalogue
from attune_sql.describe.query_tree import Node
from attune_sql.describe.spans import span
from attune_sql.source.operation import GIVEN, Operation, Parameter

_UTILITY = 6  # CmdType
_WORTH = {"refused": 0, "taken": 1, "lost": 2}


def parameters(
    operation: Operation, types: Sequence[PgType], trees: Sequence[Node], catalogue: Catalogue
) -> tuple[ParameterFact, ...]:
    """Tell the facts of every parameter, in the order of the name line; `types` are those of `operation.arguments`.

    A parameter is required unless the header calls it `@optional`. It takes None when some use stores NULL or gives it
    a meaning (IS NULL, COALESCE, LIMIT, …) and none refuses it; one that is only compared does not take None, for no
    row would match. Without a tree nothing is known, and None may be passed.
    """
    if not operation.arguments:
        return ()
    queries = [each for each in trees if each.number("commandType") != _UTILITY]
    found = uses(queries, catalogue)
    facts = []
    for parameter in operation.parameters:
        index = operation.arguments.index(parameter.name)
        own = [use for use in found if use.number == index + 1] if queries else None
        nullable, reason = _takes_null(operation, parameter, types[index], own)
        required = not parameter.optional and parameter.name != GIVEN
        means = nullable and own is not None and len(own) > 0 and _decisive(own).outcome.means
        facts.append(ParameterFact(parameter.name, types[index], nullable, required, reason, means))
    return tuple(facts)


def _takes_null(
    operation: Operation, parameter: Parameter, type: PgType, found: Sequence[Use] | None
) -> tuple[bool, Reason]:
    if parameter.name == GIVEN:
        return False, Reason("not null: filled by the library with the names of the arguments that were passed")
    if type.not_null:
        return False, Reason(f"not null: the domain {type.name} refuses NULL")
    if found is None:
        return True, Reason("nullable: nothing is known of its uses", unknown=True)
    if not found:
        return False, Reason("not null: nothing that the query does depends on it")
    use = _decisive(found)
    location = span(operation, use.position + 1) if use.position >= 0 else None
    place = f" at {location.line}:{location.column}" if location else ""
    match use.outcome.sense:
        case "taken":
            return True, Reason(f"nullable: {use.outcome.text}{place}", location)
        case "refused":
            return False, Reason(f"not null: {use.outcome.text}{place}", location)
    first = f"; the first{place}" if place else ""
    return False, Reason(f"not null: no use of it gives NULL a meaning{first}", location)


def _decisive(found: Sequence[Use]) -> Use:
    """Choose the first use that decides: a refusal outweighs a meaning, and that outweighs a mere comparison."""
    return min(found, key=lambda each: _WORTH[each.outcome.sense])
