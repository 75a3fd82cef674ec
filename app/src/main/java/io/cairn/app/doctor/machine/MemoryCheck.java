package io.cairn.app.doctor.machine;

import io.cairn.app.Check;
import java.nio.file.Path;
import java.util.OptionalLong;

/** How much memory this process may use, and whether the machine or container has it. */
public final class MemoryCheck {
    public static final String NAME = "memory";

    private static final long HEAP_LOW = 64 * Amounts.MIB;

    /** Buffers of transfers, code and threads, beside the heap. */
    private static final long BESIDE_HEAP = 192 * Amounts.MIB;

    private static final long AVAILABLE_LOW = 128 * Amounts.MIB;

    private MemoryCheck() {}

    /** Asks the system. */
    public static Check examine() {
        Runtime java = Runtime.getRuntime();
        return examine(java.maxMemory(), java.totalMemory() - java.freeMemory(), new ProcFiles(Path.of("/")));
    }

    static Check examine(long heapMax, long heapUsed, ProcFiles files) {
        OptionalLong container = files.number("sys/fs/cgroup/memory.max", "");
        OptionalLong availableKib = files.number("proc/meminfo", "MemAvailable:");
        String detail = "the heap has " + Amounts.bytes(heapUsed) + " in use and may grow to " + Amounts.bytes(heapMax)
                + (availableKib.isPresent()
                        ? ", the machine has " + Amounts.bytes(availableKib.getAsLong() << 10) + " to spare"
                        : "")
                + (container.isPresent() ? ", the container may use " + Amounts.bytes(container.getAsLong()) : "");
        if (heapMax < HEAP_LOW) {
            return Check.warning(NAME, detail, "allow a larger heap with -Xmx: large shares need about 256 MiB");
        }
        if (container.isPresent() && container.getAsLong() < heapMax + BESIDE_HEAP) {
            return Check.warning(
                    NAME,
                    detail,
                    "allow the container at least " + Amounts.bytes(heapMax + BESIDE_HEAP)
                            + ", or the system may end this node under load");
        }
        return availableKib.isPresent() && availableKib.getAsLong() << 10 < AVAILABLE_LOW
                ? Check.warning(NAME, detail, "end other programs, or the system may end this node")
                : Check.ok(NAME, detail);
    }
}
