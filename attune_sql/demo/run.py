"""A whole run, from the pack files to the verdict."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

import psycopg

from attune_sql import queries
from attune_sql.demo.crew import Crew
from attune_sql.demo.database import connect, described, migrated, place
from attune_sql.demo.evidence import FINISHED, problems
from attune_sql.demo.failure import DemoError
from attune_sql.demo.flow import Flow, plan
from attune_sql.demo.messages import Orders
from attune_sql.demo.operator import Operator, take_back
from attune_sql.demo.pack_file import read_pack
from attune_sql.demo.pack_store import StoredPack, store, task_names
from attune_sql.demo.patience import Interrupts, Patience
from attune_sql.demo.payloads import Payloads
from attune_sql.demo.quiescence import Quiescence
from attune_sql.demo.screen import Screen, counted
from attune_sql.demo.site import Site
from attune_sql.demo.staff import register, sign_off
from attune_sql.demo.testimony import gather

LOOK_SECONDS = 0.1
CLEANUP_SECONDS = 10.0
GRACE_SECONDS = 2.0
CHECK_FAILED = 1


@dataclass(frozen=True, slots=True)
class Settings:
    """What the user chose; `dsn` None is a scratch server, `seed` decides payloads and pages.

    stall_seconds: when nothing has changed for so long after the last event, what is unfinished counts as lost.
    """

    pack: Path
    dsn: str | None = None
    events: int = 100
    workers: int = 4
    seed: int = 1
    stall_seconds: float = 20.0


def run(settings: Settings, screen: Screen) -> int:
    """Run the demo; return 0 when every execution ran exactly once and ended, else 1.

    Raises AttuneSqlError when it could not run to its end. Leaves no process and no file behind; on a database of the
    user's, what is not finished then is cancelled.
    """
    pack = read_pack(settings.pack)
    screen.say(
        f"pack {pack.head.ref} {pack.head.version}: {len(pack.triggers)} triggers, {len(pack.sensors)} sensors, "
        f"{len(pack.rules)} rules, {len(pack.actions)} actions"
    )
    doing = _Doing()
    with doing.reported(), ExitStack() as stack:
        dsn = stack.enter_context(migrated(settings.dsn))
        screen.say(f"database: {'a scratch server' if settings.dsn is None else place(dsn)}, migrated")
        interrupts = stack.enter_context(Interrupts())
        conn = stack.enter_context(connect(dsn))
        doing.what = "the pack was stored"
        stored = store(conn, pack)
        site = stack.enter_context(Site(settings.seed))
        stack.enter_context(screen)
        demo = _Demo(settings, dsn, conn, stored, site, screen, doing, interrupts)
        return demo.run(scratch=settings.dsn is None)


class _Doing:
    """What the demo is at, for the words of an error."""

    def __init__(self) -> None:
        self.what = "it was prepared"

    @contextmanager
    def reported(self) -> Iterator[None]:
        try:
            yield
        except psycopg.Error as error:
            raise described(error, self.what) from None


class _Demo:
    def __init__(
        self,
        settings: Settings,
        dsn: str,
        conn: psycopg.Connection[Any],
        pack: StoredPack,
        site: Site,
        screen: Screen,
        doing: _Doing,
        interrupts: Interrupts,
    ) -> None:
        self._settings, self._dsn, self._conn, self._screen = settings, dsn, conn, screen
        self._doing, self._interrupts = doing, interrupts
        self._random = Random(settings.seed)
        self._payloads = Payloads(self._random, site.url)
        self._pack = pack
        self._staff = register(conn, settings.workers, pack.runtime)
        self._flow = Flow(conn, pack)
        self._operator = Operator(conn, self._staff.operator, pack, self._payloads)
        self._crew = Crew(
            [
                Orders(dsn, name, executor, worker, self._staff.operator, pack.actions)
                for name, executor, worker in self._staff.workers
            ]
        )
        self._counts: dict[str, int] = {}
        self._answered = 0

    def run(self, *, scratch: bool) -> int:
        clean = False
        try:
            with Patience() as self._patience:
                code = self._run()
            clean = code == 0
            return code
        finally:
            try:
                if not clean:
                    # A worker that is cut off in the middle of a commit could still add executions afterwards.
                    with suppress(DemoError):
                        self._crew.stop(GRACE_SECONDS)
            finally:
                self._crew.close()
            if not (clean or scratch):
                self._take_back()

    def _run(self) -> int:
        self._expect("the workers to start")
        self._crew.start()
        while self._crew.ready < self._crew.alive:
            self._interrupts.check()
            self._crew.listen(LOOK_SECONDS)
        self._screen.say(f"{counted(self._crew.ready, 'worker process', 'es')} ready")
        began = time.monotonic()
        self._screen.begin(self._settings.events)
        self._fire()
        self._finish()
        self._screen.end()
        self._expect("the workers to stop")
        self._crew.stop()
        seconds = time.monotonic() - began
        self._expect("the rows of this run")
        return self._judge(seconds)

    def _fire(self) -> None:
        next_look = 0.0
        for trigger, payload in plan(self._pack, self._payloads, self._settings.events, self._random):
            self._expect("an event to be stored")
            self._flow.fire(trigger, payload)
            self._crew.listen()
            if time.monotonic() >= next_look:
                self._look()
                next_look = time.monotonic() + LOOK_SECONDS
        self._screen.say(
            f"{counted(self._flow.fired, 'event')} fired, {self._flow.redelivered} of them delivered twice: "
            f"{counted(len(self._flow.enforcements), 'enforcement')}"
        )
        if not self._flow.executions:
            raise DemoError(
                f"no rule matched any of the {counted(self._flow.fired, 'event')}, so nothing was run",
                help="fire more with --events, or try another --seed",
            )

    def _finish(self) -> None:
        """Wait until everything is finished that can be; answer the inquiries once nothing else is left to start."""
        quiescence = Quiescence(self._pack)
        changed = time.monotonic()
        while True:
            if self._look():
                changed = time.monotonic()
            if all(status in FINISHED for status in self._counts):
                return
            if time.monotonic() - changed > self._settings.stall_seconds:
                return
            if not self._counts.keys() & {"requested", "scheduling", "scheduled"} or self._crew.dead:
                self._answer()
            if self._crew.dead and (not self._crew.alive or quiescence.reached(self._flow, self._crew.dead)):
                return
            self._crew.listen(LOOK_SECONDS)

    def _answer(self) -> None:
        for prompt, response in self._operator.answer_all():
            self._answered += 1
            if self._answered == 1:
                self._screen.say(f"the operator was asked {prompt!r} and answered {response}")

    def _look(self) -> bool:
        """Read and show the counts; tell whether they have changed."""
        self._interrupts.check()
        counts: dict[str, int] = {
            row.status: row.count for row in queries.execution.count_by_status(self._conn, since=self._flow.since)
        }
        changed = counts != self._counts
        if changed:
            self._counts = counts
            left = ", ".join(f"{count} {status}" for status, count in counts.items() if status not in FINISHED)
            self._expect(f"executions to finish ({left})")
        self._screen.show(self._flow.fired, counts, len(self._operator.pending()), self._crew.alive)
        return changed

    def _judge(self, seconds: float) -> int:
        rows = list(self._flow.stored_executions())
        self._look()
        evidence = gather(rows, self._counts, self._flow, self._crew, self._operator)
        self._screen.counts(self._counts)
        if workflow := next((row for row in reversed(rows) if self._pack.actions[row.action_ref].tasks), None):
            tree = queries.execution.list_tree(self._conn, id=workflow.id)
            self._screen.tree(tree, task_names(tree, self._pack))
        found = [*self._crew.dead.values(), *problems(evidence)]
        for line in found:
            self._screen.verdict(line, good=False)
        if found:
            return CHECK_FAILED
        sign_off(self._conn, self._staff)
        self._screen.verdict(
            f"{counted(len(rows), 'execution')}, each finished exactly once, "
            f"by {counted(self._settings.workers, 'worker')} in {seconds:.1f} s",
            good=True,
        )
        return 0

    def _expect(self, what: str) -> None:
        self._interrupts.check()
        self._doing.what = f"waiting for {what}"
        self._patience.progress(what)

    def _take_back(self) -> None:
        # On a connection of its own: the other one may be broken, or in the middle of something.
        with suppress(psycopg.Error, DemoError), Patience(CLEANUP_SECONDS) as patience:
            patience.progress("the database")
            with connect(self._dsn) as conn:
                self._flow.conn = conn
                if cancelled := take_back(self._flow, self._staff.operator):
                    self._screen.say(f"{counted(cancelled, 'unfinished execution')} cancelled")
                sign_off(conn, self._staff)
