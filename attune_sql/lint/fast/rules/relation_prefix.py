"""AT01: a table or view without the schema, or of another schema."""

from __future__ import annotations

from collections.abc import Iterator

from attune_sql.lint.fast.library import Node
from attune_sql.lint.fast.rules.ddl_prefix import is_ddl_object
from attune_sql.lint.fast.rules.prefix import relation_parts, wrong
from attune_sql.lint.fast.violation import Violation
from attune_sql.lint.fast.walk import Rule, Walk


def _check(node: Node, state: Walk) -> Iterator[Violation]:
    if node.get("schemaname") == state.names.schema:
        return
    name = relation_parts(node)
    if is_ddl_object(state) or node.get("relpersistence") == "t":
        return
    if len(name) == 1 and (name[0] in state.ctes or name[0] in state.temporary or _is_system(name[0], state)):
        return
    known = not state.names.relations or name[-1] in state.names.relations | state.names.sequences
    if violation := wrong("AT01", "table", name, node.get("location", 0), state, known=known):
        yield violation


def _is_system(name: str, state: Walk) -> bool:
    """Tell a relation of pg_catalog, which PostgreSQL finds with an empty search_path too."""
    return name.startswith("pg_") and name not in state.names.relations


RULE = Rule(("RangeVar",), _check)
