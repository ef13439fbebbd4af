"""AT17: a column that holds a secret, returned by a list or a search."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from attune_sql.lint.fast.library import Node
from attune_sql.lint.fast.rules.conditions import bare
from attune_sql.lint.fast.rules.prefix import parts
from attune_sql.lint.fast.text import Text
from attune_sql.lint.fast.walk import nodes
from attune_sql.location import Location
from attune_sql.source.operation import Operation


def find(operation: Operation, statements: Sequence[Node], secrets: Collection[str]) -> Iterator[tuple[Location, str]]:
    """Find the secret columns, as `column` or `table.column`, in the select list of a `list…` or `search…`."""
    if operation.name.partition("_")[0] not in ("list", "search"):
        return
    text = Text.of_operation(operation)
    columns = {each.rpartition(".")[2] for each in secrets}
    for raw in statements:
        statement = raw["stmt"].get("SelectStmt", {})
        for target in statement.get("targetList", ()):
            column = bare(target["ResTarget"].get("val", {})).get("ColumnRef", {})
            name = parts(column.get("fields", []))
            if not name or name[-1] not in columns:
                continue
            relations = list(nodes(statement.get("fromClause", []), "RangeVar"))
            owners = {each.get("alias", {}).get("aliasname", each["relname"]): each["relname"] for each in relations}
            tables = [owners.get(name[-2], name[-2])] if len(name) > 1 else sorted(owners.values())
            if name[-1] in secrets or any(f"{table}.{name[-1]}" in secrets for table in tables):
                start = text.offset(column.get("location", 0))
                at = Location.at(operation.path, operation.text, start, start + len(".".join(name)))
                yield at, f"the list returns the secret {'.'.join(name)}"
