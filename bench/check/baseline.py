"""bench/results/baseline.json: what each figure was when somebody last blessed it."""

import json
import platform
from pathlib import Path

FILE = Path(__file__).resolve().parents[1] / "results/baseline.json"
MOST_GROWTH = 1.10

Figures = dict[str, float]  # instructions per row or value, by name


def key(compiler: str) -> str:
    """Figures compare where compiler, flags, architecture and vector width are the same."""
    machine = platform.machine()
    if machine == "x86_64":
        flags = Path("/proc/cpuinfo").read_text().split()
        machine += " avx2" if "avx2" in flags else " sse"
    return f"{compiler}, {machine}, callgrind"


def read(wanted: str, file: Path = FILE) -> Figures | None:
    """None when nobody blessed figures of this key."""
    return _all(file).get(wanted)


def write(wanted: str, figures: Figures, file: Path = FILE) -> None:
    """Replaces the figures of this key; those of others stay."""
    blessed = _all(file) | {wanted: {name: round(value, 1) for name, value in figures.items()}}
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps(blessed, indent=2) + "\n")


def regressions(blessed: Figures, now: Figures) -> dict[str, float]:
    """Growth as a factor, of the figures that grew by more than a tenth. New ones have none."""
    growths = {name: value / blessed[name] for name, value in now.items() if blessed.get(name)}
    return {name: growth for name, growth in growths.items() if growth > MOST_GROWTH}


def _all(file: Path) -> dict[str, Figures]:
    return json.loads(file.read_text()) if file.exists() else {}
