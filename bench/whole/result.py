"""Lines of bench/results/whole.jsonl, and the table printed from them."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median


@dataclass(frozen=True)
class Result:
    """One run that delivered exactly the expected rows. Units are in the names; README.md says
    what is counted."""

    case: str
    system: str
    rows: int
    bytes: int
    cpu_s: float
    server_cpu_s: float
    wall_s: float
    peak_rss_mb: float
    instructions: int | None
    flags: str
    commit: str
    cpu: str
    run: int
    date: str


def save(results: list[Result], file: Path) -> None:
    """Writes one JSON line per result; replaces what the file had on the same case and system."""
    fresh = {(result.case, result.system) for result in results}
    old = file.read_text().splitlines() if file.exists() else []
    kept = [line for line in old
            if (json.loads(line)["case"], json.loads(line)["system"]) not in fresh]
    file.parent.mkdir(parents=True, exist_ok=True)
    lines = kept + [json.dumps(asdict(result)) for result in results]
    file.write_text("".join(f"{line}\n" for line in lines))


def summary(results: list[Result]) -> str:
    """Per case and system the median, and in brackets the smallest and the largest run.

    CPU seconds are per million rows, so that cases of any size compare.
    """
    lines = [f"{'case':16}{'system':26}{'runs':>5}  {'own CPU s/M rows':26}"
             f"{'server CPU s/M rows':26}{'both':>7}  {'wall s':22}{'peak MB':>8}"]
    for case, system in sorted({(r.case, r.system) for r in results}):
        runs = [r for r in results if (r.case, r.system) == (case, system)]
        million = runs[0].rows / 1e6
        both = median((r.cpu_s + r.server_cpu_s) / million for r in runs)
        lines.append(
            f"{case:16}{system:26}{len(runs):5}  {_spread([r.cpu_s / million for r in runs]):26}"
            f"{_spread([r.server_cpu_s / million for r in runs]):26}{both:7.2f}  "
            f"{_spread([r.wall_s for r in runs]):22}{median(r.peak_rss_mb for r in runs):8.0f}")
    return "\n".join(lines)


def _spread(values: list[float]) -> str:
    return f"{median(values):.2f} ({min(values):.2f} - {max(values):.2f})"
