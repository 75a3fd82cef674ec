package io.cairn.transfer.content;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Writes values in the one encoding they have (BEP 3). */
final class BencodeWriter {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    private BencodeWriter() {}

    static byte[] write(Bencode value) {
        BencodeWriter writer = new BencodeWriter();
        writer.append(value);
        return writer.out.toByteArray();
    }

    private void append(Bencode value) {
        if (value instanceof Bencode.ByteString string) {
            appendBytes(string.bytes());
        } else if (value instanceof Bencode.Whole whole) {
            appendAscii("i" + whole.value() + "e");
        } else if (value instanceof Bencode.Items items) {
            out.write('l');
            items.values().forEach(this::append);
            out.write('e');
        } else if (value instanceof Bencode.Dictionary dictionary) {
            out.write('d');
            dictionary.entries().forEach((key, entry) -> {
                appendBytes(key.getBytes(StandardCharsets.ISO_8859_1));
                append(entry);
            });
            out.write('e');
        }
    }

    private void appendBytes(byte[] bytes) {
        appendAscii(bytes.length + ":");
        out.writeBytes(bytes);
    }

    private void appendAscii(String text) {
        out.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
    }
}
