"""The check of generated pages sees drift and can mend it."""

import check_docs

PAGES = [(["hello"], "docs/hello.md")]


def program(checkout, printed: str):
    root = checkout({"build/release/penstock": f"#!/bin/sh\necho '{printed}' $1\n", "docs/x": ""})
    (root / "build/release/penstock").chmod(0o755)
    return root


def test_a_page_that_is_what_the_program_prints_passes(checkout):
    root = program(checkout, "one")
    check_docs.check(root, PAGES, write=True)
    assert (root / "docs/hello.md").read_text() == "one hello\n"
    assert check_docs.check(root, PAGES) == []


def test_a_missing_or_stale_page_is_refused(checkout):
    root = program(checkout, "two")
    assert len(check_docs.check(root, PAGES)) == 1
    (root / "docs/hello.md").write_text("one hello\n")
    found = [str(finding) for finding in check_docs.check(root, PAGES)]
    assert len(found) == 1
    assert found[0].startswith("docs/hello.md:1: is not what the program prints; run ")
