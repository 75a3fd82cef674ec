package io.cairn.transfer.content.manifest;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** Writes bencoded bytes (BEP 3) front to back. The caller writes keys in sorted order. */
final class BencodeWriter {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    /** The bytes written so far. */
    byte[] bytes() {
        return out.toByteArray();
    }

    BencodeWriter dictionary(Consumer<BencodeWriter> entries) {
        return enclosed('d', entries);
    }

    BencodeWriter list(Consumer<BencodeWriter> items) {
        return enclosed('l', items);
    }

    BencodeWriter text(String text) {
        return string(text.getBytes(StandardCharsets.UTF_8));
    }

    BencodeWriter string(byte[] bytes) {
        ascii(bytes.length + ":");
        out.writeBytes(bytes);
        return this;
    }

    BencodeWriter whole(long value) {
        ascii("i" + value + "e");
        return this;
    }

    private BencodeWriter enclosed(char kind, Consumer<BencodeWriter> content) {
        out.write(kind);
        content.accept(this);
        out.write('e');
        return this;
    }

    private void ascii(String text) {
        out.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
    }
}
