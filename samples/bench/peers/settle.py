"""Waits for nodes that have just started."""
import time

MOST_SECONDS = 90


def settle(processes, cpu_seconds):
    """Waits until nodes have ended their rehearsal, which takes a few seconds of processor time each: until they use next to none.

    CPU_SECONDS tells what they have used together so far.
    """
    deadline = time.monotonic() + MOST_SECONDS
    quiet = 0
    spent = cpu_seconds()
    while quiet < 3 and time.monotonic() < deadline:
        time.sleep(1)
        now = cpu_seconds()
        quiet = quiet + 1 if now - spent < 0.02 * processes + 0.1 else 0
        spent = now
