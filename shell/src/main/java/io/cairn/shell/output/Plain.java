package io.cairn.shell.output;

import io.cairn.app.json.UnsafeCharacters;

/**
 * Makes one harmless line of a text that strangers chose: a name cannot break a line or control the terminal. A joiner stays between the
 * emoji that it joins.
 */
public final class Plain {
    private Plain() {}

    /** Line ends, controls, formatting marks that reorder text, and broken surrogates become {@code \n}, {@code \t}, {@code \}{@code u{202e}}. */
    public static String line(String text) {
        if (text.codePoints().noneMatch(UnsafeCharacters::isUnsafe)) {
            return text;
        }
        StringBuilder safe = new StringBuilder(text.length() + 16);
        for (int at = 0, point; at < text.length(); at += Character.charCount(point)) {
            point = text.codePointAt(at);
            if (!UnsafeCharacters.isUnsafe(point) || point == Emoji.JOINER && Emoji.joins(text, at)) {
                safe.appendCodePoint(point);
            } else if (point == '\n') {
                safe.append("\\n");
            } else if (point == '\r') {
                safe.append("\\r");
            } else if (point == '\t') {
                safe.append("\\t");
            } else {
                safe.append("\\u{").append(Integer.toHexString(point)).append('}');
            }
        }
        return safe.toString();
    }
}
