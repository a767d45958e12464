"""The sink's own tests that need the real engine; ctest alone skips them."""

import os
import subprocess

from harness.places import PENSTOCK

TESTS = PENSTOCK.parent / "src/clickhouse/penstock_clickhouse_tests"


def test_the_sink_keeps_its_promises_on_the_real_engine(fresh_clickhouse):
    url = fresh_clickhouse().url
    done = subprocess.run([TESTS, "--gtest_filter=RealServer*"], capture_output=True, text=True,
                          env={**os.environ, "PENSTOCK_TEST_CLICKHOUSE_URL": url}, timeout=120)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "[  PASSED  ] 10 tests." in done.stdout and "SKIPPED" not in done.stdout
