"""What the servers of the harness have in common: the verbs of their life."""

from abc import ABC, abstractmethod

from harness.processes import Process


class Server(ABC):
    """A server of one process. A subclass starts it in `start()`."""

    process: Process
    _seconds_to_stop = 15

    @abstractmethod
    def start(self) -> None:
        """Starts it and returns when it answers. Used after `stop()` or `kill()`."""

    def stop(self) -> None:
        self.process.stop(self._seconds_to_stop)

    def kill(self) -> None:
        self.process.kill()

    def restart(self) -> None:
        """Stops it if it runs, then starts it again where it was."""
        if self.process.running:
            self.stop()
        self.start()

    def pause(self) -> None:
        self.process.pause()

    def resume(self) -> None:
        self.process.resume()
