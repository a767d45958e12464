"""penstock_oracle, as the slice in `make test` and the whole in `make fuzz` run it."""

import os
import subprocess

from harness.places import LIBCHDB, REPO, required

FORMATS = ["json", "avro", "protobuf"]
_PROGRAM = REPO / "build/release/tests/oracle/penstock_oracle"


def command(format: str, *options: object) -> list[str]:
    return [str(required(_PROGRAM)), "--format", format, *map(str, options)]


def run(format: str, *options: object, **how) -> subprocess.CompletedProcess:
    environment = os.environ | {"PENSTOCK_LIBCHDB": str(LIBCHDB)}
    return subprocess.run(command(format, *options), env=environment, check=False, **how)
