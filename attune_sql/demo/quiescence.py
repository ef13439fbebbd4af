"""When, after the death of a worker, nothing more will happen."""

from __future__ import annotations

import time
from collections.abc import Collection, Iterable
from typing import Any

from attune_sql.demo.evidence import FINISHED
from attune_sql.demo.flow import Flow
from attune_sql.demo.pack_store import StoredPack

STILL_SECONDS = 0.5


class Quiescence:
    """Watches the unfinished executions of a run that has lost a worker."""

    def __init__(self, pack: StoredPack) -> None:
        self._workflows = {action.ref for action in pack.actions.values() if action.tasks}
        self._seen: set[tuple[int, str]] = set()
        self._since = time.monotonic()

    def reached(self, flow: Flow, dead: Collection[int]) -> bool:
        """Tell whether the living have nothing to do any more; `dead` are the executors of dead workers.

        So it is when what is unfinished is in the hands of the dead, or a workflow that waits for such a one, and
        has been for a while: between two steps of a living worker the rows alone may look like that, too.
        """
        unfinished = [row for row in flow.stored_executions() if row.status not in FINISHED]
        seen: set[tuple[int, str]] = {(row.id, row.status) for row in unfinished}
        if seen != self._seen or any(self._in_motion(unfinished, dead)):
            self._seen, self._since = seen, time.monotonic()
        return time.monotonic() - self._since >= STILL_SECONDS

    def _in_motion(self, unfinished: Iterable[Any], dead: Collection[int]) -> Iterable[bool]:
        for row in unfinished:
            waits = row.status == "running" and row.action_ref in self._workflows
            yield row.executor not in dead and not waits
