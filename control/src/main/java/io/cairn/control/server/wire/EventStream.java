package io.cairn.control.server.wire;

import io.cairn.app.json.JsonObject;
import io.cairn.control.server.answer.LineSink;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.LastHttpContent;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Lines on their way to one client. What the connection does not take waits in a bounded queue; when that is full, lines are lost, and
 * the client is told how many, at the place where they are missing. The last line has a place of its own.
 */
final class EventStream implements LineSink {
    /** The least that a line costs of the bytes that may wait: it is an object of its own. */
    private static final int LINE_BYTES_MIN = 256;

    /** Written as one chunk. In bytes. */
    private static final int CHUNK_BYTES = 16 << 10;

    private final Channel channel;
    private final int bytesMax;
    private final Ending ending;
    private final Queue<byte[]> waiting = new ArrayDeque<>();
    private int waitingBytes;
    private long lost;
    private byte @Nullable [] last;
    private boolean ended;
    private boolean draining;

    /**
     * @param bytesMax most bytes that wait
     * @param ending hears on the channel's loop how the last line was written
     */
    EventStream(Channel channel, int bytesMax, Ending ending) {
        this.channel = channel;
        this.bytesMax = bytesMax;
        this.ending = ending;
    }

    @FunctionalInterface
    interface Ending {
        void written(ChannelFuture last);
    }

    @Override
    public void line(JsonObject line) {
        byte[] bytes = line.line();
        synchronized (this) {
            if (ended || last != null) {
                return;
            } else if (waiting.size() >= bytesMax / LINE_BYTES_MIN || waitingBytes + bytes.length > bytesMax) {
                lost++;
                return;
            }
            tellLost();
            add(bytes);
        }
        drainSoon();
    }

    @Override
    public void last(JsonObject line) {
        byte[] bytes = line.line();
        synchronized (this) {
            if (ended || last != null) {
                return;
            }
            last = bytes;
        }
        drainSoon();
    }

    /** The client is gone. */
    synchronized void end() {
        ended = true;
        waiting.clear();
        waitingBytes = 0;
    }

    /** The connection takes more, or nothing for now. */
    void writable() {
        drainSoon();
    }

    /**
     * Writes what the connection takes. On the channel's loop, and never within a write or flush: a chunk that is written while the encoder
     * is within another would land in the middle of it.
     */
    private void drain() {
        synchronized (this) {
            draining = false;
        }
        while (channel.isActive() && channel.isWritable()) {
            byte[] end = null;
            ByteBuf chunk = null;
            synchronized (this) {
                if (ended) {
                    return;
                }
                if (waiting.isEmpty()) {
                    tellLost();
                }
                if (!waiting.isEmpty()) {
                    chunk = chunk();
                } else if (last != null) {
                    end = last;
                    ended = true;
                }
            }
            if (chunk != null) {
                ChannelFuture unused = channel.write(new DefaultHttpContent(chunk));
            } else if (end != null) {
                ChannelFuture unused = channel.write(new DefaultHttpContent(
                        channel.alloc().buffer(end.length).writeBytes(end)));
                ending.written(channel.writeAndFlush(LastHttpContent.EMPTY_LAST_CONTENT));
                return;
            } else {
                break;
            }
        }
        channel.flush();
    }

    private void drainSoon() {
        synchronized (this) {
            if (draining) {
                return;
            }
            draining = true;
        }
        try {
            channel.eventLoop().execute(this::drain);
        } catch (RejectedExecutionException closed) {
            end();
        }
    }

    private ByteBuf chunk() {
        ByteBuf chunk = channel.alloc().buffer(CHUNK_BYTES);
        for (byte[] next = waiting.poll(); next != null; next = waiting.poll()) {
            waitingBytes -= next.length;
            chunk.writeBytes(next);
            if (chunk.readableBytes() >= CHUNK_BYTES) {
                break;
            }
        }
        return chunk;
    }

    private void tellLost() {
        if (lost > 0) {
            long count = lost;
            lost = 0;
            add(new JsonObject("lost", fields -> fields.number("count", count)).line());
        }
    }

    private void add(byte[] line) {
        waiting.add(line);
        waitingBytes += line.length;
    }
}
