"""The benchmark's result lines: what they hold, which stay, what the printed table says."""

import json

from whole.measure import counted_instructions
from whole.result import Result, save, summary


def result(system: str, run: int = 1, case: str = "web", **values) -> Result:
    values = {"rows": 500_000, "bytes": 130_000_000, "cpu_s": 1.0, "server_cpu_s": 0.5,
              "wall_s": 3.0, "peak_rss_mb": 100.0, "instructions": None, **values}
    return Result(case=case, system=system, flags="-O2", commit="abc", cpu="2 x CPU", run=run,
                  date="2026-01-02T03:04:05+00:00", **values)


def test_a_line_has_the_promised_keys_in_the_promised_order(tmp_path):
    save([result("penstock")], tmp_path / "new/whole.jsonl")
    line = json.loads((tmp_path / "new/whole.jsonl").read_text())
    assert list(line) == ["case", "system", "rows", "bytes", "cpu_s", "server_cpu_s", "wall_s",
                          "peak_rss_mb", "instructions", "flags", "commit", "cpu", "run", "date"]
    assert line["instructions"] is None


def test_new_lines_replace_those_of_their_case_and_system_only(tmp_path):
    file = tmp_path / "whole.jsonl"
    save([result("a", 1), result("a", 2), result("b"), result("a", case="order")], file)
    save([result("a", 1, cpu_s=9.0)], file)
    lines = [json.loads(line) for line in file.read_text().splitlines()]
    assert [(line["case"], line["system"], line["cpu_s"]) for line in lines] == [
        ("web", "b", 1.0), ("order", "a", 1.0), ("web", "a", 9.0)]


def test_the_table_shows_median_and_spread_per_million_rows():
    table = summary([result("a", run, cpu_s=cpu) for run, cpu in enumerate([1.0, 3.0, 1.5], 1)])
    row = table.splitlines()[1]
    assert row.split()[:3] == ["web", "a", "3"]
    assert "3.00 (2.00 - 6.00)" in row  # own CPU: 1.5 s for half a million rows
    assert "1.00 (1.00 - 1.00)" in row
    assert " 4.00 " in row  # the median of both together


def test_instructions_are_null_where_perf_cannot_count():
    header = "# started on Fri Jan  2 03:04:05 2026\n\n"
    assert counted_instructions(header + "812345,,instructions:u,4200,100.00,,\n") == 812345
    assert counted_instructions("<not supported>,,instructions:u,0,100.00,,\n") is None
    assert counted_instructions("<not counted>,,instructions:u,0,0.00,,\n") is None
    assert counted_instructions("") is None
