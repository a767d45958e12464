"""What we set out to reach, and where the results say we are."""

from collections.abc import Callable
from dataclasses import dataclass
from operator import ge, le

from report import names
from report.results import (Results, megabytes_per_cpu_second, megabytes_per_own_cpu_second,
                            own_cpu, peak_memory, rows_per_cpu_second, rows_per_second, total_cpu)
from report.tables import table

Line = Callable[[dict], float]


@dataclass(frozen=True)
class Target:
    what: str
    meets: Callable[[float, float], bool]
    goal: float
    unit: str
    digits: int
    figure: Callable[[Results], float]  # KeyError: not measured


def ours(case: str, of: Line) -> Callable[[Results], float]:
    return lambda results: results[case, names.OURS].middle(of)


def ratio(upper: tuple[str, str], lower: tuple[str, str], of: Line) -> Callable[[Results], float]:
    return lambda results: results[upper].middle(of) / results[lower].middle(of)


def lane(kind: str) -> tuple[str, str]:
    return f"lane/{kind}", names.OURS


TARGETS = [
    Target("JSON → columns, 260 B, one core", ge, 2.5, "M rows/s", 2,
           lambda results: ours("parse/web", rows_per_cpu_second)(results) / 1e6),
    Target("JSON → columns, 1.5 kB, one core", ge, 800, "MB/s", 0,
           ours("parse/order", megabytes_per_cpu_second)),
    *[Target(f"{format} → columns, 260 B as JSON, one core", ge, 4, "M rows/s", 2,
             lambda results, case=f"parse/web_{format.lower()}":
             ours(case, rows_per_cpu_second)(results) / 1e6) for format in ("Avro", "Protobuf")],
    Target("Kafka → MergeTree, 260 B: the Kafka engine's CPU time, Penstock and server = 1", ge, 8,
           "times", 1, ratio(("web", names.KAFKA_ENGINE), ("web", names.OURS), total_cpu)),
    Target("Kafka → MergeTree, 260 B: Penstock alone", le, 1.0, "CPU s per million", 2,
           ours("web", own_cpu)),
    Target("Kafka → MergeTree, 1.5 kB: Penstock alone", ge, 400, "MB per CPU s", 0,
           ours("order", megabytes_per_own_cpu_second)),
    Target("Kafka → MergeTree, 1.5 kB of Avro: Penstock alone", ge, 600, "MB per CPU s", 0,
           ours("long_order_avro", megabytes_per_own_cpu_second)),
    Target("produce → visible at 10,000 messages/s, p50", le, 100, "ms", 0,
           ours("latency-10000", lambda line: line["p50_ms"])),
    Target("produce → visible at 10,000 messages/s, p99", le, 300, "ms", 0,
           ours("latency-10000", lambda line: line["p99_ms"])),
    Target("memory, 260 B, whole pipe", le, 256, "MB resident", 0, ours("web", peak_memory)),
    Target("allocations per row of a warm lane", le, 0.01, "", 4,
           ours("lane/web/1x4", lambda line: line["allocations_per_row"])),
    Target("two lanes on two cores, one = 1", ge, 1.8, "times the rows", 2,
           ratio(lane("web/2x4"), lane("web/1x4"), rows_per_second)),
    Target("a ten times wider table", le, 10, "times the cost", 1,
           ratio(lane("wide/1x4"), lane("web/1x4"), total_cpu)),
    Target("64 partitions on one lane, one = 1", le, 1.1, "times the cost", 2,
           ratio(lane("web/1x64"), lane("web/1x1"), total_cpu)),
]


def targets(results: Results) -> str:
    rows = []
    for target in TARGETS:
        sign = "≥" if target.meets is ge else "≤"
        row = [target.what, f"{sign} {target.goal:g} {target.unit}".rstrip()]
        try:
            figure = target.figure(results)
        except KeyError:
            rows.append([*row, "not measured", ""])
            continue
        reached = "yes" if target.meets(figure, target.goal) else "**no**"
        rows.append([*row, f"{figure:,.{target.digits}f}", reached])
    return table(["what", "aim", "measured", "reached"], rows)
