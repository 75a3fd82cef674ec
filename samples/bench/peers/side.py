"""The processes of one side of a transfer, and their cost."""
import ctypes
import os
import signal
import subprocess

HERTZ = os.sysconf("SC_CLK_TCK")
LIBC = ctypes.CDLL(None)
PR_SET_PDEATHSIG = 1


def die_with_parent():
    """Runs in a child before exec: however the benchmark ends, its children end with it."""
    LIBC.prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


class Side:
    """Starts processes; sums up the CPU time and resident memory of them and their children.

    CPU time comes from /proc while a process runs and from wait4 after its end, with the kernel's resolution of 10 ms.
    Memory is the sum of the peaks of all processes that live at the same time.
    """

    def __init__(self):
        self.processes = []
        self.ended_cpu = {}
        self.resident_peak = 0
        self.anonymous_peak = 0

    def __enter__(self):
        return self

    def __exit__(self, *failure):
        self.close()

    def spawn(self, command, **options):
        for stream in ("stdin", "stdout", "stderr"):
            options.setdefault(stream, subprocess.DEVNULL)
        process = subprocess.Popen(command, preexec_fn=die_with_parent, **options)  # pylint: disable=W1509
        self.processes.append(process)
        return process

    def finish(self, process):
        """Waits for a process to end, and raises unless it succeeded."""
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        self.ended_cpu[process.pid] = usage.ru_utime + usage.ru_stime
        if process.returncode != 0:
            raise RuntimeError(f"{process.args[0]} ended with code {process.returncode}")

    def cpu_seconds(self):
        ticks = 0
        for pid in self._living():
            try:
                with open(f"/proc/{pid}/stat", encoding="utf-8", errors="replace") as stat:
                    fields = stat.read().rsplit(")", 1)[1].split()
            except (FileNotFoundError, ProcessLookupError):
                continue
            # User and system time of the process, then of its children that have ended.
            ticks += sum(int(field) for field in fields[11:15])
        return ticks / HERTZ + sum(self.ended_cpu.values())

    def look_at_memory(self):
        resident = 0
        anonymous = 0
        for pid in self._living():
            try:
                with open(f"/proc/{pid}/status", encoding="utf-8", errors="replace") as status:
                    fields = dict(line.split(":", 1) for line in status)
            except (FileNotFoundError, ProcessLookupError):
                continue
            if "VmHWM" in fields:
                resident += kibibytes(fields["VmHWM"])
                anonymous += kibibytes(fields["RssAnon"]) + kibibytes(fields["RssShmem"])
        self.resident_peak = max(self.resident_peak, resident)
        self.anonymous_peak = max(self.anonymous_peak, anonymous)

    def resident_mib(self):
        return self.resident_peak / 1024

    def anonymous_mib(self):
        return self.anonymous_peak / 1024

    def close(self):
        """Ends the processes of this side: with SIGTERM, and with SIGKILL after ten seconds."""
        family = self._living()
        running = [process for process in self.processes if process.poll() is None]
        for process in running:
            process.terminate()
        for process in running:
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        for process in self.processes:
            for stream in (process.stdin, process.stdout):
                if stream is not None:
                    stream.close()
        ours = {process.pid for process in self.processes}
        for pid in set(family) - ours:
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                continue

    def _living(self):
        """The running processes of this side, with all descendants."""
        found = []
        waiting = [process.pid for process in self.processes if process.returncode is None]
        while waiting:
            pid = waiting.pop()
            try:
                # Children belong to the thread that started them.
                for thread in os.listdir(f"/proc/{pid}/task"):
                    with open(f"/proc/{pid}/task/{thread}/children", encoding="ascii") as children:
                        waiting += [int(child) for child in children.read().split()]
            except (FileNotFoundError, ProcessLookupError):
                pass  # a thread or process that has just ended; the next read shows which
            if os.path.exists(f"/proc/{pid}"):
                found.append(pid)
        return found


def kibibytes(field):
    return int(field.split()[0])
