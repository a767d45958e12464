"""One `penstock run` as a process."""

import json
import signal
from pathlib import Path

from harness.places import PENSTOCK, required
from harness.processes import Process, Usage


def pipe_document(name: str, *, brokers: str, topics: str, url: str, table: str,
                  database: str = "default", kafka: dict | None = None,
                  destination: dict | None = None, settings: dict | None = None,
                  mappings: list[dict] | None = None) -> dict:
    """A pipe that reads JSONEachRow from the beginning into a table that exists.

    `kafka`, `destination` and `settings` add keys or replace ours; `mappings` is
    fieldMappings, absent when None.
    """
    document = {
        "name": name,
        "source": {
            "kafka": {
                "type": "kafka",
                "format": "JSONEachRow",
                "brokers": f"PLAINTEXT://{brokers}",
                "topics": topics,
                "consumerGroup": f"{name}-group",
                "offset": {"strategy": "from_beginning"},
                **(kafka or {}),
            }
        },
        "destination": {
            "url": url,
            "database": database,
            "table": table,
            "managedTable": False,
            **(destination or {}),
        },
        "settings": settings or {},
    }
    if mappings is not None:
        document["fieldMappings"] = mappings
    return document


class Pipe:
    """`penstock run -f` on one or several documents, started on construction.

    A document is a dict, written as JSON (which is YAML too), or the path of a file.
    `log=None` shows the output on our own terminal.
    """

    _LOG = object()  # stands for "pipe.log in the folder"

    def __init__(self, folder: Path, *documents: dict | Path, arguments: list[str] = (),
                 env: dict[str, str] | None = None, log: Path | None = _LOG):
        folder.mkdir(parents=True, exist_ok=True)
        self.log = folder / "pipe.log" if log is self._LOG else log
        self._command = [required(PENSTOCK), "run", *arguments]
        self._env = env
        self._paths = [document if isinstance(document, Path) else folder / f"pipe-{number}.json"
                       for number, document in enumerate(documents)]
        for path in self._paths:
            self._command += ["-f", path]
        self._write(documents)
        self.start()

    @classmethod
    def until_caught_up(cls, folder: Path, *documents: dict | Path, **options) -> "Pipe":
        """A pipe that ends by itself at the end of every partition as of its start."""
        return cls(folder, *documents, arguments=["--until-caught-up"], **options)

    def start(self) -> None:
        """Runs it again, after it has ended, with the same documents and the same log."""
        self.process = Process(self._command, self.log, self._env)

    def reload(self, *documents: dict) -> None:
        """Writes the documents anew and says so: SIGHUP."""
        self._write(documents)
        self.process.send(signal.SIGHUP)

    def _write(self, documents: tuple[dict | Path, ...]) -> None:
        for path, document in zip(self._paths, documents, strict=True):
            if isinstance(document, dict):
                path.write_text(json.dumps(document, indent=2))

    @property
    def running(self) -> bool:
        return self.process.running

    def wait(self, seconds: float = 60) -> int:
        """Its exit code once it has ended by itself."""
        return self.process.wait(seconds)

    def stop(self, seconds: float = 15) -> int:
        """SIGTERM; its exit code. It promises to end within 10 s: a test that wants
        to see that kept compares the code, which is -9 when it had to be killed."""
        return self.process.stop(seconds)

    def interrupt(self) -> None:
        """SIGINT, as Ctrl-C sends it."""
        self.process.send(signal.SIGINT)

    def kill(self) -> int:
        """SIGKILL: nothing is sealed, delivered or committed."""
        return self.process.kill()

    def pause(self) -> None:
        """SIGSTOP: alive, holding its connections, silent."""
        self.process.pause()

    def resume(self) -> None:
        self.process.resume()

    def output(self) -> str:
        return self.process.output()

    @property
    def usage(self) -> Usage:
        """CPU seconds and peak memory of the run that has ended."""
        if self.process.usage is None:
            raise RuntimeError("the pipe still runs; its usage is known when it has ended")
        return self.process.usage
