"""The interface of every measured program."""
import shutil
import socket
import time

DEADLINE_SECONDS = 600


class Peer:
    """One program, used in one way, that transfers the source of a task to its receivers."""

    key = ""
    title = ""
    programs = ()
    package = ""
    checks = "no"
    encrypts = "no"
    forces = "no"
    slow = False
    takes_folders = True
    receivers_max = 1

    def missing(self):
        """The package to install first, or an empty string."""
        return "" if all(shutil.which(program) for program in self.programs) else self.package

    def suits(self, task):
        return task.receivers <= self.receivers_max and (self.takes_folders or not task.is_folder)

    def prepare(self, task):
        """Prepares once, before the first run."""

    def run(self, task):
        """Transfers, checks the result, and returns the measurement."""
        raise NotImplementedError

    def close(self):
        """Ends the processes that run across transfers."""


def await_that(condition, what, seconds=DEADLINE_SECONDS, every=0.02):
    """Polls until the condition holds."""
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            raise TimeoutError(f"{what}: not within {seconds} s")
        time.sleep(every)


def await_port(host, port):
    def open_now():
        try:
            socket.create_connection((host, port), 0.5).close()
        except OSError:
            return False
        return True

    await_that(open_now, f"port {port} of {host}", 30)
