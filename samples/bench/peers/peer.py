"""What the benchmark asks of every program that it measures."""
import shutil
import socket
import time

DEADLINE_SECONDS = 600


class Peer:
    """One program, used in one way, that brings the source of a task to its receivers."""

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
        """The package that has to be installed first, or nothing."""
        return "" if all(shutil.which(program) for program in self.programs) else self.package

    def suits(self, task):
        return task.receivers <= self.receivers_max and (self.takes_folders or not task.is_folder)

    def prepare(self, task):
        """What is done once, before the first run."""

    def run(self, task):
        """Transfers, checks what arrived, and gives what was measured."""
        raise NotImplementedError

    def close(self):
        """Ends what runs from one transfer to the next."""


def await_that(condition, what, seconds=DEADLINE_SECONDS, every=0.02):
    """Asks until the condition holds."""
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
