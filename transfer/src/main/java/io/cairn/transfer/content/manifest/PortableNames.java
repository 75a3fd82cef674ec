package io.cairn.transfer.content.manifest;

import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Identifies names that are valid in a share but that Linux, macOS or Windows cannot hold. */
public final class PortableNames {
    private static final Pattern WINDOWS_CHARACTERS = Pattern.compile("[\u0001-\u001f<>:\"|?*]");
    private static final Pattern DEVICE_WITH_ENDING = Pattern.compile(
            "(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\\$|conout\\$) *\\..*",
            Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    /** Longest path in most Windows programs, in characters, without the drive letter. */
    private static final int WINDOWS_PATH_MAX = 256;

    private PortableNames() {}

    /** Whether every system can hold a name, apart from the length of its path. */
    public static boolean isPortable(String name) {
        char last = name.charAt(name.length() - 1);
        return last != '.'
                && last != ' '
                && !isDevice(name)
                && !WINDOWS_CHARACTERS.matcher(name).find();
    }

    /** Whether Windows takes a name for a device despite its extension. */
    public static boolean isDevice(String name) {
        return DEVICE_WITH_ENDING.matcher(name).matches();
    }

    /** Whether some system refuses a character in names. */
    public static boolean isRefusedSomewhere(char c) {
        return c < ' ' || "<>:\"|?*".indexOf(c) >= 0;
    }

    /** Why some system cannot hold the last name of a path, or null. */
    public static @Nullable String problem(List<String> components) {
        String name = components.get(components.size() - 1);
        if (WINDOWS_CHARACTERS.matcher(name).find()) {
            return "Windows cannot hold a name with one of < > : \" | ? * or a control character";
        }
        if (isDevice(name)) {
            return "Windows takes the name for a device";
        }
        if (name.endsWith(".") || name.endsWith(" ")) {
            return "Windows drops dots and spaces at the end of a name";
        }
        int length = components.stream().mapToInt(String::length).sum() + components.size() - 1;
        return length > WINDOWS_PATH_MAX
                ? "most programs on Windows cannot open a path of " + length + " characters"
                : null;
    }
}
