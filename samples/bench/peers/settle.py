"""Waits until started nodes are idle."""
import time

MOST_SECONDS = 90


def settle(processes, cpu_seconds):
    """Waits until nodes have finished their rehearsal, a few seconds of processor time each: until they use hardly any.

    CPU_SECONDS returns their total processor time so far.
    """
    deadline = time.monotonic() + MOST_SECONDS
    quiet = 0
    spent = cpu_seconds()
    while quiet < 3 and time.monotonic() < deadline:
        time.sleep(1)
        now = cpu_seconds()
        quiet = quiet + 1 if now - spent < 0.02 * processes + 0.1 else 0
        spent = now
