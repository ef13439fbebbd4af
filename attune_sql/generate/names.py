"""Names of the database → names of Python: classes in camel case, each given out once, and the imports of a file."""

from __future__ import annotations

import builtins
import re
import sys
from collections.abc import Iterable

_ENUM_SUFFIX = re.compile(r"(?<=.)_(enum|type)$")


def camel(*parts: str) -> str:
    """Join names in camel case: `count_by_status` → `CountByStatus`."""
    words = [word for part in parts for word in re.split(r"[\W_]+", part) if word]
    joined = "".join(word[0].upper() + word[1:] for word in words)
    return joined if joined.isidentifier() else f"Type{joined}"


def enum_name(type_name: str) -> str:
    """Name the alias of an enum: `attune.execution_status_enum` → `ExecutionStatus`."""
    return camel(_ENUM_SUFFIX.sub("", unqualified(type_name)))


def unqualified(type_name: str) -> str:
    """Take the schema and the quotes off a type's name."""
    return re.sub(r'^("(?:[^"]|"")*"|[^".]+)\.', "", type_name).strip('"')


class Names:
    """The class names of one file; none is given out twice."""

    def __init__(self, taken: Iterable[str]) -> None:
        self._taken = set(taken)

    def claim(self, *wishes: str) -> str:
        """Return the first of the wishes that is free, or the last one with a number."""
        numbered = [f"{wishes[-1]}{number}" for number in range(2, len(self._taken) + 3)]
        name = next(each for each in (*wishes, *numbered) if each not in self._taken)
        self._taken.add(name)
        return name


class Imports:
    """What a file imports, noted as its text is written, so that it imports no more than it uses.

    `taken` are names that mean something else somewhere in the file, such as a method `list` or a field `date`: what
    they hide is spelled in another way.
    """

    def __init__(self, taken: Iterable[str]) -> None:
        self._taken = frozenset(taken)
        self._modules: set[str] = set()
        self._members: set[tuple[str, str]] = set()

    def builtin(self, name: str) -> str:
        """Spell a built-in type."""
        return self.module("builtins", name) if name in self._taken else name

    def module(self, module: str, name: str) -> str:
        """Spell a name with its module: `datetime.date`."""
        self._modules.add(module)
        return f"{_alias(module) if self._hides(module) else module}.{name}"

    def member(self, module: str, name: str) -> str:
        """Spell a name that is imported from its module."""
        self._members.add((module, name))
        return self._free(name)

    def _free(self, name: str) -> str:
        return f"_{name}" if name in self._taken else name

    def lines(self) -> list[str]:
        """Write the import lines, in ruff's order."""
        sections: list[list[str]] = [[], [], [], []]
        for name in sorted(self._modules):
            section = 0 if name.partition(".")[0] in sys.stdlib_module_names else 2
            sections[section].append(f"import {name}{f' as {_alias(name)}' if self._hides(name) else ''}")
        for module in sorted({module for module, _ in self._members}):
            names = sorted(name for other, name in self._members if other == module)
            bare = [name for name in names if name not in self._taken]
            lines = [f"from {module} import {', '.join(bare)}"] if bare else []
            lines += [f"from {module} import {name} as _{name}" for name in names if name in self._taken]
            sections[3 if module == "." else 1 if module.startswith("psycopg") else 0] += lines
        return "\n\n".join("\n".join(section) for section in sections if section).splitlines()

    def _hides(self, module: str) -> bool:
        return module.partition(".")[0] in self._taken


def _alias(module: str) -> str:
    return f"_{module.replace('.', '_')}"


BUILTINS = frozenset(dir(builtins))
