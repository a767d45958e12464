"""The parts alone, in turns: micro and lane programs, and the server's own parser and inserts.

Writes micro.jsonl, lane.jsonl and server.jsonl into bench/results. See bench/README.md.
"""

import argparse
import json
import sys
import tempfile
from datetime import datetime, timezone
from pathlib import Path

BENCH = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(BENCH), str(BENCH.parent / "tests")]

from alone.programs import lane_lines, micro_lines  # noqa: E402
from alone.server import ServerAlone  # noqa: E402
from whole.case import Case  # noqa: E402


def stamped(lines: list[dict], run: int) -> list[dict]:
    date = datetime.now(timezone.utc).isoformat(timespec="seconds")
    return [line | {"run": run, "date": date} for line in lines]


def save(lines: list[dict], file: Path) -> None:
    """Replaces the file: every run makes every line of it."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("".join(f"{json.dumps(line)}\n" for line in lines))
    print(f"alone: {len(lines)} lines in {file.name}", flush=True)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--case", action="append", choices=Case.names(),
                         help="of the server; default: all")
    options.add_argument("--quick", action="store_true", help="fewer rows in the server")
    options.add_argument("--runs", type=int, default=3, help="of everything")
    options.add_argument("--output", type=Path, default=BENCH / "results", help="a folder")
    given = options.parse_args()

    found: dict[str, list[dict]] = {"lane": [], "micro": [], "server": []}
    with tempfile.TemporaryDirectory(prefix="penstock-bench-") as folder:
        servers = []
        try:
            for name in given.case or Case.names():
                print(f"alone: making the messages of {name}", flush=True)
                servers.append(ServerAlone(Case.read(name, given.quick), _made(folder, name)))
            for run in range(1, given.runs + 1):
                print(f"alone: run {run} of {given.runs}", flush=True)
                lanes = lane_lines()
                found["lane"] += stamped(lanes, run)
                found["micro"] += stamped(micro_lines(lanes[0]["flags"]), run)
                for server in servers:
                    found["server"] += stamped(server.run(), run)
        finally:
            for server in servers:
                server.stop()
    for name, lines in found.items():
        save(lines, given.output / f"{name}.jsonl")


def _made(folder: str, name: str) -> Path:
    path = Path(folder) / name
    path.mkdir()
    return path


if __name__ == "__main__":
    main()
