"""Turn the log of a server that did not start into one sentence and a remedy."""

from __future__ import annotations

from pathlib import Path

from attune_sql.errors import ScratchError
from attune_sql.scratch_server.place import no_room

LAST_LINES = 6
# A full tmpfs shows in memory that is mapped as a bus error, not as an error message.
FULL = ("No space left on device", "Disk quota exceeded", "Bus error")
PROGRAMS = {100: "initdb", 101: "postgres"}  # the supervisor's exit status


def explain(status: int | None, log: str, root: Path, uid: int, seconds: float) -> ScratchError:
    """Say why there is no server, from the supervisor's exit status (None: still at it) and the log."""
    if any(words in log for words in FULL):
        return no_room(root)
    lines = [line.strip() for line in log.splitlines() if line.strip()]
    tail = "".join(f"\n    {line}" for line in lines[-LAST_LINES:]) or " nothing"
    if status is None:
        return ScratchError(
            f"The PostgreSQL server did not answer within {seconds:g} seconds; its log ends with:{tail}",
            help="try again on a quieter machine, or set ATTUNE_PG_TMP to a faster disk",
        )
    program = PROGRAMS.get(status, "the server's supervisor")
    remedy = "see the log lines above, set ATTUNE_PG_BINDIR to another PostgreSQL, or ATTUNE_SQL_DSN to a running one"
    if "Permission denied" in log:
        remedy = (
            f"let the user id {uid}, which the server runs as, reach {root}, or set ATTUNE_PG_TMP to another folder"
        )
    return ScratchError(f"{program} failed; its log ends with:{tail}", help=remedy)
