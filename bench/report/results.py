"""Reads bench/results/*.jsonl and groups its lines by case and system."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from statistics import median

SMALL_CASE = 1_000_000  # figures are per so many rows


@dataclass(frozen=True)
class Spread:
    """Of all runs of one system in one case."""

    middle: float  # the median
    least: float
    most: float

    def text(self, digits: int) -> str:
        """The median, and the range where it shows at so many digits."""
        middle, least, most = (f"{v:,.{digits}f}" for v in (self.middle, self.least, self.most))
        return middle if least == most else f"{middle} ({least}–{most})"


@dataclass(frozen=True)
class Runs:
    """Every run of one system in one case. The keys of a line: bench/README.md."""

    case: str
    system: str
    lines: list[dict]

    def spread(self, of: Callable[[dict], float]) -> Spread:
        values = [of(line) for line in self.lines]
        return Spread(median(values), min(values), max(values))

    def middle(self, of: Callable[[dict], float]) -> float:
        return self.spread(of).middle


Results = dict[tuple[str, str], Runs]  # by case and system, as the files list them


def load(folder: Path) -> Results:
    """Raises ValueError with file and line number for a line that is no result."""
    found: dict[tuple[str, str], list[dict]] = {}
    for file in sorted(folder.glob("*.jsonl")):
        for number, text in enumerate(file.read_text().splitlines(), 1):
            try:
                line = json.loads(text)
                found.setdefault((line["case"], line["system"]), []).append(line)
            except (json.JSONDecodeError, KeyError) as error:
                raise ValueError(f"{file.name}:{number}: no result line: {error}") from error
    return {key: Runs(*key, lines) for key, lines in found.items()}


def systems_of(results: Results, case: str) -> list[Runs]:
    """The one with the least CPU time in all first."""
    chosen = [runs for (name, _), runs in results.items() if name == case]
    return sorted(chosen, key=lambda runs: runs.middle(total_cpu))


def own_cpu(line: dict) -> float:
    """CPU seconds per million rows, as are the next two."""
    return line["cpu_s"] / line["rows"] * SMALL_CASE


def server_cpu(line: dict) -> float:
    return line["server_cpu_s"] / line["rows"] * SMALL_CASE


def total_cpu(line: dict) -> float:
    return own_cpu(line) + server_cpu(line)


def megabytes_per_cpu_second(line: dict) -> float:
    return line["bytes"] / 1e6 / (line["cpu_s"] + line["server_cpu_s"])


def megabytes_per_own_cpu_second(line: dict) -> float:
    return line["bytes"] / 1e6 / line["cpu_s"]


def rows_per_cpu_second(line: dict) -> float:
    return line["rows"] / (line["cpu_s"] + line["server_cpu_s"])


def rows_per_second(line: dict) -> float:
    return line["rows"] / line["wall_s"]


def peak_memory(line: dict) -> float:
    return line["peak_rss_mb"]
