"""libtorrent through its Python binding: one session per process, TCP only, with its peers given directly."""
import os
import subprocess
from subprocess import PIPE

from peers.namespace import ADDRESSES
from peers.peer import Peer
from peers.side import Side
from peers.window import Window

# The system's Python: only that one sees the distribution's binding.
PYTHON = "/usr/bin/python3"
SESSION = os.path.join(os.path.dirname(os.path.realpath(__file__)), "libtorrent_session.py")


class Libtorrent(Peer):
    """Timed from adding the torrent at the receivers to their report that all pieces are present and checked."""

    package = "python3-libtorrent"
    checks = "SHA-1 of pieces"
    receivers_max = len(ADDRESSES) - 1
    profile = ""

    def missing(self):
        command = [PYTHON, "-c", "import libtorrent"]
        found = os.path.exists(PYTHON) and subprocess.run(command, capture_output=True, check=False).returncode == 0
        return "" if found else self.package

    def prepare(self, task):
        self._torrent = task.path(f"{self.key}.torrent")
        create = [PYTHON, SESSION, "create", task.source, self._torrent]
        self._hash_seconds = float(subprocess.run(create, check=True, capture_output=True, text=True).stdout)

    def run(self, task):
        with Side() as send, Side() as receive:
            self._session(send, "seed", ADDRESSES[0], task.parent)
            targets = task.targets()
            addresses = ADDRESSES[1 : task.receivers + 1]
            sessions = [self._session(receive, "fetch", *place) for place in zip(addresses, targets)]
            with Window(task.written, send, receive) as window:
                for number, session in enumerate(sessions):
                    session.stdin.write(" ".join([ADDRESSES[0], *addresses[:number]]) + "\n")
                    session.stdin.flush()
                for session in sessions:
                    expect(session, "DONE")
        task.check(targets)
        window.measured.hash_seconds = self._hash_seconds
        return window.measured

    def _session(self, side, role, address, folder):
        command = [PYTHON, SESSION, role, address, self._torrent, folder, self.profile]
        session = side.spawn(command, stdin=PIPE, stdout=PIPE, stderr=None, text=True)
        expect(session, "READY")
        return session


class LibtorrentTuned(Libtorrent):
    key = "libtorrent-tuned"
    title = "libtorrent, tuned, TCP"
    profile = "tuned"


class LibtorrentTcp(Libtorrent):
    key = "libtorrent-tcp"
    title = "libtorrent, defaults but TCP"
    profile = "tcp"


def expect(session, word):
    said = session.stdout.readline().strip()
    if said != word:
        raise RuntimeError(f"libtorrent said {said!r} instead of {word}")
