"""A slice of what `make fuzz` runs: random messages, read by Penstock and by ClickHouse."""

import subprocess

import pytest

from program import FORMATS, run

MESSAGES = 6_000


# A new seed is for `make fuzz`: what it finds is news, not a regression.
SEEDS = (1, 2)


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("format", FORMATS)
def test_messages_of_a_seed_give_the_rows_clickhouse_reads(format, seed):
    done = run(format, "--seed", seed, "--messages", MESSAGES,
               stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    assert done.returncode == 0, done.stdout.decode(errors="replace")
