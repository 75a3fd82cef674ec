package io.cairn.app.share;

import io.cairn.app.CairnException;
import io.cairn.app.CairnException.Kind;
import io.cairn.app.Excerpt;
import io.cairn.app.Node;
import io.cairn.app.work.Reasons;
import io.cairn.app.work.Work;
import io.cairn.dht.id.Key;
import io.cairn.transfer.content.ChunkSet;
import io.cairn.transfer.content.Content;
import io.cairn.transfer.content.manifest.FileEntry;
import io.cairn.transfer.content.manifest.Manifest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Predicate;

/** Reads bytes of shares, and of fetches as chunks arrive. Confined to the loop; the disk is read on workers. */
public final class Reads {
    /** How often a waiting read checks for its chunks, in milliseconds: a video player buffers more than that. */
    private static final long LOOK_MILLIS = 50;

    /** Most reads that wait at once; each costs only a timer. */
    private static final int WAITING_MAX = 256;

    private final Work work;
    private final Shares shares;
    private final Function<Key, Optional<? extends Content>> growing;
    private final Predicate<Key> mayCome;
    private int waiting;

    /**
     * @param growing the verified chunks so far of a running fetch
     * @param mayCome whether a fetch of the hash is running or about to start
     */
    public Reads(Work work, Shares shares, Function<Key, Optional<? extends Content>> growing, Predicate<Key> mayCome) {
        this.work = work;
        this.shares = shares;
        this.growing = growing;
        this.mayCome = mayCome;
    }

    /**
     * As {@link Node#read}.
     *
     * @param over whether the caller no longer waits
     */
    public CompletableFuture<Excerpt> read(Key hash, String path, long offset, int length, BooleanSupplier over) {
        CompletableFuture<Excerpt> result = new CompletableFuture<>();
        if (offset < 0 || length < 0) {
            result.completeExceptionally(
                    refused(Kind.USAGE, hash, "a range has no negative offset or length", "give a range of the file"));
            return result;
        }
        new Reading(hash, path, offset, Math.min(length, Excerpt.BYTES_MAX), over, result).proceed();
        return result;
    }

    private static CairnException refused(Kind kind, Key hash, String why, String next) {
        return new CairnException(kind, "cannot read " + hash.toHex(), why, next);
    }

    /** One call. */
    private final class Reading {
        private final Key hash;
        private final String path;
        private final long offset;
        private final int length;
        private final BooleanSupplier over;
        private final CompletableFuture<Excerpt> result;

        Reading(
                Key hash,
                String path,
                long offset,
                int length,
                BooleanSupplier over,
                CompletableFuture<Excerpt> result) {
            this.hash = hash;
            this.path = path;
            this.offset = offset;
            this.length = length;
            this.over = over;
            this.result = result;
        }

        void proceed() {
            if (over.getAsBoolean()) {
                result.cancel(false);
                return;
            }
            Work.watch(
                    shares.find(hash).handle((shared, failure) -> {
                        if (failure != null) {
                            fail(Kind.OTHER, String.valueOf(Work.cause(failure).getMessage()));
                        } else if (shared.isPresent()) {
                            from(shared.get());
                        } else {
                            growing.apply(hash).ifPresentOrElse(this::from, this::waitForMore);
                        }
                        return hash;
                    }),
                    "reading a share");
        }

        private void from(Content content) {
            Manifest manifest = content.manifest();
            long before = 0;
            for (FileEntry file : manifest.files()) {
                if (file.path().toString().equals(path) || !manifest.isFolder() && path.isEmpty()) {
                    from(content, file, before + offset);
                    return;
                }
                before += file.length();
            }
            result.completeExceptionally(refused(
                    Kind.USAGE, hash, "the share holds no file " + path, "give the path of a file in the share"));
        }

        private void from(Content content, FileEntry file, long start) {
            int bytes = (int) Math.max(0, Math.min(length, file.length() - offset));
            if (!isHere(content, start, bytes)) {
                waitForMore();
                return;
            }
            Work.watch(
                    work.offload(() -> bytes(content, start, bytes)).handle((read, failure) -> {
                        if (failure == null) {
                            result.complete(new Excerpt(offset, file.length(), read));
                        } else if (growing.apply(hash)
                                        .filter(now -> now == content)
                                        .isEmpty()
                                && mayCome.test(hash)) {
                            proceed(); // it was placed during the read
                        } else {
                            Throwable cause = Work.cause(failure);
                            fail(
                                    Kind.OTHER,
                                    cause instanceof IOException io ? Reasons.withFile(io) : String.valueOf(cause));
                        }
                        return hash;
                    }),
                    "reading a share");
        }

        private static boolean isHere(Content content, long start, int bytes) {
            int chunkBytes = content.manifest().chunkBytes();
            ChunkSet have = content.have();
            for (long at = start; at < start + bytes; at += chunkBytes - at % chunkBytes) {
                if (!have.contains((int) (at / chunkBytes))) {
                    return false;
                }
            }
            return true;
        }

        /** Blocks: for workers. */
        private static ByteBuffer bytes(Content content, long start, int bytes) throws IOException {
            ByteBuffer read = ByteBuffer.allocate(bytes);
            int chunkBytes = content.manifest().chunkBytes();
            while (read.hasRemaining()) {
                long at = start + read.position();
                int inChunk = (int) (at % chunkBytes);
                read.limit(Math.min(bytes, read.position() + chunkBytes - inChunk));
                content.read((int) (at / chunkBytes), inChunk, read);
                read.limit(bytes);
            }
            return read.flip();
        }

        private void waitForMore() {
            if (!mayCome.test(hash)) {
                fail(Kind.NO_PROVIDER, "these bytes are not here, and no fetch that brings them is running");
            } else if (waiting == WAITING_MAX) {
                fail(Kind.STALLED, "too many reads wait for their bytes");
            } else {
                waiting++;
                work.scheduler().schedule(LOOK_MILLIS, () -> {
                    waiting--;
                    proceed();
                });
            }
        }

        private void fail(Kind kind, String why) {
            result.completeExceptionally(refused(kind, hash, why, "fetch it, or read again while a fetch runs"));
        }
    }
}
