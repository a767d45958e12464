"""The main job with real parts: Kafka broker, embedded ClickHouse and a pipe between them.

Everything runs on loopback in a folder of its own and is stopped at the end.
"""

import argparse
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

from harness.broker import Broker  # noqa: E402
from harness.clickhouse import EmbeddedClickHouse  # noqa: E402
from harness.pipe import Pipe  # noqa: E402
from harness.places import PRODUCE, REPO  # noqa: E402

PARTITIONS = 4
BAR = """
SELECT event, count() AS events, round(avg(amount), 2) AS average_amount,
       bar(events, 0, max(events) OVER (), 30) AS share
FROM web_events GROUP BY event ORDER BY events DESC
FORMAT PrettyCompactMonoBlock
"""
REASONS = """
SELECT _partition AS partition, _offset AS offset, error_type, error
FROM web_events_penstock_error ORDER BY partition, offset
"""


def say(text: str) -> None:
    print(f"demo: {text}", flush=True)


def timed(what: str, action):
    begin = time.monotonic()
    result = action()
    say(f"{what} ({time.monotonic() - begin:.1f} s)")
    return result


def produce(broker: Broker, count: int, broken: int) -> None:
    subprocess.run(
        [PRODUCE, "--brokers", broker.address,
         "--topic", "web_events", "--partitions", str(PARTITIONS),
         "--count", str(count), "--broken", str(broken)],
        check=True, stdout=subprocess.DEVNULL)


def run_pipe(folder: Path, broker: Broker, clickhouse: EmbeddedClickHouse) -> tuple[Pipe, float]:
    begin = time.monotonic()
    pipe = Pipe.until_caught_up(
        folder, REPO / "examples/events.yaml", log=None,
        env={"PENSTOCK_BROKERS": broker.address, "PENSTOCK_CLICKHOUSE": clickhouse.url})
    code = pipe.wait(600)
    if code != 0:
        sys.exit(f"demo: the pipe ended with exit code {code}")
    return pipe, time.monotonic() - begin


def show(clickhouse: EmbeddedClickHouse, expected: int, broken: int, pipe: Pipe,
         seconds: float) -> bool:
    stored = int(clickhouse.query("SELECT count() FROM web_events"))
    errors = clickhouse.rows(REASONS) if broken else []
    print()
    for row in errors:
        print(f"  partition {row['partition']} offset {row['offset']:>7}  {row['error_type']}: "
              f"{row['error']}")
    print()
    print(clickhouse.query(BAR, output_format_pretty_color=0))
    print()
    usage = pipe.usage
    say(f"{stored} stored, {len(errors)} rejected, {seconds:.1f} s, {stored / seconds:,.0f} rows/s, "
        f"{usage.cpu_seconds:.2f} CPU s and {usage.peak_memory_bytes / 2**20:.0f} MiB for the pipe")
    return stored == expected and len(errors) == broken


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=1_000_000, help="good events")
    parser.add_argument("--broken", type=int, default=10, help="broken events")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="penstock-demo-") as name:
        folder = Path(name)
        broker = timed("Kafka broker is up", lambda: Broker(folder / "kafka"))
        clickhouse = timed("embedded ClickHouse is up",
                           lambda: EmbeddedClickHouse(folder / "clickhouse"))
        try:
            timed(f"{options.count} events and {options.broken} broken ones produced",
                  lambda: produce(broker, options.count, options.broken))
            pipe, seconds = run_pipe(folder / "pipe", broker, clickhouse)
            complete = show(clickhouse, options.count, options.broken, pipe, seconds)
        finally:
            clickhouse.stop()
            broker.stop()
    if not complete:
        sys.exit("demo: not every event arrived, see above")


if __name__ == "__main__":
    main()
