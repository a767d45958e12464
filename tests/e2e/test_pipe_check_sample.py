"""`penstock check` finds every problem offline; `penstock sample` shows rows and leaves no trace."""

import re
import subprocess

from harness.places import PENSTOCK, REPO, required


def penstock(*arguments) -> subprocess.CompletedProcess:
    return subprocess.run([required(PENSTOCK), *map(str, arguments)], capture_output=True,
                          text=True, timeout=60)


def test_check_prints_every_problem_with_its_place():
    broken = REPO / "tests/golden/documents/broken.yaml"
    checked = penstock("check", "-f", broken)
    assert checked.returncode == 2
    place = re.escape(str(broken))
    problems = re.findall(rf"^{place}:\d+:\d+: (\S+): (.+)$", checked.stdout, re.M)
    expected = broken.with_suffix(".expect").read_text()
    assert len(set(problems)) >= 6
    assert len({path for path, _ in problems}) >= 6
    assert all(f": {path}: {problem}\n" in expected for path, problem in problems)


def test_check_accepts_the_examples():
    for name in ("events.yaml", "events.json"):
        checked = penstock("check", "-f", REPO / "examples" / name)
        assert checked.returncode == 0, checked.stdout + checked.stderr


def test_check_refuses_what_cannot_be_read(tmp_path):
    (tmp_path / "torn.json").write_text('{"name": "x", "source": ')
    assert penstock("check", "-f", tmp_path / "torn.json").returncode == 2
    assert penstock("check", "-f", tmp_path / "missing.yaml").returncode != 0


def test_run_refuses_a_broken_document_before_it_does_anything():
    ran = penstock("run", "-f", REPO / "tests/golden/documents/broken.yaml")
    assert ran.returncode == 2
    assert "source.kafka.topics: is required" in ran.stdout + ran.stderr
