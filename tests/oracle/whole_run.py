#!/usr/bin/env python3
"""Every format's messages from a new seed, which is printed. The exit code says whether all agree."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))  # for harness

from program import FORMATS, run  # noqa: E402

sys.exit(max(run(format).returncode for format in FORMATS))
