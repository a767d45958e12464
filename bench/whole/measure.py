"""What the kernel knows about a process: CPU time, memory, instructions."""

import os
import subprocess
from pathlib import Path

_TICKS_PER_SECOND = os.sysconf("SC_CLK_TCK")
_COUNT = ["perf", "stat", "-x,", "-e", "instructions:u"]


def cpu_seconds(pid: int) -> float:
    """User and system time of all threads, ended ones included, and of children it waited for."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return sum(map(int, fields[11:15])) / _TICKS_PER_SECOND  # utime stime cutime cstime


def peak_memory_mb(pid: int) -> float:
    """The most that was resident so far."""
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) / 1024
    raise RuntimeError(f"process {pid} has no VmHWM")


def cpu_model() -> str:
    lines = Path("/proc/cpuinfo").read_text().splitlines()
    models = [line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")]
    return f"{len(models) or os.cpu_count()} x {models[0] if models else os.uname().machine}"


def commit() -> str:
    """The commit the checkout is at, with + when files differ from it."""
    git = ["git", "-C", str(Path(__file__).parent)]
    name = subprocess.run([*git, "rev-parse", "--short", "HEAD"], capture_output=True, text=True)
    changed = subprocess.run([*git, "status", "--porcelain", "-uno"], capture_output=True)
    return name.stdout.strip() + ("+" if changed.stdout else "")


def counted_instructions(output: str) -> int | None:
    """From what `perf stat -x,` wrote; None when it could not count."""
    for line in output.splitlines():
        fields = line.split(",")
        if len(fields) > 2 and fields[2] == "instructions:u" and fields[0].isdigit():
            return int(fields[0])
    return None


class InstructionCount:
    """Counts the user-mode instructions of a process from now to its end, where `perf` can."""

    def __init__(self, pid: int, file: Path):
        self._file = file
        self._perf = None
        if _countable():
            command = [*_COUNT, "-o", str(file), "-p", str(pid)]
            self._perf = subprocess.Popen(command, stdout=subprocess.DEVNULL)

    def read(self) -> int | None:
        """Once the process has ended; None where nothing can be counted."""
        if self._perf is None:
            return None
        self._perf.wait(10)
        return counted_instructions(self._file.read_text())


def _countable() -> bool:
    """False in most virtual machines, and where perf is not installed or not allowed."""
    try:
        tried = subprocess.run([*_COUNT, "true"], capture_output=True, text=True, timeout=10)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return counted_instructions(tried.stderr) is not None
