package io.cairn.transfer.content.hashing;

import java.io.IOException;
import java.util.Queue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Processes every chunk of a share on its own threads and passes each result to the caller's thread as it completes.
 * At most two chunks per thread are in progress, so memory does not depend on the share's size.
 *
 * @param <R> the result for one chunk
 */
final class ParallelChunks<R> {
    private final Supplier<ChunkReader> newReader;
    private final Work<R> work;
    private final Queue<ChunkReader> idle = new ConcurrentLinkedQueue<>();
    private final ExecutorService workers;
    private final int threads;

    ParallelChunks(int threads, Supplier<ChunkReader> newReader, Work<R> work) {
        this.threads = threads;
        this.newReader = newReader;
        this.work = work;
        this.workers = Executors.newFixedThreadPool(threads, task -> {
            Thread thread = new Thread(task, "cairn-hash");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Processes one chunk, on a worker. */
    interface Work<R> {
        R apply(int chunk, ChunkReader reader) throws IOException;
    }

    /** Consumes a result, on the caller's thread. */
    interface Sink<R> {
        void accept(R result) throws IOException;
    }

    /**
     * Processes chunks 0 to the count, exclusive. May be called once.
     *
     * @throws CancellationException if the caller asked to stop
     */
    void run(int chunkCount, Sink<R> sink, BooleanSupplier cancelled) throws IOException, InterruptedException {
        try {
            CompletionService<R> completions = new ExecutorCompletionService<>(workers);
            int submitted = 0;
            for (int done = 0; done < chunkCount; done++) {
                while (submitted < chunkCount && submitted - done < 2 * threads) {
                    int chunk = submitted++;
                    completions.submit(() -> apply(chunk));
                }
                sink.accept(completions.take().get());
                if (cancelled.getAsBoolean()) {
                    throw new CancellationException("stopped while reading");
                }
            }
        } catch (ExecutionException failed) {
            throw asIoException(failed);
        } finally {
            workers.shutdownNow();
            closeIdle();
        }
    }

    private R apply(int chunk) throws IOException {
        ChunkReader taken = idle.poll();
        ChunkReader reader = taken == null ? newReader.get() : taken;
        try {
            return work.apply(chunk, reader);
        } finally {
            idle.add(reader);
            if (workers.isShutdown()) {
                closeIdle();
            }
        }
    }

    private void closeIdle() throws IOException {
        for (ChunkReader reader = idle.poll(); reader != null; reader = idle.poll()) {
            reader.close();
        }
    }

    private static IOException asIoException(ExecutionException failed) {
        Throwable cause = failed.getCause();
        if (cause instanceof IOException failure) {
            return failure;
        }
        throw new IllegalStateException(cause);
    }
}
