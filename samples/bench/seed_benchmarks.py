#!/usr/bin/env python3
"""The benchmarks of the project's founding documents in plain Python: lists, sorting, bisect and hashlib.

Prints one line per figure: name, value, unit, separated by tabs. With a file of such lines (the output of RunBenchmarks) as
its argument, prints both side by side instead.
"""
import bisect
import hashlib
import random
import statistics
import sys
import time

BITS = 160
K = 20
NODES = 1_000
RING_NODES = 10
VIRTUAL_NODES = 150
KEYS = 10_000

TITLES = {
    "addAThousandNodes": "Kademlia: add 1,000 nodes",
    "lookUpAThousandIds": "Kademlia: 20 closest to 1,000 ids, from buckets",
    "sortAllForAThousandIds": "Kademlia: the same by sorting all 1,000 nodes",
    "buildTheRing": "ring: 10 nodes x 150 virtual nodes",
    "assignTenThousandKeys": "ring: owners of 10,000 keys",
    "movedByAJoin": "ring: moved keys after a join",
    "deviation": "ring: deviation of keys per node, over their mean",
    "movedShare": "ring: fraction moved (1/11 = 0.0909 expected)",
}


class KBuckets:
    """160 lists of at most 20 ids, by the highest differing bit; the closest ids are found by sorting all of them."""

    def __init__(self, own_id):
        self.own_id = own_id
        self.buckets = [[] for _ in range(BITS)]

    def add(self, node_id):
        distance = self.own_id ^ node_id
        if distance == 0:
            return
        bucket = self.buckets[distance.bit_length() - 1]
        if node_id in bucket:
            bucket.remove(node_id)
            bucket.append(node_id)
        elif len(bucket) < K:
            bucket.append(node_id)

    def closest(self, target):
        known = [node_id for bucket in self.buckets for node_id in bucket]
        return sorted(known, key=lambda node_id: node_id ^ target)[:K]


def position(name):
    return int.from_bytes(hashlib.sha1(name.encode()).digest(), "big")


class Ring:
    """Sorted positions and their owners."""

    def __init__(self):
        self.positions = []
        self.owners = {}

    def copy(self):
        ring = Ring()
        ring.positions = list(self.positions)
        ring.owners = dict(self.owners)
        return ring

    def add(self, node):
        for number in range(VIRTUAL_NODES):
            point = position(f"{node}#{number}")
            bisect.insort(self.positions, point)
            self.owners[point] = node

    def owner(self, key):
        index = bisect.bisect_left(self.positions, position(key))
        return self.owners[self.positions[index % len(self.positions)]]


def ring_of(count):
    ring = Ring()
    for number in range(count):
        ring.add(f"node-{number}")
    return ring


def assign(ring, keys):
    counts = {}
    for key in keys:
        owner = ring.owner(key)
        counts[owner] = counts.get(owner, 0) + 1
    return counts


def micros(task, runs=9):
    """The median time of a task in microseconds, after one run that does not count."""
    task()
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        task()
        times.append(time.perf_counter() - start)
    return statistics.median(times) * 1e6


def measure():
    chance = random.Random(42)
    own_id = chance.getrandbits(BITS)
    node_ids = [chance.getrandbits(BITS) for _ in range(NODES)]
    targets = [chance.getrandbits(BITS) for _ in range(NODES)]

    def fill():
        table = KBuckets(own_id)
        for node_id in node_ids:
            table.add(node_id)
        return table

    table = fill()
    yield "addAThousandNodes", micros(fill), "us/op"
    yield "lookUpAThousandIds", micros(lambda: [table.closest(target) for target in targets]), "us/op"
    yield (
        "sortAllForAThousandIds",
        micros(lambda: [sorted(node_ids, key=lambda node_id: node_id ^ target)[:K] for target in targets], runs=3),
        "us/op",
    )

    keys = [f"key-{number}" for number in range(KEYS)]
    ring = ring_of(RING_NODES)

    def moved():
        after = ring.copy()
        after.add(f"node-{RING_NODES}")
        return sum(ring.owner(key) != after.owner(key) for key in keys)

    yield "buildTheRing", micros(lambda: ring_of(RING_NODES)), "us/op"
    yield "assignTenThousandKeys", micros(lambda: assign(ring, keys)), "us/op"
    yield "movedByAJoin", micros(moved), "us/op"
    counts = assign(ring, keys)
    yield "deviation", statistics.pstdev(counts.values()) / statistics.mean(counts.values()), "part"
    yield "movedShare", moved() / KEYS, "part"


def side_by_side(file_name):
    with open(file_name, encoding="utf-8") as lines:
        java = {name: (float(value), unit) for name, value, unit in (line.rstrip("\n").split("\t") for line in lines)}
    java["sortAllForAThousandIds"] = java["lookUpAThousandIds"]
    print(f"{'':<50}{'Cairn':>12}{'Python':>14}  {'ratio':>8}")
    for name, value, unit in measure():
        ours, _ = java.pop(name)
        if unit == "us/op":
            print(f"{TITLES[name]:<50}{ours / 1e3:>9.3f} ms{value / 1e3:>11.3f} ms  {value / ours:>7.1f}x")
        else:
            print(f"{TITLES[name]:<50}{ours:>12.4f}{value:>14.4f}")
    for name, (value, unit) in sorted(java.items()):
        print(f"{name:<50}{value:>9.3f} {unit}")


if __name__ == "__main__":
    if len(sys.argv) > 1:
        side_by_side(sys.argv[1])
    else:
        for figure in measure():
            print(f"{figure[0]}\t{figure[1]:.4f}\t{figure[2]}")
