"""The guard against slower code: what it takes for a regression, and that it can fail."""

import pytest
from check import baseline
from check.callgrind import CountFailed, collected, total
from check.run import compare, repeated_regressions


def counts(*values: float):
    """A work whose figure `a` has these values, one a time."""
    left = list(values)
    return lambda: {"a": left.pop(0)}


def test_only_growth_above_a_tenth_is_a_regression():
    blessed = {"a": 100.0, "b": 100.0, "c": 100.0}
    grown = baseline.regressions(blessed, {"a": 110.0, "b": 110.5, "c": 50.0, "new": 9.0})
    assert grown == {"b": pytest.approx(1.105)}


def test_a_regression_counts_when_it_comes_three_times():
    assert repeated_regressions(counts(120, 130, 115), {"a": 100.0})[1] == {"a": 1.15}
    assert repeated_regressions(counts(120, 130, 105), {"a": 100.0})[1] == {}


def test_a_good_figure_is_counted_once():
    figures, grown = repeated_regressions(counts(105), {"a": 100.0})
    assert (figures, grown) == ({"a": 105}, {})


def test_the_comparison_fails_and_names_what_grew(capsys):
    assert compare([counts(120, 120, 120)], {"a": 100.0}) == 1
    assert "+20.0 %  REGRESSION" in capsys.readouterr().out
    assert compare([counts(90)], {"a": 100.0}) == 0


def test_blessing_replaces_the_figures_of_one_key_only(tmp_path):
    file = tmp_path / "results/baseline.json"
    baseline.write("gcc", {"a": 1.04, "b": 2.0}, file)
    baseline.write("clang", {"a": 3.0}, file)
    baseline.write("gcc", {"a": 5.0}, file)
    assert baseline.read("gcc", file) == {"a": 5.0}
    assert baseline.read("clang", file) == {"a": 3.0}
    assert baseline.read("icc", file) is None


def test_counts_come_from_what_callgrind_writes():
    assert collected("==7== Collected : 250238513\n==7== I refs: 250,238,513\n") == 250238513
    assert total("desc: Trigger: --dump-after=f\nevents: Ir\ntotals: 471385\n") == 471385


def test_output_without_a_count_is_an_error():
    with pytest.raises(CountFailed, match="no count"):
        collected("valgrind: fatal error")
    with pytest.raises(CountFailed, match="without totals"):
        total("events: Ir\n")
