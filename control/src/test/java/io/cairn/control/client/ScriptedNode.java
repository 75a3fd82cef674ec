package io.cairn.control.client;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A socket that answers each request with the bytes of a script, right or wrong; an empty answer leaves the request open, none closes the connection. */
final class ScriptedNode implements AutoCloseable {
    private static final Pattern LENGTH = Pattern.compile("content-length: ?(\\d+)", Pattern.CASE_INSENSITIVE);

    private final ServerSocketChannel server;
    private final Function<String, byte @Nullable []> script;
    private final Set<SocketChannel> open = ConcurrentHashMap.newKeySet();
    private final BlockingQueue<String> requests = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> closed = new LinkedBlockingQueue<>();
    private volatile boolean isClosed;

    /** @param script the answer to a request line without its protocol */
    ScriptedNode(Path socket, Function<String, byte @Nullable []> script) throws IOException {
        this.script = script;
        server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        server.bind(UnixDomainSocketAddress.of(socket));
        start(this::accept);
    }

    static byte[] json(String body) {
        return json(200, body);
    }

    static byte[] json(int status, String body) {
        return ("HTTP/1.1 " + status + " x\r\ncontent-type: application/json\r\ncontent-length: "
                        + body.getBytes(StandardCharsets.UTF_8).length + "\r\n\r\n" + body)
                .getBytes(StandardCharsets.UTF_8);
    }

    /** The beginning of an answer of lines that has no end. */
    static byte[] lines(String... lines) {
        StringBuilder answer = new StringBuilder("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n");
        for (String line : lines) {
            int length = line.getBytes(StandardCharsets.UTF_8).length + 1;
            answer.append(Integer.toHexString(length))
                    .append("\r\n")
                    .append(line)
                    .append("\n\r\n");
        }
        return answer.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** The request lines, in the order they arrived. */
    BlockingQueue<String> requests() {
        return requests;
    }

    /** The last request line of each connection that the client closed. */
    BlockingQueue<String> closed() {
        return closed;
    }

    /** Closes the connections, and listens on. */
    void closeConnections() throws IOException {
        for (SocketChannel channel : List.copyOf(open)) {
            open.remove(channel);
            channel.close();
        }
    }

    @Override
    public void close() throws IOException {
        isClosed = true;
        server.close();
        closeConnections();
    }

    private void accept() throws IOException {
        while (true) {
            SocketChannel channel =
                    server.accept(); // one that waits in the kernel accepts even after close() has returned
            open.add(channel);
            if (isClosed) {
                closeConnections();
            } else {
                start(() -> serve(channel));
            }
        }
    }

    private void serve(SocketChannel channel) throws IOException {
        String last = "";
        for (String line = request(channel); line != null; line = request(channel)) {
            last = line;
            byte @Nullable [] answer = script.apply(line);
            requests.add(line);
            if (answer == null) {
                break;
            }
            channel.write(ByteBuffer.wrap(answer));
        }
        closed.add(last);
        open.remove(channel);
        channel.close();
    }

    /** The request line of the next request, whose body is skipped; null at the end. */
    private static @Nullable String request(SocketChannel channel) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ByteBuffer one = ByteBuffer.allocate(1);
        while (true) {
            one.clear();
            if (channel.read(one) < 0) {
                return null;
            }
            bytes.write(one.get(0));
            String head = bytes.toString(StandardCharsets.ISO_8859_1);
            if (head.endsWith("\r\n\r\n")) {
                Matcher length = LENGTH.matcher(head);
                ByteBuffer body = ByteBuffer.allocate(length.find() ? Integer.parseInt(length.group(1)) : 0);
                while (body.hasRemaining() && channel.read(body) >= 0) {
                    Thread.onSpinWait();
                }
                return head.substring(0, head.indexOf(" HTTP/1.1"));
            }
        }
    }

    private static void start(Steps steps) {
        Thread thread = new Thread(() -> {
            try {
                steps.run();
            } catch (IOException closed) {
                Thread.currentThread().interrupt();
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    @FunctionalInterface
    private interface Steps {
        void run() throws IOException;
    }
}
