"""Holds the files of a pack against each other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any, Generic, TypeVar

import msgspec

from attune_sql.demo.pack_mistakes import nearest
from attune_sql.demo.pack_values import Action, PackHead, Rule, Sensor, Trigger
from attune_sql.demo.payloads import Payloads
from attune_sql.demo.templates import names
from attune_sql.demo.yaml_source import YamlSource
from attune_sql.errors import PackFileError
from attune_sql.location import shown

Values = TypeVar("Values", bound=msgspec.Struct)


@dataclass(frozen=True, slots=True)
class Loaded(Generic[Values]):
    """The values of a file, and the file to point at."""

    values: Values
    source: YamlSource


@dataclass(frozen=True, slots=True)
class LoadedPack:
    """A pack whose files are each in order, but not yet held against each other."""

    head: Loaded[PackHead]
    actions: tuple[Loaded[Action], ...]
    triggers: tuple[Loaded[Trigger], ...]
    sensors: tuple[Loaded[Sensor], ...]
    rules: tuple[Loaded[Rule], ...]


def check(pack: LoadedPack) -> list[PackFileError]:
    """Return what does not fit together, file by file."""
    # Where something else is wrong, that may be why nothing can happen.
    return list(_check_files(pack)) or list(_check_effect(pack))


def _check_files(pack: LoadedPack) -> Iterator[PackFileError]:
    actions = {each.values.ref: each.values for each in pack.actions}
    triggers = {each.values.ref: each.values for each in pack.triggers}
    for kind in (pack.actions, pack.triggers, pack.sensors, pack.rules):
        yield from _refs([(each.values.ref, each.source) for each in kind], pack.head.values.ref)
    for action in pack.actions:
        yield from _tasks(action, actions)
        yield from _makeable(action.source, action.values.output)
    for trigger in pack.triggers:
        yield from _makeable(trigger.source, trigger.values.output)
    for sensor in pack.sensors:
        yield from _known(sensor.source, "trigger", sensor.values.trigger, triggers)
    for rule in pack.rules:
        yield from _rule(rule, actions, triggers)


def _check_effect(pack: LoadedPack) -> Iterator[PackFileError]:
    # A demo of a pack in which nothing can happen would prove nothing.
    live = {rule.values.trigger for rule in pack.rules if rule.values.enabled}
    if not any(trigger.values.enabled and trigger.values.ref in live for trigger in pack.triggers):
        yield pack.head.source.problem(
            f"the pack {pack.head.values.ref} has no enabled rule on an enabled trigger, so nothing can happen",
            "$.ref",
            help=f"add a rule to {shown(pack.head.source.path.parent / 'rules')}",
        )


def _refs(files: Sequence[tuple[str, YamlSource]], pack_ref: str) -> Iterator[PackFileError]:
    first: dict[str, YamlSource] = {}
    for ref, source in files:
        owner, _, name = ref.partition(".")
        if owner != pack_ref:
            yield source.problem(
                f"{ref} belongs to the pack {owner}, and this is {pack_ref}", "$.ref", help=f"write {pack_ref}.{name}"
            )
        other = first.setdefault(ref, source)
        if other is not source:
            yield source.problem(
                f"the ref {ref} is used twice, first in {shown(other.path)}", "$.ref", help="rename one of them"
            )


def _known(
    source: YamlSource, field: str, ref: str, known: Mapping[str, Any], at: str = "$"
) -> Iterator[PackFileError]:
    if ref not in known:
        close = nearest(ref, tuple(known))
        there = ", ".join(sorted(known)) or "none"
        yield source.problem(
            f"there is no {field} {ref} in this pack", f"{at}.{field}", help=f"{close}the {field}s are {there}"
        )


def _rule(rule: Loaded[Rule], actions: Mapping[str, Action], triggers: Mapping[str, Any]) -> Iterator[PackFileError]:
    values, source = rule.values, rule.source
    yield from _known(source, "trigger", values.trigger, triggers)
    yield from _known(source, "action", values.action, actions)
    yield from _parameters(source, values.action_params, actions.get(values.action), "$.action_params")
    if values.conditions.all and values.conditions.any:
        yield source.problem(
            "conditions are either `all` or `any`, not both", "$.conditions", help="write two rules, or one list"
        )
    for name in ("all", "any"):
        for index, condition in enumerate(getattr(values.conditions, name)):
            yield from _starts(source, condition.field, "event", f"$.conditions.{name}[{index}].field")
    for name, place in names(values.action_params, "$.action_params"):
        yield from _starts(source, name, "event", place)
        yield from _in_payload(source, name, place, triggers.get(values.trigger))


def _tasks(action: Loaded[Action], actions: Mapping[str, Action]) -> Iterator[PackFileError]:
    values, source = action.values, action.source
    if values.runner_type == "workflow" and not values.tasks:
        yield source.problem("a workflow needs tasks", "$.runner_type", help="list them below `tasks:`")
    if values.runner_type != "workflow" and values.tasks:
        yield source.problem("only a workflow has tasks", "$.tasks", help="write `runner_type: workflow`")
    seen: set[str] = set()
    for index, task in enumerate(values.tasks):
        place = f"$.tasks[{index}]"
        if task.name in seen:
            yield source.problem(f"the task {task.name} stands here twice", f"{place}.name", help="rename one of them")
        seen.add(task.name)
        yield from _known(source, "action", task.action, actions, place)
        yield from _parameters(source, task.input, actions.get(task.action), f"{place}.input")
        for name, inner in names(task.input, f"{place}.input"):
            yield from _starts(source, name, "parameters", inner)
        if task.action in actions and _reaches(task.action, values.ref, actions, set()):
            yield source.problem(
                f"the workflow {values.ref} would start itself without end", f"{place}.action", help="break the circle"
            )


def _reaches(start: str, goal: str, actions: Mapping[str, Action], seen: set[str]) -> bool:
    if start == goal:
        return True
    seen.add(start)
    following = [task.action for task in actions[start].tasks if task.action in actions]
    return any(ref not in seen and _reaches(ref, goal, actions, seen) for ref in following)


def _parameters(
    source: YamlSource, given: Mapping[str, Any], action: Action | None, place: str
) -> Iterator[PackFileError]:
    if action is None:
        return
    declared = _mapping(action.parameters.get("properties"))
    required = action.parameters.get("required")
    for name in required if isinstance(required, list) else []:
        if name not in given and "default" not in _mapping(declared.get(name)):
            yield source.problem(f"{action.ref} requires the parameter {name}", place, help=f"add {name}: …")
    for name in given:
        if declared and name not in declared:
            yield source.problem(
                f"{action.ref} has no parameter {name}",
                place,
                key=name,
                help=f"{nearest(name, tuple(declared))}the parameters are {', '.join(declared)}",
            )


def _starts(source: YamlSource, name: str, root: str, place: str) -> Iterator[PackFileError]:
    if name.partition(".")[0] != root:
        yield source.problem(f"{name!r} is not known here", place, help=f"begin with {root}.")


def _makeable(source: YamlSource, schema: Mapping[str, Any]) -> Iterator[PackFileError]:
    """Try the schema out: the demo makes its events and answers from it."""
    payloads = Payloads(Random(0), "http://localhost/")
    try:
        payloads.examples(schema)
        payloads.make(schema)
    except (TypeError, ValueError, AttributeError) as error:
        yield source.problem(
            f"no value can be made from this JSON schema: {error}", "$.output", help="correct its types and bounds"
        )


def _in_payload(source: YamlSource, name: str, place: str, trigger: Any) -> Iterator[PackFileError]:
    declared = _mapping(trigger.output.get("properties")) if trigger is not None else {}
    steps = name.split(".")
    if declared and steps[:2] == ["event", "payload"] and len(steps) > 2 and steps[2] not in declared:
        yield source.problem(
            f"the events of {trigger.ref} have no {steps[2]}",
            place,
            help=f"{nearest(steps[2], tuple(declared))}their fields are {', '.join(declared)}",
        )


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}
