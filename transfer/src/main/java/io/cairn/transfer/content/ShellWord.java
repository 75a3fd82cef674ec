package io.cairn.transfer.content;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** Quotes text so that you can paste it into a shell as one word. */
public final class ShellWord {
    private static final Pattern PLAIN = Pattern.compile("[\\p{L}\\p{N}_@%+:,./-][\\p{L}\\p{N}_@%+=:,./-]*");

    private ShellWord() {}

    /** The text itself if it has no special meaning to any shell, or else the text in quotes. */
    public static String of(String text) {
        if (PLAIN.matcher(text).matches()) {
            return text;
        }
        return text.codePoints().anyMatch(ShellWord::isInvisible)
                ? withEscapes(text)
                : "'" + text.replace("'", "'\\''") + "'";
    }

    /** A relative path as one word that no command takes for an option. */
    public static String ofPath(String path) {
        return of(path.startsWith("-") ? "./" + path : path);
    }

    /** Quotes as bash, zsh and POSIX 2024 do with {@code $''}, invisible characters written as their bytes. */
    private static String withEscapes(String text) {
        StringBuilder word = new StringBuilder("$'");
        text.codePoints().forEach(point -> {
            if (point == '\\' || point == '\'') {
                word.append('\\').appendCodePoint(point);
            } else if (point == '\n') {
                word.append("\\n");
            } else if (isInvisible(point)) {
                for (byte one : Character.toString(point).getBytes(StandardCharsets.UTF_8)) {
                    word.append(String.format("\\%03o", one & 0xff));
                }
            } else {
                word.appendCodePoint(point);
            }
        });
        return word.append('\'').toString();
    }

    private static boolean isInvisible(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> true;
            default -> false;
        };
    }
}
