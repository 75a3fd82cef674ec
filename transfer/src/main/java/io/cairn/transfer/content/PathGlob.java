package io.cairn.transfer.content;

import java.util.Objects;
import java.util.regex.Pattern;

/**
 * A pattern for paths within a share, as rsync and git take them: {@code *} and {@code ?} stay within a component, {@code **} does not,
 * {@code [a-z]} and {@code [!a-z]} are one character, {@code {a,b}} one of several, a backslash takes the next character as it is. A
 * pattern without a slash is compared with names at any depth, one with a slash with the path from the top of the share. A
 * pattern that names a folder names all in it. Case counts.
 */
public final class PathGlob {
    private final String text;
    private final Pattern pattern;

    private PathGlob(String text, Pattern pattern) {
        this.text = text;
        this.pattern = pattern;
    }

    /** @throws IllegalArgumentException saying what is wrong with it */
    public static PathGlob parse(String text) {
        String path = text.replaceFirst("^(\\./|/)+", "");
        String inner = path.replaceFirst("/+$", "");
        if (inner.isEmpty()) {
            throw new IllegalArgumentException("a pattern is empty");
        }
        boolean anyDepth = !inner.contains("/") && path.length() == text.length();
        return new PathGlob(text, Pattern.compile((anyDepth ? "(?:.*/)?" : "") + new Translation(inner).regex()));
    }

    /** Whether it names the path, or a folder that the path is in. */
    public boolean matches(SharePath path) {
        StringBuilder above = new StringBuilder();
        for (String component : path.components()) {
            above.append(above.isEmpty() ? "" : "/").append(component);
            if (pattern.matcher(above).matches()) {
                return true;
            }
        }
        return false;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PathGlob that && text.equals(that.text);
    }

    @Override
    public int hashCode() {
        return Objects.hash(text);
    }

    /** As it was written. */
    @Override
    public String toString() {
        return text;
    }

    /** From a glob to a regular expression, one character after the other. */
    private static final class Translation {
        private final String glob;
        private final StringBuilder regex = new StringBuilder();
        private int at;
        private boolean inBraces;

        Translation(String glob) {
            this.glob = glob;
        }

        String regex() {
            while (at < glob.length()) {
                next();
            }
            if (inBraces) {
                throw new IllegalArgumentException("a { is not closed");
            }
            return regex.toString();
        }

        private void next() {
            char c = glob.charAt(at++);
            switch (c) {
                case '*' -> stars();
                case '?' -> regex.append("[^/]");
                case '[' -> characters();
                case '\\' -> escaped();
                case '{' -> {
                    if (inBraces) {
                        throw new IllegalArgumentException("a { within another");
                    }
                    inBraces = true;
                    regex.append("(?:");
                }
                case '}' -> {
                    regex.append(inBraces ? ")" : "\\}");
                    inBraces = false;
                }
                case ',' -> regex.append(inBraces ? "|" : ",");
                default -> literal(c);
            }
        }

        private void stars() {
            if (at == glob.length() || glob.charAt(at) != '*') {
                regex.append("[^/]*");
                return;
            }
            at++;
            boolean ownComponent = at == 2 || glob.charAt(at - 3) == '/';
            if (ownComponent && at < glob.length() && glob.charAt(at) == '/') {
                at++;
                regex.append("(?:.*/)?"); // no folder is as good as any number of them
            } else {
                regex.append(".*");
            }
        }

        private void characters() {
            int end = glob.indexOf(']', at + (at < glob.length() && isNegation(glob.charAt(at)) ? 2 : 1));
            if (end < 0) {
                throw new IllegalArgumentException("a [ is not closed");
            }
            boolean negated = isNegation(glob.charAt(at));
            String inside = glob.substring(at + (negated ? 1 : 0), end);
            regex.append("(?!/)[").append(negated ? "^" : "");
            for (int i = 0; i < inside.length(); i++) {
                boolean range = inside.charAt(i) == '-' && i > 0 && i + 1 < inside.length();
                if (range && inside.charAt(i - 1) > inside.charAt(i + 1)) {
                    throw new IllegalArgumentException("a range in [ ] runs backwards");
                }
                regex.append(range || Character.isLetterOrDigit(inside.charAt(i)) ? "" : "\\")
                        .append(inside.charAt(i));
            }
            regex.append(']');
            at = end + 1;
        }

        private static boolean isNegation(char c) {
            return c == '!' || c == '^';
        }

        private void escaped() {
            if (at == glob.length()) {
                throw new IllegalArgumentException("a backslash at the end");
            }
            literal(glob.charAt(at++));
        }

        private void literal(char c) {
            boolean plain = Character.isLetterOrDigit(c) || c == '/' || c > 127;
            regex.append(plain ? "" : "\\").append(c);
        }
    }
}
