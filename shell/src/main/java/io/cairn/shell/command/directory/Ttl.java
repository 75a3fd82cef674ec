package io.cairn.shell.command.directory;

import io.cairn.app.CairnException;
import io.cairn.app.CairnException.Kind;
import io.cairn.app.Services;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How long an announcement lives without renewal, as the command line has it: seconds, or a number with a unit. */
final class Ttl {
    private static final Pattern TEXT = Pattern.compile("([1-9][0-9]{0,6})([smhd]?)");
    private static final String UNITS = "smhd";
    private static final int[] UNIT_SECONDS = {1, 60, 3_600, 86_400};
    private static final String[] UNIT_WORDS = {" s", " min", " h", " d"};

    private Ttl() {}

    /** @throws CairnException of kind USAGE if it is no time, or too short or too long */
    static int seconds(String text) throws CairnException {
        Matcher parts = TEXT.matcher(text);
        long seconds =
                parts.matches() ? Long.parseLong(parts.group(1)) * UNIT_SECONDS[UNITS.indexOf(parts.group(2))] : -1;
        if (seconds < Services.TTL_SECONDS_MIN || seconds > Services.TTL_SECONDS_MAX) {
            throw new CairnException(
                    Kind.USAGE,
                    "not a time to live: " + text,
                    "it is " + Services.TTL_SECONDS_MIN + " s to " + text(Services.TTL_SECONDS_MAX)
                            + ", in seconds or as in 10m, 2h, 1d",
                    "omit --ttl for " + text(Services.TTL_SECONDS));
        }
        return (int) seconds;
    }

    /** In the largest unit that leaves no remainder. */
    static String text(int seconds) {
        int unit = UNIT_SECONDS.length - 1;
        while (seconds % UNIT_SECONDS[unit] != 0) {
            unit--;
        }
        return seconds / UNIT_SECONDS[unit] + UNIT_WORDS[unit];
    }
}
