"""The page made of the benchmark's results: its figures, what it admits, and its drift."""

import json
import xml.etree.ElementTree as ET

import pytest
from report.chart import Bar, bar_chart
from report.results import load
from report.run import differences, pages, write
from report.slower import slower
from report.tables import absent, whole
from report.targets import targets


def line(system: str, case: str = "web", **values) -> dict:
    return {"case": case, "system": system, "rows": 500_000, "bytes": 100_000_000, "cpu_s": 1.0,
            "server_cpu_s": 1.0, "wall_s": 2.0, "peak_rss_mb": 100.0, "flags": "-O2",
            "commit": "abc", "cpu": "2 x CPU", "run": 1, "date": "2026-01-02T03:04:05+00:00",
            **values}


@pytest.fixture
def results(tmp_path):
    """Writes result lines and reads them as the report does."""
    def of(*lines: dict):
        (tmp_path / "some.jsonl").write_text("".join(f"{json.dumps(line)}\n" for line in lines))
        return load(tmp_path)
    return of


def test_a_table_has_medians_spreads_and_the_ratio_to_penstock(results):
    table = whole(results(line("penstock", cpu_s=1.0), line("penstock", cpu_s=1.5),
                          line("penstock", cpu_s=1.1), line("go-rows", cpu_s=5.3)), "web")
    ours, other = table.splitlines()[2:]
    assert "**2.20 (2.00–3.00)**" in ours and "**4.20**" in ours and "**1.0**" in ours
    assert other == "| Go by hand | 10.60 | 2.00 | 12.60 | 16 | 250,000 | 100 | 3.0 |"


def test_the_cheapest_system_stands_first(results):
    table = whole(results(line("penstock"), line("go-rows", cpu_s=0.5)), "web")
    assert [row.split("|")[1].strip(" *") for row in table.splitlines()[2:]] == [
        "Go by hand", "Penstock"]


def test_what_others_do_better_is_found_in_the_results(results):
    said = slower(results(line("penstock"), line("go-rows", peak_rss_mb=50.0),
                          line("python-rows", wall_s=1.0, cpu_s=9.0, peak_rss_mb=200.0)))
    assert said.splitlines() == [
        "* web event: 11 fields, 260 bytes — rows by the clock: Python by hand, rows 500,000 "
        "rows/s; Penstock 250,000.",
        "* web event: 11 fields, 260 bytes — peak memory: Go by hand 50 MB; Penstock 100."]


def test_nobody_is_called_better_who_is_not(results):
    assert "nothing" in slower(results(line("penstock"), line("go-rows", cpu_s=9.0)))


def test_a_target_is_missed_reached_or_not_measured(results):
    rows = targets(results(line("penstock", cpu_s=0.6), line("clickhouse-kafka-engine", cpu_s=0,
                                                             server_cpu_s=16.0))).splitlines()
    alone = next(row for row in rows if "260 B: Penstock alone" in row)
    assert alone.endswith("| 1.20 | **no** |")
    assert any(row.endswith("| ≥ 8 times | 10.0 | yes |") for row in rows)
    assert any(row.endswith("| not measured |  |") for row in rows)


def test_the_page_follows_the_results_and_drift_is_found(results, tmp_path):
    template = "{{machine}}\n\n{{whole}}\n"
    made = pages(results(line("penstock"), line("go-rows")), template)
    root = tmp_path / "checkout"
    write(root, made)
    assert differences(root, made) == []
    later = pages(results(line("penstock", cpu_s=0.9), line("go-rows")), template)
    assert [path.name for path in differences(root, later)] == ["benchmarks.md", "cpu-web.svg"]


def test_a_chart_that_nothing_makes_any_more_is_removed(results, tmp_path):
    stale = tmp_path / "checkout/docs/benchmarks/cpu-old.svg"
    stale.parent.mkdir(parents=True)
    stale.write_text("<svg/>")
    made = pages(results(line("penstock")), "{{whole}}")
    assert stale.relative_to(tmp_path / "checkout") in differences(tmp_path / "checkout", made)
    write(tmp_path / "checkout", made)
    assert not stale.exists()


def test_a_name_that_nothing_fills_is_an_error(results):
    with pytest.raises(KeyError, match="nonsense"):
        pages(results(line("penstock")), "{{nonsense}}")


def test_a_broken_line_is_named_by_file_and_number(tmp_path):
    (tmp_path / "bad.jsonl").write_text(json.dumps(line("penstock")) + '\n{"case": "web"}\n')
    with pytest.raises(ValueError, match="bad.jsonl:2"):
        load(tmp_path)


def test_bars_are_as_long_as_their_values_and_labels_are_escaped():
    svg = ET.fromstring(bar_chart("A & B", ("own", "server"), [
        Bar("<ours>", (1.0, 1.0), "2", ours=True), Bar("theirs", (3.0, 1.0), "4")]))
    rects = [r for r in svg.iter("{http://www.w3.org/2000/svg}rect") if r.get("height") == "22"]
    widths = [float(r.get("width")) for r in rects]
    assert widths[2] == pytest.approx(3 * widths[0], rel=0.01)
    assert float(rects[3].get("x")) == pytest.approx(float(rects[2].get("x")) + widths[2], abs=0.2)
    assert "<ours>" in [text.text for text in svg.iter("{http://www.w3.org/2000/svg}text")]


def test_systems_that_could_not_be_had_are_listed(tmp_path):
    (tmp_path / "systems.py").write_text('QUICK = ["a"]\nABSENT = {"b": "no " "way"}\n')
    assert absent(tmp_path / "systems.py") == "* b: no way."
