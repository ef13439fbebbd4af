"""Which files of a git checkout changed: since the branch point, uncommitted, and those git does not know yet."""

from __future__ import annotations

import subprocess
from pathlib import Path

from attune_sql.errors import AttuneSqlError

_BRANCHES = ("origin/HEAD", "origin/main", "origin/master", "main", "master")


class GitError(AttuneSqlError):
    """git could not say what changed."""


def changed_files(start: Path) -> frozenset[Path]:
    """Name the files that differ from where the branch left the main one, as absolute paths; deleted ones are left out.

    On the main branch itself, and without one, that is what differs from the last commit.
    """
    top = Path(_git(start, "rev-parse", "--show-toplevel").strip())
    listed = _git(top, "ls-files", "-z", "--others", "--exclude-standard")
    if base := _base(top):
        listed += _git(top, "diff", "-z", "--name-only", "--diff-filter=d", base)
    else:
        listed += _git(top, "ls-files", "-z")
    return frozenset(top / name for name in listed.split("\0") if name)


def _base(top: Path) -> str | None:
    """Find the commit to compare with: None where there is no commit yet."""
    for branch in _BRANCHES:
        if found := _git(top, "merge-base", "HEAD", branch, missing_is_none=True):
            return found.strip()
    return "HEAD" if _git(top, "rev-parse", "--verify", "--quiet", "HEAD", missing_is_none=True) else None


def _git(folder: Path, *arguments: str, missing_is_none: bool = False) -> str:
    try:
        done = subprocess.run(
            ["git", "-C", str(folder), *arguments], capture_output=True, text=True, check=False, timeout=60
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise GitError(f"--changed needs git: {error}", rule="git") from None
    if done.returncode and missing_is_none:
        return ""
    if done.returncode:
        said = done.stderr.strip().removeprefix("fatal: ")
        raise GitError(f"--changed needs a git checkout: {said}", help="name the files instead", rule="git")
    return done.stdout
