"""Writes docs/benchmarks.md and its charts from bench/results; `--check` compares them instead.

The prose is template.md beside this file; its {{names}} are filled from the results and from
nothing else. Exit code 1 when --check finds a difference.
"""

import argparse
import re
import sys
from pathlib import Path

BENCH = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(BENCH))

from report import names, tables  # noqa: E402
from report.charts import charts  # noqa: E402
from report.results import Results, load  # noqa: E402
from report.slower import slower  # noqa: E402
from report.targets import targets  # noqa: E402

PAGE = Path("docs/benchmarks.md")
CHARTS = Path("docs/benchmarks")


def pages(results: Results, template: str) -> dict[Path, str]:
    """Every file of the report. Raises KeyError for a {{name}} that nothing fills."""
    pictures = charts(results)
    fills = {
        "machine": tables.machines(results), "builds": tables.builds(results),
        "whole": _whole(results, pictures), "parse": tables.parse(results),
        "parse_chart": _picture("parse", "messages into columns", pictures),
        "lanes": tables.lanes(results), "inserts": tables.inserts(results),
        "bodies": tables.bodies(results), "absent": tables.absent(BENCH / "whole/systems.py"),
        "puts": tables.puts(results), "latency": tables.latency(results),
        "targets": targets(results), "slower": slower(results),
    }
    text = re.sub(r"\{\{(\w+)\}\}", lambda match: fills[match[1]], template)
    return {PAGE: text} | {CHARTS / f"{name}.svg": svg for name, svg in pictures.items()}


def differences(root: Path, made: dict[Path, str]) -> list[Path]:
    """Files that are not what they must be, and charts that nothing makes any more."""
    wrong = [path for path, text in made.items()
             if not (root / path).exists() or (root / path).read_text() != text]
    left = [path.relative_to(root) for path in sorted((root / CHARTS).glob("*.svg"))]
    return wrong + [path for path in left if path not in made]


def write(root: Path, made: dict[Path, str]) -> None:
    for path in differences(root, made):
        if path in made:
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_text(made[path])
        else:
            (root / path).unlink()


def _whole(results: Results, pictures: dict[str, str]) -> str:
    parts = []
    for case in tables.whole_cases(results):
        title = names.case(case)
        rows = next(runs.lines[0]["rows"] for (name, _), runs in results.items() if name == case)
        parts += [f"### {title[0].upper()}{title[1:]} ({rows:,} messages)",
                  tables.whole(results, case),
                  _picture(f"cpu-{case}", f"CPU time, {title}", pictures),
                  _picture(f"memory-{case}", f"memory, {title}", pictures)]
    return "\n\n".join(parts) or tables.NOTHING


def _picture(name: str, title: str, pictures: dict[str, str]) -> str:
    return f"![{title}]({CHARTS.name}/{name}.svg)" if name in pictures else ""


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--check", action="store_true", help="write nothing, name differences")
    given = options.parse_args()
    root = BENCH.parent
    made = pages(load(BENCH / "results"), (BENCH / "report/template.md").read_text())
    if not given.check:
        write(root, made)
        return 0
    wrong = differences(root, made)
    for path in wrong:
        print(f"{path}:1: is not what bench/results say; run `make bench-report`")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
