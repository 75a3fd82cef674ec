package io.cairn.control.client;

import io.cairn.app.CairnException;
import io.cairn.app.json.ErrorJson;
import io.cairn.app.json.JsonTree;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpResponse;
import java.io.ByteArrayOutputStream;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Splits an answer into lines of JSON and hands them to the events thread. Stops to read while too many wait there, so that a slow
 * listener costs bounded memory here; what the node then does with further events is its own matter.
 */
final class LinesExchange implements Exchange {
    /** Longest line: a report on a share names at most 2,000 entries, and a path has at most 4,096 bytes. */
    static final int LINE_BYTES_MAX = 16 << 20;

    private static final Logger LOG = LoggerFactory.getLogger(LinesExchange.class);

    private static final int WAITING_MAX = 256;
    private static final int WAITING_LOW = 64;

    private final ClientLoop loop;
    private final Lines lines;
    private final AtomicInteger waiting = new AtomicInteger();
    private ByteArrayOutputStream line = new ByteArrayOutputStream();
    private boolean failure;
    private final CompletableFuture<Void> begun = new CompletableFuture<>();
    private volatile boolean closed;
    private volatile @Nullable HttpConnection connection;

    LinesExchange(ClientLoop loop, Lines lines) {
        this.loop = loop;
        this.lines = lines;
    }

    /** Who hears the lines; called on the events thread. */
    interface Lines {
        /** @throws IllegalArgumentException if the line is not one that is expected */
        void line(JsonTree line);

        /** After the last line. */
        void end();

        void fail(CairnException failure);
    }

    /** Completes when the node has begun to answer, or has failed. */
    CompletableFuture<Void> begun() {
        return begun;
    }

    /** Closes the connection. Hears no more. Any thread. */
    void close() {
        closed = true;
        HttpConnection used = connection;
        if (used != null) {
            used.abandon();
        }
    }

    @Override
    public void sent(HttpConnection on) {
        connection = on;
        if (closed) {
            on.abandon();
        }
    }

    @Override
    public void head(HttpResponse response) {
        failure = Answer.isFailure(response.status().code());
        begun.complete(null);
    }

    @Override
    public void content(ByteBuf bytes) throws CairnException {
        while (bytes.isReadable()) {
            int length = bytes.bytesBefore((byte) '\n');
            byte[] part = new byte[length < 0 ? bytes.readableBytes() : length];
            if (part.length > LINE_BYTES_MAX - line.size()) {
                throw Failures.tooLong(LINE_BYTES_MAX);
            }
            bytes.readBytes(part);
            line.writeBytes(part);
            if (length >= 0) {
                bytes.skipBytes(1);
                finishLine();
            }
        }
    }

    @Override
    public void end() {
        finishLine();
        tell(lines::end);
    }

    @Override
    public void fail(CairnException broken) {
        begun.complete(null);
        tell(() -> lines.fail(broken));
    }

    private void finishLine() {
        if (line.size() == 0) {
            return;
        }
        byte[] whole = line.toByteArray();
        line = new ByteArrayOutputStream();
        HttpConnection used = connection;
        if (waiting.incrementAndGet() == WAITING_MAX && used != null) {
            used.reads(false);
        }
        tell(() -> {
            heard();
            hear(whole);
        });
    }

    private void heard() {
        HttpConnection used = connection;
        if (waiting.decrementAndGet() == WAITING_LOW && used != null) {
            used.reads(true);
        }
    }

    private void hear(byte[] whole) {
        try {
            JsonTree json = JsonTree.object(whole);
            if (failure || json.type().equals("error")) {
                lines.fail(ErrorJson.read(json));
            } else if (json.type().equals("lost")) {
                LOG.debug("{} events were lost, because they were not read in time", json.number("count"));
            } else {
                lines.line(json);
            }
        } catch (RuntimeException malformed) {
            lines.fail(Failures.unreadable(malformed));
            close();
        }
    }

    private void tell(Runnable task) {
        loop.later(() -> {
            if (!closed) {
                task.run();
            }
        });
    }
}
