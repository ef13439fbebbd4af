"""PostgreSQL refuses to run as root: find the user it runs as instead, and give that user binaries it can reach."""

from __future__ import annotations

import hashlib
import os
import pwd
import shutil
import stat
import subprocess
import tempfile
from pathlib import Path

from attune_sql.errors import ScratchError

EXPORT_ROOT = Path("/var/tmp")
USERS = ("postgres", "nobody")


def server_ids() -> tuple[int, int]:
    """Return the uid and gid that the server will run as: our own, or those of postgres or nobody when we are root.

    Raises `ScratchError` when there is no such user; initdb needs a passwd entry for the uid it runs as.
    """
    uid = os.geteuid()
    if uid != 0:
        try:
            pwd.getpwuid(uid)
        except KeyError:
            raise ScratchError(
                f"The user id {uid} has no name, and initdb refuses to run without one.",
                help=f"add uid {uid} to /etc/passwd, or set ATTUNE_SQL_DSN to a running server",
            ) from None
        return uid, os.getegid()
    for name in USERS:
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return entry.pw_uid, entry.pw_gid
    raise ScratchError(
        "PostgreSQL does not run as root, and this system has neither a user postgres nor a user nobody.",
        help="create one (useradd --system postgres), run as a plain user, or set ATTUNE_SQL_DSN to a running server",
    )


def reachable_bindir(bindir: Path, uid: int, gid: int) -> Path:
    """Return `bindir`, or, where `uid` may not run its programs (a venv below /root), an exported copy of it.

    Raises `ScratchError` when a copy is needed and cannot be had.
    """
    if os.geteuid() != 0 or _runs(bindir / "postgres", uid, gid):
        return bindir
    return _export(bindir)


def _runs(program: Path, uid: int, gid: int) -> bool:
    try:
        done = subprocess.run(
            [program, "--version"],
            user=uid,
            group=gid,
            extra_groups=[],
            cwd="/",
            capture_output=True,
            check=False,
            timeout=10,
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0


def _export(bindir: Path) -> Path:
    """Copy the installation around `bindir` to a world-readable folder, once for all starts."""
    prefix = bindir.parent
    if not any((prefix / "share").glob("**/postgres.bki")):
        raise ScratchError(
            f"The programs in {bindir} cannot be run by an unprivileged user, and they do not lie in an installation "
            "that can be copied.",
            help="set ATTUNE_PG_BINDIR to a PostgreSQL that everybody may run, or run as a plain user",
        )
    # Wheels keep shared libraries in a sibling of the package, found by a path relative to the programs.
    base = prefix.parent.parent
    libraries = base / f"{prefix.parent.name}.libs"
    sources = [path for path in (*(prefix / part for part in ("bin", "lib", "share")), libraries) if path.is_dir()]
    program = (bindir / "postgres").stat()
    key = hashlib.sha256(f"{bindir}:{program.st_mtime_ns}:{program.st_size}".encode()).hexdigest()[:12]
    target = EXPORT_ROOT / f"attune-pg-{key}"
    if not _trusted(target) or not _whole(base, sources, target):
        try:
            _publish(base, sources, target)
        except OSError as error:
            raise ScratchError(
                f"The PostgreSQL programs in {bindir} could not be copied to {EXPORT_ROOT}: {error.strerror or error}.",
                help="set ATTUNE_PG_BINDIR to a PostgreSQL that everybody may run, or run as a plain user",
            ) from None
    return target / bindir.relative_to(base)


def _trusted(target: Path) -> bool:
    """Tell whether `target` is there and only root or we can have written it."""
    try:
        found = target.lstat()
    except FileNotFoundError:
        return False
    if stat.S_ISDIR(found.st_mode) and found.st_uid in (0, os.geteuid()) and not found.st_mode & 0o022:
        return True
    raise ScratchError(
        f"{target} is in the way: it belongs to somebody else or others may write it.",
        help=f"look at it, then remove it (rm -r {target})",
    )


def _whole(base: Path, sources: list[Path], target: Path) -> bool:
    """Tell whether nothing is missing from the copy: cleaners of /var/tmp take away single old files."""
    return all(
        os.path.lexists(target / path.relative_to(base)) for source in sources for path in (source, *source.rglob("*"))
    )


def _publish(base: Path, sources: list[Path], target: Path) -> None:
    """Copy beside `target` and rename, so that concurrent starts see a whole copy or none."""
    draft = Path(tempfile.mkdtemp(prefix=".attune-pg-", dir=EXPORT_ROOT))
    try:
        copy = draft / "copy"
        for source in sources:
            shutil.copytree(source, copy / source.relative_to(base), symlinks=True)
        for folder, _, files in os.walk(copy):
            os.chmod(folder, 0o755)
            for name in files:
                path = os.path.join(folder, name)
                if not os.path.islink(path):
                    os.chmod(path, 0o755 if os.stat(path).st_mode & 0o100 else 0o644)
        if target.exists() and not _whole(base, sources, target):
            os.rename(target, draft / "old")
        try:
            os.rename(copy, target)
        except OSError:
            if not _trusted(target):
                raise
    finally:
        shutil.rmtree(draft, ignore_errors=True)
