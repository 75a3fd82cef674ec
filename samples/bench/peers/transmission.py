"""Transmission's daemon on both sides, controlled over its RPC."""
import base64
import http.client
import json
import os

from peers.namespace import ADDRESSES
from peers.peer import Peer, await_port, await_that
from peers.side import Side
from peers.torrent import Tracker, write_torrent
from peers.window import Window

RPC_PORT = 9091
SEEDING = 6
SESSION_ID = "X-Transmission-Session-Id"
SETTINGS = {
    "rpc-port": RPC_PORT,
    "rpc-whitelist-enabled": False,
    "rpc-host-whitelist-enabled": False,
    "rpc-authentication-required": False,
    "bind-address-ipv6": "::1",
    "peer-port": 51413,
    "dht-enabled": False,
    "lpd-enabled": False,
    "utp-enabled": False,
    "port-forwarding-enabled": False,
    "encryption": 0,
    "download-queue-enabled": False,
    "seed-queue-enabled": False,
}


class Daemon:
    def __init__(self, task, side, address, folder):
        home = task.fresh(f"transmission-{address}")
        places = {"bind-address-ipv4": address, "rpc-bind-address": address, "download-dir": folder}
        with open(os.path.join(home, "settings.json"), "w", encoding="utf-8") as file:
            json.dump({**SETTINGS, **places}, file)
        side.spawn(["transmission-daemon", "-f", "-g", home])
        await_port(address, RPC_PORT)
        self._connection = http.client.HTTPConnection(address, RPC_PORT, timeout=30)
        self._session_id = ""
        self.ask("session-get")

    def ask(self, method, **arguments):
        body = json.dumps({"method": method, "arguments": arguments})
        while True:
            self._connection.request("POST", "/transmission/rpc", body, {SESSION_ID: self._session_id})
            response = self._connection.getresponse()
            text = response.read()
            if response.status != 409:
                break
            self._session_id = response.getheader(SESSION_ID)
        answer = json.loads(text)
        if answer["result"] != "success":
            raise RuntimeError(f"transmission: {answer['result']}")
        return answer["arguments"]

    def is_complete(self):
        torrents = self.ask("torrent-get", fields=["leftUntilDone", "status", "percentDone"])["torrents"]
        return any(one["status"] == SEEDING and one["leftUntilDone"] == 0 and one["percentDone"] == 1 for one in torrents)


class Transmission(Peer):
    """Timed from adding the torrent at the receivers to their report, polled every 10 ms, that they seed it."""

    key = "transmission"
    title = "Transmission"
    programs = ("transmission-daemon",)
    package = "transmission-daemon"
    checks = "SHA-1 of pieces"
    slow = True
    receivers_max = len(ADDRESSES) - 1

    def prepare(self, task):
        torrent = task.path("transmission.torrent")
        write_torrent(task, torrent)
        with open(torrent, "rb") as file:
            self._torrent = base64.b64encode(file.read()).decode()

    def run(self, task):
        with Tracker() as tracker, Side() as send, Side() as receive:
            seed = Daemon(task, send, ADDRESSES[0], task.parent)
            seed.ask("torrent-add", metainfo=self._torrent)
            await_that(seed.is_complete, "Transmission has verified what it seeds")
            await_that(tracker.has_seed, "Transmission has told the tracker", 60)
            targets = task.targets()
            waiting = [Daemon(task, receive, *place) for place in zip(ADDRESSES[1:], targets)]
            with Window(task.written, send, receive) as window:
                for daemon in waiting:
                    daemon.ask("torrent-add", metainfo=self._torrent)
                for daemon in waiting:
                    await_that(daemon.is_complete, "Transmission has everything", every=0.01)
        task.check(targets)
        return window.measured
