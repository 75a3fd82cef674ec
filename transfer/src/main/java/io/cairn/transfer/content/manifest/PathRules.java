package io.cairn.transfer.content.manifest;

import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The names and paths a share may have, checked when sharing and when fetching. Rejects names that are dangerous or differ in
 * meaning between systems: separators, {@code .} and {@code ..}, Windows device names, and names that collide in one folder
 * where case is ignored. Spaces, quotes, line breaks and all letters are allowed; a system that cannot hold such a name
 * reports it when the file is created.
 */
public final class PathRules {
    /** Longest name in UTF-8 bytes: the limit of ext4, XFS, APFS and others. */
    static final int NAME_BYTES_MAX = 255;

    private static final Pattern DEVICE =
            Pattern.compile("con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\\$|conout\\$", Pattern.CASE_INSENSITIVE);
    private static final Pattern DOTS_AND_SPACES = Pattern.compile("[. ]+");

    private PathRules() {}

    /** The problem with the name of a file or folder, or null. */
    public static @Nullable String problemWithName(String name) {
        if (name.isEmpty()) {
            return "an empty name";
        }
        if (DOTS_AND_SPACES.matcher(name).matches()) {
            return "a name of only dots and spaces: '" + name + "'";
        }
        for (char separator : new char[] {'/', '\\', '\0'}) {
            if (name.indexOf(separator) >= 0) {
                return "a name with a " + (separator == 0 ? "zero byte" : separator) + ": '" + name.replace('\0', '?')
                        + "'";
            }
        }
        if (DEVICE.matcher(name).matches()) {
            return "a name that Windows reserves for a device: '" + name + "'";
        }
        int bytes = utf8Length(name);
        if (bytes < 0) {
            return "a name that is not valid Unicode: '" + name + "'";
        }
        return bytes > NAME_BYTES_MAX ? "a name of " + bytes + " bytes, at most 255 are allowed: '" + name + "'" : null;
    }

    /** The problem with a path, or null. */
    public static @Nullable String problemWithPath(List<String> components) {
        ManifestLimits limits = ManifestLimits.DEFAULT;
        if (components.isEmpty()) {
            return "an empty path";
        }
        if (components.size() > limits.componentsMax()) {
            return "a path nested deeper than " + limits.componentsMax() + ": '" + String.join("/", components) + "'";
        }
        int bytes = components.size() - 1;
        for (String component : components) {
            String problem = problemWithName(component);
            if (problem != null) {
                return problem;
            }
            bytes += utf8Length(component);
        }
        return bytes > limits.pathBytesMax()
                ? "a path of " + bytes + " bytes, at most " + limits.pathBytesMax() + " are allowed: '"
                        + String.join("/", components) + "'"
                : null;
    }

    /**
     * A form shared by all names that are the same to a system that ignores case, composition (Unicode NFC), or trailing dots and
     * spaces. Upper-casing first folds letters that have two lower-case forms.
     */
    static String folded(String name) {
        int end = name.length();
        while (end > 0 && (name.charAt(end - 1) == '.' || name.charAt(end - 1) == ' ')) {
            end--;
        }
        String letters = name.substring(0, end).toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
        return Normalizer.normalize(letters, Normalizer.Form.NFC);
    }

    static int utf8Length(String text) {
        try {
            return StandardCharsets.UTF_8
                    .newEncoder()
                    .encode(CharBuffer.wrap(text))
                    .remaining();
        } catch (CharacterCodingException unpairedSurrogate) {
            return -1;
        }
    }
}
