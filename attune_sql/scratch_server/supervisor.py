"""Stand between a process and its throw-away PostgreSQL, so that neither server nor files outlive that process.

Run as a script with `python -I -S`, never imported: it sees the standard library and nothing else.

    supervisor.py PARENT_PID UID GID BASE_DIR COMMAND... [-- COMMAND...]

It is started in a session of its own: Ctrl-C must reach the parent alone, which then decides.

The commands (initdb, then postgres) run one after the other, as UID when this is root. When the parent has died, or on
SIGTERM, SIGINT or SIGHUP, the running command is stopped, BASE_DIR removed, and the exit status is 0. When a command
ends by itself, the status is 100 plus its index and BASE_DIR stays for the parent to read the log in it.
"""

from __future__ import annotations

import contextlib
import ctypes
import fcntl
import os
import select
import signal
import sys
import time

POLL_SECONDS = 0.1
# A postmaster that was told SIGQUIT gives its own children 5 seconds before it kills them.
QUIT_SECONDS = 8.0
PR_SET_PDEATHSIG = 1

_told: list[int] = []


def main(arguments: list[str]) -> int:
    parent, uid, gid = (int(text) for text in arguments[:3])
    base_dir = arguments[3]
    wake = _listen()
    # Held for life: a later start may remove a directory whose lock is free.
    lock = os.open(base_dir, os.O_RDONLY)
    fcntl.flock(lock, fcntl.LOCK_SH)

    for index, command in enumerate(_commands(arguments[4:])):
        if _told:
            break
        pid = _spawn(command, uid, gid)
        status = _watch(pid, parent, base_dir, wake)
        if status is None:
            _stop(pid)
            break
        if status != 0:
            os.write(2, f"{os.path.basename(command[0])} ended with status {status}\n".encode())
            return 100 + index
    else:
        return 100 + index
    _remove(base_dir)
    return 0


def _commands(words: list[str]) -> list[list[str]]:
    commands: list[list[str]] = [[]]
    for word in words:
        if word == "--":
            commands.append([])
        else:
            commands[-1].append(word)
    return commands


def _listen() -> int:
    """Note stop signals, and return a descriptor that any signal makes readable."""
    readable, writable = os.pipe()
    os.set_blocking(readable, False)
    os.set_blocking(writable, False)
    signal.set_wakeup_fd(writable, warn_on_full_buffer=False)
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, lambda received, _frame: _told.append(received))
    signal.signal(signal.SIGCHLD, lambda *_: None)
    # A mask is inherited: whoever started us from a thread that blocks signals must still be able to stop us.
    signal.pthread_sigmask(signal.SIG_SETMASK, [])
    return readable


def _spawn(command: list[str], uid: int, gid: int) -> int:
    """Start `command` in a process group of its own, which dies when this process does."""
    supervisor = os.getpid()
    libc = ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None
    pid = os.fork()
    if pid:
        with contextlib.suppress(OSError):  # the child was faster, or is gone already
            os.setpgid(pid, pid)
        return pid
    try:
        os.setpgid(0, 0)
        if os.geteuid() == 0:
            os.setgroups([])
            os.setgid(gid)
            os.setuid(uid)
        if libc is not None:
            # After setuid, which clears it. The supervisor has one thread, so "parent thread" is the supervisor itself.
            libc.prctl(PR_SET_PDEATHSIG, signal.SIGQUIT)
        if os.getppid() != supervisor:
            os._exit(1)
        for number in (signal.SIGPIPE, signal.SIGXFSZ):
            signal.signal(number, signal.SIG_DFL)  # Python ignores these two, and ignoring is inherited
        os.umask(0o077)
        # English messages, whatever the user's locale: the parent looks for some of them.
        os.execve(command[0], command, {**os.environ, "LC_ALL": "C"})
    except BaseException as error:
        os.write(2, f"cannot run {command[0]}: {error}\n".encode())
    finally:
        os._exit(127)


def _watch(pid: int, parent: int, base_dir: str, wake: int) -> int | None:
    """Return the exit status of `pid`, or None as soon as it is to be stopped."""
    while True:
        ended, status = os.waitpid(pid, os.WNOHANG)
        if ended:
            return os.waitstatus_to_exitcode(status)
        # Comparing with the number passed in also notices a parent that died before we first looked.
        if _told or os.getppid() != parent or not os.path.isdir(base_dir):
            return None
        if select.select([wake], [], [], POLL_SECONDS)[0]:
            os.read(wake, 512)


def _stop(pid: int) -> None:
    """Stop `pid` in order, so that it can give back its shared memory, and then whatever is left of its group.

    Only initdb itself is asked: the postgres below it would die of the signal, while initdb waits for it and leaves.
    """
    os.kill(pid, signal.SIGQUIT)
    deadline = time.monotonic() + QUIT_SECONDS
    while not os.waitpid(pid, os.WNOHANG)[0]:
        if time.monotonic() > deadline:
            os.kill(pid, signal.SIGKILL)
        time.sleep(0.002)
    with contextlib.suppress(OSError):
        os.killpg(pid, signal.SIGKILL)


def _remove(base_dir: str) -> None:
    import shutil  # costs as much as the rest of the start, and is needed at the end only

    # More than once: a dying grandchild may still write a file while the tree is being removed.
    for _ in range(20):
        shutil.rmtree(base_dir, ignore_errors=True)
        if not os.path.lexists(base_dir):
            return
        time.sleep(0.05)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
