"""aria2 as a BitTorrent client on both sides."""
from peers.namespace import ADDRESSES
from peers.peer import Peer, await_that
from peers.side import Side
from peers.torrent import Tracker, write_torrent
from peers.window import Window

COMMAND = [
    "aria2c",
    "--no-conf",
    "--enable-dht=false",
    "--bt-enable-lpd=false",
    "--enable-peer-exchange=false",
    "--disable-ipv6=true",
    "--console-log-level=error",
    "--summary-interval=0",
    "--bt-request-peer-speed-limit=2000M",
]


class Aria2(Peer):
    """Times the whole receiving process, which ends when it has checked all pieces."""

    key = "aria2"
    title = "aria2 (BitTorrent)"
    programs = ("aria2c",)
    package = "aria2"
    checks = "SHA-1 of pieces"

    def prepare(self, task):
        self._torrent = task.path("aria2.torrent")
        write_torrent(task, self._torrent)

    def run(self, task):
        with Tracker() as tracker, Side() as send, Side() as receive:
            seed = [f"--dir={task.parent}", "--listen-port=6881", "--seed-ratio=0.0", "--bt-seed-unverified=true"]
            send.spawn([*COMMAND, *seed, f"--interface={ADDRESSES[0]}", self._torrent])
            await_that(tracker.has_seed, "aria2 seeds", 60)
            targets = task.targets()
            fetch = [f"--dir={targets[0]}", "--listen-port=6882", "--seed-time=0", "--file-allocation=none"]
            with Window(task.written, send, receive) as window:
                receive.finish(receive.spawn([*COMMAND, *fetch, f"--interface={ADDRESSES[1]}", self._torrent]))
        task.check(targets)
        return window.measured
