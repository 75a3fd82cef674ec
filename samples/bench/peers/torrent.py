"""A .torrent file and an HTTP tracker for the BitTorrent programs."""
import hashlib
import http.server
import os
import socket
import socketserver
import threading
import urllib.parse

from peers.namespace import ADDRESSES

PIECE = 1 << 20
PORT = 6969
ANNOUNCE = f"http://{ADDRESSES[0]}:{PORT}/announce"


def write_torrent(task, path):
    """Writes a BitTorrent v1 file (BEP 3) for the source, with pieces of 1 MiB."""
    info = {"name": task.name, "piece length": PIECE}
    if task.is_folder:
        names = sorted(os.listdir(task.source))
        files = [os.path.join(task.source, name) for name in names]
        info["files"] = [{"length": os.path.getsize(file), "path": [name]} for name, file in zip(names, files)]
    else:
        files = [task.source]
        info["length"] = task.size
    info["pieces"] = b"".join(hashlib.sha1(piece).digest() for piece in pieces(files))
    with open(path, "wb") as file:
        file.write(bencode({"announce": ANNOUNCE, "info": info}))


def pieces(files):
    rest = b""
    for name in files:
        with open(name, "rb") as file:
            while block := file.read(PIECE - len(rest)):
                rest += block
                if len(rest) == PIECE:
                    yield rest
                    rest = b""
    if rest:
        yield rest


def bencode(value):
    if isinstance(value, int):
        return b"i%de" % value
    if isinstance(value, str):
        return bencode(value.encode())
    if isinstance(value, bytes):
        return b"%d:%s" % (len(value), value)
    if isinstance(value, list):
        return b"l" + b"".join(map(bencode, value)) + b"e"
    return b"d" + b"".join(bencode(key) + bencode(value[key]) for key in sorted(value)) + b"e"


class Tracker(socketserver.ThreadingMixIn, http.server.HTTPServer):
    """A tracker for one swarm: tells each peer about all others (BEP 23)."""

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self):
        super().__init__((ADDRESSES[0], PORT), Announcement)
        self.left = {}
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def __enter__(self):
        return self

    def __exit__(self, *failure):
        self.shutdown()
        self.server_close()

    def server_bind(self):
        # Without the reverse name look-up of HTTPServer.
        socketserver.TCPServer.server_bind(self)
        self.server_name, self.server_port = self.server_address[:2]

    def has_seed(self):
        return 0 in self.left.values()


class Announcement(http.server.BaseHTTPRequestHandler):
    def do_GET(self):  # the library requires this name
        request = urllib.parse.urlsplit(self.path)
        if request.path != "/announce":
            self.send_error(404)
            return
        query = urllib.parse.parse_qs(request.query, encoding="latin-1")
        one = {key: values[0] for key, values in query.items()}
        asker = (self.client_address[0], int(one["port"]))
        swarm = self.server.left
        if one.get("event") == "stopped":
            swarm.pop(asker, None)
        else:
            swarm[asker] = int(one["left"])
        others = [peer for peer in list(swarm) if peer != asker]
        peers = b"".join(socket.inet_aton(address) + port.to_bytes(2, "big") for address, port in others)
        body = bencode({"interval": 5, "min interval": 5, "peers": peers})
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *words):  # pylint: disable=arguments-differ
        """Logs nothing: only the table is printed."""
