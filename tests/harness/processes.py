"""Child processes that are gone when we are, whatever ends us."""

import atexit
import contextlib
import os
import signal
import subprocess
import threading
import time
from dataclasses import dataclass
from pathlib import Path

# Every process started so far, for the report of a failed test and for the end.
started: list["Process"] = []


@dataclass(frozen=True)
class Usage:
    """What a finished process cost."""

    cpu_seconds: float
    peak_memory_bytes: int


class Process:
    """One running program. Its output goes to `log`, or to our own when `log` is None.

    The kernel kills it when we die, and it has a session of its own, so that Ctrl-C reaches
    only us and we end it in order. Start it from a thread that lives as long as it should.
    """

    def __init__(self, command: list, log: Path | None, env: dict[str, str] | None = None,
                 folder: Path | None = None):
        """`folder`: where it runs, else where we do."""
        self.log = log
        self.name = Path(command[0]).name
        self.started_at = time.time()
        self.usage: Usage | None = None  # set when it has ended
        self._ended = threading.Event()
        self._peak_memory_bytes = 0
        output = open(log, "ab") if log else None
        try:
            self._child = subprocess.Popen(
                ["setpriv", "--pdeathsig", "KILL", "--", *map(str, command)],
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                env={**os.environ, **(env or {})},
                cwd=folder,
                start_new_session=True,
            )
        finally:
            if output:
                output.close()
        self.pid = self._child.pid
        threading.Thread(target=self._watch, daemon=True).start()
        started.append(self)

    @property
    def running(self) -> bool:
        return not self._ended.is_set()

    @property
    def exit_code(self) -> int | None:
        """Minus the signal's number when a signal ended it; None while it runs."""
        return None if self.running else self._child.returncode

    def wait(self, seconds: float) -> int:
        """The exit code, or TimeoutError with the end of the log."""
        if not self._ended.wait(seconds):
            raise TimeoutError(f"{self.name} still runs after {seconds:g} s\n{self.tail()}")
        return self._child.returncode

    def stop(self, seconds: float = 15) -> int:
        """SIGTERM; SIGKILL when that does not help in time. Returns the exit code."""
        self.resume()
        self.send(signal.SIGTERM)
        if not self._ended.wait(seconds):
            self.kill()
        return self.wait(5)

    def kill(self) -> int:
        """SIGKILL: no chance to tidy up. Returns the exit code."""
        self.send(signal.SIGKILL)
        return self.wait(5)

    def pause(self) -> None:
        """SIGSTOP: alive, holding its connections, silent."""
        self.send(signal.SIGSTOP)

    def resume(self) -> None:
        self.send(signal.SIGCONT)

    def send(self, number: signal.Signals) -> None:
        with contextlib.suppress(ProcessLookupError):
            if self.running:
                os.kill(self.pid, number)

    def output(self) -> str:
        """Everything it wrote so far."""
        return self.log.read_text(errors="replace") if self.log else ""

    def tail(self, lines: int = 40) -> str:
        return "\n".join(self.output().splitlines()[-lines:])

    def _watch(self) -> None:
        while True:
            # Not ru_maxrss: that starts at the size of the Python process that forked it.
            self._peak_memory_bytes = max(self._peak_memory_bytes, _peak_of(self.pid))
            pid, status, spent = os.wait4(self.pid, os.WNOHANG)
            if pid != 0:
                break
            time.sleep(0.01)
        self.usage = Usage(spent.ru_utime + spent.ru_stime, self._peak_memory_bytes)
        self._child.returncode = os.waitstatus_to_exitcode(status)
        self._ended.set()


def _peak_of(pid: int) -> int:
    try:
        for line in Path(f"/proc/{pid}/status").read_text().splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) * 1024
    except OSError:
        pass
    return 0


@atexit.register
def stop_everything() -> None:
    """Ends whatever still runs, by process id."""
    for process in started:
        if process.running:
            process.kill()
