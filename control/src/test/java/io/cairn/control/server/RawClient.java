package io.cairn.control.server;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** A client that shares no code with the server: it writes what a test gives it, and reads HTTP with a few lines of its own. */
final class RawClient implements AutoCloseable {
    private final SocketChannel channel;
    private final InputStream in;

    private RawClient(SocketAddress address) throws IOException {
        channel = SocketChannel.open(address);
        in = new BufferedInputStream(Channels.newInputStream(channel));
    }

    static RawClient of(Path socket) throws IOException {
        return new RawClient(UnixDomainSocketAddress.of(socket));
    }

    static RawClient of(SocketAddress address) throws IOException {
        return new RawClient(address);
    }

    record Answer(int code, Map<String, String> headers, byte[] body) {
        String text() {
            return new String(body, StandardCharsets.UTF_8);
        }
    }

    RawClient send(String text) throws IOException {
        return send(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    RawClient send(byte[] bytes) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
        return this;
    }

    RawClient get(String target, String... headers) throws IOException {
        return request("GET", target, "", headers);
    }

    RawClient post(String target, String json) throws IOException {
        return request("POST", target, json, "Content-Type: application/json");
    }

    RawClient request(String method, String target, String body, String... headers) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        StringBuilder head = new StringBuilder(method + " " + target + " HTTP/1.1\r\n");
        for (String header : headers) {
            head.append(header).append("\r\n");
        }
        if (!String.join("", headers).contains("Host:")) {
            head.append("Host: localhost\r\n");
        }
        if (bytes.length > 0) {
            head.append("Content-Length: ").append(bytes.length).append("\r\n");
        }
        send(head + "\r\n");
        return send(bytes);
    }

    /** A whole answer; waits for the end of a stream. */
    Answer answer() throws IOException {
        Answer head = head();
        if (head.headers().containsKey("transfer-encoding")) {
            return new Answer(head.code(), head.headers(), stream().getBytes(StandardCharsets.UTF_8));
        }
        String length = head.headers().getOrDefault("content-length", "0");
        return new Answer(head.code(), head.headers(), in.readNBytes(Integer.parseInt(length)));
    }

    /** The head of an answer alone. */
    Answer head() throws IOException {
        String first = textLine();
        Map<String, String> headers = new HashMap<>();
        for (String line = textLine(); !line.isEmpty(); line = textLine()) {
            String[] parts = line.split(": ", 2);
            headers.put(parts[0].toLowerCase(Locale.ROOT), parts[1]);
        }
        return new Answer(Integer.parseInt(first.split(" ", 3)[1]), headers, new byte[0]);
    }

    /** All of a chunked body. */
    String stream() throws IOException {
        StringBuilder all = new StringBuilder();
        for (String chunk = chunk(); !chunk.isEmpty(); chunk = chunk()) {
            all.append(chunk);
        }
        return all.toString();
    }

    /** The next chunk; empty at the end. */
    String chunk() throws IOException {
        int length = Integer.parseInt(textLine(), 16);
        String chunk = new String(in.readNBytes(length), StandardCharsets.UTF_8);
        textLine();
        return chunk;
    }

    /** Whether the server has closed the connection; waits for it, or for a byte. */
    boolean isClosed() {
        try {
            return in.read() < 0;
        } catch (IOException reset) {
            return true;
        }
    }

    private String textLine() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new EOFException("the server closed the connection");
            }
            line.write(next);
        }
        return line.toString(StandardCharsets.ISO_8859_1).strip();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
