"""Runs the micro and the lane programs and makes result lines of what they print.

The programs compare their rows with known ones before they time anything, and end with an error
when those differ.
"""

import json
import os
import subprocess
from pathlib import Path

from whole.measure import commit, cpu_model

PROGRAMS = Path(__file__).resolve().parents[2] / "build/release/bench"

# Case and system of our lines, by function and path of a benchmark's function/kind_path.
_CASES = {"decode": "parse", "write_block": "write", "make_body": "body"}
_SYSTEMS = {("decode", "plain"): "penstock-plain", ("make_body", "plain"): "penstock-uncompressed",
            ("make_body", "lz4"): "penstock-lz4"}
_FORMATS = ("avro", "protobuf")
_SECONDS = {"ns": 1e-9, "us": 1e-6, "ms": 1e-3, "s": 1.0}


def lane_lines() -> list[dict]:
    """Every lane case once, in the keys of bench/README.md."""
    return [json.loads(line) | {"cpu": cpu_model()} for line in _run("lane").splitlines()]


def micro_lines(flags: str) -> list[dict]:
    """Every micro benchmark once. `flags`: how the programs were built, as a lane line says."""
    lines = []
    for program in ("json_decode", "avro_decode", "protobuf_decode", "native_write", "columns"):
        printed = json.loads(_run(program, "--benchmark_format=json"))
        lines += [micro_line(benchmark, flags) for benchmark in printed["benchmarks"]]
    return lines


def micro_line(benchmark: dict, flags: str) -> dict:
    """From one entry of Google Benchmark's JSON, which gives times per iteration."""
    case, system = _named(benchmark["name"])
    times = benchmark["iterations"] * _SECONDS[benchmark["time_unit"]]
    cpu = benchmark["cpu_time"] * times
    if "put" in benchmark:  # seconds per value
        rows, size = cpu / benchmark["put"], 0
    else:
        rows, size = (cpu * benchmark.get(f"{unit}_per_second", 0) for unit in ("items", "bytes"))
    return {"case": case, "system": system, "rows": round(rows), "bytes": round(size),
            "cpu_s": round(cpu, 6), "server_cpu_s": 0,
            "wall_s": round(benchmark["real_time"] * times, 6), "peak_rss_mb": None,
            "instructions": None, "flags": flags, "commit": commit(), "cpu": cpu_model()}


def _named(name: str) -> tuple[str, str]:
    """decode/web_fast: parse/web by penstock; decode/web_avro: parse/web_avro. A column's
    benchmark has no argument."""
    function, _, argument = name.partition("/")
    if not argument:
        return f"put/{name}", "penstock"
    kind, _, path = argument.rpartition("_") if "_" in argument else (argument, "", "")
    if path in _FORMATS:
        kind = argument
    return f"{_CASES.get(function, function)}/{kind}", _SYSTEMS.get((function, path), "penstock")


def _run(program: str, *arguments: str) -> str:
    command = [PROGRAMS / f"penstock_{program}_bench", *arguments]
    ran = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True,
                         env=os.environ | {"PENSTOCK_COMMIT": commit()})
    return ran.stdout
