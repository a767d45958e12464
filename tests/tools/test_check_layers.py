"""The layer check lets good trees pass and names what is wrong with bad ones."""

import check_layers
import pytest

GOOD = {
    "src/base/CMakeLists.txt": "penstock_folder(base THIRD_PARTY fmt::fmt)\n",
    "src/base/result.h": "#pragma once\n#include <variant>\n",
    "src/base/text.cc": '#include "base/result.h"\n#include <fmt/format.h>\n',
    "src/kafka/CMakeLists.txt": "penstock_folder(kafka NEEDS base\n  THIRD_PARTY rdkafka)\n",
    "src/kafka/client.h": "#pragma once\n#include <librdkafka/rdkafka.h>\n",
    "src/kafka/source.cc": '#include "kafka/client.h"\n#include "base/result.h"\n',
    "src/kafka/tests/source_test.cc": "#include <gtest/gtest.h>\n",
    "src/clickhouse/CMakeLists.txt": "penstock_folder(clickhouse)\n",
    "src/clickhouse/sink.h": "#pragma once\n",
}


def texts(root) -> list[str]:
    return [str(finding) for finding in check_layers.check(root)]


def test_a_tree_that_keeps_to_its_layers_passes(checkout):
    assert texts(checkout(GOOD)) == []


@pytest.mark.parametrize(
    ("file", "text", "found"),
    [
        ("src/kafka/a.cc", '\n#include "clickhouse/sink.h"\n',
         "src/kafka/a.cc:2: kafka does not need clickhouse"),
        ("src/base/a.h", '#pragma once\n#include "kafka/client.h"\n',
         "src/base/a.h:2: base does not need kafka"),
        ("src/kafka/a.cc", '#include "client.h"\n', '"client.h" is no file below src/'),
        ("src/kafka/a.cc", '#include "kafka/gone.h"\n', '"kafka/gone.h" is no file below src/'),
        ("src/base/a.h", "#include <fmt/format.h>\n", "src/base/a.h:1: <fmt/format.h> in a header"),
        ("src/base/a.h", "#include <simdjson.h>\n", "src/base/a.h:1: <simdjson.h> in a header"),
        ("src/clickhouse/CMakeLists.txt", "penstock_folder(clickhouse NEEDS kafka)\n",
         "clickhouse may not need kafka, which is no lower layer"),
        ("src/base/CMakeLists.txt", "penstock_folder(base NEEDS kafka)\n",
         "base may not need kafka, which is no lower layer"),
        ("src/attic/CMakeLists.txt", "penstock_folder(attic)\n", "attic has no layer"),
        ("src/clickhouse/CMakeLists.txt", "add_library(x)\n", "declares no folder"),
    ],
)
def test_a_tree_that_breaks_a_rule_is_refused(checkout, file, text, found):
    assert any(found in line for line in texts(checkout({**GOOD, file: text})))


def test_a_need_that_nothing_includes_is_refused(checkout):
    lonely = {**GOOD, "src/kafka/source.cc": '#include "kafka/client.h"\n'}
    found = texts(checkout(lonely))
    assert len(found) == 1
    assert found[0].startswith("src/kafka/CMakeLists.txt:1: kafka needs base but includes nothing")
