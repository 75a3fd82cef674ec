package io.cairn.app.config;

/** The text of a TOML document, in which the value of one top-level key can be replaced. The document must be well-formed. */
final class TomlText {
    private final String text;
    private int at;

    private TomlText(String text) {
        this.text = text;
    }

    /** Replaces the value of a key; a missing key is added below the other top-level ones. */
    static String set(String text, String key, String value) {
        return new TomlText(text).set(key, value);
    }

    private String set(String key, String value) {
        while (skipToStatement()) {
            String found = key();
            at = text.indexOf('=', at) + 1;
            while (at < text.length() && isBlank(text.charAt(at))) {
                at++;
            }
            int from = at;
            skipValue();
            if (found.equals(key)) {
                return text.substring(0, from) + value + text.substring(at);
            }
            skipLine();
        }
        return added(key + " = " + value + "\n");
    }

    /** The text with a line before the first table, or at the end. */
    private String added(String line) {
        String before = text.substring(0, at);
        String newline = before.isEmpty() || before.endsWith("\n") ? "" : "\n";
        return before + newline + line + text.substring(at);
    }

    /** Moves to the next key; false at the first table or the end. */
    private boolean skipToStatement() {
        while (at < text.length()) {
            char next = text.charAt(at);
            if (next == '[') {
                return false;
            }
            if (next == '#') {
                skipLine();
            } else if (isBlank(next) || next == '\n') {
                at++;
            } else {
                return true;
            }
        }
        return false;
    }

    /** Moves behind a bare or quoted key, and returns it without quotes. */
    private String key() {
        int from = at;
        char quote = text.charAt(at);
        if (quote == '"' || quote == '\'') {
            skipString(quote);
            return text.substring(from + 1, at - 1);
        }
        while (at < text.length() && text.charAt(at) != '=' && !isBlank(text.charAt(at))) {
            at++;
        }
        return text.substring(from, at);
    }

    /** Moves behind a value; only an array or a string of several lines goes beyond its line. */
    private void skipValue() {
        int depth = 0;
        int end = at;
        while (at < text.length()) {
            char next = text.charAt(at);
            if (depth == 0 && (next == '\n' || next == '#')) {
                break;
            }
            if (next == '"' || next == '\'') {
                skipString(next);
            } else if (next == '#') {
                skipLine();
            } else {
                depth += next == '[' || next == '{' ? 1 : next == ']' || next == '}' ? -1 : 0;
                at++;
            }
            if (!isBlank(next)) {
                end = at;
            }
        }
        at = end;
    }

    private void skipString(char quote) {
        String three = String.valueOf(quote).repeat(3);
        boolean several = text.startsWith(three, at);
        String end = several ? three : String.valueOf(quote);
        at += end.length();
        while (at < text.length() && !text.startsWith(end, at)) {
            at += quote == '"' && text.charAt(at) == '\\' ? 2 : 1;
        }
        at = Math.min(text.length(), at + end.length());
        while (several && at < text.length() && text.charAt(at) == quote) {
            at++; // a string of several lines may end in one or two of its own quotes
        }
    }

    private void skipLine() {
        int end = text.indexOf('\n', at);
        at = end < 0 ? text.length() : end + 1;
    }

    private static boolean isBlank(char character) {
        return character == ' ' || character == '\t' || character == '\r';
    }
}
