"""The table of medians, and how Cairn compares with its goals."""
import statistics
from dataclasses import asdict, dataclass, fields

from peers.window import Measured

MIB = 1 << 20
CAIRN = "cairn-running"
COLUMNS = (
    "",
    "wall s (range)",
    "MiB/s",
    "x Cairn's time",
    "CPU s send + receive",
    "peak MiB send / receive",
    "hash s",
    "checks",
    "encrypts",
    "forced to disk",
    "others' CPU",
)


class Row:
    """One program and its runs, or the reason why there are none."""

    def __init__(self, peer):
        self.peer = peer
        self.runs = []
        self.why_not = ""

    def median(self):
        return Measured(
            **{
                field.name: statistics.median(values) if (values := self._values(field.name)) else None
                for field in fields(Measured)
            }
        )

    def _values(self, name):
        return [value for run in self.runs if (value := getattr(run, name)) is not None]

    def as_data(self):
        data = {"key": self.peer.key, "title": self.peer.title, "whyNot": self.why_not}
        if self.runs:
            data["median"] = asdict(self.median())
            data["runs"] = [asdict(run) for run in self.runs]
        return data


@dataclass
class Ratio:
    """A goal: Cairn is at least `least` times as fast as the fastest of the others."""

    what: str
    ours: tuple
    others: tuple
    least: float

    def judge(self, medians, _task):
        theirs = [medians[key].wall for key in self.others if key in medians]
        ours = [(key, min(theirs) / medians[key].wall) for key in self.ours if key in medians] if theirs else []
        return verdict(self.what, ours, f"at least {self.least:g} x", lambda value: value >= self.least, " x")


@dataclass
class Figure:
    """A goal: one of Cairn's figures is at most, or at least, `limit`."""

    what: str
    ours: tuple
    value: object
    limit: float
    unit: str
    at_most: bool = True

    def judge(self, medians, task):
        ours = [(key, self.value(medians[key], task)) for key in self.ours if key in medians]
        bound = f"{'at most' if self.at_most else 'at least'} {self.limit:g} {self.unit}"
        return verdict(
            self.what,
            ours,
            bound,
            lambda value: value <= self.limit if self.at_most else value >= self.limit,
            " " + self.unit,
        )


def verdict(what, ours, bound, holds, unit):
    if not ours:
        return f"not measured  {what}: {bound}"
    told = ", ".join(f"{value:.2f}{unit} ({key})" for key, value in ours)
    return f"{'met   ' if holds(ours[0][1]) else 'MISSED'}  {what}: {told}; {bound}"


def per_gib(cpu, task):
    return cpu / (task.size * task.receivers / (1 << 30))


BOTH = (CAIRN, "cairn-warm")
RESIDENT = Figure(
    "peak resident memory of the larger side",
    (CAIRN,),
    lambda run, _: max(run.resident_send, run.resident_receive),
    256,
    "MiB",
)
FILE_GOALS = (
    Ratio("speed against the faster of libtorrent (tuned) and Syncthing", BOTH, ("libtorrent-tuned", "syncthing"), 2),
    Ratio("speed against nginx, curl and sha1sum", BOTH, ("curl-sha1",), 1.5),
    Ratio("speed against rsync's daemon", BOTH, ("rsync",), 0.5),
    Ratio("whole process against libtorrent (tuned)", ("cairn-one-shot",), ("libtorrent-tuned",), 1.5),
    Figure("CPU of both sides", BOTH, lambda run, task: per_gib(run.cpu_send + run.cpu_receive, task), 2.6, "s a GiB"),
    Figure(
        "hashing a share in a fresh process",
        (CAIRN,),
        lambda run, task: task.size / (1 << 30) / run.hash_seconds,
        1.2,
        "GiB/s",
        at_most=False,
    ),
    RESIDENT,
)
FOLDER_GOALS = (
    Ratio("speed against rsync's daemon", BOTH, ("rsync",), 1),
    Ratio("speed against one file of that size", (CAIRN,), ("cairn-one-file",), 0.5),
)
MANY_GOALS = (
    Ratio("speed against libtorrent", (CAIRN,), ("libtorrent-tuned", "libtorrent-tcp"), 1),
    Ratio("speed against Transmission", (CAIRN,), ("transmission",), 1),
)
MEMORY_GOALS = (RESIDENT,)


def table(rows, task):
    """Lines of a Markdown table."""
    medians = {row.peer.key: row.median() for row in rows if row.runs}
    cells = [COLUMNS, *(cells_of(row, medians, task) for row in rows)]
    widths = [max(len(line[column]) for line in cells) for column in range(len(COLUMNS))]
    lines = ["| " + " | ".join(cell.ljust(width) for cell, width in zip(line, widths)) + " |" for line in cells]
    return [lines[0], "|" + "|".join("-" * (width + 2) for width in widths) + "|", *lines[1:]]


def cells_of(row, medians, task):
    if not row.runs:
        return (row.peer.title, row.why_not) + ("",) * (len(COLUMNS) - 2)
    run = medians[row.peer.key]
    walls = [one.wall for one in row.runs]
    ratio = f"{run.wall / medians[CAIRN].wall:.2f}" if CAIRN in medians else ""
    return (
        row.peer.title + (" (" + row.why_not + ")" if row.why_not else ""),
        f"{run.wall:.2f} ({min(walls):.2f}-{max(walls):.2f})",
        f"{task.size * task.receivers / MIB / run.wall:.0f}",
        ratio,
        f"{run.cpu_send:.2f} + {run.cpu_receive:.2f}",
        f"{run.resident_send:.0f} / {run.resident_receive:.0f}",
        "" if run.hash_seconds is None else f"{run.hash_seconds:.2f}",
        row.peer.checks,
        row.peer.encrypts,
        row.peer.forces,
        f"{100 * run.others:.0f} %",
    )


def judge(goals, rows, task):
    medians = {row.peer.key: row.median() for row in rows if row.runs}
    return [goal.judge(medians, task) for goal in goals]
