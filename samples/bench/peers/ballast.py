"""Keeps a virtual machine from returning free memory to its host between runs.

Such a machine reports free blocks of 128 KiB and more to its host, and the first touch of returned memory costs seconds per GiB for any
program. This module takes nearly all free memory and frees every second physical piece of 64 KiB: programs then get these pieces, and none
is long enough to be reported. It runs as a separate program, because forking is slow for a process with so much memory. Needs root.
"""
import array
import ctypes
import mmap
import subprocess
import sys

PIECE = 64 << 10
STEP = 256 << 20
FRAME = (1 << 55) - 1
LEFT = 384 << 20
MADV_DONTNEED = 4
MADV_NOHUGEPAGE = 15
MADV_POPULATE_WRITE = 23


class Ballast:
    """Holds the memory within a `with`."""

    held = False

    def __enter__(self):
        self._process = subprocess.Popen(
            [sys.executable, "-B", __file__], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        if self._process.stdout.readline() != "ready\n":
            self.__exit__()
            raise RuntimeError("the ballast could not be taken: it needs Linux 5.14 or newer")
        Ballast.held = True
        return self

    def __exit__(self, *_):
        Ballast.held = False
        self._process.stdin.close()
        self._process.wait()


def frames(start, length):
    """The physical page numbers of a range of addresses."""
    found = array.array("Q")
    with open("/proc/self/pagemap", "rb", buffering=0) as pagemap:
        pagemap.seek(start // mmap.PAGESIZE * found.itemsize)
        found.frombytes(pagemap.read(length // mmap.PAGESIZE * found.itemsize))
    return [entry & FRAME for entry in found]


def given_back(numbers):
    """Runs of pages in every second physical piece: the first page of each and its length."""
    in_piece = PIECE // mmap.PAGESIZE
    run = 0
    for page, number in enumerate(numbers):
        if number // in_piece % 2 == 1:
            run += 1
        elif run > 0:
            yield page - run, run
            run = 0
    if run > 0:
        yield len(numbers) - run, run


def hold():
    with open("/proc/meminfo", encoding="ascii") as meminfo:
        free = {line.split(":")[0]: int(line.split(":")[1].split()[0]) * 1024 for line in meminfo}["MemAvailable"]
    length = max(0, free - LEFT) // STEP * STEP
    if length == 0:
        sys.exit("no memory is free")
    madvise = ctypes.CDLL(None, use_errno=True).madvise
    madvise.argtypes = (ctypes.c_void_p, ctypes.c_size_t, ctypes.c_int)
    memory = mmap.mmap(-1, length, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS)
    start = ctypes.addressof(ctypes.c_char.from_buffer(memory))
    madvise(start, length, MADV_NOHUGEPAGE)
    for offset in range(0, length, STEP):
        if madvise(start + offset, STEP, MADV_POPULATE_WRITE) != 0:
            sys.exit(f"populating memory failed with error {ctypes.get_errno()}")
    for offset in range(0, length, STEP):
        for first, pages in given_back(frames(start + offset, STEP)):
            madvise(start + offset + first * mmap.PAGESIZE, pages * mmap.PAGESIZE, MADV_DONTNEED)
    print("ready", flush=True)
    sys.stdin.read()


if __name__ == "__main__":
    hold()
