"""What the micro programs print becomes result lines."""

from alone.programs import micro_line

TIMES = {"iterations": 10, "real_time": 3.0, "cpu_time": 2.0, "time_unit": "ms"}


def test_a_decode_benchmark_becomes_a_parse_line():
    line = micro_line({"name": "decode/web_plain", "items_per_second": 1e6,
                       "bytes_per_second": 2.5e8, **TIMES}, "-O2")
    assert (line["case"], line["system"]) == ("parse/web", "penstock-plain")
    assert (line["cpu_s"], line["wall_s"]) == (0.02, 0.03)
    assert (line["rows"], line["bytes"]) == (20_000, 5_000_000)


def test_avro_and_protobuf_are_cases_of_their_own():
    names = ["decode/web_avro", "decode/long_order_avro"]
    lines = [micro_line({"name": name, **TIMES}, "-O2") for name in names]
    assert [(line["case"], line["system"]) for line in lines] == [
        ("parse/web_avro", "penstock"), ("parse/long_order_avro", "penstock")]


def test_a_put_counts_values():
    line = micro_line({"name": "uuid", "put": 5e-9, **TIMES, "time_unit": "us"}, "-O2")
    assert (line["case"], line["system"], line["rows"]) == ("put/uuid", "penstock", 4000)


def test_the_encoding_of_a_body_is_the_system():
    names = ["make_body/web_lz4", "make_body/order_plain", "write_block/web", "decode/web_fast"]
    lines = [micro_line({"name": name, **TIMES}, "-O2") for name in names]
    assert [(line["case"], line["system"]) for line in lines] == [
        ("body/web", "penstock-lz4"), ("body/order", "penstock-uncompressed"),
        ("write/web", "penstock"), ("parse/web", "penstock")]
