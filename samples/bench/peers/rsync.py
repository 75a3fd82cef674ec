"""rsync from an rsync daemon."""
import os

from peers.peer import Peer, await_port
from peers.side import Side
from peers.window import Window

PORT = 8730


class Rsync(Peer):
    key = "rsync"
    title = "rsync daemon"
    programs = ("rsync",)
    package = "rsync"
    checks = "sender's own checksum"

    def run(self, task):
        home = task.fresh("rsync")
        configuration = os.path.join(home, "rsyncd.conf")
        with open(configuration, "w", encoding="utf-8") as file:
            file.write(
                f"uid = {os.geteuid()}\ngid = {os.getegid()}\nuse chroot = no\naddress = 127.0.0.1\nport = {PORT}\n"
                f"pid file = {home}/pid\nlog file = {home}/log\n[source]\npath = {task.parent}\nread only = yes\n"
            )
        with Side() as send, Side() as receive:
            send.spawn(["rsync", "--daemon", "--no-detach", f"--config={configuration}"])
            await_port("127.0.0.1", PORT)
            targets = task.targets()
            fetch = ["rsync", "-a", f"rsync://127.0.0.1:{PORT}/source/{task.name}", targets[0] + "/"]
            with Window(task.written, send, receive) as window:
                receive.finish(receive.spawn(fetch))
        task.check(targets)
        return window.measured
