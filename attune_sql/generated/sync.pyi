# Written by `attune-sql generate`; do not edit.
"""The queries as synchronous calls."""

import builtins
import datetime
import uuid
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

from psycopg import Connection, RawCursor
from psycopg.types.json import Jsonb

from . import rows

class Action:
    """The operations in action."""

    def create(
        self,
        conn: Connection[Any],
        *,
        ref: str,
        pack: int,
        pack_ref: str,
        label: str,
        description: str,
        entrypoint: str,
        runtime: int | None = ...,
        param_schema: rows.JSONIn | Jsonb | None = ...,
        out_schema: rows.JSONIn | Jsonb | None = ...,
        is_adhoc: bool = ...,
    ) -> rows.Action:
        """Adds an action and returns it."""

    def delete(self, conn: Connection[Any], *, id: int) -> int:
        """Deletes the action with this id, with its policies and keys, and returns the number of actions deleted."""

    def delete_by_pack_excluding(
        self,
        conn: Connection[Any],
        *,
        pack: int,
        refs: builtins.list[str] | tuple[str, ...],
    ) -> int:
        """Deletes the actions of a pack but those with these refs and ad-hoc ones; returns the number deleted."""

    def exists_by_ref(self, conn: Connection[Any], *, ref: str) -> bool:
        """Tells whether there is an action with this ref."""

    def find_by_id(self, conn: Connection[Any], *, id: int) -> rows.Action | None:
        """Returns the action with this id, or no row."""

    def find_by_ref(self, conn: Connection[Any], *, ref: str) -> rows.Action | None:
        """Returns the action with this ref, or no row."""

    def find_by_workflow_def(self, conn: Connection[Any], *, workflow_def: int) -> rows.Action | None:
        """Returns the first action by ref that runs this workflow, or no row."""

    def link_workflow_def(self, conn: Connection[Any], *, id: int, workflow_def: int | None) -> rows.Action | None:
        """Makes the action run this workflow and returns it, or no row; a workflow of NULL makes it a plain action."""

    def list(
        self,
        conn: Connection[Any],
        *,
        limit: int | None = ...,
        after_ref: str | None = ...,
    ) -> builtins.list[rows.Action]:
        """Lists the actions by ref, after the given ref where there is one."""

    def list_cursor(
        self,
        conn: Connection[Any],
        *,
        limit: int | None = ...,
        after_ref: str | None = ...,
    ) -> AbstractContextManager[RawCursor[rows.Action]]:
        """Lists the actions by ref, after the given ref where there is one."""

    def list_by_pack(self, conn: Connection[Any], *, pack: int) -> builtins.list[rows.Action]:
        """Lists the actions of a pack by ref."""

    def list_by_pack_cursor(
        self,
        conn: Connection[Any],
        *,
        pack: int,
    ) -> AbstractContextManager[RawCursor[rows.Action]]:
        """Lists the actions of a pack by ref."""

    def list_by_refs(
        self,
        conn: Connection[Any],
        *,
        refs: builtins.list[str] | tuple[str, ...],
    ) -> builtins.list[rows.Action]:
        """Lists the actions with one of these refs, by ref; refs that none has are passed over."""

    def list_by_refs_cursor(
        self,
        conn: Connection[Any],
        *,
        refs: builtins.list[str] | tuple[str, ...],
    ) -> AbstractContextManager[RawCursor[rows.Action]]:
        """Lists the actions with one of these refs, by ref; refs that none has are passed over."""

    def list_by_runtime(self, conn: Connection[Any], *, runtime: int) -> builtins.list[rows.Action]:
        """Lists the actions of a runtime by ref."""

    def list_by_runtime_cursor(
        self,
        conn: Connection[Any],
        *,
        runtime: int,
    ) -> AbstractContextManager[RawCursor[rows.Action]]:
        """Lists the actions of a runtime by ref."""

    def list_workflows(self, conn: Connection[Any]) -> builtins.list[rows.Action]:
        """Lists the actions that run a workflow, by ref."""

    def list_workflows_cursor(self, conn: Connection[Any]) -> AbstractContextManager[RawCursor[rows.Action]]:
        """Lists the actions that run a workflow, by ref."""

    def search(self, conn: Connection[Any], *, text: str, limit: int | None = ...) -> builtins.list[rows.Action]:
        """Lists the actions with this text in ref, label or description, in upper or lower case, by ref."""

    def search_cursor(
        self,
        conn: Connection[Any],
        *,
        text: str,
        limit: int | None = ...,
    ) -> AbstractContextManager[RawCursor[rows.Action]]:
        """Lists the actions with this text in ref, label or description, in upper or lower case, by ref."""

    def update(
        self,
        conn: Connection[Any],
        *,
        id: int,
        label: str = ...,
        description: str = ...,
        entrypoint: str = ...,
        runtime: int | None = ...,
        param_schema: rows.JSONIn | Jsonb | None = ...,
        out_schema: rows.JSONIn | Jsonb | None = ...,
    ) -> rows.Action | None:
        """Changes the columns that were given and returns the action, or no row."""

class Artifact:
    """The operations in artifact."""

    def create(
        self,
        conn: Connection[Any],
        *,
        ref: str,
        type: rows.ArtifactType,
        scope: rows.OwnerType = ...,
        owner: str = ...,
        retention_policy: rows.ArtifactRetention = ...,
        retention_limit: int = ...,
        name: str | None = ...,
        description: str | None = ...,
    ) -> rows.Artifact:
        """Adds an artifact and returns it."""

    def delete(self, conn: Connection[Any], *, id: int) -> int:
        """Deletes the artifact with this id, with its versions, and returns the number of artifacts deleted."""

    def find_by_id(self, conn: Connection[Any], *, id: int) -> rows.Artifact | None:
        """Returns the artifact with this id, or no row."""

    def find_by_ref(self, conn: Connection[Any], *, ref: str) -> rows.Artifact | None:
        """Returns the newest artifact with this ref, which others may share, or no row."""

    def list(
        self,
        conn: Connection[Any],
        *,
        limit: int | None,
        after_created: datetime.datetime | None = ...,
        after_id: int | None = ...,
    ) -> builtins.list[rows.Artifact]:
        """Lists a page of the artifacts, newest first, after the given row where there is one."""

    def list_cursor(
        self,
        conn: Connection[Any],
        *,
        limit: int | None,
        after_created: datetime.datetime | None = ...,
        after_id: int | None = ...,
    ) -> AbstractContextManager[RawCursor[rows.Artifact]]:
        """Lists a page of the artifacts, newest first, after the given row where there is one."""

    def list_by_owner(self, conn: Connection[Any], *, owner: str) -> builtins.list[rows.Artifact]:
        """Lists the artifacts of an owner in any scope, newest first."""

    def list_by_owner_cursor(
        self,
        conn: Connection[Any],
        *,
        owner: str,
    ) -> AbstractContextManager[RawCursor[rows.Artifact]]:
        """Lists the artifacts of an owner in any scope, newest first."""

    def list_by_retention_policy(
        self,
        conn: Connection[Any],
        *,
        retention_policy: rows.ArtifactRetention,
    ) -> builtins.list[rows.Artifact]:
        """Lists the artifacts under a retention policy, newest first."""

    def list_by_retention_policy_cursor(
        self,
        conn: Connection[Any],
        *,
        retention_policy: rows.ArtifactRetention,
    ) -> AbstractContextManager[RawCursor[rows.Artifact]]:
        """Lists the artifacts under a retention policy, newest first."""

    def list_by_scope(self, conn: Connection[Any], *, scope: rows.OwnerType) -> builtins.list[rows.Artifact]:
        """Lists the artifacts of a scope, newest first."""

    def list_by_scope_cursor(
        self,
        conn: Connection[Any],
        *,
        scope: rows.OwnerType,
    ) -> AbstractContextManager[RawCursor[rows.Artifact]]:
        """Lists the artifacts of a scope, newest first."""

    def list_by_scope_and_owner(
        self,
        conn: Connection[Any],
        *,
        scope: rows.OwnerType,
        owner: str,
    ) -> builtins.list[rows.Artifact]:
        """Lists the artifacts of an owner in one scope, newest first."""

    def list_by_scope_and_owner_cursor(
        self,
        conn: Connection[Any],
        *,
        scope: rows.OwnerType,
        owner: str,
    ) -> AbstractContextManager[RawCursor[rows.Artifact]]:
        """Lists the artifacts of an owner in one scope, newest first."""

    def list_by_type(self, conn: Connection[Any], *, type: rows.ArtifactType) -> builtins.list[rows.Artifact]:
        """Lists the artifacts of a type, newest first."""

    def list_by_type_cursor(
        self,
        conn: Connection[Any],
        *,
        type: rows.ArtifactType,
    ) -> AbstractContextManager[RawCursor[rows.Artifact]]:
        """Lists the artifacts of a type, newest first."""

    def search(
        self,
        conn: Connection[Any],
        *,
        limit: int | None,
        scope: rows.OwnerType | None = ...,
        owner: str | None = ...,
        type: rows.ArtifactType | None = ...,
        text: str | None = ...,
        after_created: datetime.datetime | None = ...,
        after_id: int | None = ...,
    ) -> builtins.list[rows.Artifact]:
        """Lists a page of the artifacts that match; text is part of ref, name or description in any case; newest
        first.
        """

    def search_cursor(
        self,
        conn: Connection[Any],
        *,
        limit: int | None,
        scope: rows.OwnerType | None = ...,
        owner: str | None = ...,
        type: rows.ArtifactType | None = ...,
        text: str | None = ...,
        after_created: datetime.datetime | None = ...,
        after_id: int | None = ...,
    ) -> AbstractContextManager[RawCursor[rows.Artifact]]:
        """Lists a page of the artifacts that match; text is part of ref, name or description in any case; newest
        first.
        """

    def update(
        self,
        conn: Connection[Any],
        *,
        id: int,
        ref: str = ...,
        scope: rows.OwnerType = ...,
        owner: str = ...,
        type: rows.ArtifactType = ...,
        retention_policy: rows.ArtifactRetention = ...,
        retention_limit: int = ...,
        name: str | None = ...,
        description: str | None = ...,
    ) -> rows.Artifact | None:
        """Changes the columns that were given and returns the artifact, or no row."""

class ArtifactVersion:
    """The operations in artifact_version."""

    def create(
        self,
        conn: Connection[Any],
        *,
        artifact: int,
        content_type: str | None = ...,
        size_bytes: int | None = ...,
        content: bytes | None = ...,
        meta: rows.JSONIn | Jsonb | None = ...,
    ) -> rows.ArtifactVersion:
        """Adds the next version of an artifact and returns it; a version that is rolled back leaves no gap."""

    def delete(self, conn: Connection[Any], *, id: int) -> int:
        """Deletes the artifact version with this id and returns the number of rows deleted; its number is not used
        again.
        """

    def delete_expired(self, conn: Connection[Any], *, limit: int | None) -> int:
        """Deletes the oldest versions beyond what their artifact keeps, at most limit, and returns the number
        deleted.
        """

    def find_by_id(self, conn: Connection[Any], *, id: int) -> rows.ArtifactVersion | None:
        """Returns the artifact version with this id, with its content, or no row."""

    def find_by_version(self, conn: Connection[Any], *, artifact: int, version: int) -> rows.ArtifactVersion | None:
        """Returns one version of an artifact, with its content, or no row."""

    def find_latest(self, conn: Connection[Any], *, artifact: int) -> rows.ArtifactVersion | None:
        """Returns the newest version of an artifact, with its content, or no row."""

    def list_by_artifact(
        self,
        conn: Connection[Any],
        *,
        artifact: int,
    ) -> builtins.list[rows.ArtifactVersionListByArtifactRow]:
        """Lists the versions of an artifact, newest first, without content."""

    def list_by_artifact_cursor(
        self,
        conn: Connection[Any],
        *,
        artifact: int,
    ) -> AbstractContextManager[RawCursor[rows.ArtifactVersionListByArtifactRow]]:
        """Lists the versions of an artifact, newest first, without content."""

class Enforcement:
    """The operations in enforcement."""

    def create(
        self,
        conn: Connection[Any],
        *,
        rule_ref: str,
        trigger_ref: str,
        payload: rows.JSONIn | Jsonb,
        rule: int | None = ...,
        config: rows.JSONIn | Jsonb | None = ...,
        event: int | None = ...,
        status: rows.EnforcementStatus = ...,
        condition: rows.EnforcementCondition = ...,
        conditions: rows.JSONIn | Jsonb = ...,
    ) -> rows.Enforcement:
        """Adds an enforcement and returns it."""

    def create_if_absent(
        self,
        conn: Connection[Any],
        *,
        rule_ref: str,
        trigger_ref: str,
        payload: rows.JSONIn | Jsonb,
        rule: int | None = ...,
        config: rows.JSONIn | Jsonb | None = ...,
        event: int | None = ...,
        status: rows.EnforcementStatus = ...,
        condition: rows.EnforcementCondition = ...,
        conditions: rows.JSONIn | Jsonb = ...,
    ) -> rows.EnforcementCreateIfAbsentRow:
        """Returns the enforcement of a rule for an event and whether this call added it; one that was there stays as
        it is.
        """

    def create_many(self, conn: Connection[Any], *, rows: rows.JSONIn | Jsonb) -> builtins.list[rows.Enforcement]:
        """Adds an enforcement per object of a JSON array and returns them in its order; a key missing or null is the
        default.
        """

    def create_many_cursor(
        self,
        conn: Connection[Any],
        *,
        rows: rows.JSONIn | Jsonb,
    ) -> AbstractContextManager[RawCursor[rows.Enforcement]]:
        """Adds an enforcement per object of a JSON array and returns them in its order; a key missing or null is the
        default.
        """

    def delete(self, conn: Connection[Any], *, id: int) -> int:
        """Deletes the enforcement with this id and returns the number of rows deleted; its executions stay."""

    def delete_before(self, conn: Connection[Any], *, before: datetime.datetime, limit: int | None) -> int:
        """Deletes the oldest enforcements created before a time, at most limit and none still created; returns their
        number.
        """

    def find_by_id(self, conn: Connection[Any], *, id: int) -> rows.Enforcement | None:
        """Returns the enforcement with this id, or no row."""

    def find_by_rule_and_event(self, conn: Connection[Any], *, rule: int, event: int) -> rows.Enforcement | None:
        """Returns the enforcement of a rule for an event, or no row."""

    def list(
        self,
        conn: Connection[Any],
        *,
        limit: int | None,
        after_created: datetime.datetime | None = ...,
        after_id: int | None = ...,
    ) -> builtins.list[rows.Enforcement]:
        """Lists the enforcements, newest first."""

    def list_cursor(
        self,
        conn: Connection[Any],
        *,
        limit: int | None,
        after_created: datetime.datetime | None = ...,
        after_id: int | None = ...,
    ) -> AbstractContextManager[RawCursor[rows.Enforcement]]:
        """Lists the enforcements, newest first."""

    def list_by_event(self, conn: Connection[Any], *, event: int) -> builtins.list[rows.Enforcement]:
        """Lists the enforcements of an event, newest first."""

    def list_by_event_cursor(
        self,
        conn: Connection[Any],
        *,
        event: int,
    ) -> AbstractContextManager[RawCursor[rows.Enforcement]]:
        """Lists the enforcements of an event, newest first."""

    def list_by_rule(
        self,
        conn: Connection[Any],
        *,
        rule: int,
        limit: int | None,
        after_created: datetime.datetime | None = ...,
        after_id: int | None = ...,
    ) -> builtins.list[rows.Enforcement]:
        """Lists the enforcements of a rule, newest first."""

    def list_by_rule_cursor(
        self,
        conn: Connection[Any],
        *,
        rule: int,
        limit: int | None,
        after_created: datetime.datetime | None = ...,
        after_id: int | None = ...,
    ) -> AbstractContextManager[RawCursor[rows.Enforcement]]:
        """Lists the enforcements of a rule, newest first."""

    def list_by_status(
        self,
        conn: Connection[Any],
        *,
        status: rows.EnforcementStatus,
        limit: int | None,
        after_created: datetime.datetime | None = ...,
        after_id: int | None = ...,
    ) -> builtins.list[rows.Enforcement]:
        """Lists the enforcements in a status, newest first."""

    def list_by_status_cursor(
        self,
        conn: Connection[Any],
        *,
        status: rows.EnforcementStatus,
        limit: int | None,
        after_created: datetime.datetime | None = ...,
        after_id: int | None = ...,
    ) -> AbstractContextManager[RawCursor[rows.Enforcement]]:
        """Lists the enforcements in a status, newest first."""

    def search(
        self,
        conn: Connection[Any],
        *,
        limit: int | None,
        rule: int | None = ...,
        event: int | None = ...,
        status: rows.EnforcementStatus | None = ...,
        trigger_ref: str | None = ...,
        rule_ref: str | None = ...,
        after_created: datetime.datetime | None = ...,
        after_id: int | None = ...,
    ) -> builtins.list[rows.Enforcement]:
        """Lists the enforcements that match the filters given, newest first."""

    def search_cursor(
        self,
        conn: Connection[Any],
        *,
        limit: int | None,
        rule: int | None = ...,
        event: int | None = ...,
        status: rows.EnforcementStatus | None = ...,
        trigger_ref: str | None = ...,
        rule_ref: str | None = ...,
        after_created: datetime.datetime | None = ...,
        after_id: int | None = ...,
    ) -> AbstractContextManager[RawCursor[rows.Enforcement]]:
        """Lists the enforcements that match the filters given, newest first."""

    def transition(
        self,
        conn: Connection[Any],
        *,
        id: int,
        from_status: rows.EnforcementStatus,
        to_status: rows.EnforcementStatus,
    ) -> rows.Enforcement | None:
        """Moves an enforcement from one status to another and returns it; no row when it is in another status than
        the first.
        """

    def update(
        self,
        conn: Connection[Any],
        *,
        id: int,
        status: rows.EnforcementStatus = ...,
        payload: rows.JSONIn | Jsonb = ...,
    ) -> rows.Enforcement | None:
        """Changes the columns that were given and returns the enforcement, or no row."""

class Event:
    """The operations in event."""

    def count_by_hour(
        self,
        conn: Connection[Any],
        *,
        since: datetime.datetime,
        until: datetime.datetime,
        trigger_ref: str | None = ...,
    ) -> builtins.list[rows.EventCountByHourRow]:
        """Counts the events of each hour from that of since until before until; empty hours too, of spans up to ten
        years.
        """

    def count_by_hour_cursor(
        self,
        conn: Connection[Any],
        *,
        since: datetime.datetime,
        until: datetime.datetime,
        trigger_ref: str | None = ...,
    ) -> AbstractContextManager[RawCursor[rows.EventCountByHourRow]]:
        """Counts the events of each hour from that of since until before until; empty hours too, of spans up to ten
        years.
        """

    def create(
        self,
        conn: Connection[Any],
        *,
        trigger_ref: str,
        trigger: int | None = ...,
        config: rows.JSONIn | Jsonb | None = ...,
        payload: rows.JSONIn | Jsonb | None = ...,
        source: int | None = ...,
        source_ref: str | None = ...,
        rule: int | None = ...,
        rule_ref: str | None = ...,
    ) -> rows.Event:
        """Adds an event and returns it."""

    def create_many(self, conn: Connection[Any], *, rows: rows.JSONIn | Jsonb) -> builtins.list[rows.Event]:
        """Adds an event per object of a JSON array and returns them in its order; a key missing or null is the
        default.
        """

    def create_many_cursor(
        self,
        conn: Connection[Any],
        *,
        rows: rows.JSONIn | Jsonb,
    ) -> AbstractContextManager[RawCursor[rows.Event]]:
        """Adds an event per object of a JSON array and returns them in its order; a key missing or null is the
        default.
        """

    def delete(self, conn: Connection[Any], *, id: int) -> int:
        """Deletes the event with this id and returns the number of rows deleted; its enforcements stay."""

    def delete_before(self, conn: Connection[Any], *, before: datetime.datetime, limit: int | None) -> int:
        """Deletes the oldest events created before a time, at most limit, and returns their number; their
        enforcements stay.
        """

    def find_by_id(self, conn: Connection[Any], *, id: int) -> rows.Event | None:
        """Returns the event with this id, or no row."""

    def list(
        self,
        conn: Connection[Any],
        *,
        limit: int | None,
        after_created: datetime.datetime | None = ...,
        after_id: int | None = ...,
    ) -> builtins.list[rows.Event]:
        """Lists the events, newest first."""

    def list_cursor(
        self,
        conn: Connection[Any],
        *,
        limit: int | None,
        after_created: datetime.datetime | None = ...,
        after_id: int | None = ...,
    ) -> AbstractContextManager[RawCursor[rows.Event]]:
        """Lists the events, newest first."""

    def list_by_source(
        self,
        conn: Connection[Any],
        *,
        source: int,
        limit: int | None,
        after_created: datetime.datetime | None = ...,
        after_id: int | None = ...,
    ) -> builtins.list[rows.Event]:
        """Lists the events of a sensor, newest first."""

    def list_by_source_cursor(
        self,
        conn: Connection[Any],
        *,
        source: int,
        limit: int | None,
        after_created: datetime.datetime | None = ...,
        after_id: int | None = ...,
    ) -> AbstractContextManager[RawCursor[rows.Event]]:
        """Lists the events of a sensor, newest first."""

    def list_by_trigger(
        self,
        conn: Connection[Any],
        *,
        trigger: int,
        limit: int | None,
        after_created: datetime.datetime | None = ...,
        after_id: int | None = ...,
    ) -> builtins.list[rows.Event]:
        """Lists the events of a trigger, newest first."""

    def list_by_trigger_cursor(
        self,
        conn: Connection[Any],
        *,
        trigger: int,
        limit: int | None,
        after_created: datetime.datetime | None = ...,
        after_id: int | None = ...,
    ) -> AbstractContextManager[RawCursor[rows.Event]]:
        """Lists the events of a trigger, newest first."""

    def list_by_trigger_ref(
        self,
        conn: Connection[Any],
        *,
        trigger_ref: str,
        limit: int | None,
        after_created: datetime.datetime | None = ...,
        after_id: int | None = ...,
    ) -> builtins.list[rows.Event]:
        """Lists the events of a trigger by its ref, newest first, also when the trigger is gone."""

    def list_by_trigger_ref_cursor(
        self,
        conn: Connection[Any],
        *,
        trigger_ref: str,
        limit: int | None,
        after_created: datetime.datetime | None = ...,
        after_id: int | None = ...,
    ) -> AbstractContextManager[RawCursor[rows.Event]]:
        """Lists the events of a trigger by its ref, newest first, also when the trigger is gone."""

    def search(
        self,
        conn: Connection[Any],
        *,
        limit: int | None,
        trigger_ref: str | None = ...,
        rule_ref: str | None = ...,
        source: int | None = ...,
        since: datetime.datetime | None = ...,
        until: datetime.datetime | None = ...,
        after_created: datetime.datetime | None = ...,
        after_id: int | None = ...,
    ) -> builtins.list[rows.Event]:
        """Lists the events that match the filters given, newest first; refs may hold *."""

    def search_cursor(
        self,
        conn: Connection[Any],
        *,
        limit: int | None,
        trigger_ref: str | None = ...,
        rule_ref: str | None = ...,
        source: int | None = ...,
        since: datetime.datetime | None = ...,
        until: datetime.datetime | None = ...,
        after_created: datetime.datetime | None = ...,
        after_id: int | None = ...,
    ) -> AbstractContextManager[RawCursor[rows.Event]]:
        """Lists the events that match the filters given, newest first; refs may hold *."""

    def update(
        self,
        conn: Connection[Any],
        *,
        id: int,
        config: rows.JSONIn | Jsonb | None = ...,
        payload: rows.JSONIn | Jsonb | None = ...,
    ) -> rows.Event | None:
        """Changes the columns that were given and returns the event, or no row."""

class Execution:
    """The operations in execution."""

    def cancel(self, conn: Connection[Any], *, id: int) -> rows.Execution | None:
        """Cancels an execution that has not started, asks a running one to stop, and returns it; no row once it is
        finished.
        """

    def claim(
        self,
        conn: Connection[Any],
        *,
        limit: int | None,
        executor: int | None = ...,
    ) -> builtins.list[rows.Execution]:
        """Moves the oldest requested executions to scheduling and returns them, oldest first; each to one caller
        only.
        """

    def claim_cursor(
        self,
        conn: Connection[Any],
        *,
        limit: int | None,
        executor: int | None = ...,
    ) -> AbstractContextManager[RawCursor[rows.Execution]]:
        """Moves the oldest requested executions to scheduling and returns them, oldest first; each to one caller
        only.
        """

    def claim_by_id(self, conn: Connection[Any], *, id: int, executor: int | None = ...) -> rows.Execution | None:
        """Moves one requested execution to scheduling and returns it, or no row; of concurrent callers one gets it."""

    def count_active_by_action(self, conn: Connection[Any], *, action: int) -> int:
        """Counts the executions of an action that are not finished."""

    def count_by_status(
        self,
        conn: Connection[Any],
        *,
        since: datetime.datetime | None = ...,
    ) -> builtins.list[rows.ExecutionCountByStatusRow]:
        """Counts the executions created since a time in each status that has any, in lifecycle order."""

    def count_by_status_cursor(
        self,
        conn: Connection[Any],
        *,
        since: datetime.datetime | None = ...,
    ) -> AbstractContextManager[RawCursor[rows.ExecutionCountByStatusRow]]:
        """Counts the executions created since a time in each status that has any, in lifecycle order."""

    def create(
        self,
        conn: Connection[Any],
        *,
        action_ref: str,
        action: int | None = ...,
        config: rows.JSONIn | Jsonb | None = ...,
        parent: int | None = ...,
        enforcement: int | None = ...,
        executor: int | None = ...,
        status: rows.ExecutionStatus = ...,
        result: rows.JSONIn | Jsonb | None = ...,
        worker: int | None = ...,
        started_at: datetime.datetime | None = ...,
        retry_count: int = ...,
        max_retries: int | None = ...,
        retry_reason: str | None = ...,
        original_execution: int | None = ...,
    ) -> rows.Execution:
        """Adds an execution and returns it."""

    def create_many(self, conn: Connection[Any], *, rows: rows.JSONIn | Jsonb) -> builtins.list[rows.Execution]:
        """Adds an execution per object of a JSON array and returns them in its order; a key missing or null is the
        default.
        """

    def create_many_cursor(
        self,
        conn: Connection[Any],
        *,
        rows: rows.JSONIn | Jsonb,
    ) -> AbstractContextManager[RawCursor[rows.Execution]]:
        """Adds an execution per object of a JSON array and returns them in its order; a key missing or null is the
        default.
        """

    def create_top_level_if_absent(
        self,
        conn: Connection[Any],
        *,
        enforcement: int | None,
        action_ref: str,
        action: int | None = ...,
        config: rows.JSONIn | Jsonb | None = ...,
        executor: int | None = ...,
        status: rows.ExecutionStatus = ...,
        result: rows.JSONIn | Jsonb | None = ...,
        worker: int | None = ...,
        started_at: datetime.datetime | None = ...,
        retry_count: int = ...,
        max_retries: int | None = ...,
        retry_reason: str | None = ...,
    ) -> rows.ExecutionCreateTopLevelIfAbsentRow:
        """Returns the top-level execution of an enforcement and whether this call added it; one that was there stays
        as it is.
        """

    def delete(self, conn: Connection[Any], *, id: int) -> int:
        """Deletes the execution with this id and returns the number deleted; its inquiries go with it, its children
        stay.
        """

    def delete_finished_before(self, conn: Connection[Any], *, before: datetime.datetime, limit: int | None) -> int:
        """Deletes the oldest executions that finished before a time, at most limit, and returns their number."""

    def failure_rate(
        self,
        conn: Connection[Any],
        *,
        since: datetime.datetime,
        until: datetime.datetime,
    ) -> rows.ExecutionFailureRateRow:
        """Counts what completed, failed or timed out from since until before until; the rate is in per cent, 0 of
        nothing.
        """

    def find_by_id(self, conn: Connection[Any], *, id: int) -> rows.Execution | None:
        """Returns the execution with this id, or no row."""

    def find_top_level_by_enforcement(self, conn: Connection[Any], *, enforcement: int) -> rows.Execution | None:
        """Returns the execution that an enforcement asked for, none of its children or retries, or no row."""

    def list(
        self,
        conn: Connection[Any],
        *,
        limit: int | None,
        after_created: datetime.datetime | None = ...,
        after_id: int | None = ...,
    ) -> builtins.list[rows.Execution]:
        """Lists the executions, newest first."""

    def list_cursor(
        self,
        conn: Connection[Any],
        *,
        limit: int | None,
        after_created: datetime.datetime | None = ...,
        after_id: int | None = ...,
    ) -> AbstractContextManager[RawCursor[rows.Execution]]:
        """Lists the executions, newest first."""

    def list_by_enforcement(self, conn: Connection[Any], *, enforcement: int) -> builtins.list[rows.Execution]:
        """Lists the executions of an enforcement, newest first."""

    def list_by_enforcement_cursor(
        self,
        conn: Connection[Any],
        *,
        enforcement: int,
    ) -> AbstractContextManager[RawCursor[rows.Execution]]:
        """Lists the executions of an enforcement, newest first."""

    def list_by_parent(self, conn: Connection[Any], *, parent: int) -> builtins.list[rows.Execution]:
        """Lists the children of an execution, oldest first."""

    def list_by_parent_cursor(
        self,
        conn: Connection[Any],
        *,
        parent: int,
    ) -> AbstractContextManager[RawCursor[rows.Execution]]:
        """Lists the children of an execution, oldest first."""

    def list_by_status(
        self,
        conn: Connection[Any],
        *,
        status: rows.ExecutionStatus,
        limit: int | None,
        after_created: datetime.datetime | None = ...,
        after_id: int | None = ...,
    ) -> builtins.list[rows.Execution]:
        """Lists the executions in a status, newest first."""

    def list_by_status_cursor(
        self,
        conn: Connection[Any],
        *,
        status: rows.ExecutionStatus,
        limit: int | None,
        after_created: datetime.datetime | None = ...,
        after_id: int | None = ...,
    ) -> AbstractContextManager[RawCursor[rows.Execution]]:
        """Lists the executions in a status, newest first."""

    def list_tree(self, conn: Connection[Any], *, id: int) -> builtins.list[rows.ExecutionListTreeRow]:
        """Lists an execution and all its descendants with their depth from 0, parents before children, oldest first."""

    def list_tree_cursor(
        self,
        conn: Connection[Any],
        *,
        id: int,
    ) -> AbstractContextManager[RawCursor[rows.ExecutionListTreeRow]]:
        """Lists an execution and all its descendants with their depth from 0, parents before children, oldest first."""

    def reclaim_stale(
        self,
        conn: Connection[Any],
        *,
        status: rows.ExecutionStatus,
        older_than_seconds: float,
        limit: int | None,
    ) -> builtins.list[rows.Execution]:
        """Refreshes the stalest executions in an unfinished status and returns them, stalest first, each to one
        caller only.
        """

    def reclaim_stale_cursor(
        self,
        conn: Connection[Any],
        *,
        status: rows.ExecutionStatus,
        older_than_seconds: float,
        limit: int | None,
    ) -> AbstractContextManager[RawCursor[rows.Execution]]:
        """Refreshes the stalest executions in an unfinished status and returns them, stalest first, each to one
        caller only.
        """

    def revert_to_requested(self, conn: Connection[Any], *, id: int) -> rows.Execution | None:
        """Moves a scheduling or scheduled execution back to requested, without worker and executor, and returns it,
        or no row.
        """

    def search(
        self,
        conn: Connection[Any],
        *,
        limit: int | None,
        status: rows.ExecutionStatus | None = ...,
        action_ref: str | None = ...,
        pack: str | None = ...,
        rule_ref: str | None = ...,
        trigger_ref: str | None = ...,
        executor: int | None = ...,
        enforcement: int | None = ...,
        parent: int | None = ...,
        top_level_only: bool | None = ...,
        since: datetime.datetime | None = ...,
        until: datetime.datetime | None = ...,
        after_created: datetime.datetime | None = ...,
        after_id: int | None = ...,
    ) -> builtins.list[rows.ExecutionSearchRow]:
        """Lists the executions that match the filters given, newest first, with the refs of their enforcement; refs
        may hold *.
        """

    def search_cursor(
        self,
        conn: Connection[Any],
        *,
        limit: int | None,
        status: rows.ExecutionStatus | None = ...,
        action_ref: str | None = ...,
        pack: str | None = ...,
        rule_ref: str | None = ...,
        trigger_ref: str | None = ...,
        executor: int | None = ...,
        enforcement: int | None = ...,
        parent: int | None = ...,
        top_level_only: bool | None = ...,
        since: datetime.datetime | None = ...,
        until: datetime.datetime | None = ...,
        after_created: datetime.datetime | None = ...,
        after_id: int | None = ...,
    ) -> AbstractContextManager[RawCursor[rows.ExecutionSearchRow]]:
        """Lists the executions that match the filters given, newest first, with the refs of their enforcement; refs
        may hold *.
        """

    def throughput_by_hour(
        self,
        conn: Connection[Any],
        *,
        since: datetime.datetime,
        until: datetime.datetime,
        action_ref: str | None = ...,
    ) -> builtins.list[rows.ExecutionThroughputByHourRow]:
        """Counts the executions of each hour from that of since until before until; empty hours too, of spans up to
        ten years.
        """

    def throughput_by_hour_cursor(
        self,
        conn: Connection[Any],
        *,
        since: datetime.datetime,
        until: datetime.datetime,
        action_ref: str | None = ...,
    ) -> AbstractContextManager[RawCursor[rows.ExecutionThroughputByHourRow]]:
        """Counts the executions of each hour from that of since until before until; empty hours too, of spans up to
        ten years.
        """

    def transition(
        self,
        conn: Connection[Any],
        *,
        id: int,
        from_status: rows.ExecutionStatus,
        to_status: rows.ExecutionStatus,
        result: rows.JSONIn | Jsonb | None = ...,
        executor: int | None = ...,
    ) -> rows.Execution | None:
        """Moves an execution from one status to another and returns it; no row if it is elsewhere or the lifecycle
        forbids it.
        """

    def update(
        self,
        conn: Connection[Any],
        *,
        id: int,
        executor: int | None = ...,
        status: rows.ExecutionStatus = ...,
        result: rows.JSONIn | Jsonb | None = ...,
        worker: int | None = ...,
        started_at: datetime.datetime | None = ...,
        retry_count: int = ...,
        max_retries: int | None = ...,
        retry_reason: str | None = ...,
        original_execution: int | None = ...,
    ) -> rows.Execution | None:
        """Changes the columns that were given, whatever the lifecycle says, and returns the execution, or no row."""

class Identity:
    """The operations in identity."""

    def create(
        self,
        conn: Connection[Any],
        *,
        login: str,
        display_name: str | None = ...,
        password_hash: str | None = ...,
        attributes: rows.JSONIn | Jsonb = ...,
    ) -> rows.Identity:
        """Adds an identity and returns it."""

    def delete(self, conn: Connection[Any], *, id: int) -> int:
        """Deletes the identity with this id and returns the number of rows deleted; refused while it owns keys."""

    def exists_by_login(self, conn: Connection[Any], *, login: str) -> bool:
        """Tells whether there is an identity with exactly this login."""

    def find_by_id(self, conn: Connection[Any], *, id: int) -> rows.Identity | None:
        """Returns the identity with this id, or no row."""

    def find_by_login(self, conn: Connection[Any], *, login: str) -> rows.Identity | None:
        """Returns the identity with exactly this login, upper and lower case told apart, or no row."""

    def list(
        self,
        conn: Connection[Any],
        *,
        limit: int | None = ...,
        after_login: str | None = ...,
    ) -> builtins.list[rows.Identity]:
        """Lists the identities by login, after the given login where there is one."""

    def list_cursor(
        self,
        conn: Connection[Any],
        *,
        limit: int | None = ...,
        after_login: str | None = ...,
    ) -> AbstractContextManager[RawCursor[rows.Identity]]:
        """Lists the identities by login, after the given login where there is one."""

    def update(
        self,
        conn: Connection[Any],
        *,
        id: int,
        display_name: str | None = ...,
        password_hash: str | None = ...,
        attributes: rows.JSONIn | Jsonb = ...,
    ) -> rows.Identity | None:
        """Changes the columns that were given and returns the identity, or no row."""

class Inquiry:
    """The operations in inquiry."""

    def cancel(self, conn: Connection[Any], *, id: int) -> rows.Inquiry | None:
        """Cancels a pending inquiry and returns it, or no row."""

    def create(
        self,
        conn: Connection[Any],
        *,
        execution: int,
        prompt: str,
        response_schema: rows.JSONIn | Jsonb | None = ...,
        assigned_to: int | None = ...,
        status: rows.InquiryStatus = ...,
        response: rows.JSONIn | Jsonb | None = ...,
        timeout_at: datetime.datetime | None = ...,
    ) -> rows.Inquiry:
        """Adds an inquiry and returns it."""

    def delete(self, conn: Connection[Any], *, id: int) -> int:
        """Deletes the inquiry with this id and returns the number of rows deleted."""

    def expire_pending(self, conn: Connection[Any], *, limit: int | None) -> builtins.list[rows.Inquiry]:
        """Moves overdue pending inquiries to timeout and returns them, longest overdue first; each to one caller
        only.
        """

    def expire_pending_cursor(
        self,
        conn: Connection[Any],
        *,
        limit: int | None,
    ) -> AbstractContextManager[RawCursor[rows.Inquiry]]:
        """Moves overdue pending inquiries to timeout and returns them, longest overdue first; each to one caller
        only.
        """

    def find_by_id(self, conn: Connection[Any], *, id: int) -> rows.Inquiry | None:
        """Returns the inquiry with this id, or no row."""

    def list(
        self,
        conn: Connection[Any],
        *,
        limit: int | None,
        after_created: datetime.datetime | None = ...,
        after_id: int | None = ...,
    ) -> builtins.list[rows.Inquiry]:
        """Lists the inquiries, newest first."""

    def list_cursor(
        self,
        conn: Connection[Any],
        *,
        limit: int | None,
        after_created: datetime.datetime | None = ...,
        after_id: int | None = ...,
    ) -> AbstractContextManager[RawCursor[rows.Inquiry]]:
        """Lists the inquiries, newest first."""

    def list_by_assignee(
        self,
        conn: Connection[Any],
        *,
        assigned_to: int,
        status: rows.InquiryStatus | None = ...,
    ) -> builtins.list[rows.Inquiry]:
        """Lists the inquiries assigned to an identity, in a status where one is given, newest first."""

    def list_by_assignee_cursor(
        self,
        conn: Connection[Any],
        *,
        assigned_to: int,
        status: rows.InquiryStatus | None = ...,
    ) -> AbstractContextManager[RawCursor[rows.Inquiry]]:
        """Lists the inquiries assigned to an identity, in a status where one is given, newest first."""

    def list_by_execution(self, conn: Connection[Any], *, execution: int) -> builtins.list[rows.Inquiry]:
        """Lists the inquiries of an execution, newest first."""

    def list_by_execution_cursor(
        self,
        conn: Connection[Any],
        *,
        execution: int,
    ) -> AbstractContextManager[RawCursor[rows.Inquiry]]:
        """Lists the inquiries of an execution, newest first."""

    def list_by_status(
        self,
        conn: Connection[Any],
        *,
        status: rows.InquiryStatus,
        limit: int | None,
        after_created: datetime.datetime | None = ...,
        after_id: int | None = ...,
    ) -> builtins.list[rows.Inquiry]:
        """Lists the inquiries in a status, newest first."""

    def list_by_status_cursor(
        self,
        conn: Connection[Any],
        *,
        status: rows.InquiryStatus,
        limit: int | None,
        after_created: datetime.datetime | None = ...,
        after_id: int | None = ...,
    ) -> AbstractContextManager[RawCursor[rows.Inquiry]]:
        """Lists the inquiries in a status, newest first."""

    def respond(self, conn: Connection[Any], *, id: int, response: rows.JSONIn | Jsonb | None) -> rows.Inquiry | None:
        """Answers a pending inquiry and returns it, or no row; of concurrent answers the first is kept."""

    def search(
        self,
        conn: Connection[Any],
        *,
        limit: int | None,
        status: rows.InquiryStatus | None = ...,
        execution: int | None = ...,
        assigned_to: int | None = ...,
        after_created: datetime.datetime | None = ...,
        after_id: int | None = ...,
    ) -> builtins.list[rows.Inquiry]:
        """Lists the inquiries that match the filters given, newest first."""

    def search_cursor(
        self,
        conn: Connection[Any],
        *,
        limit: int | None,
        status: rows.InquiryStatus | None = ...,
        execution: int | None = ...,
        assigned_to: int | None = ...,
        after_created: datetime.datetime | None = ...,
        after_id: int | None = ...,
    ) -> AbstractContextManager[RawCursor[rows.Inquiry]]:
        """Lists the inquiries that match the filters given, newest first."""

    def update(
        self,
        conn: Connection[Any],
        *,
        id: int,
        assigned_to: int | None = ...,
        status: rows.InquiryStatus = ...,
        response: rows.JSONIn | Jsonb | None = ...,
        responded_at: datetime.datetime | None = ...,
    ) -> rows.Inquiry | None:
        """Changes the columns that were given, whatever the status was, and returns the inquiry, or no row."""

class Key:
    """The operations in key."""

    def create(
        self,
        conn: Connection[Any],
        *,
        ref: str,
        owner_type: rows.OwnerType,
        name: str,
        encrypted: bool,
        value: str,
        owner_identity: int | None = ...,
        owner_pack: int | None = ...,
        owner_pack_ref: str | None = ...,
        owner_action: int | None = ...,
        owner_action_ref: str | None = ...,
        owner_sensor: int | None = ...,
        owner_sensor_ref: str | None = ...,
        encryption_key_hash: str | None = ...,
    ) -> rows.Key:
        """Adds a key and returns it; its one owner column must be that of the owner type, and none for system."""

    def delete(self, conn: Connection[Any], *, id: int) -> int:
        """Deletes the key with this id and returns the number of rows deleted."""

    def exists_by_ref(self, conn: Connection[Any], *, ref: str) -> bool:
        """Tells whether there is a key with this ref."""

    def find_by_id(self, conn: Connection[Any], *, id: int) -> rows.Key | None:
        """Returns the key with this id, or no row."""

    def find_by_owner_and_name(
        self,
        conn: Connection[Any],
        *,
        owner_type: rows.OwnerType,
        owner: str,
        name: str,
    ) -> rows.Key | None:
        """Returns the key of this name of one owner, its id as text, with its value, or no row."""

    def find_by_ref(self, conn: Connection[Any], *, ref: str) -> rows.Key | None:
        """Returns the key with this ref, or no row."""

    def list(
        self,
        conn: Connection[Any],
        *,
        limit: int | None = ...,
        after_ref: str | None = ...,
    ) -> builtins.list[rows.KeyListRow]:
        """Lists the keys by ref, without values, after the given ref where there is one."""

    def list_cursor(
        self,
        conn: Connection[Any],
        *,
        limit: int | None = ...,
        after_ref: str | None = ...,
    ) -> AbstractContextManager[RawCursor[rows.KeyListRow]]:
        """Lists the keys by ref, without values, after the given ref where there is one."""

    def list_by_owner(
        self,
        conn: Connection[Any],
        *,
        owner_type: rows.OwnerType,
        owner: str,
    ) -> builtins.list[rows.KeyListRow]:
        """Lists the keys of one owner, its id as text, by ref, without values."""

    def list_by_owner_cursor(
        self,
        conn: Connection[Any],
        *,
        owner_type: rows.OwnerType,
        owner: str,
    ) -> AbstractContextManager[RawCursor[rows.KeyListRow]]:
        """Lists the keys of one owner, its id as text, by ref, without values."""

    def list_by_owner_type(
        self,
        conn: Connection[Any],
        *,
        owner_type: rows.OwnerType,
    ) -> builtins.list[rows.KeyListRow]:
        """Lists the keys of an owner type by ref, without values."""

    def list_by_owner_type_cursor(
        self,
        conn: Connection[Any],
        *,
        owner_type: rows.OwnerType,
    ) -> AbstractContextManager[RawCursor[rows.KeyListRow]]:
        """Lists the keys of an owner type by ref, without values."""

    def list_by_refs(
        self,
        conn: Connection[Any],
        *,
        refs: builtins.list[str] | tuple[str, ...],
    ) -> builtins.list[rows.KeyListRow]:
        """Lists the keys with one of these refs, by ref, without values; refs that none has are passed over."""

    def list_by_refs_cursor(
        self,
        conn: Connection[Any],
        *,
        refs: builtins.list[str] | tuple[str, ...],
    ) -> AbstractContextManager[RawCursor[rows.KeyListRow]]:
        """Lists the keys with one of these refs, by ref, without values; refs that none has are passed over."""

    def search(
        self,
        conn: Connection[Any],
        *,
        owner_type: rows.OwnerType | None = ...,
        owner: str | None = ...,
        limit: int | None = ...,
    ) -> builtins.list[rows.KeyListRow]:
        """Lists the keys that match the filters given, by ref, without values."""

    def search_cursor(
        self,
        conn: Connection[Any],
        *,
        owner_type: rows.OwnerType | None = ...,
        owner: str | None = ...,
        limit: int | None = ...,
    ) -> AbstractContextManager[RawCursor[rows.KeyListRow]]:
        """Lists the keys that match the filters given, by ref, without values."""

    def update(
        self,
        conn: Connection[Any],
        *,
        id: int,
        name: str = ...,
        encrypted: bool = ...,
        encryption_key_hash: str | None = ...,
        value: str = ...,
    ) -> rows.Key | None:
        """Changes the columns that were given and returns the key, or no row."""

class Notification:
    """The operations in notification."""

    def claim(
        self,
        conn: Connection[Any],
        *,
        limit: int | None,
        channel: str | None = ...,
    ) -> builtins.list[rows.Notification]:
        """Sets the oldest created or queued notifications, of a channel if given, to processing; returns them,
        oldest first.
        """

    def claim_cursor(
        self,
        conn: Connection[Any],
        *,
        limit: int | None,
        channel: str | None = ...,
    ) -> AbstractContextManager[RawCursor[rows.Notification]]:
        """Sets the oldest created or queued notifications, of a channel if given, to processing; returns them,
        oldest first.
        """

    def create(
        self,
        conn: Connection[Any],
        *,
        channel: str,
        entity_type: str,
        entity: str,
        activity: str,
        state: rows.NotificationStatus = ...,
        content: rows.JSONIn | Jsonb | None = ...,
    ) -> rows.Notification:
        """Adds a notification and returns it."""

    def create_many(self, conn: Connection[Any], *, rows: rows.JSONIn | Jsonb) -> builtins.list[rows.Notification]:
        """Adds a notification per object of a JSON array and returns them in its order; a key missing or null is the
        default.
        """

    def create_many_cursor(
        self,
        conn: Connection[Any],
        *,
        rows: rows.JSONIn | Jsonb,
    ) -> AbstractContextManager[RawCursor[rows.Notification]]:
        """Adds a notification per object of a JSON array and returns them in its order; a key missing or null is the
        default.
        """

    def delete(self, conn: Connection[Any], *, id: int) -> int:
        """Deletes the notification with this id and returns the number of rows deleted."""

    def delete_before(self, conn: Connection[Any], *, before: datetime.datetime, limit: int | None) -> int:
        """Deletes the oldest notifications created before a time, at most limit, and returns the number deleted."""

    def find_by_id(self, conn: Connection[Any], *, id: int) -> rows.Notification | None:
        """Returns the notification with this id, or no row."""

    def list(
        self,
        conn: Connection[Any],
        *,
        limit: int | None,
        after_created: datetime.datetime | None = ...,
        after_id: int | None = ...,
    ) -> builtins.list[rows.Notification]:
        """Lists a page of the notifications, newest first, after the given row where there is one."""

    def list_cursor(
        self,
        conn: Connection[Any],
        *,
        limit: int | None,
        after_created: datetime.datetime | None = ...,
        after_id: int | None = ...,
    ) -> AbstractContextManager[RawCursor[rows.Notification]]:
        """Lists a page of the notifications, newest first, after the given row where there is one."""

    def list_by_channel(
        self,
        conn: Connection[Any],
        *,
        channel: str,
        limit: int | None,
        after_created: datetime.datetime | None = ...,
        after_id: int | None = ...,
    ) -> builtins.list[rows.Notification]:
        """Lists a page of a channel's notifications, newest first, after the given row where there is one."""

    def list_by_channel_cursor(
        self,
        conn: Connection[Any],
        *,
        channel: str,
        limit: int | None,
        after_created: datetime.datetime | None = ...,
        after_id: int | None = ...,
    ) -> AbstractContextManager[RawCursor[rows.Notification]]:
        """Lists a page of a channel's notifications, newest first, after the given row where there is one."""

    def list_by_state(
        self,
        conn: Connection[Any],
        *,
        state: rows.NotificationStatus,
        limit: int | None,
        after_created: datetime.datetime | None = ...,
        after_id: int | None = ...,
    ) -> builtins.list[rows.Notification]:
        """Lists a page of the notifications in a state, newest first, after the given row where there is one."""

    def list_by_state_cursor(
        self,
        conn: Connection[Any],
        *,
        state: rows.NotificationStatus,
        limit: int | None,
        after_created: datetime.datetime | None = ...,
        after_id: int | None = ...,
    ) -> AbstractContextManager[RawCursor[rows.Notification]]:
        """Lists a page of the notifications in a state, newest first, after the given row where there is one."""

    def transition(
        self,
        conn: Connection[Any],
        *,
        id: int,
        from_state: rows.NotificationStatus,
        to_state: rows.NotificationStatus,
    ) -> rows.Notification | None:
        """Changes the state if it still is the expected one and returns the notification, or no row."""

    def update(
        self,
        conn: Connection[Any],
        *,
        id: int,
        state: rows.NotificationStatus = ...,
        content: rows.JSONIn | Jsonb | None = ...,
    ) -> rows.Notification | None:
        """Changes the columns that were given and returns the notification, or no row."""

class Pack:
    """The operations in pack."""

    def count(self, conn: Connection[Any]) -> int:
        """Counts the packs."""

    def create(
        self,
        conn: Connection[Any],
        *,
        ref: str,
        label: str,
        version: str,
        description: str | None = ...,
        conf_schema: rows.JSONIn | Jsonb = ...,
        config: rows.JSONIn | Jsonb = ...,
        meta: rows.JSONIn | Jsonb = ...,
        tags: builtins.list[str] | tuple[str, ...] = ...,
        runtime_deps: builtins.list[str] | tuple[str, ...] = ...,
        is_standard: bool = ...,
    ) -> rows.Pack:
        """Adds a pack and returns it."""

    def delete(self, conn: Connection[Any], *, id: int) -> int:
        """Deletes the pack with this id, with all that belongs to it, and returns the number of packs deleted."""

    def exists_by_ref(self, conn: Connection[Any], *, ref: str) -> bool:
        """Tells whether there is a pack with this ref."""

    def find_by_id(self, conn: Connection[Any], *, id: int) -> rows.Pack | None:
        """Returns the pack with this id, or no row."""

    def find_by_ref(self, conn: Connection[Any], *, ref: str) -> rows.Pack | None:
        """Returns the pack with this ref, or no row."""

    def list(
        self,
        conn: Connection[Any],
        *,
        limit: int | None = ...,
        after_ref: str | None = ...,
    ) -> builtins.list[rows.Pack]:
        """Lists the packs by ref, after the given ref where there is one."""

    def list_cursor(
        self,
        conn: Connection[Any],
        *,
        limit: int | None = ...,
        after_ref: str | None = ...,
    ) -> AbstractContextManager[RawCursor[rows.Pack]]:
        """Lists the packs by ref, after the given ref where there is one."""

    def list_by_refs(
        self,
        conn: Connection[Any],
        *,
        refs: builtins.list[str] | tuple[str, ...],
    ) -> builtins.list[rows.Pack]:
        """Lists the packs with one of these refs, by ref; refs that none has are passed over."""

    def list_by_refs_cursor(
        self,
        conn: Connection[Any],
        *,
        refs: builtins.list[str] | tuple[str, ...],
    ) -> AbstractContextManager[RawCursor[rows.Pack]]:
        """Lists the packs with one of these refs, by ref; refs that none has are passed over."""

    def list_by_tag(self, conn: Connection[Any], *, tag: str | None) -> builtins.list[rows.Pack]:
        """Lists the packs that have a tag, by ref."""

    def list_by_tag_cursor(
        self,
        conn: Connection[Any],
        *,
        tag: str | None,
    ) -> AbstractContextManager[RawCursor[rows.Pack]]:
        """Lists the packs that have a tag, by ref."""

    def list_standard(self, conn: Connection[Any]) -> builtins.list[rows.Pack]:
        """Lists the packs that come with Attune itself, by ref."""

    def list_standard_cursor(self, conn: Connection[Any]) -> AbstractContextManager[RawCursor[rows.Pack]]:
        """Lists the packs that come with Attune itself, by ref."""

    def search(self, conn: Connection[Any], *, text: str, limit: int | None = ...) -> builtins.list[rows.Pack]:
        """Lists the packs with this text in ref, label or description, in upper or lower case, by ref."""

    def search_cursor(
        self,
        conn: Connection[Any],
        *,
        text: str,
        limit: int | None = ...,
    ) -> AbstractContextManager[RawCursor[rows.Pack]]:
        """Lists the packs with this text in ref, label or description, in upper or lower case, by ref."""

    def update(
        self,
        conn: Connection[Any],
        *,
        id: int,
        label: str = ...,
        description: str | None = ...,
        version: str = ...,
        conf_schema: rows.JSONIn | Jsonb = ...,
        config: rows.JSONIn | Jsonb = ...,
        meta: rows.JSONIn | Jsonb = ...,
        tags: builtins.list[str] | tuple[str, ...] = ...,
        runtime_deps: builtins.list[str] | tuple[str, ...] = ...,
        is_standard: bool = ...,
    ) -> rows.Pack | None:
        """Changes the columns that were given and returns the pack, or no row."""

class PermissionAssignment:
    """The operations in permission_assignment."""

    def assign(self, conn: Connection[Any], *, identity: int, permset: int) -> rows.PermissionAssignmentAssignRow:
        """Assigns a permission set to an identity and returns the assignment, with whether this call made it."""

    def create(self, conn: Connection[Any], *, identity: int, permset: int) -> rows.PermissionAssignment:
        """Assigns a permission set to an identity and returns the assignment; refused when there is one already."""

    def delete(self, conn: Connection[Any], *, id: int) -> int:
        """Deletes the permission assignment with this id and returns the number of rows deleted."""

    def find_by_id(self, conn: Connection[Any], *, id: int) -> rows.PermissionAssignment | None:
        """Returns the permission assignment with this id, or no row."""

    def list(
        self,
        conn: Connection[Any],
        *,
        limit: int | None,
        after_created: datetime.datetime | None = ...,
        after_id: int | None = ...,
    ) -> builtins.list[rows.PermissionAssignment]:
        """Lists a page of the permission assignments, newest first, after the given row where there is one."""

    def list_cursor(
        self,
        conn: Connection[Any],
        *,
        limit: int | None,
        after_created: datetime.datetime | None = ...,
        after_id: int | None = ...,
    ) -> AbstractContextManager[RawCursor[rows.PermissionAssignment]]:
        """Lists a page of the permission assignments, newest first, after the given row where there is one."""

    def list_by_identity(self, conn: Connection[Any], *, identity: int) -> builtins.list[rows.PermissionAssignment]:
        """Lists the permission assignments of an identity, newest first."""

    def list_by_identity_cursor(
        self,
        conn: Connection[Any],
        *,
        identity: int,
    ) -> AbstractContextManager[RawCursor[rows.PermissionAssignment]]:
        """Lists the permission assignments of an identity, newest first."""

    def list_by_permission_set(
        self,
        conn: Connection[Any],
        *,
        permset: int,
    ) -> builtins.list[rows.PermissionAssignment]:
        """Lists the assignments of a permission set, newest first."""

    def list_by_permission_set_cursor(
        self,
        conn: Connection[Any],
        *,
        permset: int,
    ) -> AbstractContextManager[RawCursor[rows.PermissionAssignment]]:
        """Lists the assignments of a permission set, newest first."""

    def revoke(self, conn: Connection[Any], *, identity: int, permset: int) -> int:
        """Takes a permission set from an identity and returns the number of assignments deleted, 1 or 0."""

class PermissionSet:
    """The operations in permission_set."""

    def create(
        self,
        conn: Connection[Any],
        *,
        ref: str,
        pack: int | None = ...,
        pack_ref: str | None = ...,
        label: str | None = ...,
        description: str | None = ...,
        grants: rows.JSONIn | Jsonb = ...,
    ) -> rows.PermissionSet:
        """Adds a permission set and returns it."""

    def delete(self, conn: Connection[Any], *, id: int) -> int:
        """Deletes the permission set with this id, with its assignments, and returns the number of sets deleted."""

    def exists_by_ref(self, conn: Connection[Any], *, ref: str) -> bool:
        """Tells whether there is a permission set with this ref."""

    def find_by_id(self, conn: Connection[Any], *, id: int) -> rows.PermissionSet | None:
        """Returns the permission set with this id, or no row."""

    def find_by_ref(self, conn: Connection[Any], *, ref: str) -> rows.PermissionSet | None:
        """Returns the permission set with this ref, or no row."""

    def list(
        self,
        conn: Connection[Any],
        *,
        limit: int | None = ...,
        after_ref: str | None = ...,
    ) -> builtins.list[rows.PermissionSet]:
        """Lists the permission sets by ref, after the given ref where there is one."""

    def list_cursor(
        self,
        conn: Connection[Any],
        *,
        limit: int | None = ...,
        after_ref: str | None = ...,
    ) -> AbstractContextManager[RawCursor[rows.PermissionSet]]:
        """Lists the permission sets by ref, after the given ref where there is one."""

    def list_by_identity(self, conn: Connection[Any], *, identity: int) -> builtins.list[rows.PermissionSet]:
        """Lists the permission sets that are assigned to an identity, by ref."""

    def list_by_identity_cursor(
        self,
        conn: Connection[Any],
        *,
        identity: int,
    ) -> AbstractContextManager[RawCursor[rows.PermissionSet]]:
        """Lists the permission sets that are assigned to an identity, by ref."""

    def list_by_pack(self, conn: Connection[Any], *, pack: int) -> builtins.list[rows.PermissionSet]:
        """Lists the permission sets of a pack by ref."""

    def list_by_pack_cursor(
        self,
        conn: Connection[Any],
        *,
        pack: int,
    ) -> AbstractContextManager[RawCursor[rows.PermissionSet]]:
        """Lists the permission sets of a pack by ref."""

    def list_by_refs(
        self,
        conn: Connection[Any],
        *,
        refs: builtins.list[str] | tuple[str, ...],
    ) -> builtins.list[rows.PermissionSet]:
        """Lists the permission sets with one of these refs, by ref; refs that none has are passed over."""

    def list_by_refs_cursor(
        self,
        conn: Connection[Any],
        *,
        refs: builtins.list[str] | tuple[str, ...],
    ) -> AbstractContextManager[RawCursor[rows.PermissionSet]]:
        """Lists the permission sets with one of these refs, by ref; refs that none has are passed over."""

    def update(
        self,
        conn: Connection[Any],
        *,
        id: int,
        label: str | None = ...,
        description: str | None = ...,
        grants: rows.JSONIn | Jsonb = ...,
    ) -> rows.PermissionSet | None:
        """Changes the columns that were given and returns the permission set, or no row."""

class Policy:
    """The operations in policy."""

    def create(
        self,
        conn: Connection[Any],
        *,
        ref: str,
        method: rows.PolicyMethod,
        threshold: int,
        name: str,
        pack: int | None = ...,
        pack_ref: str | None = ...,
        action: int | None = ...,
        action_ref: str | None = ...,
        parameters: builtins.list[str] | tuple[str, ...] = ...,
        description: str | None = ...,
        tags: builtins.list[str] | tuple[str, ...] = ...,
    ) -> rows.Policy:
        """Adds a policy, for an action, for a pack or (without either) for everything, and returns it."""

    def delete(self, conn: Connection[Any], *, id: int) -> int:
        """Deletes the policy with this id and returns the number deleted."""

    def exists_by_ref(self, conn: Connection[Any], *, ref: str) -> bool:
        """Tells whether there is a policy with this ref."""

    def find_by_id(self, conn: Connection[Any], *, id: int) -> rows.Policy | None:
        """Returns the policy with this id, or no row."""

    def find_by_ref(self, conn: Connection[Any], *, ref: str) -> rows.Policy | None:
        """Returns the policy with this ref, or no row."""

    def find_latest_by_action(self, conn: Connection[Any], *, action: int) -> rows.Policy | None:
        """Returns the newest policy for an action, or no row."""

    def find_latest_by_pack(self, conn: Connection[Any], *, pack: int) -> rows.Policy | None:
        """Returns the newest policy for a pack as a whole, or no row."""

    def find_latest_global(self, conn: Connection[Any]) -> rows.Policy | None:
        """Returns the newest policy for neither a pack nor an action, or no row."""

    def list(
        self,
        conn: Connection[Any],
        *,
        limit: int | None = ...,
        after_ref: str | None = ...,
    ) -> builtins.list[rows.Policy]:
        """Lists the policies by ref, after the given ref where there is one."""

    def list_cursor(
        self,
        conn: Connection[Any],
        *,
        limit: int | None = ...,
        after_ref: str | None = ...,
    ) -> AbstractContextManager[RawCursor[rows.Policy]]:
        """Lists the policies by ref, after the given ref where there is one."""

    def list_by_action(self, conn: Connection[Any], *, action: int) -> builtins.list[rows.Policy]:
        """Lists the policies for an action by ref."""

    def list_by_action_cursor(
        self,
        conn: Connection[Any],
        *,
        action: int,
    ) -> AbstractContextManager[RawCursor[rows.Policy]]:
        """Lists the policies for an action by ref."""

    def list_by_refs(
        self,
        conn: Connection[Any],
        *,
        refs: builtins.list[str] | tuple[str, ...],
    ) -> builtins.list[rows.Policy]:
        """Lists the policies with one of these refs, by ref; refs that none has are passed over."""

    def list_by_refs_cursor(
        self,
        conn: Connection[Any],
        *,
        refs: builtins.list[str] | tuple[str, ...],
    ) -> AbstractContextManager[RawCursor[rows.Policy]]:
        """Lists the policies with one of these refs, by ref; refs that none has are passed over."""

    def list_by_tag(self, conn: Connection[Any], *, tag: str | None) -> builtins.list[rows.Policy]:
        """Lists the policies that have a tag, by ref."""

    def list_by_tag_cursor(
        self,
        conn: Connection[Any],
        *,
        tag: str | None,
    ) -> AbstractContextManager[RawCursor[rows.Policy]]:
        """Lists the policies that have a tag, by ref."""

    def update(
        self,
        conn: Connection[Any],
        *,
        id: int,
        parameters: builtins.list[str] | tuple[str, ...] = ...,
        method: rows.PolicyMethod = ...,
        threshold: int = ...,
        name: str = ...,
        description: str | None = ...,
        tags: builtins.list[str] | tuple[str, ...] = ...,
    ) -> rows.Policy | None:
        """Changes the columns that were given and returns the policy, or no row."""

class QueueStats:
    """The operations in queue_stats."""

    def clear_stale(self, conn: Connection[Any], *, older_than_seconds: float) -> int:
        """Deletes the figures of idle queues that have not changed for so long and returns the number deleted."""

    def delete(self, conn: Connection[Any], *, action_id: int) -> int:
        """Deletes the figures of an action's queue and returns the number of rows deleted."""

    def find_by_action(self, conn: Connection[Any], *, action_id: int) -> rows.QueueStats | None:
        """Returns the figures of an action's queue, or no row."""

    def list(self, conn: Connection[Any]) -> builtins.list[rows.QueueStats]:
        """Lists the figures of all queues, latest change first."""

    def list_cursor(self, conn: Connection[Any]) -> AbstractContextManager[RawCursor[rows.QueueStats]]:
        """Lists the figures of all queues, latest change first."""

    def list_active(self, conn: Connection[Any]) -> builtins.list[rows.QueueStats]:
        """Lists the figures of the queues in which something waits or runs, latest change first."""

    def list_active_cursor(self, conn: Connection[Any]) -> AbstractContextManager[RawCursor[rows.QueueStats]]:
        """Lists the figures of the queues in which something waits or runs, latest change first."""

    def upsert(
        self,
        conn: Connection[Any],
        *,
        action_id: int,
        queue_length: int = ...,
        active_count: int = ...,
        max_concurrent: int = ...,
        oldest_enqueued_at: datetime.datetime | None = ...,
        total_enqueued: int = ...,
        total_completed: int = ...,
    ) -> rows.QueueStats:
        """Sets all figures of an action's queue, those left out to their defaults, and returns them."""

    def upsert_many(self, conn: Connection[Any], *, rows: rows.JSONIn | Jsonb) -> builtins.list[rows.QueueStats]:
        """Sets all figures of many queues, null or left out: the default; returns them in the order of the objects
        given.
        """

    def upsert_many_cursor(
        self,
        conn: Connection[Any],
        *,
        rows: rows.JSONIn | Jsonb,
    ) -> AbstractContextManager[RawCursor[rows.QueueStats]]:
        """Sets all figures of many queues, null or left out: the default; returns them in the order of the objects
        given.
        """

class Rule:
    """The operations in rule."""

    def create(
        self,
        conn: Connection[Any],
        *,
        ref: str,
        pack: int,
        pack_ref: str,
        label: str,
        description: str,
        action_ref: str,
        trigger_ref: str,
        enabled: bool,
        action: int | None = ...,
        trigger: int | None = ...,
        conditions: rows.JSONIn | Jsonb = ...,
        action_params: rows.JSONIn | Jsonb | None = ...,
        trigger_params: rows.JSONIn | Jsonb | None = ...,
        is_adhoc: bool = ...,
    ) -> rows.Rule:
        """Adds a rule, linked to its action and trigger where they are given, and returns it."""

    def delete(self, conn: Connection[Any], *, id: int) -> int:
        """Deletes the rule with this id and returns the number deleted."""

    def delete_by_pack_excluding(
        self,
        conn: Connection[Any],
        *,
        pack: int,
        refs: builtins.list[str] | tuple[str, ...],
    ) -> int:
        """Deletes the rules of a pack but those with these refs; returns the number deleted."""

    def exists_by_ref(self, conn: Connection[Any], *, ref: str) -> bool:
        """Tells whether there is a rule with this ref."""

    def find_by_id(self, conn: Connection[Any], *, id: int) -> rows.Rule | None:
        """Returns the rule with this id, or no row."""

    def find_by_ref(self, conn: Connection[Any], *, ref: str) -> rows.Rule | None:
        """Returns the rule with this ref, or no row."""

    def list(
        self,
        conn: Connection[Any],
        *,
        limit: int | None = ...,
        after_ref: str | None = ...,
    ) -> builtins.list[rows.Rule]:
        """Lists the rules by ref, after the given ref where there is one."""

    def list_cursor(
        self,
        conn: Connection[Any],
        *,
        limit: int | None = ...,
        after_ref: str | None = ...,
    ) -> AbstractContextManager[RawCursor[rows.Rule]]:
        """Lists the rules by ref, after the given ref where there is one."""

    def list_by_action(self, conn: Connection[Any], *, action: int) -> builtins.list[rows.Rule]:
        """Lists the rules that run an action, disabled ones too, by ref."""

    def list_by_action_cursor(
        self,
        conn: Connection[Any],
        *,
        action: int,
    ) -> AbstractContextManager[RawCursor[rows.Rule]]:
        """Lists the rules that run an action, disabled ones too, by ref."""

    def list_by_pack(self, conn: Connection[Any], *, pack: int) -> builtins.list[rows.Rule]:
        """Lists the rules of a pack by ref."""

    def list_by_pack_cursor(self, conn: Connection[Any], *, pack: int) -> AbstractContextManager[RawCursor[rows.Rule]]:
        """Lists the rules of a pack by ref."""

    def list_by_refs(
        self,
        conn: Connection[Any],
        *,
        refs: builtins.list[str] | tuple[str, ...],
    ) -> builtins.list[rows.Rule]:
        """Lists the rules with one of these refs, by ref; refs that none has are passed over."""

    def list_by_refs_cursor(
        self,
        conn: Connection[Any],
        *,
        refs: builtins.list[str] | tuple[str, ...],
    ) -> AbstractContextManager[RawCursor[rows.Rule]]:
        """Lists the rules with one of these refs, by ref; refs that none has are passed over."""

    def list_by_trigger(self, conn: Connection[Any], *, trigger: int) -> builtins.list[rows.Rule]:
        """Lists the rules of a trigger, disabled ones too, by ref."""

    def list_by_trigger_cursor(
        self,
        conn: Connection[Any],
        *,
        trigger: int,
    ) -> AbstractContextManager[RawCursor[rows.Rule]]:
        """Lists the rules of a trigger, disabled ones too, by ref."""

    def list_enabled(self, conn: Connection[Any]) -> builtins.list[rows.Rule]:
        """Lists the enabled rules by ref."""

    def list_enabled_cursor(self, conn: Connection[Any]) -> AbstractContextManager[RawCursor[rows.Rule]]:
        """Lists the enabled rules by ref."""

    def list_enabled_by_trigger(self, conn: Connection[Any], *, trigger: int) -> builtins.list[rows.Rule]:
        """Lists the enabled rules of a trigger by ref."""

    def list_enabled_by_trigger_cursor(
        self,
        conn: Connection[Any],
        *,
        trigger: int,
    ) -> AbstractContextManager[RawCursor[rows.Rule]]:
        """Lists the enabled rules of a trigger by ref."""

    def relink_action(self, conn: Connection[Any], *, action_ref: str, action: int | None) -> int:
        """Links the rules that lost an action with this ref to this action; returns the number of rules linked."""

    def relink_trigger(self, conn: Connection[Any], *, trigger_ref: str, trigger: int | None) -> int:
        """Links the rules that lost a trigger with this ref to this trigger; returns the number of rules linked."""

    def set_enabled(self, conn: Connection[Any], *, id: int, enabled: bool) -> rows.Rule | None:
        """Enables or disables the rule and returns it, or no row."""

    def update(
        self,
        conn: Connection[Any],
        *,
        id: int,
        label: str = ...,
        description: str = ...,
        conditions: rows.JSONIn | Jsonb = ...,
        action_params: rows.JSONIn | Jsonb | None = ...,
        trigger_params: rows.JSONIn | Jsonb | None = ...,
        enabled: bool = ...,
    ) -> rows.Rule | None:
        """Changes the columns that were given and returns the rule, or no row."""

class Runtime:
    """The operations in runtime."""

    def create(
        self,
        conn: Connection[Any],
        *,
        ref: str,
        name: str,
        distributions: rows.JSONIn | Jsonb,
        pack: int | None = ...,
        pack_ref: str | None = ...,
        description: str | None = ...,
        installation: rows.JSONIn | Jsonb | None = ...,
    ) -> rows.Runtime:
        """Adds a runtime, of a pack or of none, and returns it."""

    def delete(self, conn: Connection[Any], *, id: int) -> int:
        """Deletes the runtime with this id, with its sensors, and returns the number of runtimes deleted."""

    def delete_by_pack_excluding(
        self,
        conn: Connection[Any],
        *,
        pack: int,
        refs: builtins.list[str] | tuple[str, ...],
    ) -> int:
        """Deletes the runtimes of a pack but those with these refs; returns the number deleted."""

    def exists_by_ref(self, conn: Connection[Any], *, ref: str) -> bool:
        """Tells whether there is a runtime with this ref."""

    def find_by_id(self, conn: Connection[Any], *, id: int) -> rows.Runtime | None:
        """Returns the runtime with this id, or no row."""

    def find_by_name(self, conn: Connection[Any], *, name: str) -> rows.Runtime | None:
        """Returns the first runtime by ref with this name, in upper or lower case, or no row."""

    def find_by_ref(self, conn: Connection[Any], *, ref: str) -> rows.Runtime | None:
        """Returns the runtime with this ref, or no row."""

    def list(
        self,
        conn: Connection[Any],
        *,
        limit: int | None = ...,
        after_ref: str | None = ...,
    ) -> builtins.list[rows.Runtime]:
        """Lists the runtimes by ref, after the given ref where there is one."""

    def list_cursor(
        self,
        conn: Connection[Any],
        *,
        limit: int | None = ...,
        after_ref: str | None = ...,
    ) -> AbstractContextManager[RawCursor[rows.Runtime]]:
        """Lists the runtimes by ref, after the given ref where there is one."""

    def list_by_pack(self, conn: Connection[Any], *, pack: int) -> builtins.list[rows.Runtime]:
        """Lists the runtimes of a pack by ref."""

    def list_by_pack_cursor(
        self,
        conn: Connection[Any],
        *,
        pack: int,
    ) -> AbstractContextManager[RawCursor[rows.Runtime]]:
        """Lists the runtimes of a pack by ref."""

    def list_by_refs(
        self,
        conn: Connection[Any],
        *,
        refs: builtins.list[str] | tuple[str, ...],
    ) -> builtins.list[rows.Runtime]:
        """Lists the runtimes with one of these refs, by ref; refs that none has are passed over."""

    def list_by_refs_cursor(
        self,
        conn: Connection[Any],
        *,
        refs: builtins.list[str] | tuple[str, ...],
    ) -> AbstractContextManager[RawCursor[rows.Runtime]]:
        """Lists the runtimes with one of these refs, by ref; refs that none has are passed over."""

    def update(
        self,
        conn: Connection[Any],
        *,
        id: int,
        description: str | None = ...,
        name: str = ...,
        distributions: rows.JSONIn | Jsonb = ...,
        installation: rows.JSONIn | Jsonb | None = ...,
    ) -> rows.Runtime | None:
        """Changes the columns that were given and returns the runtime, or no row."""

class Sensor:
    """The operations in sensor."""

    def create(
        self,
        conn: Connection[Any],
        *,
        ref: str,
        label: str,
        description: str,
        entrypoint: str,
        runtime: int,
        runtime_ref: str,
        trigger: int,
        trigger_ref: str,
        enabled: bool,
        pack: int | None = ...,
        pack_ref: str | None = ...,
        param_schema: rows.JSONIn | Jsonb | None = ...,
        config: rows.JSONIn | Jsonb | None = ...,
    ) -> rows.Sensor:
        """Adds a sensor and returns it."""

    def delete(self, conn: Connection[Any], *, id: int) -> int:
        """Deletes the sensor with this id, with its keys, and returns the number of sensors deleted."""

    def delete_by_pack_excluding(
        self,
        conn: Connection[Any],
        *,
        pack: int,
        refs: builtins.list[str] | tuple[str, ...],
    ) -> int:
        """Deletes the sensors of a pack but those with these refs; returns the number deleted."""

    def exists_by_ref(self, conn: Connection[Any], *, ref: str) -> bool:
        """Tells whether there is a sensor with this ref."""

    def find_by_id(self, conn: Connection[Any], *, id: int) -> rows.Sensor | None:
        """Returns the sensor with this id, or no row."""

    def find_by_ref(self, conn: Connection[Any], *, ref: str) -> rows.Sensor | None:
        """Returns the sensor with this ref, or no row."""

    def list(
        self,
        conn: Connection[Any],
        *,
        limit: int | None = ...,
        after_ref: str | None = ...,
    ) -> builtins.list[rows.Sensor]:
        """Lists the sensors by ref, after the given ref where there is one."""

    def list_cursor(
        self,
        conn: Connection[Any],
        *,
        limit: int | None = ...,
        after_ref: str | None = ...,
    ) -> AbstractContextManager[RawCursor[rows.Sensor]]:
        """Lists the sensors by ref, after the given ref where there is one."""

    def list_by_pack(self, conn: Connection[Any], *, pack: int) -> builtins.list[rows.Sensor]:
        """Lists the sensors of a pack by ref."""

    def list_by_pack_cursor(
        self,
        conn: Connection[Any],
        *,
        pack: int,
    ) -> AbstractContextManager[RawCursor[rows.Sensor]]:
        """Lists the sensors of a pack by ref."""

    def list_by_refs(
        self,
        conn: Connection[Any],
        *,
        refs: builtins.list[str] | tuple[str, ...],
    ) -> builtins.list[rows.Sensor]:
        """Lists the sensors with one of these refs, by ref; refs that none has are passed over."""

    def list_by_refs_cursor(
        self,
        conn: Connection[Any],
        *,
        refs: builtins.list[str] | tuple[str, ...],
    ) -> AbstractContextManager[RawCursor[rows.Sensor]]:
        """Lists the sensors with one of these refs, by ref; refs that none has are passed over."""

    def list_by_trigger(self, conn: Connection[Any], *, trigger: int) -> builtins.list[rows.Sensor]:
        """Lists the sensors of a trigger by ref."""

    def list_by_trigger_cursor(
        self,
        conn: Connection[Any],
        *,
        trigger: int,
    ) -> AbstractContextManager[RawCursor[rows.Sensor]]:
        """Lists the sensors of a trigger by ref."""

    def list_enabled(self, conn: Connection[Any]) -> builtins.list[rows.Sensor]:
        """Lists the enabled sensors by ref."""

    def list_enabled_cursor(self, conn: Connection[Any]) -> AbstractContextManager[RawCursor[rows.Sensor]]:
        """Lists the enabled sensors by ref."""

    def set_enabled(self, conn: Connection[Any], *, id: int, enabled: bool) -> rows.Sensor | None:
        """Enables or disables the sensor and returns it, or no row."""

    def update(
        self,
        conn: Connection[Any],
        *,
        id: int,
        label: str = ...,
        description: str = ...,
        entrypoint: str = ...,
        enabled: bool = ...,
        param_schema: rows.JSONIn | Jsonb | None = ...,
    ) -> rows.Sensor | None:
        """Changes the columns that were given and returns the sensor, or no row."""

class Trigger:
    """The operations in trigger."""

    def create(
        self,
        conn: Connection[Any],
        *,
        ref: str,
        label: str,
        pack: int | None = ...,
        pack_ref: str | None = ...,
        description: str | None = ...,
        enabled: bool = ...,
        param_schema: rows.JSONIn | Jsonb | None = ...,
        out_schema: rows.JSONIn | Jsonb | None = ...,
        is_adhoc: bool = ...,
    ) -> rows.Trigger:
        """Adds a trigger, with webhooks disabled, and returns it."""

    def delete(self, conn: Connection[Any], *, id: int) -> int:
        """Deletes the trigger with this id, with its sensors, and returns the number of triggers deleted."""

    def delete_by_pack_excluding(
        self,
        conn: Connection[Any],
        *,
        pack: int,
        refs: builtins.list[str] | tuple[str, ...],
    ) -> int:
        """Deletes the triggers of a pack but those with these refs and ad-hoc ones; returns the number deleted."""

    def disable_webhook(self, conn: Connection[Any], *, id: int) -> rows.Trigger | None:
        """Disables webhooks, forgets the key, and returns the trigger, or no row."""

    def enable_webhook(self, conn: Connection[Any], *, id: int) -> rows.Trigger | None:
        """Enables webhooks, keeping a key that there is, and returns the trigger, or no row."""

    def exists_by_ref(self, conn: Connection[Any], *, ref: str) -> bool:
        """Tells whether there is a trigger with this ref."""

    def find_by_id(self, conn: Connection[Any], *, id: int) -> rows.Trigger | None:
        """Returns the trigger with this id, or no row."""

    def find_by_ref(self, conn: Connection[Any], *, ref: str) -> rows.Trigger | None:
        """Returns the trigger with this ref, or no row."""

    def find_by_webhook_key(self, conn: Connection[Any], *, webhook_key: str) -> rows.Trigger | None:
        """Returns the trigger with this webhook key, or no row."""

    def list(
        self,
        conn: Connection[Any],
        *,
        limit: int | None = ...,
        after_ref: str | None = ...,
    ) -> builtins.list[rows.Trigger]:
        """Lists the triggers by ref, after the given ref where there is one."""

    def list_cursor(
        self,
        conn: Connection[Any],
        *,
        limit: int | None = ...,
        after_ref: str | None = ...,
    ) -> AbstractContextManager[RawCursor[rows.Trigger]]:
        """Lists the triggers by ref, after the given ref where there is one."""

    def list_by_pack(self, conn: Connection[Any], *, pack: int) -> builtins.list[rows.Trigger]:
        """Lists the triggers of a pack by ref."""

    def list_by_pack_cursor(
        self,
        conn: Connection[Any],
        *,
        pack: int,
    ) -> AbstractContextManager[RawCursor[rows.Trigger]]:
        """Lists the triggers of a pack by ref."""

    def list_by_refs(
        self,
        conn: Connection[Any],
        *,
        refs: builtins.list[str] | tuple[str, ...],
    ) -> builtins.list[rows.Trigger]:
        """Lists the triggers with one of these refs, by ref; refs that none has are passed over."""

    def list_by_refs_cursor(
        self,
        conn: Connection[Any],
        *,
        refs: builtins.list[str] | tuple[str, ...],
    ) -> AbstractContextManager[RawCursor[rows.Trigger]]:
        """Lists the triggers with one of these refs, by ref; refs that none has are passed over."""

    def list_enabled(self, conn: Connection[Any]) -> builtins.list[rows.Trigger]:
        """Lists the enabled triggers by ref."""

    def list_enabled_cursor(self, conn: Connection[Any]) -> AbstractContextManager[RawCursor[rows.Trigger]]:
        """Lists the enabled triggers by ref."""

    def regenerate_webhook_key(self, conn: Connection[Any], *, id: int) -> rows.Trigger | None:
        """Replaces the webhook key and returns the trigger, or no row when there is none or its webhooks are
        disabled.
        """

    def set_enabled(self, conn: Connection[Any], *, id: int, enabled: bool) -> rows.Trigger | None:
        """Enables or disables the trigger and returns it, or no row."""

    def update(
        self,
        conn: Connection[Any],
        *,
        id: int,
        label: str = ...,
        description: str | None = ...,
        enabled: bool = ...,
        param_schema: rows.JSONIn | Jsonb | None = ...,
        out_schema: rows.JSONIn | Jsonb | None = ...,
        webhook_config: rows.JSONIn | Jsonb = ...,
    ) -> rows.Trigger | None:
        """Changes the columns that were given and returns the trigger, or no row."""

class WorkQueue:
    """The operations in work_queue."""

    def create(
        self,
        conn: Connection[Any],
        *,
        ref: str,
        label: str,
        dispatch_action_ref: str,
        pack: int | None = ...,
        pack_ref: str | None = ...,
        is_adhoc: bool = ...,
        description: str | None = ...,
        enabled: bool = ...,
        accepting_new_items: bool = ...,
        dispatch_action: int | None = ...,
        default_priority: int = ...,
        allow_pending_update: bool = ...,
        update_strategy: rows.WorkQueueUpdateStrategy = ...,
        batch_mode: rows.WorkQueueBatchMode = ...,
        item_schema: rows.JSONIn | Jsonb = ...,
        action_params: rows.JSONIn | Jsonb = ...,
        permission_set_refs: builtins.list[str] | tuple[str, ...] | None = ...,
        config: rows.JSONIn | Jsonb = ...,
    ) -> rows.WorkQueue:
        """Adds a work queue and returns it."""

    def delete(self, conn: Connection[Any], *, id: int) -> int:
        """Deletes the work queue with this id, with its items, and returns the number of queues deleted."""

    def exists_by_ref(self, conn: Connection[Any], *, ref: str) -> bool:
        """Tells whether there is a work queue with this ref."""

    def find_by_id(self, conn: Connection[Any], *, id: int) -> rows.WorkQueue | None:
        """Returns the work queue with this id, or no row."""

    def find_by_ref(self, conn: Connection[Any], *, ref: str) -> rows.WorkQueue | None:
        """Returns the work queue with this ref, or no row."""

    def list(
        self,
        conn: Connection[Any],
        *,
        limit: int | None = ...,
        after_ref: str | None = ...,
    ) -> builtins.list[rows.WorkQueue]:
        """Lists the work queues by ref, after the given ref where there is one."""

    def list_cursor(
        self,
        conn: Connection[Any],
        *,
        limit: int | None = ...,
        after_ref: str | None = ...,
    ) -> AbstractContextManager[RawCursor[rows.WorkQueue]]:
        """Lists the work queues by ref, after the given ref where there is one."""

    def list_by_refs(
        self,
        conn: Connection[Any],
        *,
        refs: builtins.list[str] | tuple[str, ...],
    ) -> builtins.list[rows.WorkQueue]:
        """Lists the work queues with one of these refs, by ref; refs that none has are passed over."""

    def list_by_refs_cursor(
        self,
        conn: Connection[Any],
        *,
        refs: builtins.list[str] | tuple[str, ...],
    ) -> AbstractContextManager[RawCursor[rows.WorkQueue]]:
        """Lists the work queues with one of these refs, by ref; refs that none has are passed over."""

    def update(
        self,
        conn: Connection[Any],
        *,
        id: int,
        pack: int | None = ...,
        pack_ref: str | None = ...,
        is_adhoc: bool = ...,
        label: str = ...,
        description: str | None = ...,
        enabled: bool = ...,
        accepting_new_items: bool = ...,
        dispatch_action: int | None = ...,
        dispatch_action_ref: str = ...,
        default_priority: int = ...,
        allow_pending_update: bool = ...,
        update_strategy: rows.WorkQueueUpdateStrategy = ...,
        batch_mode: rows.WorkQueueBatchMode = ...,
        item_schema: rows.JSONIn | Jsonb = ...,
        action_params: rows.JSONIn | Jsonb = ...,
        permission_set_refs: builtins.list[str] | tuple[str, ...] | None = ...,
        config: rows.JSONIn | Jsonb = ...,
    ) -> rows.WorkQueue | None:
        """Changes the columns that were given and returns the work queue, or no row."""

class WorkQueueItem:
    """The operations in work_queue_item."""

    def complete(
        self,
        conn: Connection[Any],
        *,
        lease_token: uuid.UUID,
        ack_summary: rows.JSONIn | Jsonb | None = ...,
    ) -> builtins.list[rows.WorkQueueItem]:
        """Completes the items of a lease that has not lapsed and returns them; a lapsed or unknown token gives none."""

    def complete_cursor(
        self,
        conn: Connection[Any],
        *,
        lease_token: uuid.UUID,
        ack_summary: rows.JSONIn | Jsonb | None = ...,
    ) -> AbstractContextManager[RawCursor[rows.WorkQueueItem]]:
        """Completes the items of a lease that has not lapsed and returns them; a lapsed or unknown token gives none."""

    def delete(self, conn: Connection[Any], *, id: int) -> int:
        """Deletes the item with this id and returns the number of rows deleted."""

    def enqueue(
        self,
        conn: Connection[Any],
        *,
        queue: int,
        payload: rows.JSONIn | Jsonb,
        enqueue_source: str,
        item_key: str | None = ...,
        priority: int = ...,
        metadata: rows.JSONIn | Jsonb = ...,
        requested_by_identity: int | None = ...,
        requested_by_execution: int | None = ...,
        requested_by_enforcement: int | None = ...,
    ) -> rows.WorkQueueItem:
        """Adds an item to a queue, enabled or not, by default with the queue's priority, and returns it."""

    def enqueue_many(self, conn: Connection[Any], *, rows: rows.JSONIn | Jsonb) -> builtins.list[rows.WorkQueueItem]:
        """Adds an item per object of a JSON array as enqueue does and returns them in its order; missing or null is
        the default.
        """

    def enqueue_many_cursor(
        self,
        conn: Connection[Any],
        *,
        rows: rows.JSONIn | Jsonb,
    ) -> AbstractContextManager[RawCursor[rows.WorkQueueItem]]:
        """Adds an item per object of a JSON array as enqueue does and returns them in its order; missing or null is
        the default.
        """

    def extend(
        self,
        conn: Connection[Any],
        *,
        lease_token: uuid.UUID,
        lease_seconds: float,
    ) -> builtins.list[rows.WorkQueueItem]:
        """Lets an unlapsed lease end so many seconds from now and returns its items; a lapsed or unknown token gives
        none.
        """

    def extend_cursor(
        self,
        conn: Connection[Any],
        *,
        lease_token: uuid.UUID,
        lease_seconds: float,
    ) -> AbstractContextManager[RawCursor[rows.WorkQueueItem]]:
        """Lets an unlapsed lease end so many seconds from now and returns its items; a lapsed or unknown token gives
        none.
        """

    def find_by_id(self, conn: Connection[Any], *, id: int) -> rows.WorkQueueItem | None:
        """Returns the item with this id, or no row."""

    def lease(
        self,
        conn: Connection[Any],
        *,
        queue: int,
        limit: int | None,
        lease_seconds: float,
        execution: int | None = ...,
    ) -> builtins.list[rows.WorkQueueItem]:
        """Leases ready items of an enabled queue under one new token and returns them, highest priority first, then
        oldest.
        """

    def lease_cursor(
        self,
        conn: Connection[Any],
        *,
        queue: int,
        limit: int | None,
        lease_seconds: float,
        execution: int | None = ...,
    ) -> AbstractContextManager[RawCursor[rows.WorkQueueItem]]:
        """Leases ready items of an enabled queue under one new token and returns them, highest priority first, then
        oldest.
        """

    def list_by_queue(
        self,
        conn: Connection[Any],
        *,
        queue: int,
        status: rows.WorkQueueItemStatus | None = ...,
        limit: int | None = ...,
    ) -> builtins.list[rows.WorkQueueItem]:
        """Lists the items of a queue by priority, highest first, then oldest first."""

    def list_by_queue_cursor(
        self,
        conn: Connection[Any],
        *,
        queue: int,
        status: rows.WorkQueueItemStatus | None = ...,
        limit: int | None = ...,
    ) -> AbstractContextManager[RawCursor[rows.WorkQueueItem]]:
        """Lists the items of a queue by priority, highest first, then oldest first."""

    def reclaim_expired(self, conn: Connection[Any], *, limit: int | None) -> builtins.list[rows.WorkQueueItem]:
        """Puts items whose lease has lapsed back as queued and returns them, the longest lapsed first; attempts stay
        counted.
        """

    def reclaim_expired_cursor(
        self,
        conn: Connection[Any],
        *,
        limit: int | None,
    ) -> AbstractContextManager[RawCursor[rows.WorkQueueItem]]:
        """Puts items whose lease has lapsed back as queued and returns them, the longest lapsed first; attempts stay
        counted.
        """

    def release(
        self,
        conn: Connection[Any],
        *,
        lease_token: uuid.UUID,
        status: rows.WorkQueueItemStatus | None = ...,
        last_error: rows.JSONIn | Jsonb | None = ...,
    ) -> builtins.list[rows.WorkQueueItem]:
        """Ends an unlapsed lease, puts its items back as queued or into the status given, and returns them; else
        none.
        """

    def release_cursor(
        self,
        conn: Connection[Any],
        *,
        lease_token: uuid.UUID,
        status: rows.WorkQueueItemStatus | None = ...,
        last_error: rows.JSONIn | Jsonb | None = ...,
    ) -> AbstractContextManager[RawCursor[rows.WorkQueueItem]]:
        """Ends an unlapsed lease, puts its items back as queued or into the status given, and returns them; else
        none.
        """

class Worker:
    """The operations in worker."""

    def create(
        self,
        conn: Connection[Any],
        *,
        name: str,
        worker_type: rows.WorkerType,
        runtime: int | None = ...,
        host: str | None = ...,
        port: int | None = ...,
        status: rows.WorkerStatus | None = ...,
        capabilities: rows.JSONIn | Jsonb | None = ...,
        meta: rows.JSONIn | Jsonb | None = ...,
    ) -> rows.Worker:
        """Adds a worker, inactive unless another status is given, and returns it."""

    def delete(self, conn: Connection[Any], *, id: int) -> int:
        """Deletes the worker with this id and returns the number deleted."""

    def find_by_id(self, conn: Connection[Any], *, id: int) -> rows.Worker | None:
        """Returns the worker with this id, or no row."""

    def find_by_name(self, conn: Connection[Any], *, name: str) -> rows.Worker | None:
        """Returns the worker with this name, the oldest of several, or no row."""

    def heartbeat(self, conn: Connection[Any], *, id: int) -> rows.Worker | None:
        """Notes that the worker was heard of and returns it, or no row; its status stays."""

    def list(self, conn: Connection[Any], *, limit: int | None = ...) -> builtins.list[rows.Worker]:
        """Lists the workers by name."""

    def list_cursor(
        self,
        conn: Connection[Any],
        *,
        limit: int | None = ...,
    ) -> AbstractContextManager[RawCursor[rows.Worker]]:
        """Lists the workers by name."""

    def list_by_status(self, conn: Connection[Any], *, status: rows.WorkerStatus) -> builtins.list[rows.Worker]:
        """Lists the workers with this status, by name."""

    def list_by_status_cursor(
        self,
        conn: Connection[Any],
        *,
        status: rows.WorkerStatus,
    ) -> AbstractContextManager[RawCursor[rows.Worker]]:
        """Lists the workers with this status, by name."""

    def list_by_type(self, conn: Connection[Any], *, worker_type: rows.WorkerType) -> builtins.list[rows.Worker]:
        """Lists the workers of this type, by name."""

    def list_by_type_cursor(
        self,
        conn: Connection[Any],
        *,
        worker_type: rows.WorkerType,
    ) -> AbstractContextManager[RawCursor[rows.Worker]]:
        """Lists the workers of this type, by name."""

    def list_healthy(self, conn: Connection[Any], *, max_age_seconds: float) -> builtins.list[rows.Worker]:
        """Lists the active workers with a recent heartbeat that do not report bad health, by name."""

    def list_healthy_cursor(
        self,
        conn: Connection[Any],
        *,
        max_age_seconds: float,
    ) -> AbstractContextManager[RawCursor[rows.Worker]]:
        """Lists the active workers with a recent heartbeat that do not report bad health, by name."""

    def mark_stale_inactive(self, conn: Connection[Any], *, max_age_seconds: float) -> builtins.list[rows.Worker]:
        """Sets the active workers without a recent heartbeat to inactive and returns them, by name."""

    def mark_stale_inactive_cursor(
        self,
        conn: Connection[Any],
        *,
        max_age_seconds: float,
    ) -> AbstractContextManager[RawCursor[rows.Worker]]:
        """Sets the active workers without a recent heartbeat to inactive and returns them, by name."""

    def update(
        self,
        conn: Connection[Any],
        *,
        id: int,
        name: str = ...,
        host: str | None = ...,
        port: int | None = ...,
        status: rows.WorkerStatus | None = ...,
        capabilities: rows.JSONIn | Jsonb | None = ...,
        meta: rows.JSONIn | Jsonb | None = ...,
    ) -> rows.Worker | None:
        """Changes the columns that were given and returns the worker, or no row."""

class WorkflowDefinition:
    """The operations in workflow_definition."""

    def count_by_pack(self, conn: Connection[Any], *, pack: int) -> int:
        """Counts the workflow definitions of a pack, by the pack's id."""

    def create(
        self,
        conn: Connection[Any],
        *,
        ref: str,
        pack: int,
        pack_ref: str,
        label: str,
        version: str,
        definition: rows.JSONIn | Jsonb,
        description: str | None = ...,
        param_schema: rows.JSONIn | Jsonb | None = ...,
        out_schema: rows.JSONIn | Jsonb | None = ...,
        tags: builtins.list[str] | tuple[str, ...] = ...,
        enabled: bool = ...,
    ) -> rows.WorkflowDefinition:
        """Adds a workflow definition and returns it."""

    def delete(self, conn: Connection[Any], *, id: int) -> int:
        """Deletes the workflow with this id, with its runs and actions, and returns the number of workflows deleted."""

    def exists_by_ref(self, conn: Connection[Any], *, ref: str) -> bool:
        """Tells whether there is a workflow definition with this ref."""

    def find_by_id(self, conn: Connection[Any], *, id: int) -> rows.WorkflowDefinition | None:
        """Returns the workflow definition with this id, or no row."""

    def find_by_ref(self, conn: Connection[Any], *, ref: str) -> rows.WorkflowDefinition | None:
        """Returns the workflow definition with this ref, or no row."""

    def list(self, conn: Connection[Any], *, limit: int | None = ...) -> builtins.list[rows.WorkflowDefinition]:
        """Lists the workflow definitions by label."""

    def list_cursor(
        self,
        conn: Connection[Any],
        *,
        limit: int | None = ...,
    ) -> AbstractContextManager[RawCursor[rows.WorkflowDefinition]]:
        """Lists the workflow definitions by label."""

    def list_by_pack(self, conn: Connection[Any], *, pack: int) -> builtins.list[rows.WorkflowDefinition]:
        """Lists the workflow definitions of a pack by label."""

    def list_by_pack_cursor(
        self,
        conn: Connection[Any],
        *,
        pack: int,
    ) -> AbstractContextManager[RawCursor[rows.WorkflowDefinition]]:
        """Lists the workflow definitions of a pack by label."""

    def list_by_pack_ref(self, conn: Connection[Any], *, pack_ref: str) -> builtins.list[rows.WorkflowDefinition]:
        """Lists the workflow definitions of the pack with this ref by label."""

    def list_by_pack_ref_cursor(
        self,
        conn: Connection[Any],
        *,
        pack_ref: str,
    ) -> AbstractContextManager[RawCursor[rows.WorkflowDefinition]]:
        """Lists the workflow definitions of the pack with this ref by label."""

    def list_by_refs(
        self,
        conn: Connection[Any],
        *,
        refs: builtins.list[str] | tuple[str, ...],
    ) -> builtins.list[rows.WorkflowDefinition]:
        """Lists the workflow definitions with one of these refs, by ref; refs that none has are passed over."""

    def list_by_refs_cursor(
        self,
        conn: Connection[Any],
        *,
        refs: builtins.list[str] | tuple[str, ...],
    ) -> AbstractContextManager[RawCursor[rows.WorkflowDefinition]]:
        """Lists the workflow definitions with one of these refs, by ref; refs that none has are passed over."""

    def list_by_tag(self, conn: Connection[Any], *, tag: str | None) -> builtins.list[rows.WorkflowDefinition]:
        """Lists the workflow definitions that have a tag, by label."""

    def list_by_tag_cursor(
        self,
        conn: Connection[Any],
        *,
        tag: str | None,
    ) -> AbstractContextManager[RawCursor[rows.WorkflowDefinition]]:
        """Lists the workflow definitions that have a tag, by label."""

    def list_enabled(self, conn: Connection[Any]) -> builtins.list[rows.WorkflowDefinition]:
        """Lists the enabled workflow definitions by label."""

    def list_enabled_cursor(self, conn: Connection[Any]) -> AbstractContextManager[RawCursor[rows.WorkflowDefinition]]:
        """Lists the enabled workflow definitions by label."""

    def update(
        self,
        conn: Connection[Any],
        *,
        id: int,
        label: str = ...,
        description: str | None = ...,
        version: str = ...,
        param_schema: rows.JSONIn | Jsonb | None = ...,
        out_schema: rows.JSONIn | Jsonb | None = ...,
        definition: rows.JSONIn | Jsonb = ...,
        tags: builtins.list[str] | tuple[str, ...] = ...,
        enabled: bool = ...,
    ) -> rows.WorkflowDefinition | None:
        """Changes the columns that were given and returns the workflow definition, or no row."""

class WorkflowExecution:
    """The operations in workflow_execution."""

    def create(
        self,
        conn: Connection[Any],
        *,
        execution: int,
        workflow_def: int,
        task_graph: rows.JSONIn | Jsonb,
        variables: rows.JSONIn | Jsonb = ...,
        status: rows.ExecutionStatus = ...,
    ) -> rows.WorkflowExecution:
        """Adds a workflow run and returns it."""

    def create_if_absent(
        self,
        conn: Connection[Any],
        *,
        execution: int,
        workflow_def: int,
        task_graph: rows.JSONIn | Jsonb,
        variables: rows.JSONIn | Jsonb = ...,
        status: rows.ExecutionStatus = ...,
    ) -> rows.WorkflowExecutionCreateIfAbsentRow:
        """Adds the run of an execution unless there is one; returns the run, with whether this call made it."""

    def delete(self, conn: Connection[Any], *, id: int) -> int:
        """Deletes the workflow run with this id and returns the number of rows deleted."""

    def find_by_execution(self, conn: Connection[Any], *, execution: int) -> rows.WorkflowExecution | None:
        """Returns the workflow run of an execution, or no row."""

    def find_by_id(self, conn: Connection[Any], *, id: int) -> rows.WorkflowExecution | None:
        """Returns the workflow run with this id, or no row."""

    def list(
        self,
        conn: Connection[Any],
        *,
        limit: int | None,
        after_created: datetime.datetime | None = ...,
        after_id: int | None = ...,
    ) -> builtins.list[rows.WorkflowExecution]:
        """Lists a page of the workflow runs, newest first, after the given row where there is one."""

    def list_cursor(
        self,
        conn: Connection[Any],
        *,
        limit: int | None,
        after_created: datetime.datetime | None = ...,
        after_id: int | None = ...,
    ) -> AbstractContextManager[RawCursor[rows.WorkflowExecution]]:
        """Lists a page of the workflow runs, newest first, after the given row where there is one."""

    def list_by_status(
        self,
        conn: Connection[Any],
        *,
        status: rows.ExecutionStatus,
        limit: int | None,
        after_created: datetime.datetime | None = ...,
        after_id: int | None = ...,
    ) -> builtins.list[rows.WorkflowExecution]:
        """Lists a page of the workflow runs of a status, newest first, after the given row where there is one."""

    def list_by_status_cursor(
        self,
        conn: Connection[Any],
        *,
        status: rows.ExecutionStatus,
        limit: int | None,
        after_created: datetime.datetime | None = ...,
        after_id: int | None = ...,
    ) -> AbstractContextManager[RawCursor[rows.WorkflowExecution]]:
        """Lists a page of the workflow runs of a status, newest first, after the given row where there is one."""

    def list_by_workflow_def(
        self,
        conn: Connection[Any],
        *,
        workflow_def: int,
    ) -> builtins.list[rows.WorkflowExecution]:
        """Lists the runs of a workflow definition, newest first."""

    def list_by_workflow_def_cursor(
        self,
        conn: Connection[Any],
        *,
        workflow_def: int,
    ) -> AbstractContextManager[RawCursor[rows.WorkflowExecution]]:
        """Lists the runs of a workflow definition, newest first."""

    def list_paused(self, conn: Connection[Any]) -> builtins.list[rows.WorkflowExecution]:
        """Lists the paused workflow runs, newest first."""

    def list_paused_cursor(self, conn: Connection[Any]) -> AbstractContextManager[RawCursor[rows.WorkflowExecution]]:
        """Lists the paused workflow runs, newest first."""

    def lock(self, conn: Connection[Any], *, id: int) -> rows.WorkflowExecution | None:
        """Locks the workflow run until the transaction ends, waiting for others, and returns it as it is then, or no
        row.
        """

    def pause(self, conn: Connection[Any], *, id: int, reason: str | None = ...) -> rows.WorkflowExecution | None:
        """Pauses the workflow run and returns it, or no row; a paused one keeps its reason unless one is given."""

    def resume(self, conn: Connection[Any], *, id: int) -> rows.WorkflowExecution | None:
        """Ends the pause of the workflow run, clears its reason and returns the run, or no row."""

    def summary(self, conn: Connection[Any], *, id: int) -> rows.WorkflowExecutionSummaryRow | None:
        """Returns the workflow run with its workflow's names and the numbers of its tasks, or no row."""

    def update(
        self,
        conn: Connection[Any],
        *,
        id: int,
        current_tasks: builtins.list[str] | tuple[str, ...] = ...,
        completed_tasks: builtins.list[str] | tuple[str, ...] = ...,
        failed_tasks: builtins.list[str] | tuple[str, ...] = ...,
        skipped_tasks: builtins.list[str] | tuple[str, ...] = ...,
        variables: rows.JSONIn | Jsonb = ...,
        status: rows.ExecutionStatus = ...,
        error_message: str | None = ...,
        paused: bool = ...,
        pause_reason: str | None = ...,
    ) -> rows.WorkflowExecution | None:
        """Changes the columns that were given and returns the workflow run, or no row."""

class Queries:
    """All operations."""

    available_queries: builtins.list[str]
    action: Action
    artifact: Artifact
    artifact_version: ArtifactVersion
    enforcement: Enforcement
    event: Event
    execution: Execution
    identity: Identity
    inquiry: Inquiry
    key: Key
    notification: Notification
    pack: Pack
    permission_assignment: PermissionAssignment
    permission_set: PermissionSet
    policy: Policy
    queue_stats: QueueStats
    rule: Rule
    runtime: Runtime
    sensor: Sensor
    trigger: Trigger
    work_queue: WorkQueue
    work_queue_item: WorkQueueItem
    worker: Worker
    workflow_definition: WorkflowDefinition
    workflow_execution: WorkflowExecution

def load(path: Path | str, *, lazy: bool = False) -> Queries:
    """Load the folder of these queries, with `lazy` each folder in it at its first use; raises SourceError."""
