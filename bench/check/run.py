"""Instructions per row, now and when last blessed: no stop watch, so any machine will do.

Exit code 1 when a figure is more than a tenth above its baseline three times in a row. `--bless`
makes what is counted now the baseline. Without a baseline of this compiler and architecture, or
without valgrind, it says so and passes.
"""

import argparse
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from check import baseline  # noqa: E402
from check.callgrind import CountFailed, NoCallgrind  # noqa: E402
from check.works import WORKS, Work, compiler  # noqa: E402

TIMES = 3
TOLD_PERCENT = 1


def repeated_regressions(work: Work, blessed: baseline.Figures) -> tuple[dict, dict[str, float]]:
    """The figures, and the smallest growth of those that were too large each of three times."""
    figures = work()
    grown = baseline.regressions(blessed, figures)
    for _ in range(TIMES - 1):
        if not grown:
            break
        again = baseline.regressions(blessed, work())
        grown = {name: min(grown[name], again[name]) for name in grown.keys() & again.keys()}
    return figures, grown


def say(text: str) -> None:
    print(f"bench-check: {text}", flush=True)


def compare(works: list[Work], blessed: baseline.Figures) -> int:
    figures, grown = {}, {}
    for work in works:
        found, worse = repeated_regressions(work, blessed)
        figures |= found
        grown |= worse
    for name, value in figures.items():
        was = blessed.get(name)
        change = 100 * (value / was - 1) if was else None
        if change is None or abs(change) >= TOLD_PERCENT:
            told = "new" if change is None else f"{change:+.1f} %"
            print(f"  {name:28}{value:12.1f}  {told:>9}{'  REGRESSION' if name in grown else ''}")
    for name in sorted(blessed.keys() - figures.keys()):
        print(f"  {name:28}{'gone':>12}")
    say(f"{len(figures)} figures; named are those that changed by {TOLD_PERCENT} % or more")
    if not grown:
        return 0
    say(f"{len(grown)} figures grew by more than a tenth. Make them faster, or say in the commit "
        "why it must be, and run `make bench-check BLESS=1`")
    return 1


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--bless", action="store_true", help="what is counted now is right")
    given = options.parse_args()
    try:
        wanted = baseline.key(compiler())
        blessed = baseline.read(wanted)
        say(f"instructions per row and per value, {wanted}")
        if given.bless:
            figures = {}
            for work in WORKS:
                figures |= work()
            baseline.write(wanted, figures)
            say(f"{len(figures)} figures are the baseline now")
            return 0
        if blessed is None:
            say(f"no baseline of this kind in {baseline.FILE.name}; make one with BLESS=1")
            return 0
        return compare(WORKS, blessed)
    except NoCallgrind as reason:
        say(f"nothing is counted: {reason}")
        return 0
    except CountFailed as reason:
        say(f"FAILED {reason}")
        return 1


if __name__ == "__main__":
    sys.exit(main())
