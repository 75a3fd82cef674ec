"""Cairn itself: a running node, a node that has fetched before, and a one-shot command."""
import json
import os
import queue
import threading
from subprocess import PIPE

from peers.peer import DEADLINE_SECONDS, Peer
from peers.settle import settle
from peers.side import Side
from peers.window import Window

PROGRAM = os.path.realpath(os.path.join(os.path.dirname(__file__), "..", "..", "..", "cairn"))


class Node:
    """A node with its own data folder; commands go to its standard input, JSON lines come back."""

    def __init__(self, side, home, *arguments):
        self._stderr = home + ".err"
        with open(self._stderr, "w", encoding="utf-8") as stderr:
            self._process = side.spawn(command(home, *arguments), stdin=PIPE, stdout=PIPE, stderr=stderr, text=True)
        self._lines = queue.Queue()
        threading.Thread(target=self._read, daemon=True).start()

    def say(self, line):
        self._process.stdin.write(line + "\n")
        self._process.stdin.flush()

    def await_line(self, kind):
        """The next JSON line of that type."""
        while True:
            line = self._lines.get(timeout=DEADLINE_SECONDS)
            if line is None:
                with open(self._stderr, encoding="utf-8") as stderr:
                    raise RuntimeError(f"cairn ended before it reported {kind}: {stderr.read().strip()}")
            if line["type"] == "error":
                raise RuntimeError(f"cairn: {line['what']}: {line['why']}")
            if line["type"] == kind:
                return line

    def _read(self):
        try:
            for line in self._process.stdout:
                self._lines.put(json.loads(line))
        except ValueError:
            pass  # closed while reading, or half a line at the end: nothing more follows
        self._lines.put(None)


def command(home, *arguments):
    return [PROGRAM, *arguments, "--json", "--data-dir", home, "--port", "0", "--bind", "127.0.0.1", "--no-lan"]


class Sharer:
    """A node that shares the source."""

    def __init__(self, task, side, home):
        self.node = Node(side, home, "share", task.source)
        self.bootstrap = f"127.0.0.1:{self.node.await_line('ready')['port']}"
        shared = self.node.await_line("shared")
        self.hash = shared["hash"]
        self.hash_seconds = shared["hashMillis"] / 1000


class Cairn(Peer):
    checks = "SHA-1, SHA-256 of chunks"
    encrypts = "TLS 1.3"
    forces = "yes"


class CairnRunning(Cairn):
    """Both nodes are fresh. Timed from the command on the receiver's input to its `complete` line."""

    key = "cairn-running"
    title = "Cairn, running node"
    receivers_max = 8

    def run(self, task):
        with Side() as send, Side() as receive:
            sharer = Sharer(task, send, task.fresh("cairn-send"))
            homes = [task.fresh(f"cairn-receive{number}") for number in range(task.receivers)]
            fetchers = [Node(receive, home, "--bootstrap", sharer.bootstrap) for home in homes]
            for fetcher in fetchers:
                fetcher.await_line("ready")
            settle(1 + len(fetchers), lambda: send.cpu_seconds() + receive.cpu_seconds())
            targets = task.targets()
            keep = " --keep-sharing" if task.receivers > 1 else ""
            with Window(task.written, send, receive) as window:
                for fetcher, target in zip(fetchers, targets):
                    fetcher.say(f"fetch {sharer.hash} -o {target}/{keep}")
                for fetcher in fetchers:
                    fetcher.await_line("complete")
        task.check(targets)
        window.measured.hash_seconds = sharer.hash_seconds
        return window.measured


class CairnWarm(Cairn):
    """One pair of nodes for all runs, which has transferred the source once before the first."""

    key = "cairn-warm"
    title = "Cairn, node that has fetched before"

    def __init__(self):
        self._sides = []

    def prepare(self, task):
        self._sides = [Side(), Side()]
        self._sharer = Sharer(task, self._sides[0], task.fresh("warm-send"))
        self._fetcher = Node(self._sides[1], task.fresh("warm-receive"), "--bootstrap", self._sharer.bootstrap)
        self._fetcher.await_line("ready")
        self.run(task)

    def run(self, task):
        targets = task.targets()
        with Window(task.written, *self._sides) as window:
            self._fetcher.say(f"fetch {self._sharer.hash} -o {targets[0]}/")
            complete = self._fetcher.await_line("complete")
        arrived = sum(peer["bytes"] for peer in complete["peers"])
        if arrived < task.size:
            raise RuntimeError(f"only {arrived} of {task.size} bytes came from the other node")
        task.check(targets)
        return window.measured

    def close(self):
        for side in self._sides:
            side.close()


class CairnOneShot(Cairn):
    """A whole process: start of JVM and node, the fetch, and exit."""

    key = "cairn-one-shot"
    title = "cairn fetch, whole process"

    def run(self, task):
        with Side() as send, Side() as receive:
            sharer = Sharer(task, send, task.fresh("cairn-send"))
            home = task.fresh("cairn-receive0")
            settle(1, send.cpu_seconds)
            targets = task.targets()
            fetch = command(home, "fetch", sharer.hash, "-o", targets[0] + "/", "--bootstrap", sharer.bootstrap)
            with Window(task.written, send, receive) as window:
                receive.finish(receive.spawn(fetch))
        task.check(targets)
        return window.measured


class CairnAsOneFile(CairnRunning):
    """One file with as many bytes as the folder, for comparison."""

    key = "cairn-one-file"
    title = "Cairn, one file of that size"
    receivers_max = 1

    def suits(self, task):
        return task.is_folder and super().suits(task)

    def prepare(self, task):
        self._file = type(task)(task.fresh("one-file")).make_file(task.size)

    def run(self, task):
        return super().run(self._file)
