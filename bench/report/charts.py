"""Which charts the page has."""

from report import names
from report.chart import Bar, bar_chart
from report.results import (Results, megabytes_per_cpu_second, own_cpu, peak_memory, server_cpu,
                            systems_of, total_cpu)
from report.tables import cases_below, whole_cases


def charts(results: Results) -> dict[str, str]:
    """SVG by name of the file, without its ending."""
    made = {}
    for case in whole_cases(results):
        systems = systems_of(results, case)
        made[f"cpu-{case}"] = bar_chart(
            f"CPU seconds per million rows, {names.case(case)}",
            ("the system's own processes", "ClickHouse server"),
            [Bar(names.system(runs.system), (runs.middle(own_cpu), runs.middle(server_cpu)),
                 f"{runs.middle(total_cpu):.2f}", runs.system == names.OURS) for runs in systems])
        made[f"memory-{case}"] = bar_chart(
            f"Peak resident memory, {names.case(case)}",
            ("MB, of the server where it does the work",),
            [Bar(names.system(runs.system), (runs.middle(peak_memory),),
                 f"{runs.middle(peak_memory):,.0f} MB", runs.system == names.OURS)
             for runs in sorted(systems, key=lambda runs: runs.middle(peak_memory))])
    if parse := cases_below(results, "parse/"):
        made["parse"] = bar_chart(
            "Messages in memory into columns", ("MB per CPU second",),
            [Bar(f"{case.partition('/')[2]}: {names.system(runs.system)}",
                 (runs.middle(megabytes_per_cpu_second),),
                 f"{runs.middle(megabytes_per_cpu_second):,.0f}", runs.system == names.OURS)
             for case in parse for runs in systems_of(results, case)])
    return made
