"""The whole pipe, from a real broker into a real server: Penstock and its peers in turns.

See bench/README.md for what is counted. Exit code 1 when a system failed or did not match.
"""

import argparse
import sys
import tempfile
from pathlib import Path

BENCH = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(BENCH), str(BENCH.parent / "tests")]

from whole.case import Case  # noqa: E402
from whole.contest import Contest, Failed  # noqa: E402
from whole.result import Result, save, summary  # noqa: E402
from whole.system import System  # noqa: E402
from whole.systems import ABSENT, QUICK, SYSTEMS, takes_part  # noqa: E402


def say(text: str) -> None:
    print(f"whole: {text}", flush=True)


def run_case(case: Case, systems: list[System], runs: int, failures: list[str]) -> list[Result]:
    """Every system once, then all again: A B C A B C."""
    results = []
    with tempfile.TemporaryDirectory(prefix="penstock-bench-") as folder:
        say(f"{case.name}: making {case.rows:,} messages, ClickHouse's own result and the topic")
        contest = Contest(case, Path(folder))
        try:
            for number in range(1, runs + 1):
                for system in (s for s in systems if takes_part(s, case)):
                    try:
                        result, remark = contest.run(system, number)
                    except Failed as failure:
                        failures.append(f"{case.name}, {system.name}, run {number}: {failure}")
                        say(f"FAILED {failures[-1]}")
                        continue
                    results.append(result)
                    say(f"{case.name} {number}/{runs} {system.name}: own {result.cpu_s:.2f} CPU s, "
                        f"server {result.server_cpu_s:.2f} CPU s, {result.wall_s:.1f} s, "
                        f"{result.peak_rss_mb:.0f} MB ({remark})")
        finally:
            contest.close()
    return results


def chosen(names: list[str]) -> list[System]:
    """The systems of these names that can run here; says why the others cannot."""
    found = []
    for system in SYSTEMS:
        if system.name not in names:
            continue
        if why := system.missing():
            say(f"without {system.name}: {why}")
        else:
            found.append(system)
    return found


def main() -> int:
    everybody = [system.name for system in SYSTEMS]
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--quick", action="store_true",
                         help="fewer rows, one run, Penstock and the Kafka engine only")
    options.add_argument("--case", action="append", choices=Case.names(), help="default: all")
    options.add_argument("--system", action="append", choices=everybody, help="default: all")
    options.add_argument("--runs", type=int, help="of each system; default: 3, quick: 1")
    options.add_argument("--output", type=Path, default=BENCH / "results/whole.jsonl")
    given = options.parse_args()

    systems = chosen(given.system or (QUICK if given.quick else everybody))
    if not given.quick and not given.system:
        for name, why in ABSENT.items():
            say(f"without {name}: {why}")
    results, failures = [], []
    for name in given.case or Case.names():
        case = Case.read(name, given.quick)
        results += run_case(case, systems, given.runs or (1 if given.quick else 3), failures)
        save(results, given.output)
    print(f"\nmedian (smallest - largest)\n{summary(results)}")
    for failure in failures:
        say(f"FAILED {failure}")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
