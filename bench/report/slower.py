"""Where somebody else is better than Penstock: found in the results, not chosen."""

from report import names
from report.results import (Results, Runs, peak_memory, rows_per_second, systems_of, total_cpu)
from report.tables import cases_below, whole_cases

# (what, of a line, larger is better, digits, unit)
MEASURES = [
    ("CPU time of both sides", total_cpu, False, 2, "CPU s per million"),
    ("rows by the clock", rows_per_second, True, 0, "rows/s"),
    ("peak memory", peak_memory, False, 0, "MB"),
]


def slower(results: Results) -> str:
    """A list in Markdown; says so when nobody is better at anything."""
    found = []
    for case in whole_cases(results):
        found += _better_than_us(results, case, MEASURES)
    for case in cases_below(results, "parse/"):
        found += _better_than_us(results, case, MEASURES[:1])
    return "\n".join(found) or "* In nothing that was measured here."


def _better_than_us(results: Results, case: str, measures: list[tuple]) -> list[str]:
    ours = results.get((case, names.OURS))
    if ours is None:
        return []
    found = []
    for what, of, more_is_better, digits, unit in measures:
        mine = ours.middle(of)
        better = [runs for runs in systems_of(results, case)
                  if (runs.middle(of) > mine if more_is_better else runs.middle(of) < mine)]
        if better:
            found.append(f"* {names.case(case)} — {what}: {_listed(better, of, digits, unit)}; "
                         f"Penstock {mine:,.{digits}f}.")
    return found


def _listed(systems: list[Runs], of, digits: int, unit: str) -> str:
    return ", ".join(f"{names.system(runs.system)} {runs.middle(of):,.{digits}f} {unit}"
                     for runs in systems)
