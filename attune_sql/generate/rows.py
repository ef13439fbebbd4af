"""Shapes → the text of rows.py: JSON, enum aliases, row classes, and ROWS for the run time."""

from __future__ import annotations

from attune_sql.generate.layout import BANNER, docstring, listed
from attune_sql.generate.names import Imports
from attune_sql.generate.shapes import Batch, RowShape, Shapes, passed
from attune_sql.generate.types import Types

# What a tuple has of its own: a field of that name is right at run time, but typeshed cannot know it.
_OF_TUPLE = frozenset({"count", "index"})

_JSON = '"dict[str, JSON] | list[JSON] | str | int | float | bool | None"'
# Not recursive: a TypedDict is a Mapping[str, object] to type checkers, and nothing narrower.
_JSON_IN = '"Mapping[str, object] | Sequence[object] | str | int | float | bool"'


def rows_text(shapes: Shapes) -> str:
    """Write rows.py."""
    fields = {field.name for row in shapes.rows.values() for field in row.fields}
    fields |= {each.name for batch in shapes.batches.values() for each in passed(batch.description)}
    classes = {row.name for row in shapes.rows.values()} | {name for name, _ in shapes.enums.values()}
    classes |= {batch.name for batch in shapes.batches.values()}
    imports = Imports(fields | classes)
    types = Types(imports, {key: name for key, (name, _) in shapes.enums.items()})
    blocks = [_aliases(shapes, imports)]
    ordered = sorted(shapes.rows.values(), key=lambda each: (each.repository, not each.is_own, each.name))
    blocks += [_row(each, imports, types) for each in ordered]
    blocks += [_batch(each, shapes, imports, types) for _, each in sorted(shapes.batches.items())]
    blocks.append([*_table(ordered, imports), "", *_arrays(shapes)])
    head = [BANNER, '"""The rows and enums of the queries."""', "", "from __future__ import annotations", ""]
    return "\n".join([*head, *imports.lines(), "", "\n\n\n".join("\n".join(each) for each in blocks), ""])


def _aliases(shapes: Shapes, imports: Imports) -> list[str]:
    alias = imports.member("typing", "TypeAlias")
    mapping, sequence = (imports.member("collections.abc", each) for each in ("Mapping", "Sequence"))
    json_in = _JSON_IN.replace("Mapping", mapping).replace("Sequence", sequence)
    lines = [
        f"JSON: {alias} = {_JSON}",
        '"""What a json or jsonb column yields."""',
        "",
        f"JSONIn: {alias} = {json_in}",
        '"""What a json or jsonb parameter takes."""',
    ]
    for name, labels in sorted(shapes.enums.values()):
        literal = imports.member("typing", "Literal")
        lines += ["", *listed(f"{name}: {alias} = {literal}[", [_quoted(each) for each in labels], "]")]
    return lines


def _row(row: RowShape, imports: Imports, types: Types) -> list[str]:
    told = f"A row of {row.repository}." if row.is_own else f"A row of {', '.join(row.operations)}."
    lines = [f"class {row.name}({imports.member('typing', 'NamedTuple')}):", *docstring(told), ""]
    for field in row.fields:
        line = f"    {field.name}: {types.result(field.types, field.tags, nullable=field.nullable)}"
        lines.append(f"{line}  # type: ignore[assignment]" if field.name in _OF_TUPLE else line)
    return lines


def _batch(batch: Batch, shapes: Shapes, imports: Imports, types: Types) -> list[str]:
    operation = batch.description.operation
    lines = [f"class {batch.name}({imports.member('typing', 'TypedDict')}):"]
    lines += [*docstring(f"The arguments of one run of {operation.full_name}."), ""]
    optional = {each.name for each in operation.parameters if each.optional}
    for fact in passed(batch.description):
        text = types.parameter(fact.type, shapes.tags(batch.description, fact.name), nullable=fact.nullable)
        marked = f"{imports.member('typing', 'NotRequired')}[{text}]" if fact.name in optional else text
        lines.append(f"    {fact.name}: {marked}")
    return lines


def _table(rows: list[RowShape], imports: Imports) -> list[str]:
    anything = imports.member("typing", "Any")
    kind = f"dict[tuple[str, tuple[str, ...]], type[tuple[{anything}, ...]]]"
    members = [f"({_quoted(each.repository)}, {each.name}._fields): {each.name}" for each in rows]
    note = '"""The row classes by repository and column names, for the run time."""'
    if not members:
        return [f"ROWS: {kind} = {{}}", note]
    return [f"ROWS: {kind} = {{", *(f"    {each}," for each in members), "}", note]


def _arrays(shapes: Shapes) -> list[str]:
    members = [
        f"{_quoted(name)}: {{{', '.join(f'{_quoted(column)}: {oid}' for column, oid in found.items())}}}"
        for name, found in sorted(shapes.arrays.items())
    ]
    kind = "ARRAYS: dict[str, dict[str, int]]"
    note = (
        '"""By operation, the arrays that psycopg does not know, with the type of their elements, for the run time."""'
    )
    return [*([f"{kind} = {{", *(f"    {each}," for each in members), "}"] if members else [f"{kind} = {{}}"]), note]


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace("\n", "\\n")
    if '"' in text and "'" not in text:
        return f"'{escaped}'"
    return '"' + escaped.replace('"', '\\"') + '"'
