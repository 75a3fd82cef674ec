"""Hosts in network namespaces on one switch, three if nothing else is said, and real processes of this build on them."""
import json
import os
import shutil
import signal
import subprocess
import tempfile
import threading

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
CAIRN = os.environ.get("CAIRN_PROGRAM", os.path.join(ROOT, "cairn"))
HOSTS = {"sharing": "10.79.0.1", "fetching": "10.79.0.2", "holding": "10.79.0.3"}
PORT = 4747
LIFE_SECONDS_MAX = 300


def run(*command, **streams):
    done = subprocess.run(command, check=False, capture_output=True, text=True, **streams)
    if done.returncode != 0:
        raise RuntimeError(f"{' '.join(command)}: {done.stderr.strip()}")


class Lab:
    """The hosts, the processes on them, and their folder."""

    def __init__(self, name, hosts=None):
        self.hosts = hosts or HOSTS
        self.folder = tempfile.mkdtemp(prefix=f"cairn-{name}-")
        self.prefix = f"{name}-{os.getpid()}"
        self.spaces = []
        self.processes = []
        self.count = 0

    def __enter__(self):
        try:
            self._space("switch")
            run("ip", "-n", self.name("switch"), "link", "add", "lan", "type", "bridge")
            run("ip", "-n", self.name("switch"), "link", "set", "lan", "up")
            for number, (host, address) in enumerate(self.hosts.items()):
                self._space(host)
                run("ip", "-n", self.name("switch"), "link", "add", f"port{number}", "type", "veth", "peer", "name", "eth0",
                    "netns", self.name(host))
                run("ip", "-n", self.name("switch"), "link", "set", f"port{number}", "master", "lan", "up")
                run("ip", "-n", self.name(host), "addr", "add", f"{address}/24", "dev", "eth0")
                run("ip", "-n", self.name(host), "link", "set", "eth0", "up")
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_):
        self.stop_all()
        for space in self.spaces:
            subprocess.run(["ip", "netns", "del", space], check=False, capture_output=True)
        shutil.rmtree(self.folder, ignore_errors=True)

    def name(self, host):
        return f"{self.prefix}-{host}"

    def _space(self, host):
        run("ip", "netns", "add", self.name(host))
        self.spaces.append(self.name(host))
        run("ip", "-n", self.name(host), "link", "set", "lo", "up")

    def fresh(self, name):
        self.count += 1
        path = os.path.join(self.folder, f"{self.count}-{name}")
        os.makedirs(path)
        return path

    def filter(self, host, rule):
        """Drops what fits the rule, in both directions."""
        chains = "".join(
            f"chain {way} {{ type filter hook {way} priority 0; policy accept; {rule} drop; }}; " for way in ("input", "output"))
        run("ip", "netns", "exec", self.name(host), "nft", "-f", "-", input=f"table inet lab {{ {chains} }}\n")

    def unfilter(self, host):
        subprocess.run(["ip", "netns", "exec", self.name(host), "nft", "flush", "ruleset"], check=False, capture_output=True)

    def start(self, host, *command, environment=None, shell=None):
        line = ["sh", "-c", shell + ' && exec "$@"', "sh", *command] if shell else list(command)
        process = subprocess.Popen(
            ["ip", "netns", "exec", self.name(host), *line], text=True, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
            stderr=subprocess.PIPE, env={**os.environ, **(environment or {})})
        self.processes.append(process)
        end = threading.Timer(LIFE_SECONDS_MAX, process.kill)  # one that hangs ends what reads from it
        end.daemon = True
        end.start()
        return process

    def cairn(self, host, *words, port=PORT, data=None, network="lab", bootstrap="holding", **how):
        known = ["--bootstrap", f"{HOSTS[bootstrap]}:{PORT}"] if bootstrap else []
        return self.start(
            host, CAIRN, *words, "--json", "--port", str(port), "--no-lan", "--network", network, *known, "--data-dir",
            data or self.fresh("data"), **how)

    def stop(self, process, how=signal.SIGTERM):
        if process.poll() is None:
            process.send_signal(how)
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()

    def stop_all(self):
        for process in self.processes:
            self.stop(process)
        self.processes.clear()

    def share(self, size=1 << 20, **how):
        """A process that shares a new file, its hash, and the file."""
        path = os.path.join(self.fresh("files"), "film.bin")
        with open(path, "wb") as file:
            file.write(os.urandom(size))
        process = self.cairn("sharing", "share", path, **how)
        return process, line(process, "shared")["hash"], path

    def hold(self, **how):
        process = self.cairn("holding", "daemon", bootstrap=None, **how)
        line(process, "ready")
        return process


def line(process, kind):
    """The first line of a type that the process prints."""
    for text in process.stdout:
        said = json.loads(text)
        if said["type"] == kind:
            return said
    raise RuntimeError(f"the process ended without {kind}: {process.stderr.read()}")
