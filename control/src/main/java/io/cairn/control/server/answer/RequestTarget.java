package io.cairn.control.server.answer;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The path and the query of a request, decoded (RFC 3986, section 2.1; in the query, {@code +} is a space).
 *
 * @param segments of the path, so that a name may contain any character
 * @param query the values of each name, in their order; at least one
 */
public record RequestTarget(List<String> segments, Map<String, List<String>> query) {
    public RequestTarget {
        segments = List.copyOf(segments);
        Map<String, List<String>> copy = new LinkedHashMap<>();
        query.forEach((name, values) -> copy.put(name, List.copyOf(values)));
        query = Collections.unmodifiableMap(copy);
    }

    /**
     * @param written as in the request: the path from the root, and perhaps a query
     * @throws IllegalArgumentException if it is not such a path, or not UTF-8
     */
    public static RequestTarget parse(String written) {
        if (!written.startsWith("/")) {
            throw new IllegalArgumentException("the target of a request is a path that starts with /");
        }
        int mark = written.indexOf('?');
        String path = mark < 0 ? written : written.substring(0, mark);
        List<String> segments = new ArrayList<>();
        for (String segment : path.substring(1).split("/", -1)) {
            segments.add(decode(segment, false));
        }
        Map<String, List<String>> query = new LinkedHashMap<>();
        for (String pair :
                mark < 0 ? new String[0] : written.substring(mark + 1).split("&", -1)) {
            int equals = pair.indexOf('=');
            if (!pair.isEmpty()) {
                query.computeIfAbsent(
                                decode(equals < 0 ? pair : pair.substring(0, equals), true), name -> new ArrayList<>())
                        .add(equals < 0 ? "" : decode(pair.substring(equals + 1), true));
            }
        }
        return new RequestTarget(segments, query);
    }

    private static String decode(String text, boolean plusIsSpace) {
        ByteBuffer bytes = ByteBuffer.allocate(text.length());
        for (int at = 0; at < text.length(); at++) {
            char character = text.charAt(at);
            if (character == '%') {
                if (at + 2 >= text.length()) {
                    throw new IllegalArgumentException("the target of the request ends within an escape");
                }
                int high = Character.digit(text.charAt(at + 1), 16);
                int low = Character.digit(text.charAt(at + 2), 16);
                if (high < 0 || low < 0) {
                    throw new IllegalArgumentException(
                            "the target of the request has an escape that is not hexadecimal");
                }
                bytes.put((byte) (high << 4 | low));
                at += 2;
            } else if (character == '+' && plusIsSpace) {
                bytes.put((byte) ' ');
            } else if (character > 0x20 && character < 0x100 && character != 0x7f) {
                bytes.put((byte) character); // Netty reads each byte as one character
            } else {
                throw new IllegalArgumentException("the target of the request has a character that must be escaped");
            }
        }
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(bytes.flip()).toString();
        } catch (CharacterCodingException invalid) {
            throw new IllegalArgumentException("the target of the request is not UTF-8", invalid);
        }
    }
}
