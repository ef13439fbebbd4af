"""Django's ORM on a persistent connection (Django documentation, "Making queries", "Persistent connections")."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import django
from django.conf import settings
from django.db import connections, models, transaction
from psycopg.conninfo import conninfo_to_dict

from benchmarks.peers.peer import New
from benchmarks.statements import COLUMNS

# Settings must stand before a model can be defined; the database is named when the peer is opened.
settings.configure(DATABASES={"default": {"ENGINE": "django.db.backends.postgresql"}}, USE_TZ=True, TIME_ZONE="UTC")
django.setup()


class StatusField(models.TextField):
    """A column of the enum type (Django documentation, "Writing custom model fields", "Custom database types")."""

    def db_type(self, connection: Any) -> str:
        return "attune.execution_status_enum"


class Execution(models.Model):
    """An execution; foreign keys are plain numbers, as they are to every peer."""

    id = models.BigAutoField(primary_key=True)
    action = models.BigIntegerField(null=True)
    action_ref = models.TextField()
    config = models.JSONField(null=True)
    parent = models.BigIntegerField(null=True)
    enforcement = models.BigIntegerField(null=True)
    executor = models.BigIntegerField(null=True)
    status = StatusField(default="requested")
    result = models.JSONField(null=True)
    worker = models.BigIntegerField(null=True)
    started_at = models.DateTimeField(null=True)
    retry_count = models.IntegerField(default=0)
    max_retries = models.IntegerField(null=True)
    retry_reason = models.TextField(null=True)
    original_execution = models.BigIntegerField(null=True)
    top_level = models.BooleanField(default=True)
    created = models.DateTimeField(auto_now_add=True)
    updated = models.DateTimeField(auto_now=True)

    class Meta:
        """Where the table is; this is how a schema is named to Django."""

        app_label = "benchmarks"
        db_table = 'attune"."execution'
        managed = False


class Peer:
    """The default manager; an update loads the object, changes it and saves, as "Making queries" does."""

    lacks: frozenset[str] = frozenset()
    one_by_one = frozenset({"pipeline 20"})

    def open(self, dsn: str) -> None:
        parts = conninfo_to_dict(dsn)
        keys = {"dbname": "NAME", "host": "HOST", "port": "PORT", "user": "USER", "password": "PASSWORD"}
        connection = connections["default"]
        connection.settings_dict.update({keys[key]: str(value) for key, value in parts.items() if key in keys})
        connection.settings_dict["CONN_MAX_AGE"] = None
        connection.ensure_connection()

    def close(self) -> None:
        connections["default"].close()

    def begin(self) -> None:
        self._transaction = transaction.atomic()
        self._transaction.__enter__()

    def commit(self) -> None:
        self._transaction.__exit__(None, None, None)

    def rollback(self) -> None:
        transaction.set_rollback(True)
        self._transaction.__exit__(None, None, None)

    def get(self, id: int) -> Any:
        return Execution.objects.get(pk=id)

    def list(self, limit: int) -> Any:
        return list(Execution.objects.order_by("-created", "-id")[:limit])

    def insert(self, new: New) -> Any:
        return Execution.objects.create(action=new.action, action_ref=new.action_ref, config=new.config)

    def update(self, id: int, status: str, result: dict[str, Any]) -> Any:
        execution = Execution.objects.get(pk=id)
        execution.status = status
        execution.result = result
        execution.save(update_fields=["status", "result", "updated"])
        return execution

    def insert_committed(self, new: New) -> Any:
        # Outside of `atomic` each statement is committed at once ("Database transactions", "Autocommit").
        return self.insert(new)

    def update_committed(self, id: int, status: str, result: dict[str, Any]) -> Any:
        return self.update(id, status, result)

    def bulk(self, rows: Sequence[New]) -> Any:
        return Execution.objects.bulk_create([Execution(**row._asdict()) for row in rows])

    def load(self, rows: Sequence[New]) -> Any:
        self.bulk(rows)

    def pipeline(self, ids: Sequence[int]) -> Any:
        return [Execution.objects.get(pk=id) for id in ids]

    def values(self, row: Any) -> tuple[Any, ...]:
        return tuple(getattr(row, name) for name in COLUMNS)
