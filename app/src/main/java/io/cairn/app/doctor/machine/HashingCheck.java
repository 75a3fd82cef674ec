package io.cairn.app.doctor.machine;

import io.cairn.app.Check;
import io.cairn.transfer.content.manifest.ChunkDigests;
import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.function.LongSupplier;

/** How fast this machine computes the digests that every chunk needs. */
public final class HashingCheck {
    public static final String NAME = "hashing";

    private static final int CHUNK_BYTES = 256 << 10;
    private static final long WARM_UP_NANOS = 50_000_000;
    private static final long MEASURE_NANOS = 150_000_000;

    /** A line of 100 Mbit/s brings more. */
    private static final double RATE_LOW = 12.5e6;

    private HashingCheck() {}

    /** Computes digests of chunks for 0.2 seconds on one core. */
    public static Check examine() {
        return judge(chunksPerSecond(System::nanoTime));
    }

    static Check judge(double chunksPerSecond) {
        double rate = chunksPerSecond * CHUNK_BYTES;
        String detail = String.format(Locale.ROOT, "%,.0f chunks of 256 KiB per second on one core, ", chunksPerSecond)
                + Amounts.rate(rate) + " (SHA-1 and SHA-256)";
        return rate < RATE_LOW
                ? Check.warning(
                        NAME,
                        detail,
                        "stop what else uses the processor; sharing and fetching large files takes long here")
                : Check.ok(NAME, detail);
    }

    static double chunksPerSecond(LongSupplier clock) {
        ChunkDigests digests = new ChunkDigests();
        ByteBuffer chunk = ByteBuffer.allocateDirect(CHUNK_BYTES);
        chunks(digests, chunk, clock, WARM_UP_NANOS);
        return chunks(digests, chunk, clock, MEASURE_NANOS);
    }

    private static double chunks(ChunkDigests digests, ByteBuffer chunk, LongSupplier clock, long forNanos) {
        long beganNanos = clock.getAsLong();
        long nowNanos = beganNanos;
        long chunks = 0;
        while (chunks == 0 || nowNanos - beganNanos < forNanos) {
            digests.update(chunk);
            ChunkDigests.Pair unused = digests.finish();
            chunks++;
            nowNanos = clock.getAsLong();
        }
        return Amounts.perSecond(chunks, nowNanos - beganNanos);
    }
}
