"""What the files of a pack hold: one class per kind of file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any, Literal

from msgspec import UNSET, Meta, Struct, UnsetType

# \Z and not $, which lets a line break through.
PackRef = Annotated[str, Meta(pattern=r"\A[a-z][a-z0-9_-]+\Z")]
Ref = Annotated[str, Meta(pattern=r"\A[a-z0-9_-]+\.[a-z0-9_-]+\Z")]
Version = Annotated[
    str,
    Meta(pattern=r"\A[0-9]+\.[0-9]+\.[0-9]+(-[0-9A-Za-z-]+(\.[0-9A-Za-z-]+)*)?(\+[0-9A-Za-z-]+(\.[0-9A-Za-z-]+)*)?\Z"),
]
Text = Annotated[str, Meta(min_length=1)]
Json = dict[str, Any]
Runner = Literal["http", "inquiry", "statistics", "workflow"]
Operator = Literal[
    "equals",
    "not_equals",
    "less_than",
    "at_most",
    "greater_than",
    "at_least",
    "contains",
    "in",
    "starts_with",
    "exists",
]


class PackHead(Struct, kw_only=True, forbid_unknown_fields=True):
    """pack.yaml."""

    ref: PackRef
    label: Text
    version: Version
    description: str | None = None
    tags: list[str] = []
    runtime_deps: list[str] = []
    conf_schema: Json = {}
    config: Json = {}
    meta: Json = {}


class Component(Struct, kw_only=True, forbid_unknown_fields=True):
    """What every other file has."""

    ref: Ref
    label: Text
    description: Text


class Task(Struct, kw_only=True, forbid_unknown_fields=True):
    """One task of a workflow; `input` may hold templates over `parameters`."""

    name: Text
    action: str
    input: Json = {}


class Action(Component, kw_only=True, forbid_unknown_fields=True):
    """actions/*.yaml; `parameters` and `output` are JSON schemas, `tasks` those of a workflow."""

    runner_type: Runner
    parameters: Json = {}
    output: Json = {}
    tasks: list[Task] = []


class Trigger(Component, kw_only=True, forbid_unknown_fields=True):
    """triggers/*.yaml; `output` is the JSON schema of an event's payload."""

    enabled: bool = True
    parameters: Json = {}
    output: Json = {}


class Sensor(Component, kw_only=True, forbid_unknown_fields=True):
    """sensors/*.yaml."""

    entry_point: Text
    trigger: str
    enabled: bool = True
    parameters: Json = {}
    config: Json = {}


class Condition(Struct, kw_only=True, forbid_unknown_fields=True, frozen=True):
    """One comparison of a field of the event with a value."""

    field: Text
    operator: Operator
    value: Any | UnsetType = UNSET


class Conditions(Struct, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, frozen=True):
    """`all` or `any` of some conditions."""

    all: list[Condition] = []
    any: list[Condition] = []


class Rule(Component, kw_only=True, forbid_unknown_fields=True):
    """rules/*.yaml; `action_params` may hold templates over `event`."""

    trigger: str
    action: str
    conditions: Conditions = Conditions()
    action_params: Json = {}
    trigger_params: Json = {}
    enabled: bool = True


@dataclass(frozen=True, slots=True)
class Pack:
    """A whole pack, read and validated."""

    head: PackHead
    actions: tuple[Action, ...]
    triggers: tuple[Trigger, ...]
    sensors: tuple[Sensor, ...]
    rules: tuple[Rule, ...]
