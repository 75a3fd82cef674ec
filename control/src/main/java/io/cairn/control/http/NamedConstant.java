package io.cairn.control.http;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** Constants of an enum as text: in lower case. */
final class NamedConstant {
    private NamedConstant() {}

    static String text(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    /** @throws IllegalArgumentException if no constant has this name */
    static <E extends Enum<E>> E read(Class<E> type, String text) {
        for (E constant : type.getEnumConstants()) {
            if (text(constant).equals(text)) {
                return constant;
            }
        }
        throw new IllegalArgumentException("not " + text + " but one of "
                + Arrays.stream(type.getEnumConstants())
                        .map(NamedConstant::text)
                        .collect(Collectors.joining(", ")));
    }
}
