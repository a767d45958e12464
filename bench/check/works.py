"""What is counted: work of a fixed size, in instructions per row or per value.

Each work gives figures by name. What starting and making events costs is in none of them.
"""

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

from check.callgrind import instructions, instructions_of_calls

PROGRAMS = Path(__file__).resolve().parents[2] / "build/release/bench"

# The lane program runs half its rows first, to warm up.
_RUNS_PER_ROW = 1.5
_FEWER_MESSAGES = {"PENSTOCK_BENCH_JSON_BYTES": "4000000"}  # heeded by Avro and Protobuf
_VALUES_PER_FILL = 4096  # kRows of micro/columns.cc

Work = Callable[[], dict[str, float]]


def lane(kind: str, few: int, many: int) -> Work:
    """A whole lane from memory: what `many` rows need more than `few`, per row."""
    def count(rows: int) -> int:
        return instructions([_program("lane"), "--case", kind, "--rows", str(rows)])

    return lambda: {
        f"lane/{kind}": (count(many) - count(few)) / (_RUNS_PER_ROW * (many - few))}


def columns() -> dict[str, float]:
    """One value into one column, for every type of micro/columns.cc.

    Before it lists its cases the program fills each column twice; the second fill is warm.
    """
    calls, names = instructions_of_calls(
        [_program("columns"), "--benchmark_list_tests=true"], "(anonymous namespace)::fill(penstock")
    fills = dict(zip(names.split(), calls[1::2], strict=True))
    return {f"put/{name}": count / _VALUES_PER_FILL for name, count in fills.items()}


def decoding(format: str, path: str) -> Work:
    """Messages into columns. JSON's plain path is what a lane takes for unusual messages only.

    Each benchmark decodes twice to compare and then, in the shortest time, once.
    """
    def count() -> dict[str, float]:
        calls, printed = instructions_of_calls(
            [_program(f"{format}_decode"), f"--benchmark_filter=/(web|order)_{path}",
             "--benchmark_format=json", "--benchmark_min_time=0"],
            "penstock::RecordDecoder::decode(penstock", _FEWER_MESSAGES)
        benchmarks = json.loads(printed)["benchmarks"]
        return {benchmark["name"]: calls_of / _rows(benchmark)
                for benchmark, calls_of in zip(benchmarks, calls[2::3], strict=True)}

    return count


WORKS: list[Work] = [
    lane("web", 10_000, 40_000),
    lane("order", 2_000, 8_000),
    lane("wide", 1_000, 6_000),
    columns,
    decoding("json", "plain"),
    decoding("avro", "avro"),
    decoding("protobuf", "protobuf"),
]


def compiler() -> str:
    """As the lane program was built: compiler, version, flags."""
    ran = subprocess.run([_program("lane"), "--case", "web", "--rows", "2"], capture_output=True,
                         text=True, check=True)
    return json.loads(ran.stdout)["flags"]


def _program(name: str) -> str:
    return str(PROGRAMS / f"penstock_{name}_bench")


def _rows(benchmark: dict) -> int:
    """Of one iteration; Google Benchmark gives its time in milliseconds here."""
    return round(benchmark["items_per_second"] * benchmark["cpu_time"] / 1000)
