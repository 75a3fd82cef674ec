"""Syncthing from a send-only to a receive-only folder, with fixed addresses and all other features off."""
import json
import os
import re
import subprocess
import time
import urllib.request

from peers.namespace import ADDRESSES
from peers.peer import Peer, await_port, await_that
from peers.side import Side
from peers.window import Window

SETTLE_SECONDS = 3
API_PORT = 8384
API_KEY = "benchmark"
# Its data port, whatever the folder; the folder's own name is "f" on both sides.
CONFIGURATION = """<configuration version="36">
<folder id="f" label="f" path="{path}" type="{kind}" rescanIntervalS="0" fsWatcherEnabled="false">
<device id="{own}"/><device id="{other}"/><filesystemType>basic</filesystemType><minDiskFree unit="%">0</minDiskFree></folder>
<device id="{own}" name="own"><address>dynamic</address></device>
<device id="{other}" name="other"><address>tcp://{other_address}:22000</address><paused>{paused}</paused></device>
<gui enabled="true" tls="false"><address>{address}:8384</address><apikey>benchmark</apikey></gui>
<options><listenAddress>tcp://{address}:22000</listenAddress><globalAnnounceEnabled>false</globalAnnounceEnabled>
<localAnnounceEnabled>false</localAnnounceEnabled><relaysEnabled>false</relaysEnabled><natEnabled>false</natEnabled>
<urAccepted>-1</urAccepted><autoUpgradeIntervalH>0</autoUpgradeIntervalH><crashReportingEnabled>false</crashReportingEnabled>
<reconnectionIntervalS>1</reconnectionIntervalS><startBrowser>false</startBrowser>
<minHomeDiskFree unit="%">0</minHomeDiskFree></options></configuration>"""


class Device:
    def __init__(self, task, name, address):
        self.home = task.fresh(f"syncthing-{name}")
        self.address = address
        self._environment = {**os.environ, "HOME": self.home, "STNOUPGRADE": "1"}
        generate = ["syncthing", "generate", f"--home={self.home}"]
        subprocess.run(generate, check=True, env=self._environment, capture_output=True)
        with open(os.path.join(self.home, "config.xml"), encoding="utf-8") as file:
            self.id = re.search(r'<device id="([A-Z0-9-]{63})"', file.read()).group(1)

    def start(self, side, other, folder, kind, paused):
        os.makedirs(os.path.join(folder, ".stfolder"))
        with open(os.path.join(self.home, "config.xml"), "w", encoding="utf-8") as file:
            file.write(
                CONFIGURATION.format(
                    path=folder,
                    kind=kind,
                    own=self.id,
                    other=other.id,
                    address=self.address,
                    other_address=other.address,
                    paused=paused,
                )
            )
        serve = ["syncthing", "serve", f"--home={self.home}", "--no-browser", "--no-upgrade", "--no-restart"]
        side.spawn([*serve, f"--logfile={self.home}/log"], env=self._environment)
        await_port(self.address, API_PORT)

    def ask(self, path, method="GET"):
        request = urllib.request.Request(
            f"http://{self.address}:{API_PORT}/rest/{path}", method=method, headers={"X-API-Key": API_KEY}
        )
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        with opener.open(request, timeout=300) as response:
            text = response.read()
        return json.loads(text) if text.strip() else None

    def has_scanned(self, size):
        status = self.ask("db/status?folder=f")
        return status["state"] == "idle" and status["localBytes"] >= size

    def is_complete(self, size):
        status = self.ask("db/status?folder=f")
        return status["state"] == "idle" and status["globalBytes"] >= size and status["needBytes"] == 0


class Syncthing(Peer):
    """Timed from resuming the sender at the receiver to the receiver's report, polled every 20 ms, that it needs nothing more."""

    key = "syncthing"
    title = "Syncthing"
    programs = ("syncthing",)
    package = "syncthing"
    checks = "SHA-256 of blocks"
    encrypts = "TLS"
    forces = "yes"

    def run(self, task):
        sender = Device(task, "send", ADDRESSES[0])
        receiver = Device(task, "receive", ADDRESSES[1])
        with Side() as send, Side() as receive:
            began = time.monotonic()
            sender.start(send, receiver, self._folder_of(task), "sendonly", "false")
            sender.ask("db/scan?folder=f", "POST")
            await_that(lambda: sender.has_scanned(task.size), "Syncthing has scanned")
            hash_seconds = time.monotonic() - began
            targets = task.targets()
            receiver.start(receive, sender, targets[0], "receiveonly", "true")
            time.sleep(SETTLE_SECONDS)
            with Window(task.written, send, receive) as window:
                receiver.ask(f"system/resume?device={sender.id}", "POST")
                await_that(lambda: receiver.is_complete(task.size), "Syncthing has everything")
        task.check(targets)
        window.measured.hash_seconds = hash_seconds
        return window.measured

    @staticmethod
    def _folder_of(task):
        """A folder that contains only the source, as hard links."""
        folder = task.fresh("syncthing-folder")
        subprocess.run(["cp", "-rl", task.source, folder], check=True)
        return folder
