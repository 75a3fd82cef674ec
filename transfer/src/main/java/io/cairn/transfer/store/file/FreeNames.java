package io.cairn.transfer.store.file;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The names to try if one is taken, numbered as browsers do: {@code film.mkv}, {@code film (1).mkv}, {@code film (2).mkv}. */
public final class FreeNames {
    private static final int NUMBER_MAX = 999;
    private static final int NAME_BYTES_MAX = 255;
    private static final Pattern STEM_AND_EXTENSION = Pattern.compile("(.+?)((?:\\.tar)?\\.[^. ]{1,10})");

    private FreeNames() {}

    public static Stream<Path> of(Path target, boolean folder) {
        return Stream.concat(
                Stream.of(target),
                IntStream.rangeClosed(1, NUMBER_MAX)
                        .mapToObj(number -> target.resolveSibling(name(target, folder, number))));
    }

    private static String name(Path target, boolean folder, int number) {
        String whole = target.getFileName().toString();
        Matcher parts = STEM_AND_EXTENSION.matcher(whole);
        boolean split = !folder && parts.matches();
        String stem = split ? parts.group(1) : whole;
        String tail = " (" + number + ")" + (split ? parts.group(2) : "");
        while (bytes(stem) + bytes(tail) > NAME_BYTES_MAX) {
            stem = stem.substring(0, stem.offsetByCodePoints(stem.length(), -1));
        }
        return stem + tail;
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
