"""curl from nginx: the baseline, alone and with SHA-1."""
import hashlib
import os

from peers.peer import Peer, await_port
from peers.side import Side
from peers.task import BLOCK, Differs
from peers.window import Window

PORT = 8099
PARALLEL = 4
TEMPORARY = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")


class Curl(Peer):
    """A file with one curl; a folder with one `curl -Z` and four persistent connections."""

    key = "curl"
    title = "nginx, curl"
    programs = ("nginx", "curl")
    package = "nginx-light curl"

    def run(self, task):
        home = task.fresh("nginx")
        with open(os.path.join(home, "nginx.conf"), "w", encoding="utf-8") as file:
            file.write(configuration(home, task.parent))
        with Side() as send, Side() as receive:
            send.spawn(["nginx", "-c", os.path.join(home, "nginx.conf"), "-p", home])
            await_port("127.0.0.1", PORT)
            targets = task.targets()
            command = self.command(task, home, targets[0])
            with Window(task.written, send, receive) as window:
                receive.finish(receive.spawn(command))
            self.after(home)
        task.check(targets)
        return window.measured

    def command(self, task, home, target):
        curl = ["curl", "-sS", "--fail", "--noproxy", "*"]
        if not task.is_folder:
            return [*curl, "-o", os.path.join(target, task.name), url(task.name)]
        os.mkdir(os.path.join(target, task.name))
        listing = os.path.join(home, "listing")
        with open(listing, "w", encoding="utf-8") as file:
            for name in sorted(os.listdir(task.source)):
                file.write(f'url = "{url(task.name, name)}"\noutput = "{os.path.join(target, task.name, name)}"\n')
        return [*curl, "-K", listing, "-Z", "--parallel-max", str(PARALLEL)]

    def after(self, home):
        """Checks more than the bytes."""


class CurlAndSha1(Curl):
    """tee writes the stream and sha1sum of coreutils hashes it, as on a command line."""

    key = "curl-sha1"
    title = "nginx, curl with sha1sum"
    programs = ("nginx", "curl", "sha1sum", "tee")
    checks = "SHA-1 of the file"
    takes_folders = False

    def __init__(self):
        self._expected = ""

    def prepare(self, task):
        digest = hashlib.sha1()
        with open(task.source, "rb") as file:
            while block := file.read(BLOCK):
                digest.update(block)
        self._expected = digest.hexdigest()

    def command(self, task, home, target):
        stream = f"curl -sS --fail --noproxy '*' '{url(task.name)}'"
        return ["sh", "-c", f"{stream} | tee '{target}/{task.name}' | sha1sum > '{home}/sum'"]

    def after(self, home):
        with open(os.path.join(home, "sum"), encoding="ascii") as file:
            if file.read().split()[0] != self._expected:
                raise Differs("the digest of sha1sum is not that of the source")


def url(*names):
    return f"http://127.0.0.1:{PORT}/" + "/".join(names)


def configuration(home, root):
    temporary = "".join(f"  {name}_temp_path {home}/{name};\n" for name in TEMPORARY)
    return (
        f"daemon off; user root; worker_processes 1; pid {home}/pid; error_log {home}/error.log;\n"
        "events { worker_connections 256; }\n"
        f"http {{\n{temporary}"
        "  access_log off; sendfile on; tcp_nopush on; keepalive_requests 1000000;\n"
        f"  server {{ listen 127.0.0.1:{PORT}; root {root}; }}\n}}\n"
    )
