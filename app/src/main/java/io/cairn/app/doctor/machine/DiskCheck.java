package io.cairn.app.doctor.machine;

import io.cairn.app.Check;
import io.cairn.app.work.Reasons;
import java.io.IOException;
import java.nio.file.Path;

/** Space and speed of the disk that holds the data directory. */
public final class DiskCheck {
    public static final String NAME = "disk";

    /** Below this the state database soon cannot be written. */
    private static final long FREE_BAD = 64 * Amounts.MIB;

    private static final long FREE_LOW = Amounts.GIB;

    /** Slower than a line of 100 Mbit/s, and fetches wait for the disk. */
    private static final double RATE_LOW = 12.5e6;

    private static final String MAKE_ROOM = "delete files there, or name a data directory on another disk";

    private DiskCheck() {}

    /** Measures and judges. Blocks. */
    public static Check examine(Path folder) {
        try {
            return judge(folder, DiskProbe.measure(folder, System::nanoTime));
        } catch (IOException failure) {
            return failed(folder, failure);
        }
    }

    static Check failed(Path folder, IOException failure) {
        return Check.bad(
                NAME,
                "cannot write to " + folder + ": " + Reasons.of(failure),
                Reasons.isDiskFull(failure) ? MAKE_ROOM : "check the disk and the rights of " + folder);
    }

    static Check judge(Path folder, DiskProbe.Result found) {
        if (found.bytes() == 0) {
            return Check.bad(
                    NAME, Amounts.bytes(found.freeBytes()) + " free, too little to measure its speed", MAKE_ROOM);
        }
        double rate = Amounts.perSecond(found.bytes(), found.writeNanos());
        String detail = free(found.freeBytes()) + ", writes " + Amounts.rate(rate) + " (forced to disk in "
                + found.forceNanos() / 1_000_000 + " ms), reads "
                + Amounts.rate(Amounts.perSecond(found.bytes(), found.readNanos())) + " from the cache";
        if (!found.isIntact()) {
            return Check.bad(
                    NAME,
                    "what was read from " + folder + " is not what was written",
                    "test the disk and the memory of this machine, and keep no data on it until then");
        }
        if (found.freeBytes() < FREE_BAD) {
            return Check.bad(NAME, detail, MAKE_ROOM);
        }
        if (found.freeBytes() < FREE_LOW) {
            return Check.warning(NAME, detail, MAKE_ROOM);
        }
        return rate < RATE_LOW
                ? Check.warning(
                        NAME,
                        detail,
                        "the disk is slower than a fast line: stop what else uses it, or name a data directory on another")
                : Check.ok(NAME, detail);
    }

    private static String free(long bytes) {
        return bytes == Long.MAX_VALUE ? "free space unknown" : Amounts.bytes(bytes) + " free";
    }
}
