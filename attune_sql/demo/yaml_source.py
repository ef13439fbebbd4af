"""One YAML file → its value, and where in the file each part of that value stands."""

from __future__ import annotations

import math
import re
from pathlib import Path
from typing import Any

import yaml

from attune_sql.errors import PackFileError
from attune_sql.location import Location

RULE = "pack-file"
MAX_NODES = 100_000
_STEP = re.compile(r"\.([^.\[\]]+)|\[(\d+)\]")
_TEXT, _MERGE = "tag:yaml.org,2002:str", "tag:yaml.org,2002:merge"
_JSON_SCALARS = (str, bool, int, type(None))


class YamlSource:
    """A YAML file that holds one value of the kinds that JSON has.

    `value` is that value; `locate` finds the place of a part of it.
    """

    def __init__(self, path: Path) -> None:
        """Read and parse `path`; raises PackFileError for whatever cannot become JSON."""
        self.path = path
        self._text = _read(path)
        self._lines = self._text.splitlines()
        self._root: yaml.Node | None = None
        try:
            self._root, self.value = self._parse()
        except yaml.reader.ReaderError as error:
            line, column = self._text.count("\n", 0, error.position), self._text.rfind("\n", 0, error.position) + 1
            place = Location(path, line + 1, error.position - column + 1)
            raise self._refusal(
                place, "this character is not allowed in YAML", "remove it, or write it as an escape in quotes"
            ) from None
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            raise self._refusal(
                self._at(mark.line, mark.column) if mark else Location(path, 1),
                f"this is not YAML: {_said(error)}",
                "check the indentation, the quotes and the colons up to this place",
            ) from None
        except RecursionError:
            raise self._refusal(Location(path, 1), "the file is nested too deeply", None) from None
        self._check_values(self.value, "$")

    def locate(self, place: str = "$", *, key: str | None = None) -> Location:
        """Return where the part at `place` (`$.tasks[0].name`) begins, or the key `key` of the mapping there.

        What is not in the file is located at the nearest part around it.
        """
        node = self._root
        for name, index in _STEP.findall(place):
            inner = _item(node, int(index)) if index else _entry(node, name)[1]
            if inner is None:
                break
            node = inner
        if key is not None and (found := _entry(node, key)[0]) is not None:
            node = found
        return self._span(node)

    def problem(
        self, message: str, place: str = "$", *, key: str | None = None, help: str | None = None
    ) -> PackFileError:
        """Make the error that says `message` of the part at `place`."""
        return self._refusal(self.locate(place, key=key), message, help)

    def _parse(self) -> tuple[yaml.Node | None, Any]:
        loader = yaml.SafeLoader(self._text)
        try:
            root = loader.get_single_node()
            if root is None:
                return None, None
            # Before the value is made: that folds merge keys (<<) into their mappings, and unrolls every alias.
            self._check_nodes(root, loader)
            return root, loader.construct_document(root)
        finally:
            loader.dispose()

    def _check_nodes(self, root: yaml.Node, loader: yaml.SafeLoader) -> None:
        open_nodes: set[int] = set()
        left = MAX_NODES

        def visit(node: yaml.Node) -> None:
            nonlocal left
            left -= 1
            if left < 0:
                raise self._refusal(self._span(node), "the file has too many values", "use fewer aliases")
            if id(node) in open_nodes:
                raise self._refusal(self._span(node), "this alias contains itself", "write the value out")
            open_nodes.add(id(node))
            if isinstance(node, yaml.MappingNode):
                self._check_keys(node)
                for _, inner in node.value:
                    visit(inner)
            elif isinstance(node, yaml.SequenceNode):
                for inner in node.value:
                    visit(inner)
            else:
                self._check_scalar(node, loader)
            open_nodes.discard(id(node))

        visit(root)

    def _check_scalar(self, node: yaml.Node, loader: yaml.SafeLoader) -> None:
        try:
            loader.construct_object(node)
        except ValueError as error:
            # What has the look of a date or a number, such as 2026-13-45.
            raise self._refusal(self._span(node), f"this value cannot be read: {error}", "quote it") from None

    def _check_keys(self, node: yaml.MappingNode) -> None:
        seen: set[str] = set()
        for key, _ in node.value:
            if key.tag == _MERGE:
                continue
            if key.tag != _TEXT:
                raise self._refusal(self._span(key), "the name of a field must be text", "quote it")
            if key.value in seen:
                raise self._refusal(self._span(key), f"the field {key.value!r} stands here twice", "remove one of them")
            seen.add(key.value)

    def _check_values(self, value: Any, place: str) -> None:
        if isinstance(value, dict):
            for name, inner in value.items():
                self._check_values(inner, f"{place}.{name}")
        elif isinstance(value, list):
            for index, inner in enumerate(value):
                self._check_values(inner, f"{place}[{index}]")
        elif not (isinstance(value, _JSON_SCALARS) or (isinstance(value, float) and math.isfinite(value))):
            raise self.problem(f"a {_kind(value)} cannot be stored as JSON", place, help="quote it to make it text")

    def _span(self, node: yaml.Node | None) -> Location:
        if node is None:
            return Location(self.path, 1)
        start, end = node.start_mark, node.end_mark
        # A block has no end on its first line, and its first key is what the eye should find.
        if isinstance(node, yaml.MappingNode) and not node.flow_style and node.value:
            start, end = node.value[0][0].start_mark, node.value[0][0].end_mark
        return self._at(start.line, start.column, end.column if end.line == start.line else None)

    def _at(self, line: int, column: int, end: int | None = None) -> Location:
        text = self._lines[line] if line < len(self._lines) else ""
        length = max((len(text) if end is None else end) - column, 0)
        return Location(self.path, line + 1, column + 1, length, text)

    def _refusal(self, location: Location, message: str, help: str | None) -> PackFileError:
        return PackFileError(message, location=location, help=help, rule=RULE)


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise PackFileError(
            f"the file is not UTF-8: {error.reason} at byte {error.start}",
            location=Location(path, 1),
            help="save it as UTF-8",
            rule=RULE,
        ) from None
    except OSError as error:
        raise PackFileError(
            f"the file cannot be read: {error.strerror}", location=Location(path, 1), rule=RULE
        ) from None


def _said(error: yaml.MarkedYAMLError) -> str:
    problem = error.problem or error.context or "no reason given"
    return f"{error.context}, {problem}" if problem.startswith("but ") else problem


def _entry(node: yaml.Node | None, name: str) -> tuple[yaml.Node | None, yaml.Node | None]:
    if isinstance(node, yaml.MappingNode):
        # What a merge key brought in stands first.
        for key_node, value_node in reversed(node.value):
            if key_node.value == name:
                return key_node, value_node
    return None, None


def _item(node: yaml.Node | None, index: int) -> yaml.Node | None:
    if isinstance(node, yaml.SequenceNode) and index < len(node.value):
        found: yaml.Node = node.value[index]
        return found
    return None


def _kind(value: object) -> str:
    if isinstance(value, float):
        return f"number that is {value}"
    return {"date": "date", "datetime": "time", "bytes": "binary value"}.get(type(value).__name__, type(value).__name__)
