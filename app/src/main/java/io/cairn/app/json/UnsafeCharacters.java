package io.cairn.app.json;

/** Characters that neither text nor JSON output prints unescaped. A separate class, so that plain text does not load Jackson. */
public final class UnsafeCharacters {
    private UnsafeCharacters() {}

    /** Whether a terminal may obey the character instead of showing it. */
    public static boolean isUnsafe(int point) {
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
