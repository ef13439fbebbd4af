"""testing.postgresql, extended: as root and as a plain user, psycopg 3, a socket only, and never left behind."""

from __future__ import annotations

import contextlib
import errno
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any, ClassVar, Literal

import psycopg
import testing.postgresql
from psycopg.conninfo import make_conninfo

from attune_sql.scratch_server import place
from attune_sql.scratch_server.binaries import find_bindir
from attune_sql.scratch_server.databases import connect
from attune_sql.scratch_server.failure import explain
from attune_sql.scratch_server.privileges import reachable_bindir, server_ids

PORT = 5432  # only names the socket; nothing listens on TCP
SOCKET = f"tmp/.s.PGSQL.{PORT}"
SUPERVISOR = Path(__file__).with_name("supervisor.py")
# Longer than the supervisor's own patience with postgres.
STOP_SECONDS = 20.0


class Postgres(testing.postgresql.Postgresql):  # type: ignore[misc]  # the base has no types
    """A throw-away server: made, started and answering when the constructor returns.

    Raises `ScratchError` when there are no binaries, no room, no right, or initdb or postgres fail.
    """

    DEFAULT_SETTINGS: ClassVar[dict[str, Any]] = dict(
        testing.postgresql.Postgresql.DEFAULT_SETTINGS,
        port=PORT,
        boot_timeout=30.0,
        # Small WAL files: an empty data directory then takes 30 MB instead of 40.
        initdb_args="-U postgres -A trust -E UTF8 --no-locale -N --wal-segsize=1 --lc-messages=C",
        # Durability is off as in the manual's "Non-Durable Settings". Shared memory goes into files of the data
        # directory, so that a container's small /dev/shm is enough.
        postgres_args="-c listen_addresses= -c fsync=off -c synchronous_commit=off -c full_page_writes=off"
        " -c autovacuum=off -c jit=off -c timezone=UTC -c log_timezone=UTC -c max_connections=100"
        " -c shared_buffers=32MB -c dynamic_shared_memory_type=mmap",
    )
    prefix = "scratch"
    strategy: Literal["file_copy", "wal_log"] = "file_copy"

    base_dir: str
    settings: dict[str, Any]
    child_process: subprocess.Popen[bytes] | None
    _owner_pid: int

    def __init__(self) -> None:
        self._stopping = threading.RLock()
        bindir = find_bindir()
        self._uid, self._gid = server_ids()
        self._bindir = reachable_bindir(bindir, self._uid, self._gid)
        self._root = place.scratch_root()
        place.sweep(self._root)
        # Ctrl-C between making the directory and having the supervisor that removes it would leave it behind.
        self._signals = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
        try:
            super().__init__(base_dir=str(place.make_directory(self._root, SOCKET)))
        except BaseException as error:
            # The base class tidies up after an Exception only, and Ctrl-C is none.
            with contextlib.suppress(AttributeError):
                self.stop()
            if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT):
                raise place.no_room(self._root) from None
            raise
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, self._signals)

    def conninfo(self, dbname: str | None = None) -> str:
        """Return the conninfo string for a database, or for the one to give orders from."""
        folder = os.path.join(self.base_dir, "tmp")
        return make_conninfo(host=folder, port=PORT, user="postgres", dbname=dbname or "postgres")

    def initialize(self) -> None:
        """Point the base class at our binaries, and make it remove our directory as it does its own."""
        self._use_tmpdir = True
        self.initdb, self.postgres = str(self._bindir / "initdb"), str(self._bindir / "postgres")

    def initialize_database(self) -> None:
        """Hand the directories to the server's user; initdb itself runs under the supervisor."""
        if os.geteuid() == 0:
            # The base directory stays root's, so that the server's user cannot swap the log for something else.
            os.chmod(self.base_dir, 0o711)
            for name in self.subdirectories:
                os.chown(os.path.join(self.base_dir, name), self._uid, self._gid)

    def get_server_commandline(self) -> list[str]:
        """Return the supervisor's command line around initdb's and postgres's."""
        return [
            *(sys.executable, "-I", "-S", str(SUPERVISOR)),
            *(str(os.getpid()), str(self._uid), str(self._gid), self.base_dir),
            *(self.initdb, "-D", self.get_data_directory(), *self.settings["initdb_args"].split()),
            *("--", *super().get_server_commandline()),
        ]

    def start(self) -> None:
        """Start the supervisor in a session of its own from its first moment, and return once the server answers."""
        with open(os.path.join(self.base_dir, f"{self.name}.log"), "wb") as log:
            # Not the base class's start: a signal to the whole group would kill a supervisor that is just waking up.
            self.child_process = subprocess.Popen(
                self.get_server_commandline(),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd="/",
                start_new_session=True,
            )
        signal.pthread_sigmask(signal.SIG_SETMASK, self._signals)
        self.wait_booting()

    def wait_booting(self) -> None:
        """Return once the server answers."""
        assert self.child_process is not None
        socket = os.path.join(self.base_dir, SOCKET)
        seconds = self.settings["boot_timeout"]
        deadline = time.monotonic() + seconds
        while not (os.path.exists(socket) and self.is_server_available()):
            status = self.child_process.poll()
            if status is not None or time.monotonic() > deadline:
                raise explain(status, self.read_bootlog(), self._root, self._uid, seconds)
            time.sleep(0.003)

    def is_server_available(self) -> bool:
        """Tell whether a connection can be had by now."""
        with contextlib.suppress(psycopg.OperationalError), connect(self.conninfo()):
            return True
        return False

    def stop(self, _signal: int = signal.SIGTERM) -> None:
        """Stop the server and remove its files; harmless when repeated, and in a forked child."""
        if self._owner_pid != os.getpid():
            return
        with self._stopping:
            self.terminate(_signal)
            self.cleanup()

    def terminate(self, *_: object) -> None:
        """Have the supervisor stop the server, and wait for both."""
        child = self.child_process
        if child is None or self._owner_pid != os.getpid():
            return
        child.terminate()
        deadline = time.monotonic() + STOP_SECONDS
        # Popen.wait with a timeout sleeps longer and longer, up to 50 ms at a time.
        while child.poll() is None:
            if time.monotonic() > deadline:
                child.kill()
            time.sleep(0.002)
        self.child_process = None

    def __del__(self) -> None:
        # The base class prints when this fails; whatever is left, the supervisor removes when we are gone.
        with contextlib.suppress(Exception):
            self.stop()
