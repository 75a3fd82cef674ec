package io.cairn.transfer.store.file;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Forces many files to disk in parallel, so that a journalling file system commits them together: two thousand small files took
 * 5.6 s in sequence and 0.3 s with 16 threads (ext4 on a virtual disk).
 */
public final class ParallelForce {
    private static final int THREADS_MAX = 16;
    private static final int WORTH_THREADS = 4;

    private ParallelForce() {}

    /** Forces one file. */
    public interface Force<T> {
        void force(T file) throws IOException;
    }

    public static <T> void each(Collection<T> files, Force<T> force) throws IOException {
        if (files.size() < WORTH_THREADS) {
            for (T file : files) {
                force.force(file);
            }
            return;
        }
        ExecutorService threads = Executors.newFixedThreadPool(Math.min(THREADS_MAX, files.size()), task -> {
            Thread thread = new Thread(task, "cairn-force");
            thread.setDaemon(true);
            return thread;
        });
        try {
            List<Future<?>> pending = new ArrayList<>();
            for (T file : files) {
                pending.add(threads.submit(() -> {
                    force.force(file);
                    return file;
                }));
            }
            for (Future<?> one : pending) {
                one.get();
            }
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof IOException failure) {
                throw failure;
            }
            throw new IllegalStateException(failed.getCause());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while forcing files to disk");
        } finally {
            threads.shutdownNow();
        }
    }
}
