# Written by `attune-sql generate`; do not edit.
"""The rows and enums of the queries."""

from __future__ import annotations

import datetime
import uuid
from collections.abc import Mapping, Sequence
from typing import Any, Literal, NamedTuple, TypeAlias

JSON: TypeAlias = "dict[str, JSON] | list[JSON] | str | int | float | bool | None"
"""What a json or jsonb column yields."""

JSONIn: TypeAlias = "Mapping[str, object] | Sequence[object] | str | int | float | bool"
"""What a json or jsonb parameter takes."""

ArtifactRetention: TypeAlias = Literal["versions", "days", "hours", "minutes"]

ArtifactType: TypeAlias = Literal[
    "file_binary",
    "file_datatable",
    "file_image",
    "file_text",
    "other",
    "progress",
    "url",
]

EnforcementCondition: TypeAlias = Literal["any", "all"]

EnforcementStatus: TypeAlias = Literal["created", "processed", "disabled"]

ExecutionStatus: TypeAlias = Literal[
    "requested",
    "scheduling",
    "scheduled",
    "running",
    "completed",
    "failed",
    "canceling",
    "cancelled",
    "timeout",
    "abandoned",
]

InquiryStatus: TypeAlias = Literal["pending", "responded", "timeout", "cancelled"]

NotificationStatus: TypeAlias = Literal["created", "queued", "processing", "error"]

OwnerType: TypeAlias = Literal["system", "identity", "pack", "action", "sensor"]

PolicyMethod: TypeAlias = Literal["cancel", "enqueue"]

WorkQueueBatchMode: TypeAlias = Literal["single", "batch"]

WorkQueueItemStatus: TypeAlias = Literal["queued", "leased", "retry", "completed", "failed", "skipped", "cancelled"]

WorkQueueUpdateStrategy: TypeAlias = Literal["immutable", "replace", "merge_patch"]

WorkerStatus: TypeAlias = Literal["active", "inactive", "busy", "error"]

WorkerType: TypeAlias = Literal["local", "remote", "container"]


class Action(NamedTuple):
    """A row of action."""

    id: int
    ref: str
    pack: int
    pack_ref: str
    label: str
    description: str
    entrypoint: str
    runtime: int | None
    param_schema: JSON | None
    out_schema: JSON | None
    is_workflow: bool
    workflow_def: int | None
    is_adhoc: bool
    created: datetime.datetime
    updated: datetime.datetime


class Artifact(NamedTuple):
    """A row of artifact."""

    id: int
    ref: str
    scope: OwnerType
    owner: str
    type: ArtifactType
    retention_policy: ArtifactRetention
    retention_limit: int
    name: str | None
    description: str | None
    version_count: int
    created: datetime.datetime
    updated: datetime.datetime


class ArtifactVersion(NamedTuple):
    """A row of artifact_version."""

    id: int
    artifact: int
    version: int
    content_type: str | None
    size_bytes: int | None
    content: bytes | None
    meta: JSON | None
    created: datetime.datetime


class ArtifactVersionListByArtifactRow(NamedTuple):
    """A row of artifact_version.list_by_artifact."""

    id: int
    artifact: int
    version: int
    content_type: str | None
    size_bytes: int | None
    meta: JSON | None
    created: datetime.datetime


class Enforcement(NamedTuple):
    """A row of enforcement."""

    id: int
    rule: int | None
    rule_ref: str
    trigger_ref: str
    config: JSON | None
    event: int | None
    status: EnforcementStatus
    payload: JSON
    condition: EnforcementCondition
    conditions: JSON
    resolved_at: datetime.datetime | None
    created: datetime.datetime
    updated: datetime.datetime


class EnforcementCreateIfAbsentRow(NamedTuple):
    """A row of enforcement.create_if_absent."""

    id: int
    rule: int | None
    rule_ref: str
    trigger_ref: str
    config: JSON | None
    event: int | None
    status: EnforcementStatus
    payload: JSON
    condition: EnforcementCondition
    conditions: JSON
    resolved_at: datetime.datetime | None
    created: datetime.datetime
    updated: datetime.datetime
    inserted: bool


class Event(NamedTuple):
    """A row of event."""

    id: int
    trigger: int | None
    trigger_ref: str
    config: JSON | None
    payload: JSON | None
    source: int | None
    source_ref: str | None
    rule: int | None
    rule_ref: str | None
    created: datetime.datetime
    updated: datetime.datetime


class EventCountByHourRow(NamedTuple):
    """A row of event.count_by_hour."""

    hour: datetime.datetime
    count: int  # type: ignore[assignment]


class Execution(NamedTuple):
    """A row of execution."""

    id: int
    action: int | None
    action_ref: str
    config: JSON | None
    parent: int | None
    enforcement: int | None
    executor: int | None
    status: ExecutionStatus
    result: JSON | None
    worker: int | None
    started_at: datetime.datetime | None
    retry_count: int
    max_retries: int | None
    retry_reason: str | None
    original_execution: int | None
    top_level: bool
    created: datetime.datetime
    updated: datetime.datetime


class ExecutionCountByStatusRow(NamedTuple):
    """A row of execution.count_by_status."""

    status: ExecutionStatus
    count: int  # type: ignore[assignment]


class ExecutionCreateTopLevelIfAbsentRow(NamedTuple):
    """A row of execution.create_top_level_if_absent."""

    id: int
    action: int | None
    action_ref: str
    config: JSON | None
    parent: int | None
    enforcement: int | None
    executor: int | None
    status: ExecutionStatus
    result: JSON | None
    worker: int | None
    started_at: datetime.datetime | None
    retry_count: int
    max_retries: int | None
    retry_reason: str | None
    original_execution: int | None
    top_level: bool
    created: datetime.datetime
    updated: datetime.datetime
    inserted: bool


class ExecutionFailureRateRow(NamedTuple):
    """A row of execution.failure_rate."""

    completed: int
    failed: int
    timeout: int
    total: int
    failure_rate: float


class ExecutionListTreeRow(NamedTuple):
    """A row of execution.list_tree."""

    id: int
    action: int | None
    action_ref: str
    config: JSON | None
    parent: int | None
    enforcement: int | None
    executor: int | None
    status: ExecutionStatus
    result: JSON | None
    worker: int | None
    started_at: datetime.datetime | None
    retry_count: int
    max_retries: int | None
    retry_reason: str | None
    original_execution: int | None
    top_level: bool
    created: datetime.datetime
    updated: datetime.datetime
    depth: int


class ExecutionSearchRow(NamedTuple):
    """A row of execution.search."""

    id: int
    action: int | None
    action_ref: str
    config: JSON | None
    parent: int | None
    enforcement: int | None
    executor: int | None
    status: ExecutionStatus
    result: JSON | None
    worker: int | None
    started_at: datetime.datetime | None
    retry_count: int
    max_retries: int | None
    retry_reason: str | None
    original_execution: int | None
    top_level: bool
    created: datetime.datetime
    updated: datetime.datetime
    rule_ref: str | None
    trigger_ref: str | None


class ExecutionThroughputByHourRow(NamedTuple):
    """A row of execution.throughput_by_hour."""

    hour: datetime.datetime
    count: int  # type: ignore[assignment]


class Identity(NamedTuple):
    """A row of identity."""

    id: int
    login: str
    display_name: str | None
    password_hash: str | None
    attributes: JSON
    created: datetime.datetime
    updated: datetime.datetime


class Inquiry(NamedTuple):
    """A row of inquiry."""

    id: int
    execution: int
    prompt: str
    response_schema: JSON | None
    assigned_to: int | None
    status: InquiryStatus
    response: JSON | None
    timeout_at: datetime.datetime | None
    responded_at: datetime.datetime | None
    created: datetime.datetime
    updated: datetime.datetime


class Key(NamedTuple):
    """A row of key."""

    id: int
    ref: str
    owner_type: OwnerType
    owner: str | None
    owner_identity: int | None
    owner_pack: int | None
    owner_pack_ref: str | None
    owner_action: int | None
    owner_action_ref: str | None
    owner_sensor: int | None
    owner_sensor_ref: str | None
    name: str
    encrypted: bool
    encryption_key_hash: str | None
    value: str
    created: datetime.datetime
    updated: datetime.datetime


class KeyListRow(NamedTuple):
    """A row of key.list, key.list_by_owner, key.list_by_owner_type, key.list_by_refs, key.search."""

    id: int
    ref: str
    owner_type: OwnerType
    owner: str | None
    owner_identity: int | None
    owner_pack: int | None
    owner_pack_ref: str | None
    owner_action: int | None
    owner_action_ref: str | None
    owner_sensor: int | None
    owner_sensor_ref: str | None
    name: str
    encrypted: bool
    encryption_key_hash: str | None
    created: datetime.datetime
    updated: datetime.datetime


class Notification(NamedTuple):
    """A row of notification."""

    id: int
    channel: str
    entity_type: str
    entity: str
    activity: str
    state: NotificationStatus
    content: JSON | None
    created: datetime.datetime
    updated: datetime.datetime


class Pack(NamedTuple):
    """A row of pack."""

    id: int
    ref: str
    label: str
    description: str | None
    version: str
    conf_schema: JSON
    config: JSON
    meta: JSON
    tags: list[str]
    runtime_deps: list[str]
    is_standard: bool
    created: datetime.datetime
    updated: datetime.datetime


class PermissionAssignment(NamedTuple):
    """A row of permission_assignment."""

    id: int
    identity: int
    permset: int
    created: datetime.datetime


class PermissionAssignmentAssignRow(NamedTuple):
    """A row of permission_assignment.assign."""

    id: int
    identity: int
    permset: int
    created: datetime.datetime
    inserted: bool


class PermissionSet(NamedTuple):
    """A row of permission_set."""

    id: int
    ref: str
    pack: int | None
    pack_ref: str | None
    label: str | None
    description: str | None
    grants: JSON
    created: datetime.datetime
    updated: datetime.datetime


class Policy(NamedTuple):
    """A row of policy."""

    id: int
    ref: str
    pack: int | None
    pack_ref: str | None
    action: int | None
    action_ref: str | None
    parameters: list[str]
    method: PolicyMethod
    threshold: int
    name: str
    description: str | None
    tags: list[str]
    created: datetime.datetime
    updated: datetime.datetime


class QueueStats(NamedTuple):
    """A row of queue_stats."""

    action_id: int
    queue_length: int
    active_count: int
    max_concurrent: int
    oldest_enqueued_at: datetime.datetime | None
    total_enqueued: int
    total_completed: int
    last_updated: datetime.datetime


class Rule(NamedTuple):
    """A row of rule."""

    id: int
    ref: str
    pack: int
    pack_ref: str
    label: str
    description: str
    action: int | None
    action_ref: str
    trigger: int | None
    trigger_ref: str
    conditions: JSON
    action_params: JSON | None
    trigger_params: JSON | None
    enabled: bool
    is_adhoc: bool
    created: datetime.datetime
    updated: datetime.datetime


class Runtime(NamedTuple):
    """A row of runtime."""

    id: int
    ref: str
    pack: int | None
    pack_ref: str | None
    description: str | None
    name: str
    distributions: JSON
    installation: JSON | None
    created: datetime.datetime
    updated: datetime.datetime


class Sensor(NamedTuple):
    """A row of sensor."""

    id: int
    ref: str
    pack: int | None
    pack_ref: str | None
    label: str
    description: str
    entrypoint: str
    runtime: int
    runtime_ref: str
    trigger: int
    trigger_ref: str
    enabled: bool
    param_schema: JSON | None
    config: JSON | None
    created: datetime.datetime
    updated: datetime.datetime


class Trigger(NamedTuple):
    """A row of trigger."""

    id: int
    ref: str
    pack: int | None
    pack_ref: str | None
    label: str
    description: str | None
    enabled: bool
    param_schema: JSON | None
    out_schema: JSON | None
    webhook_enabled: bool
    webhook_key: str | None
    webhook_config: JSON
    is_adhoc: bool
    created: datetime.datetime
    updated: datetime.datetime


class WorkQueue(NamedTuple):
    """A row of work_queue."""

    id: int
    ref: str
    pack: int | None
    pack_ref: str | None
    is_adhoc: bool
    label: str
    description: str | None
    enabled: bool
    accepting_new_items: bool
    dispatch_action: int | None
    dispatch_action_ref: str
    default_priority: int
    allow_pending_update: bool
    update_strategy: WorkQueueUpdateStrategy
    batch_mode: WorkQueueBatchMode
    item_schema: JSON
    action_params: JSON
    permission_set_refs: list[str] | None
    config: JSON
    created: datetime.datetime
    updated: datetime.datetime


class WorkQueueItem(NamedTuple):
    """A row of work_queue_item."""

    id: int
    queue: int
    queue_ref: str
    item_key: str | None
    priority: int
    status: WorkQueueItemStatus
    payload: JSON
    metadata: JSON
    enqueue_source: str
    requested_by_identity: int | None
    requested_by_execution: int | None
    requested_by_enforcement: int | None
    leased_execution: int | None
    lease_token: uuid.UUID | None
    lease_expires_at: datetime.datetime | None
    attempt_count: int
    last_error: JSON | None
    ack_summary: JSON | None
    created: datetime.datetime
    updated: datetime.datetime


class Worker(NamedTuple):
    """A row of worker."""

    id: int
    name: str
    worker_type: WorkerType
    runtime: int | None
    host: str | None
    port: int | None
    status: WorkerStatus | None
    capabilities: JSON | None
    meta: JSON | None
    last_heartbeat: datetime.datetime | None
    created: datetime.datetime
    updated: datetime.datetime


class WorkflowDefinition(NamedTuple):
    """A row of workflow_definition."""

    id: int
    ref: str
    pack: int
    pack_ref: str
    label: str
    description: str | None
    version: str
    param_schema: JSON | None
    out_schema: JSON | None
    definition: JSON
    tags: list[str]
    enabled: bool
    created: datetime.datetime
    updated: datetime.datetime


class WorkflowExecution(NamedTuple):
    """A row of workflow_execution."""

    id: int
    execution: int
    workflow_def: int
    current_tasks: list[str]
    completed_tasks: list[str]
    failed_tasks: list[str]
    skipped_tasks: list[str]
    variables: JSON
    task_graph: JSON
    status: ExecutionStatus
    error_message: str | None
    paused: bool
    pause_reason: str | None
    created: datetime.datetime
    updated: datetime.datetime


class WorkflowExecutionCreateIfAbsentRow(NamedTuple):
    """A row of workflow_execution.create_if_absent."""

    id: int
    execution: int
    workflow_def: int
    current_tasks: list[str]
    completed_tasks: list[str]
    failed_tasks: list[str]
    skipped_tasks: list[str]
    variables: JSON
    task_graph: JSON
    status: ExecutionStatus
    error_message: str | None
    paused: bool
    pause_reason: str | None
    created: datetime.datetime
    updated: datetime.datetime
    inserted: bool


class WorkflowExecutionSummaryRow(NamedTuple):
    """A row of workflow_execution.summary."""

    id: int
    execution: int
    workflow_ref: str
    workflow_label: str
    workflow_version: str
    status: ExecutionStatus
    paused: bool
    current_task_count: int
    completed_task_count: int
    failed_task_count: int
    skipped_task_count: int
    error_message: str | None
    created: datetime.datetime
    updated: datetime.datetime


ROWS: dict[tuple[str, tuple[str, ...]], type[tuple[Any, ...]]] = {
    ("action", Action._fields): Action,
    ("artifact", Artifact._fields): Artifact,
    ("artifact_version", ArtifactVersion._fields): ArtifactVersion,
    ("artifact_version", ArtifactVersionListByArtifactRow._fields): ArtifactVersionListByArtifactRow,
    ("enforcement", Enforcement._fields): Enforcement,
    ("enforcement", EnforcementCreateIfAbsentRow._fields): EnforcementCreateIfAbsentRow,
    ("event", Event._fields): Event,
    ("event", EventCountByHourRow._fields): EventCountByHourRow,
    ("execution", Execution._fields): Execution,
    ("execution", ExecutionCountByStatusRow._fields): ExecutionCountByStatusRow,
    ("execution", ExecutionCreateTopLevelIfAbsentRow._fields): ExecutionCreateTopLevelIfAbsentRow,
    ("execution", ExecutionFailureRateRow._fields): ExecutionFailureRateRow,
    ("execution", ExecutionListTreeRow._fields): ExecutionListTreeRow,
    ("execution", ExecutionSearchRow._fields): ExecutionSearchRow,
    ("execution", ExecutionThroughputByHourRow._fields): ExecutionThroughputByHourRow,
    ("identity", Identity._fields): Identity,
    ("inquiry", Inquiry._fields): Inquiry,
    ("key", Key._fields): Key,
    ("key", KeyListRow._fields): KeyListRow,
    ("notification", Notification._fields): Notification,
    ("pack", Pack._fields): Pack,
    ("permission_assignment", PermissionAssignment._fields): PermissionAssignment,
    ("permission_assignment", PermissionAssignmentAssignRow._fields): PermissionAssignmentAssignRow,
    ("permission_set", PermissionSet._fields): PermissionSet,
    ("policy", Policy._fields): Policy,
    ("queue_stats", QueueStats._fields): QueueStats,
    ("rule", Rule._fields): Rule,
    ("runtime", Runtime._fields): Runtime,
    ("sensor", Sensor._fields): Sensor,
    ("trigger", Trigger._fields): Trigger,
    ("work_queue", WorkQueue._fields): WorkQueue,
    ("work_queue_item", WorkQueueItem._fields): WorkQueueItem,
    ("worker", Worker._fields): Worker,
    ("workflow_definition", WorkflowDefinition._fields): WorkflowDefinition,
    ("workflow_execution", WorkflowExecution._fields): WorkflowExecution,
    ("workflow_execution", WorkflowExecutionCreateIfAbsentRow._fields): WorkflowExecutionCreateIfAbsentRow,
    ("workflow_execution", WorkflowExecutionSummaryRow._fields): WorkflowExecutionSummaryRow,
}
"""The row classes by repository and column names, for the run time."""

ARRAYS: dict[str, dict[str, int]] = {}
"""By operation, the arrays that psycopg does not know, with the type of their elements, for the run time."""
