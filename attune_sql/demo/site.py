"""A small HTTP site on this machine, some of whose pages are down."""

from __future__ import annotations

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from random import Random
from types import TracebackType
from typing import Any

from attune_sql.demo.patience import interrupts_held

SHARE_DOWN = 0.2


def status_of(path: str, seed: int) -> int:
    """Return what the page at `path` answers in a run with this seed: 200, or 503 for a fifth of all pages."""
    return 503 if Random(f"{seed} {path}").random() < SHARE_DOWN else 200


class Site:
    """Serves from a thread until closed; any path is a page."""

    def __init__(self, seed: int) -> None:
        class Page(BaseHTTPRequestHandler):
            # A page that is asked for and never sent must not hold a thread for ever.
            timeout = 10

            def do_GET(self) -> None:
                status = status_of(self.path, seed)
                body = b"ok\n" if status == 200 else b"down for maintenance\n"
                self.send_response(status)
                self.send_header("Content-Type", "text/plain")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, format: str, *args: Any) -> None:
                pass

        self._server = _Server(("127.0.0.1", 0), Page)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True)
        with interrupts_held():
            self._thread.start()
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}/"

    def close(self) -> None:
        """Stop serving."""
        self._server.shutdown()
        self._server.server_close()

    def __enter__(self) -> Site:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()


class _Server(ThreadingHTTPServer):
    request_queue_size = 128
    # server_close() would otherwise wait for threads whose client was killed.
    daemon_threads = True
    block_on_close = False

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Keep quiet: the client was a worker, and has ended."""
