"""A slice of what `make fuzz` runs: random messages, read by Penstock and by ClickHouse."""

import secrets
import subprocess

import pytest

from program import FORMATS, run

MESSAGES = 4_000


def expect_agreement(format: str, seed: int) -> None:
    done = run(format, "--seed", seed, "--messages", MESSAGES,
               stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    assert done.returncode == 0, done.stdout.decode(errors="replace")


@pytest.mark.parametrize("format", FORMATS)
def test_messages_of_a_known_seed_give_the_rows_clickhouse_reads(format):
    expect_agreement(format, 1)


@pytest.mark.parametrize("format", FORMATS)
def test_messages_of_a_new_seed_give_the_rows_clickhouse_reads(format):
    expect_agreement(format, secrets.randbits(32))
