"""A door to a PostgreSQL server that slams shut for ever after so many bytes: a server that dies half-way.

It is a process of its own: libpq may wait for its server while it lets no other thread of the process run.
"""

from __future__ import annotations

import contextlib
import socket
import subprocess
import sys
import threading
from types import TracebackType

from psycopg.conninfo import conninfo_to_dict, make_conninfo


class DyingServer:
    """Passes bytes on to a real server until `lifetime` of them have come back, and then drops everything.

    dsn: how to reach it; passed: how many bytes came back, once it is closed.
    """

    def __init__(self, dsn: str, lifetime: float) -> None:
        self._target = dsn
        self._lifetime = lifetime
        self.passed = 0

    def __enter__(self) -> DyingServer:
        program = [sys.executable, "-m", "tests.cli.dying", self._target, str(self._lifetime)]
        folder = __file__.rpartition("/tests/")[0]
        self._door = subprocess.Popen(program, cwd=folder, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        assert self._door.stdout is not None
        port = int(self._door.stdout.readline())
        self.dsn = make_conninfo(self._target, host="127.0.0.1", hostaddr="", port=port)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        said, _ = self._door.communicate("")
        self.passed = int(said)


class _Door:
    def __init__(self, dsn: str, lifetime: float) -> None:
        self._target = conninfo_to_dict(dsn)
        self._lifetime = lifetime
        self._lock = threading.Lock()
        self._open: list[socket.socket] = []
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.passed = 0
        self.port: int = self._listener.getsockname()[1]

    def open(self) -> None:
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                client, _ = self._listener.accept()
                server = self._connect()
                with self._lock:
                    self._open += (client, server)
                threading.Thread(target=self._pump, args=(client, server), daemon=True).start()
                threading.Thread(target=self._pump, args=(server, client, True), daemon=True).start()

    def _connect(self) -> socket.socket:
        host, port = str(self._target["host"]), int(str(self._target["port"]))
        if not host.startswith("/"):
            return socket.create_connection((host, port))
        connection = socket.socket(socket.AF_UNIX)
        connection.connect(f"{host}/.s.PGSQL.{port}")
        return connection

    def _pump(self, source: socket.socket, target: socket.socket, counted: bool = False) -> None:
        with contextlib.suppress(OSError):
            while data := source.recv(65536):
                if counted and self._count(len(data)):
                    self._die()
                    return
                target.sendall(data)
        for each in (source, target):
            with contextlib.suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)

    def _count(self, bytes: int) -> bool:
        with self._lock:
            self.passed += bytes
            return self.passed > self._lifetime

    def _die(self) -> None:
        with self._lock:
            for each in (self._listener, *self._open):
                with contextlib.suppress(OSError):
                    each.shutdown(socket.SHUT_RDWR)
                each.close()
            self._open.clear()


if __name__ == "__main__":
    door = _Door(sys.argv[1], float(sys.argv[2]))
    door.open()
    sys.stdout.write(f"{door.port}\n")
    sys.stdout.flush()
    sys.stdin.read()
    sys.stdout.write(f"{door.passed}\n")
