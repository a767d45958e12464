#!/usr/bin/env python3
"""Plays scenarios, all or the named ones, and prints the table of what was lost or doubled.

The exit code is 1 when something was, or when a scenario got stuck.
"""

import argparse
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))  # for chaos and harness

from chaos.parts import Parts  # noqa: E402
from chaos.scenarios import SCENARIOS, Outcome, play  # noqa: E402
from chaos.world import Plan  # noqa: E402

HEADER = ("scenario", "messages", "faults", "rows", "lost", "duplicated", "order broken",
          "recovery s", "worst s", "seconds")
LINE = "{:<26}{:>10}{:>8}{:>10}{:>8}{:>12}{:>14}{:>12}{:>9}{:>9}"


def main() -> int:
    options = arguments()
    print(LINE.format(*HEADER), flush=True)
    good = True
    with tempfile.TemporaryDirectory(prefix="penstock-chaos-") as folder:
        with Parts(Path(folder)) as parts:
            for name in options.scenario or SCENARIOS:
                plan = Plan(options.messages, options.times or SCENARIOS[name].times,
                            window=options.window, seed=options.seed)
                good &= report(name, Path(folder), parts, plan)
    return 0 if good else 1


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--scenario", action="append", choices=SCENARIOS)
    parser.add_argument("--messages", type=int, default=400_000)
    parser.add_argument("--times", type=int, help="faults per scenario; each has its own number")
    parser.add_argument("--window", type=int, default=10_000,
                        help="inserts whose tokens the table remembers")
    parser.add_argument("--seed", type=int, default=1)
    return parser.parse_args()


def report(name: str, folder: Path, parts: Parts, plan: Plan) -> bool:
    began = time.monotonic()
    try:
        outcome = play(name, folder, parts, plan)
    except (RuntimeError, TimeoutError) as stuck:
        print(f"{name:<26} stuck after {time.monotonic() - began:.0f} s: {stuck}", flush=True)
        return False
    print(line(outcome, time.monotonic() - began), flush=True)
    return outcome.verdict.lost == 0 and outcome.verdict.duplicated == 0


def line(outcome: Outcome, seconds: float) -> str:
    verdict = outcome.verdict
    return LINE.format(outcome.scenario, verdict.messages, outcome.faults, verdict.rows,
                       verdict.lost, verdict.duplicated, verdict.order_broken,
                       f"{outcome.median_recovery:.2f}", f"{outcome.worst_recovery:.2f}",
                       f"{seconds:.0f}")


if __name__ == "__main__":
    sys.exit(main())
