"""The data to transfer, and the folder for all files of a benchmark."""
import os
import shutil

BLOCK = 4 << 20


class Differs(Exception):
    """The received data differs from the source."""


class Task:
    """A file or folder of random bytes, to be transferred to one or more receivers; all paths are below `room`."""

    def __init__(self, room, receivers=1):
        self.room = room
        self.receivers = receivers
        self.source = ""
        self.size = 0
        self._fetched = 0

    @property
    def written(self):
        """Bytes that one run writes at all receivers together."""
        return self.size * self.receivers

    def make_file(self, size):
        self.source = os.path.join(self.fresh("source"), "random.bin")
        self.size = size
        write_random(self.source, size)
        return self

    def make_folder(self, files, size_each):
        self.source = self.fresh("source", "random")
        self.size = files * size_each
        for number in range(files):
            write_random(os.path.join(self.source, f"{number:05}.bin"), size_each)
        return self

    @property
    def name(self):
        return os.path.basename(self.source)

    @property
    def parent(self):
        return os.path.dirname(self.source)

    @property
    def is_folder(self):
        return os.path.isdir(self.source)

    def path(self, *names):
        return os.path.join(self.room, *names)

    def fresh(self, *names):
        """An empty folder of that name in the room."""
        folder = self.path(*names)
        shutil.rmtree(folder, ignore_errors=True)
        os.makedirs(folder)
        return folder

    def targets(self):
        """An empty folder for each receiver."""
        self._fetched += 1
        return [self.fresh(f"target{self._fetched}-{number}") for number in range(self.receivers)]

    def check(self, folders):
        """Compares each folder's copy with the source byte for byte, then removes it.

        Many small files are kept until the end: ext4 does not reuse an inode deleted within the last minutes, and then
        inspects each of them whenever a file is created.
        """
        for folder in folders:
            self._check_one(os.path.join(folder, self.name))
            if not self.is_folder:
                shutil.rmtree(folder)

    def _check_one(self, got):
        if not self.is_folder:
            compare(self.source, got)
            return
        names = sorted(os.listdir(self.source))
        if sorted(os.listdir(got)) != names:
            raise Differs(f"{got} does not contain the files that were sent")
        for name in names:
            compare(os.path.join(self.source, name), os.path.join(got, name))


def write_random(path, size):
    with open(path, "wb") as file:
        for start in range(0, size, BLOCK):
            file.write(os.urandom(min(BLOCK, size - start)))


def compare(expected, got):
    if not os.path.isfile(got):
        raise Differs(f"{got} is missing")
    with open(expected, "rb", buffering=0) as left, open(got, "rb", buffering=0) as right:
        while True:
            block = left.read(BLOCK)
            if block != right.read(BLOCK):
                raise Differs(f"{got} differs from the source")
            if not block:
                return
