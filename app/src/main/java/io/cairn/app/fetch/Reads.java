package io.cairn.app.fetch;

import io.cairn.app.CairnException;
import io.cairn.app.CairnException.Kind;
import io.cairn.app.Node;
import io.cairn.app.Node.Excerpt;
import io.cairn.app.share.Shares;
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
import org.jspecify.annotations.Nullable;

/** Reads bytes of shares, and of fetches as chunks arrive. Confined to the loop; the disk is read on workers. */
public final class Reads {
    /** How often a waiting read checks for its chunks, in milliseconds: a video player buffers more than that. */
    private static final long LOOK_MILLIS = 50;

    /** Most reads that wait at once; each costs only a timer. */
    private static final int WAITING_MAX = 256;

    private final Work work;
    private final Shares shares;
    private final FetchQueue fetches;
    private int waiting;

    public Reads(Work work, Shares shares, FetchQueue fetches) {
        this.work = work;
        this.shares = shares;
        this.fetches = fetches;
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
        fetches.readBy(hash, result);
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
        private boolean repeated;
        private @Nullable Located file; // the same in every manifest of the hash

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
                            fetches.growing(hash).ifPresentOrElse(this::from, this::waitForMore);
                        }
                        return hash;
                    }),
                    "reading a share");
        }

        private void from(Content content) {
            if (file != null) {
                from(content, file);
                return;
            }
            Work.watch(
                    work.offload(() -> located(content.manifest())).handle((found, failure) -> {
                        if (failure != null) {
                            fail(Kind.OTHER, String.valueOf(Work.cause(failure).getMessage()));
                        } else if (found.isPresent()) {
                            file = found.get();
                            from(content, found.get());
                        } else {
                            result.completeExceptionally(refused(
                                    Kind.USAGE,
                                    hash,
                                    "the share holds no file " + path,
                                    "give the path of a file in the share"));
                        }
                        return hash;
                    }),
                    "finding a file in a share");
        }

        /** For workers: a share may hold hundreds of thousands of files. */
        private Optional<Located> located(Manifest manifest) {
            long before = 0;
            for (int file = 0; file < manifest.files().size(); file++) {
                FileEntry entry = manifest.files().get(file);
                before += manifest.padding().directlyBefore(file);
                if (entry.path().toString().equals(path) || !manifest.isFolder() && path.isEmpty()) {
                    return Optional.of(new Located(before, entry.length()));
                }
                before += entry.length();
            }
            return Optional.empty();
        }

        private void from(Content content, Located file) {
            long start = file.start() + offset;
            int bytes = (int) Math.max(0, Math.min(length, file.length() - offset));
            if (!isHere(content, start, bytes)) {
                waitForMore();
                return;
            }
            Work.watch(
                    work.offload(() -> bytes(content, start, bytes)).handle((read, failure) -> {
                        if (failure == null) {
                            result.complete(new Excerpt(offset, file.length(), read));
                        } else if (!repeated
                                && fetches.growing(hash)
                                        .filter(now -> now == content)
                                        .isEmpty()) {
                            repeated = true;
                            proceed(); // what was read has been closed; it may be a share now
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
            if (!fetches.isComing(hash)) {
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

    /** Where a file lies in the stream of its share, in bytes. */
    private record Located(long start, long length) {}
}
