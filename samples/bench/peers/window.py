"""The measured time: its length, its cost, and the load from other programs."""
import mmap
import os
import threading
import time
from dataclasses import dataclass

from peers.ballast import Ballast
from peers.side import HERTZ, kibibytes

SAMPLE_SECONDS = 0.05
MADV_HUGEPAGE = 14


@dataclass
class Measured:
    """One transfer. Times in seconds, memory in MiB; `others` is the share of all CPU time used by other programs."""

    wall: float
    cpu_send: float
    cpu_receive: float
    resident_send: float
    resident_receive: float
    anonymous_send: float
    anonymous_receive: float
    others: float
    hash_seconds: float | None = None


class Window:
    """Measures the body of a `with`; the result is in `measured` afterwards."""

    def __init__(self, written, send, receive):
        self.written = written
        self.send = send
        self.receive = receive
        self.measured = None
        self._ended = threading.Event()
        self._sampler = threading.Thread(target=self._sample, daemon=True)

    def __enter__(self):
        os.sync()  # so that no earlier write is still pending
        if not Ballast.held:  # with the ballast this gains nothing, and huge pages would undo it
            touch_memory(2 * self.written + (512 << 20))
        self._sampler.start()
        self._cpu = self._cpu_seconds()
        self._began = time.monotonic()
        return self

    def __exit__(self, kind, failure, trace):
        wall = time.monotonic() - self._began
        spent = [now - then for now, then in zip(self._cpu_seconds(), self._cpu)]
        self._ended.set()
        self._sampler.join()
        send, receive, machine, own = spent
        self.measured = Measured(
            wall=wall,
            cpu_send=send,
            cpu_receive=receive,
            resident_send=self.send.resident_mib(),
            resident_receive=self.receive.resident_mib(),
            anonymous_send=self.send.anonymous_mib(),
            anonymous_receive=self.receive.anonymous_mib(),
            others=max(0.0, machine - send - receive - own) / (wall * os.cpu_count()),
        )
        return False

    def _cpu_seconds(self):
        return (
            self.send.cpu_seconds(),
            self.receive.cpu_seconds(),
            machine_cpu_seconds(),
            time.process_time(),
        )

    def _sample(self):
        while True:
            self.send.look_at_memory()
            self.receive.look_at_memory()
            if self._ended.wait(SAMPLE_SECONDS):
                return


def machine_cpu_seconds():
    """The processor time of the whole machine so far: user, nice, system, and interrupts."""
    with open("/proc/stat", encoding="ascii") as stat:
        ticks = [int(field) for field in stat.readline().split()[1:]]
    return (ticks[0] + ticks[1] + ticks[2] + ticks[5] + ticks[6]) / HERTZ


def touch_memory(size):
    """Takes memory and frees it. A virtual machine returns free pages to its host, and the first touch of such a page costs a
    second or more per GiB, which must not count against the transfer that follows."""
    with open("/proc/meminfo", encoding="ascii") as meminfo:
        free = {line.split(":")[0]: kibibytes(line.split(":")[1]) for line in meminfo}["MemFree"]
    length = min(size, free * 1024 * 4 // 5) // mmap.PAGESIZE * mmap.PAGESIZE
    if length == 0:
        return
    memory = mmap.mmap(-1, length, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS)
    memory.madvise(MADV_HUGEPAGE)
    for page in range(0, length, mmap.PAGESIZE):
        memory[page] = 1
    memory.close()
