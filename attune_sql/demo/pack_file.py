"""A folder of pack files → a validated Pack, or every problem that they have."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from typing import TypeVar

import msgspec

from attune_sql.demo.pack_check import Loaded, LoadedPack, check
from attune_sql.demo.pack_mistakes import explain
from attune_sql.demo.pack_values import Action, Pack, PackHead, Rule, Sensor, Trigger
from attune_sql.demo.yaml_source import RULE, YamlSource
from attune_sql.errors import PackFileError
from attune_sql.location import shown

Values = TypeVar("Values", bound=msgspec.Struct)


class PackProblemsError(PackFileError):
    """Everything that is wrong with the files of a pack; `problems` has them one by one, in order of files."""

    def __init__(self, problems: list[PackFileError]) -> None:
        self.problems = tuple(problems)
        super().__init__(f"the pack has {len(problems)} problem{'s' * (len(problems) != 1)}", rule=RULE)

    def report(self) -> str:
        """Render every problem as its own report."""
        return "\n\n".join(problem.report() for problem in self.problems)


def read_pack(folder: Path) -> Pack:
    """Read the pack in `folder`: pack.yaml, and actions/, triggers/, sensors/ and rules/ with a YAML file for each.

    Raises PackFileError for a folder that is no pack, and PackProblemsError for what is wrong in its files. Nothing but
    these files is touched.
    """
    # os.path and not Path, which raises where a folder on the way may not be looked into.
    if not os.path.isdir(folder):
        raise PackFileError(
            f"there is no pack folder {shown(folder)}", help="give a folder with a pack.yaml in it", rule=RULE
        )
    if not os.path.lexists(folder / "pack.yaml"):
        raise PackFileError(f"the folder {shown(folder)} has no pack.yaml", help="give the folder of a pack", rule=RULE)
    reader = _Reader(folder)
    head = reader.read(folder / "pack.yaml", PackHead)
    actions, triggers = reader.read_all("actions", Action), reader.read_all("triggers", Trigger)
    sensors, rules = reader.read_all("sensors", Sensor), reader.read_all("rules", Rule)
    # A file that could not be read would be missed by every file that names it.
    if reader.problems or head is None:
        raise PackProblemsError(reader.problems)
    loaded = LoadedPack(head, actions, triggers, sensors, rules)
    if problems := check(loaded):
        raise PackProblemsError(problems)
    return Pack(head.values, _values(actions), _values(triggers), _values(sensors), _values(rules))


def _values(loaded: Iterable[Loaded[Values]]) -> tuple[Values, ...]:
    return tuple(each.values for each in loaded)


class _Reader:
    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.problems: list[PackFileError] = []

    def read_all(self, kind: str, values: type[Values]) -> tuple[Loaded[Values], ...]:
        folder = self._folder / kind
        try:
            paths = sorted(path for path in folder.iterdir() if path.suffix in {".yaml", ".yml"})
        except FileNotFoundError:
            return ()
        except OSError as error:
            self.problems.append(
                PackFileError(f"the folder {shown(folder)} cannot be read: {error.strerror}", rule=RULE)
            )
            return ()
        loaded = [self.read(path, values) for path in paths if not path.name.startswith(".")]
        return tuple(each for each in loaded if each is not None)

    def read(self, path: Path, values: type[Values]) -> Loaded[Values] | None:
        try:
            source = YamlSource(path)
            return Loaded(_convert(source, values), source)
        except PackFileError as problem:
            self.problems.append(problem)
            return None


def _convert(source: YamlSource, values: type[Values]) -> Values:
    try:
        return msgspec.convert(source.value, values)
    except msgspec.ValidationError as error:
        raise explain(str(error), source, values) from None
