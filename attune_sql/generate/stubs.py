"""Descriptions and shapes → the text of sync.pyi and aio.pyi: class Queries, a class per repository, a method each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from attune_sql.describe.description import Description, ParameterFact
from attune_sql.generate.layout import BANNER, docstring, listed
from attune_sql.generate.names import Imports, Names, camel
from attune_sql.generate.shapes import RESERVED, Shapes, key_of, passed
from attune_sql.generate.types import Types
from attune_sql.source.operation import Operator

LOAD = "Load the folder of these queries, with `lazy` each folder in it at its first use; raises SourceError."
"""What the generated `load` does."""

_AVAILABLE = "available_queries"


@dataclass(slots=True)
class _Folder:
    """A namespace: the operations in it and the folders below it."""

    path: tuple[str, ...] = ()
    operations: list[Description] = field(default_factory=list)
    folders: dict[str, _Folder] = field(default_factory=dict)

    def below(self, name: str) -> _Folder:
        return self.folders.setdefault(name, _Folder((*self.path, name)))

    def all(self) -> list[_Folder]:
        """List the folders below it, innermost first, and then itself."""
        inner = [each for _, folder in sorted(self.folders.items()) for each in folder.all()]
        return [*inner, self]


def stub_text(descriptions: Iterable[Description], shapes: Shapes, *, aio: bool) -> str:
    """Write the stub for synchronous or asynchronous connections."""
    top = _Folder()
    ordered = sorted(descriptions, key=lambda each: each.operation.full_name)
    for description in ordered:
        folder = top
        for part in description.operation.namespace:
            folder = folder.below(part)
        folder.operations.append(description)
    names = Names(RESERVED - {"Queries"})
    folders = top.all()
    names.claim("Queries")
    classes = {each.path: names.claim(camel(each.path[-1]), camel(*each.path)) for each in folders if each.path}
    classes[()] = "Queries"
    members = {each.operation.name for each in ordered} | {f"{each.operation.name}_cursor" for each in ordered}
    imports = Imports(members | set(classes.values()) | {name for each in folders for name in each.folders})
    stub = _Stub(imports, shapes, aio=aio)
    blocks = [stub.folder_class(each, classes) for each in folders]
    blocks.append(stub.load_function())
    told = f"The queries as {'asynchronous' if aio else 'synchronous'} calls."
    head = [BANNER, f'"""{told}"""', "", *imports.lines(), ""]
    return "\n".join([*head, "\n\n".join("\n".join(each) for each in blocks), ""])


class _Stub:
    def __init__(self, imports: Imports, shapes: Shapes, *, aio: bool) -> None:
        self._imports = imports
        self._shapes = shapes
        self._aio = aio
        self._types = Types(imports, {key: name for key, (name, _) in shapes.enums.items()}, "rows.")

    def folder_class(self, folder: _Folder, classes: dict[tuple[str, ...], str]) -> list[str]:
        lines = [f"class {classes[folder.path]}:"]
        lines += docstring(f"The operations in {'.'.join(folder.path)}." if folder.path else "All operations.")
        attributes = [f"    {name}: {classes[below.path]}" for name, below in sorted(folder.folders.items())]
        if not folder.path and _AVAILABLE not in folder.folders:
            text = self._types.list_of(self._imports.builtin("str"))
            attributes = [f"    {_AVAILABLE}: {text}", *attributes]
        if attributes:
            lines += ["", *attributes]
        for each in folder.operations:
            lines += ["", *self._method(each)]
            if each.operation.operator is Operator.ROWS:
                lines += ["", *self._cursor_method(each)]
        return lines

    def load_function(self) -> list[str]:
        path, text = self._imports.member("pathlib", "Path"), self._imports.builtin("str")
        flag = self._imports.builtin("bool")
        return [f"def load(path: {path} | {text}, *, lazy: {flag} = False) -> Queries:", *docstring(LOAD)]

    def _method(self, description: Description) -> list[str]:
        before = "    async def" if self._aio else "    def"
        return self._signature(before, description, description.operation.name, self._returned(description))

    def _cursor_method(self, description: Description) -> list[str]:
        kind, cursor = (
            ("AbstractAsyncContextManager", "AsyncRawCursor") if self._aio else ("AbstractContextManager", "RawCursor")
        )
        manager = self._imports.member("contextlib", kind)
        returned = f"{manager}[{self._imports.member('psycopg', cursor)}[{self._row(description)}]]"
        name = f"{description.operation.name}_cursor"
        return self._signature("    def", description, name, returned)

    def _signature(self, before: str, description: Description, name: str, returned: str) -> list[str]:
        members = ["self", self._connection(), *self._arguments(description)]
        lines = listed(f"{before.strip()} {name}(", members, f") -> {returned}:", "    ")
        # Never without one: ruff lays out methods without a body in another way.
        told = description.operation.sentence or f"Runs {description.operation.full_name}."
        return [*lines, *docstring(told, "        ")]

    def _connection(self) -> str:
        kind = self._imports.member("psycopg", "AsyncConnection" if self._aio else "Connection")
        return f"conn: {kind}[{self._imports.member('typing', 'Any')}]"

    def _arguments(self, description: Description) -> list[str]:
        operator = description.operation.operator
        if operator is Operator.SCRIPT:
            return []
        if operator is Operator.MANY:
            batch = self._shapes.batches[description.operation.full_name]
            sequence = self._imports.member("collections.abc", "Sequence")
            return [f"rows: {sequence}[{self._types.own(batch.name)}]", "/"]
        optional = {each.name for each in description.operation.parameters if each.optional}
        arguments = [self._argument(description, each, optional) for each in passed(description)]
        return ["*", *arguments] if arguments else []

    def _argument(self, description: Description, fact: ParameterFact, optional: set[str]) -> str:
        tags = self._shapes.tags(description, fact.name)
        text = f"{fact.name}: {self._types.parameter(fact.type, tags, nullable=fact.nullable)}"
        return f"{text} = ..." if fact.name in optional else text

    def _returned(self, description: Description) -> str:
        operator = description.operation.operator
        is_one = description.cardinality == "one"
        if operator is Operator.SCRIPT:
            return self._imports.builtin("str")
        if operator in (Operator.AFFECTED, Operator.MANY):
            return self._imports.builtin("int")
        if operator is Operator.ROWS:
            return self._types.list_of(self._row(description))
        if operator is Operator.VALUE:
            if not description.columns:
                return "None"
            column = description.columns[0]
            tags = self._shapes.tags(description, column.name)
            return self._types.result((column.type,), tags, nullable=column.nullable or not is_one)
        return self._row(description) if is_one else f"{self._row(description)} | None"

    def _row(self, description: Description) -> str:
        key = key_of(description)
        if key is None or key not in self._shapes.rows:
            return f"{self._imports.builtin('tuple')}[()]"
        return self._types.own(self._shapes.rows[key].name)
