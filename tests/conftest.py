"""What every test that starts real parts shares."""

import time

import pytest

from harness import processes


def pytest_runtest_setup(item):
    item.began_at = time.time()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    """A failed test shows what every server and pipe said last."""
    report = yield
    if report.failed:
        ours = [p for p in processes.started if p.running or p.started_at >= item.began_at]
        for log, process in {p.log: p for p in ours if p.log}.items():
            report.sections.append((f"{process.name} {process.pid}: {log}", process.tail()))
    return report
