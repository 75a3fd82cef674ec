package io.cairn.app;

import java.util.Locale;

/**
 * One finding about a node and its surroundings.
 *
 * @param name of what was checked, the same in every run: {@code udp}, {@code interface eth0}
 * @param detail what was found, as a clause
 * @param next what to do about it; empty if it is well
 */
public record Check(String name, Level level, String detail, String next) {
    /** How good it is. Text and JSON output have the name in lower case. */
    public enum Level {
        OK,
        /** Something does not work, or could not be found out, and others do without it. */
        WARNING,
        /** Something that this node needs does not work. */
        BAD;

        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public Check {
        if ((level == Level.OK) != next.isEmpty()) {
            throw new IllegalArgumentException("what is well needs no next step, anything else does: " + name);
        }
    }

    /** A check that found nothing wrong. */
    public static Check ok(String name, String detail) {
        return new Check(name, Level.OK, detail, "");
    }

    public static Check warning(String name, String detail, String next) {
        return new Check(name, Level.WARNING, detail, next);
    }

    public static Check bad(String name, String detail, String next) {
        return new Check(name, Level.BAD, detail, next);
    }
}
