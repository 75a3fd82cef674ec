package io.cairn.transfer.store.part;

import io.cairn.dht.id.Key;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The names of a partial file: {@code NAME.part} beside its target, or {@code NAME.part.1} and so on if that name is taken by
 * a foreign file, which is left alone. The hash replaces a name that would be too long.
 */
final class PartNames {
    private static final int NAME_BYTES_MAX = 255;
    private static final int NUMBER_MAX = 99;
    private static final int SUFFIX_BYTES_MAX = ".part.99".length();

    private PartNames() {}

    static Stream<Path> candidates(Path target, Key hash) {
        String name = target.getFileName().toString();
        boolean fits = name.getBytes(StandardCharsets.UTF_8).length + SUFFIX_BYTES_MAX <= NAME_BYTES_MAX;
        String part = (fits ? name : hash.toHex()) + ".part";
        return Stream.concat(
                Stream.of(target.resolveSibling(part)),
                IntStream.rangeClosed(1, NUMBER_MAX).mapToObj(number -> target.resolveSibling(part + "." + number)));
    }
}
