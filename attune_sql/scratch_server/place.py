"""Where throw-away servers put their files, and the removal of what a killed one left there."""

from __future__ import annotations

import errno
import fcntl
import os
import shutil
import sys
import tempfile
import time
from pathlib import Path

from attune_sql.errors import ScratchError

PREFIX = "attune-pg-"
MEMORY = Path("/dev/shm")
# A data directory takes 30 MB, each database 10; a container's /dev/shm has 64 MB unless told otherwise.
ROOMY_BYTES = 512 * 1024 * 1024
# sockaddr_un.sun_path less its closing zero: unix(7); the BSDs and macOS have four bytes fewer.
SOCKET_BYTES = 107 if sys.platform == "linux" else 103
# Between making a directory and its supervisor's lock lie milliseconds; a minute is surely abandoned.
ABANDONED_SECONDS = 60.0


def scratch_root() -> Path:
    """Return ATTUNE_PG_TMP, or memory where it is roomy (initdb takes half the time), or /tmp."""
    if chosen := os.environ.get("ATTUNE_PG_TMP"):
        return Path(chosen).absolute()
    try:
        if os.access(MEMORY, os.W_OK | os.X_OK) and shutil.disk_usage(MEMORY).free > ROOMY_BYTES:
            return MEMORY
    except OSError:
        pass
    return Path("/tmp")


def make_directory(root: Path, socket: str) -> Path:
    """Make a new private directory below `root`, in which a socket at the relative path `socket` can be bound.

    Raises `ScratchError` when `root` cannot be written, is full, or is too long a path.
    """
    length = len(os.fsencode(root / f"{PREFIX}________" / socket))
    if length > SOCKET_BYTES:
        raise ScratchError(
            f"The path of the server's socket below {root} would have {length} bytes, and {SOCKET_BYTES} are allowed.",
            help="set ATTUNE_PG_TMP to a folder with a shorter path, such as /tmp",
        )
    try:
        return Path(tempfile.mkdtemp(prefix=PREFIX, dir=root))
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise no_room(root) from None
        raise ScratchError(
            f"The scratch folder {root} cannot be written: {error.strerror}.",
            help="set ATTUNE_PG_TMP to an existing folder that you may write",
        ) from None


def no_room(root: Path) -> ScratchError:
    """Say that the disk (or memory) below `root` is full."""
    return ScratchError(
        f"The scratch folder {root} has no room left for a PostgreSQL server.",
        help="free about 100 MB there, or set ATTUNE_PG_TMP to a folder on a larger disk",
    )


def sweep(root: Path) -> None:
    """Remove directories of ours whose supervisor was killed before it could."""
    for directory in root.glob(f"{PREFIX}*"):
        try:
            handle = os.open(directory, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
        except OSError:
            continue
        try:
            found = os.fstat(handle)
            if found.st_uid == os.geteuid() and time.time() - found.st_mtime > ABANDONED_SECONDS:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                shutil.rmtree(directory, ignore_errors=True)
        except OSError:
            continue
        finally:
            os.close(handle)
