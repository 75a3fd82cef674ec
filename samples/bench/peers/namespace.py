"""A separate network namespace for this run: no measured traffic leaves the machine, and no port is in use."""
import os
import shutil
import subprocess
import sys

# BitTorrent programs refuse peers in 127/8, so each node has its own address; the first is the sender's.
ADDRESSES = [f"10.77.0.{number}" for number in range(1, 10)]
INSIDE = "CAIRN_BENCH_INSIDE"


class CannotEnter(Exception):
    """No namespace can be created; the text says why."""


def enter():
    """Restarts this program inside a namespace with loopback only; returns if it is already inside."""
    if os.environ.get(INSIDE):
        return
    for program, package in (("unshare", "util-linux"), ("ip", "iproute2")):
        if shutil.which(program) is None:
            raise CannotEnter(f"{program} is not installed (package {package})")
    unshare = ["unshare", "--net"] if os.geteuid() == 0 else ["unshare", "--net", "--map-root-user"]
    trial = subprocess.run([*unshare, "true"], capture_output=True, text=True, check=False)
    if trial.returncode != 0:
        raise CannotEnter(trial.stderr.strip() or "unshare failed")
    setup = ["ip link set lo up"]
    setup += [f"ip addr add {address}/32 dev lo" for address in ADDRESSES]
    congestion = os.environ.get("BENCH_CC", "")
    if congestion:
        # Per route, so that no setting of the machine changes.
        routes = ["127.0.0.0/8", "127.0.0.1", *ADDRESSES]
        setup += [f'ip route replace local {route} dev lo table local congctl "$BENCH_CC"' for route in routes]
    script = " && ".join([*setup, 'exec "$0" "$@"'])
    sys.stdout.flush()
    os.environ[INSIDE] = "1"
    os.execvp("unshare", [*unshare, "sh", "-c", script, sys.executable, *sys.argv])


def congestion_control():
    """TCP's congestion control in this run."""
    with open("/proc/sys/net/ipv4/tcp_congestion_control", encoding="ascii") as name:
        return os.environ.get("BENCH_CC") or name.read().strip()
