package io.cairn.app.trace;

import io.cairn.app.CairnException;
import io.cairn.app.Reason;
import io.cairn.app.work.Reasons;
import io.cairn.dht.env.PatientWork;
import io.cairn.dht.env.Scheduler;
import io.cairn.dht.id.NodeId;
import io.cairn.dht.trace.FinishedSpan;
import io.cairn.dht.trace.Tracer;
import io.cairn.transfer.store.file.OwnerOnly;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The trace file: a line of JSON for each batch of spans, as a collector's file receiver reads it. Spans wait on the loop, a bounded number,
 * and workers write them a quarter of a second later. A full file is renamed to {@code FILE.1}, in place of an earlier one, so the two never
 * hold more than twice the limit. Only the owner may read it: it says what was fetched from whom.
 */
final class TraceFile implements Tracer.Sink, AutoCloseable {
    /** A few fetches end within a quarter of a second, each with some hundred spans. */
    static final int WAITING_MAX = 4_096;

    /** A fetch writes some 10 KiB. */
    static final long BYTES_MAX = 64L * 1024 * 1024;

    private static final Logger LOG = LoggerFactory.getLogger(TraceFile.class);
    private static final int DELAY_MILLIS = 250;

    private final Path path;
    private final long bytesMax;
    private final OtlpJson json;
    private final Scheduler scheduler;
    private FileChannel channel;
    private List<FinishedSpan> waiting = new ArrayList<>();
    private boolean isWriting;
    private boolean isFailing;
    private long lost;

    private TraceFile(Path path, long bytesMax, OtlpJson json, Scheduler scheduler) throws IOException {
        this.path = path;
        this.bytesMax = bytesMax;
        this.json = json;
        this.scheduler = scheduler;
        this.channel = append(path);
    }

    /** @throws CairnException if the file cannot be written */
    static TraceFile open(Path path, NodeId node, Scheduler scheduler) throws CairnException {
        try {
            return open(path, BYTES_MAX, node, scheduler);
        } catch (IOException failure) {
            throw new CairnException(
                    CairnException.Kind.USAGE,
                    "cannot write traces to " + path,
                    Reasons.of(failure),
                    Reason.CORRECT_THE_SETTING
                            .says("name a file that can be written")
                            .and("option", "trace-file")
                            .and("value", path.toString())
                            .and("variable", "CAIRN_TRACE_FILE"),
                    failure);
        }
    }

    static TraceFile open(Path path, long bytesMax, NodeId node, Scheduler scheduler) throws IOException {
        return new TraceFile(path, bytesMax, new OtlpJson(node), scheduler);
    }

    @Override
    public void ended(FinishedSpan span) {
        if (waiting.size() >= WAITING_MAX) {
            lost++;
            return;
        }
        waiting.add(span);
        if (!isWriting) {
            isWriting = true;
            scheduler.schedule(DELAY_MILLIS, this::write);
        }
    }

    /** Writes what is left. The loop has stopped. */
    @Override
    public void close() {
        try {
            append(waiting);
            channel.close();
        } catch (IOException failure) {
            LOG.warn("{} spans were not written to {}", waiting.size(), path, failure);
        }
        if (lost > 0) {
            LOG.warn("{} spans were not written to {}: more than {} waited at once", lost, path, WAITING_MAX);
        }
    }

    private void write() {
        List<FinishedSpan> batch = waiting;
        waiting = new ArrayList<>();
        PatientWork.offload(scheduler, () -> append(batch), (bytes, failure) -> {
            tell(failure);
            isWriting = !waiting.isEmpty();
            if (isWriting) {
                scheduler.schedule(DELAY_MILLIS, this::write);
            }
        });
    }

    /** A disk stays full for long: that is said once, and once more when it is over. */
    private void tell(@Nullable Throwable failure) {
        if (failure != null && !isFailing) {
            LOG.warn("spans cannot be written to {} and are lost until they can: {}", path, failure.toString());
        } else if (failure == null && isFailing) {
            LOG.info("spans are written to {} again", path);
        }
        isFailing = failure != null;
    }

    /** On a worker, or at the end: one at a time. */
    private synchronized int append(List<FinishedSpan> batch) throws IOException {
        if (batch.isEmpty()) {
            return 0;
        }
        ByteBuffer line = ByteBuffer.wrap(json.line(batch));
        int bytes = line.remaining();
        reopen();
        if (channel.size() > 0 && channel.size() + bytes > bytesMax) {
            channel.close();
            Files.move(path, path.resolveSibling(path.getFileName() + ".1"), StandardCopyOption.REPLACE_EXISTING);
            reopen();
        }
        long end = channel.size();
        try {
            while (line.hasRemaining()) {
                channel.write(line);
            }
        } catch (IOException full) {
            channel.truncate(end); // half a line would spoil the next one
            throw full;
        }
        return bytes;
    }

    /** It is closed after a renaming that failed. */
    private void reopen() throws IOException {
        if (!channel.isOpen()) {
            channel = append(path);
        }
    }

    private static FileChannel append(Path path) throws IOException {
        FileChannel opened = OwnerOnly.open(path);
        return opened.position(opened.size());
    }
}
