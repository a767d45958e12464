"""Free loopback ports that stay ours while we run, also next to another test run."""

import fcntl
import random
import socket
import tempfile
from pathlib import Path

# Below the range the kernel takes ports of outgoing connections from, so that a server which
# was killed finds its port free again.
RANGE = range(18000, 32000)

_locks = []  # open files; the kernel drops their locks when this process ends, however it ends


def free_port() -> int:
    """A port nobody listens on and no other test run on this machine was given."""
    folder = Path(tempfile.gettempdir()) / "penstock-ports"
    folder.mkdir(mode=0o1777, exist_ok=True)
    for port in random.SystemRandom().sample(RANGE, 200):
        lock = open(folder / str(port), "w")
        if _locked(lock) and _unused(port):
            _locks.append(lock)
            return port
        lock.close()
    raise RuntimeError(f"no free port among 200 tried in {RANGE}")


def _locked(lock) -> bool:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        return True
    except BlockingIOError:
        return False


def _unused(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
            return True
        except OSError:
            return False
