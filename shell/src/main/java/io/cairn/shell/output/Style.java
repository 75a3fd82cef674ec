package io.cairn.shell.output;

import java.util.Map;

/** Colours of the terminal, or none (no-color.org). */
public enum Style {
    PLAIN,
    COLORED;

    /**
     * @param choice {@code auto}, {@code always} or {@code never}
     * @param terminal whether the stream is a terminal
     */
    public static Style of(String choice, boolean terminal, Map<String, String> environment) {
        return switch (choice) {
            case "always" -> COLORED;
            case "never" -> PLAIN;
            default ->
                terminal
                                && environment.getOrDefault("NO_COLOR", "").isEmpty()
                                && !"dumb".equals(environment.get("TERM"))
                        ? COLORED
                        : PLAIN;
        };
    }

    String red(String text) {
        return in("1;31", text);
    }

    String yellow(String text) {
        return in("33", text);
    }

    String bold(String text) {
        return in("1", text);
    }

    String green(String text) {
        return in("32", text);
    }

    private String in(String code, String text) {
        return this == PLAIN ? text : "\u001b[" + code + "m" + text + "\u001b[0m";
    }
}
