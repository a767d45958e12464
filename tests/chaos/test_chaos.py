"""A slice of `make chaos`, and the proof that it would notice."""

import pytest

from chaos.scenarios import play
from chaos.world import Plan


@pytest.mark.parametrize("name, plan", [
    ("kill-pipe", Plan(messages=6000, times=4)),
    ("kill-clickhouse", Plan(messages=4000, times=2)),
    ("kill-during-slow-inserts", Plan(messages=2000, times=2)),
    ("sleep-of-a-member", Plan(messages=4000, times=2)),
    ("cut-answers", Plan(messages=4000, times=2)),
    ("late-inserts", Plan(messages=4000, times=2)),
    ("kill-during-slow-inserts", Plan(messages=2000, times=2, window=1)),
    ("kill-clickhouse", Plan(messages=4000, times=2, window=1)),
], ids=lambda value: value if isinstance(value, str) else "")
def test_a_fault_loses_no_row_and_doubles_none(parts, tmp_path, name, plan):
    verdict = play(name, tmp_path, parts, plan).verdict
    assert verdict.lost == 0
    assert verdict.duplicated == 0
    assert verdict.order_broken == 0


@pytest.mark.parametrize("plan", [
    Plan(messages=4000, times=2, keeps_tokens=False),
    Plan(messages=4000, times=2, window=0),
], ids=["a token per attempt", "table without window"])
def test_without_the_mechanism_a_lost_answer_doubles_rows(parts, tmp_path, plan):
    verdict = play("cut-answers", tmp_path, parts, plan).verdict
    assert verdict.lost == 0
    assert verdict.duplicated > 0
