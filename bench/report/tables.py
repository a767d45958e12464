"""The page's tables, in Markdown, made of the results alone."""

import ast
from collections.abc import Callable
from pathlib import Path

from report import names
from report.results import (Results, Runs, megabytes_per_cpu_second, own_cpu, peak_memory,
                            rows_per_cpu_second, rows_per_second, server_cpu, systems_of,
                            total_cpu)

NOTHING = "Not measured yet."


def table(head: list[str], rows: list[list[str]], texts: int = 1) -> str:
    """So many columns to the left, the others are figures and stand to the right."""
    rule = [*["---"] * texts, *["---:"] * (len(head) - texts)]
    return "\n".join(f"| {' | '.join(row)} |" for row in [head, rule, *rows]) if rows else NOTHING


def bold_if(ours: bool, cells: list[str]) -> list[str]:
    return [f"**{cell}**" for cell in cells] if ours else cells


def whole(results: Results, case: str) -> str:
    """From a topic into a table, every system."""
    systems = systems_of(results, case)
    ours = results.get((case, names.OURS))
    rows = [bold_if(runs is ours, [
        names.system(runs.system), runs.spread(own_cpu).text(2), runs.spread(server_cpu).text(2),
        f"{runs.middle(total_cpu):.2f}", f"{runs.middle(megabytes_per_cpu_second):,.0f}",
        f"{runs.middle(rows_per_second):,.0f}", runs.spread(peak_memory).text(0),
        _ratio(runs, ours, total_cpu)]) for runs in systems]
    return table(["what", "own CPU s per million", "server's", "total", "MB per CPU s",
                  "rows/s by the clock", "peak RSS, MB", "total, Penstock = 1"], rows)


def parse(results: Results) -> str:
    """From messages in memory into columns, one core."""
    rows = []
    for case in cases_below(results, "parse/"):
        ours = results.get((case, names.OURS))
        rows += [bold_if(runs is ours, [
            names.case(case), names.system(runs.system), runs.spread(total_cpu).text(3),
            f"{runs.middle(rows_per_cpu_second):,.0f}",
            f"{runs.middle(megabytes_per_cpu_second):,.0f}", _ratio(runs, ours, total_cpu)])
            for runs in systems_of(results, case)]
    return table(["messages", "what", "CPU s per million", "rows per CPU s", "MB per CPU s",
                  "Penstock = 1"], rows, texts=2)


def lanes(results: Results) -> str:
    """Whole lanes from memory; the case says lanes x logs of each."""
    rows = []
    for case in cases_below(results, "lane/"):
        runs = results[case, names.OURS]
        kind, shape = case.split("/")[1:]
        count, logs = shape.split("x")
        rows.append([names.case(kind), count, logs, runs.spread(total_cpu).text(3),
                     f"{runs.middle(rows_per_second):,.0f}",
                     f"{runs.middle(megabytes_per_cpu_second):,.0f}",
                     f"{runs.middle(lambda line: line['allocations_per_row']):.4f}"])
    return table(["messages", "lanes", "logs of each", "CPU s per million", "rows/s by the clock",
                  "MB per CPU s", "allocations per row"], rows)


def inserts(results: Results) -> str:
    """What the server alone needs for a block of ours."""
    rows = [[names.case(case), names.system(runs.system), runs.spread(server_cpu).text(3),
             f"{runs.middle(megabytes_per_cpu_second):,.0f}"]
            for case in cases_below(results, "insert/") for runs in systems_of(results, case)]
    return table(["rows of", "what", "server's CPU s per million", "MB of Native per CPU s"], rows, texts=2)


def bodies(results: Results) -> str:
    """A sealed block becomes the bytes of a request."""
    rows = [[names.case(case), names.system(runs.system), runs.spread(own_cpu).text(4),
             f"{runs.middle(megabytes_per_cpu_second):,.0f}"]
            for case in cases_below(results, "body/") for runs in systems_of(results, case)]
    return table(["rows of", "request's body", "CPU s per million", "MB of Native per CPU s"], rows,
                 texts=2)


def puts(results: Results) -> str:
    """One value into one column."""
    rows = [[f"`{case.removeprefix('put/')}`", results[case, names.OURS].spread(
        lambda line: 1e9 * line["cpu_s"] / line["rows"]).text(1)]
        for case in cases_below(results, "put/")]
    return table(["value and column", "ns"], rows)


def latency(results: Results) -> str:
    rows = [[f"{int(runs.case.removeprefix('latency-')):,}", names.system(runs.system),
             *(runs.spread(lambda line, key=key: line[key]).text(0)
               for key in ("p50_ms", "p99_ms", "most_ms", "inserts", "most_parts"))]
            for runs in results.values() if runs.case.startswith("latency-")]
    return table(["messages a second", "what", "p50, ms", "p99, ms", "longest, ms", "inserts",
                  "most active parts"], rows, texts=2)


def builds(results: Results) -> str:
    """What took part, and how it was built or which versions it had."""
    seen = {}
    for case in [*whole_cases(results), *cases_below(results, "parse/")]:
        for runs in systems_of(results, case):
            seen.setdefault(names.system(runs.system), runs.lines[-1]["flags"])
    return table(["what", "versions, way or flags"],
                 [[*pair] for pair in sorted(seen.items())], texts=2)


def absent(systems: Path) -> str:
    """A list of what could not be had, and why: ABSENT of whole/systems.py, which is read as text
    because importing it needs more than Python itself."""
    for statement in ast.parse(systems.read_text()).body:
        if isinstance(statement, ast.Assign) and statement.targets[0].id == "ABSENT":
            said = ast.literal_eval(statement.value)
            return "\n".join(f"* {name}: {why}." for name, why in said.items())
    raise KeyError(f"{systems.name} has no ABSENT")


def machines(results: Results) -> str:
    """A sentence: CPUs, commits and days of all runs."""
    lines = [line for runs in results.values() for line in runs.lines]
    cpus = "; ".join(sorted({line["cpu"] for line in lines}))
    commits = ", ".join(sorted({line["commit"].rstrip("+") for line in lines}))
    days = sorted(line["date"][:10] for line in lines)
    when = days[0] if days[0] == days[-1] else f"{days[0]} to {days[-1]}"
    changed = any(line["commit"].endswith("+") for line in lines)
    changed = ", some runs with files that differ from it" if changed else ""
    return f"{cpus}, {when}, at commit {commits}{changed}."


def cases_below(results: Results, prefix: str) -> list[str]:
    return list(dict.fromkeys(case for case, _ in results if case.startswith(prefix)))


def whole_cases(results: Results) -> list[str]:
    """The smallest messages first."""
    found = {case: runs.middle(lambda line: line["bytes"] / line["rows"])
             for (case, _), runs in results.items() if "/" not in case and "-" not in case}
    return sorted(found, key=found.get)


def _ratio(runs: Runs, ours: Runs | None, of: Callable[[dict], float]) -> str:
    return f"{runs.middle(of) / ours.middle(of):.1f}" if ours else ""
