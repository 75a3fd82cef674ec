package io.cairn.transfer.content;

import io.cairn.transfer.content.manifest.SharePath;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A pattern for paths within a share, with the syntax of rsync and git: {@code *} and {@code ?} stay within a component, {@code **}
 * does not, {@code [a-z]}, {@code [!a-z]} and {@code [[:digit:]]} match one character, {@code {a,b}} matches one of several texts,
 * and a backslash escapes the next character. A pattern without a slash matches names at any depth; one with a slash matches
 * paths from the top of the share. A pattern that matches a folder matches everything in it. Case-sensitive. A text equal to an
 * existing name means that name, not a pattern; a caller that knows the names checks {@link #isLiteral} first.
 */
public final class PathGlob {
    private final String text;
    private final String literal;
    private final boolean anyDepth;
    private final @Nullable Pattern pattern;
    private final String problem;

    private PathGlob(String text, String literal, boolean anyDepth, @Nullable Pattern pattern, String problem) {
        this.text = text;
        this.literal = literal;
        this.anyDepth = anyDepth;
        this.pattern = pattern;
        this.problem = problem;
    }

    /**
     * Reads a pattern.
     *
     * @throws IllegalArgumentException with the problem if it is invalid
     */
    public static PathGlob parse(String text) {
        PathGlob glob = nameOrPattern(text);
        if (glob.pattern == null) {
            throw new IllegalArgumentException(glob.problem);
        }
        return glob;
    }

    /**
     * Reads a name or a pattern; a name need not be a valid pattern.
     *
     * @throws IllegalArgumentException if it is empty
     */
    public static PathGlob nameOrPattern(String text) {
        String path = text.replaceFirst("^(\\./|/)+", "");
        String inner = path.replaceFirst("/+$", "");
        if (inner.isEmpty()) {
            throw new IllegalArgumentException("a pattern is empty");
        }
        if (inner.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("a zero byte, which no name has");
        }
        boolean anyDepth = !inner.contains("/") && path.length() == text.length();
        try {
            return new PathGlob(text, inner, anyDepth, pattern(inner, anyDepth, true), "");
        } catch (IllegalArgumentException noPattern) {
            return new PathGlob(text, inner, anyDepth, null, String.valueOf(noPattern.getMessage()));
        }
    }

    /** Reads a line of an ignore file, where braces are ordinary characters. */
    static PathGlob ofIgnoreFile(String text) {
        String path = text.replaceFirst("^/+", "");
        String inner = path.replaceFirst("/+$", "");
        if (inner.isEmpty()) {
            throw new IllegalArgumentException("a pattern is empty");
        }
        boolean anyDepth = !inner.contains("/") && path.length() == text.length();
        return new PathGlob(text, inner, anyDepth, pattern(inner, anyDepth, false), "");
    }

    private static Pattern pattern(String inner, boolean anyDepth, boolean braces) {
        return Pattern.compile((anyDepth ? "(?:.*/)?" : "") + new Translation(inner, braces).regex(), Pattern.DOTALL);
    }

    /** Whether the text equals the path, its last name, or the path or name of a folder above it. */
    public boolean isLiteral(SharePath path) {
        for (int length = 1; length <= path.components().size(); length++) {
            if (isLiteral(path.components().subList(0, length))) {
                return true;
            }
        }
        return false;
    }

    /** Whether the text equals this path or its last name. */
    boolean isLiteral(List<String> path) {
        return anyDepth
                ? path.get(path.size() - 1).equals(literal)
                : String.join("/", path).equals(literal);
    }

    /** Whether the pattern matches the path or a folder above it. */
    public boolean matches(SharePath path) {
        for (int length = 1; length <= path.components().size(); length++) {
            if (matchesWhole(path.components().subList(0, length))) {
                return true;
            }
        }
        return false;
    }

    /** Whether the pattern matches this path itself. */
    boolean matchesWhole(List<String> path) {
        return pattern != null && pattern.matcher(String.join("/", path)).matches();
    }

    /** The text as a name, without leading and trailing slashes. */
    String literal() {
        return literal;
    }

    /** Whether it matches names at any depth. */
    boolean anyDepth() {
        return anyDepth;
    }

    /** The problem with the pattern; empty if it is valid. */
    String problem() {
        return problem;
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

    /** Translates a glob to a regular expression, character by character. */
    private static final class Translation {
        private static final Map<String, String> POSIX_CLASSES = Map.ofEntries(
                Map.entry("alnum", "Alnum"),
                Map.entry("alpha", "Alpha"),
                Map.entry("blank", "Blank"),
                Map.entry("cntrl", "Cntrl"),
                Map.entry("digit", "Digit"),
                Map.entry("graph", "Graph"),
                Map.entry("lower", "Lower"),
                Map.entry("print", "Print"),
                Map.entry("punct", "Punct"),
                Map.entry("space", "Space"),
                Map.entry("upper", "Upper"),
                Map.entry("xdigit", "XDigit"));

        private final String glob;
        private final boolean braces;
        private final StringBuilder regex = new StringBuilder();
        private int at;
        private boolean inBraces;

        Translation(String glob, boolean braces) {
            this.glob = glob;
            this.braces = braces;
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
                    if (!braces) {
                        literal(c);
                        return;
                    }
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
                regex.append("(?:.*/)?"); // any number of folders, including none
            } else {
                regex.append(".*");
            }
        }

        private void characters() {
            boolean negated = at < glob.length() && isNegation(glob.charAt(at));
            at += negated ? 1 : 0;
            regex.append("(?!/)[").append(negated ? "^" : "");
            int first = at;
            while (at == first || peek() != ']') {
                if (glob.startsWith("[:", at) && glob.indexOf(":]", at + 2) > 0) {
                    namedClass();
                } else {
                    characterOrRange();
                }
            }
            at++;
            regex.append(']');
        }

        private void characterOrRange() {
            char from = inBrackets();
            regex.append(quoted(from));
            if (peek() == '-' && at + 1 < glob.length() && glob.charAt(at + 1) != ']') {
                at++;
                char to = inBrackets();
                if (from > to) {
                    throw new IllegalArgumentException("a range in [ ] runs backwards");
                }
                regex.append('-').append(quoted(to));
            }
        }

        /** A POSIX class, as in {@code [[:digit:]]}. */
        private void namedClass() {
            int end = glob.indexOf(":]", at + 2);
            String name = glob.substring(at + 2, end);
            String posix = POSIX_CLASSES.get(name);
            if (posix == null) {
                throw new IllegalArgumentException("there is no class [:" + name + ":]");
            }
            regex.append("\\p{").append(posix).append('}');
            at = end + 2;
        }

        private char inBrackets() {
            char c = peek();
            at++;
            if (c == '\\') {
                c = peek();
                at++;
            }
            return c;
        }

        private char peek() {
            if (at == glob.length()) {
                throw new IllegalArgumentException("a [ is not closed");
            }
            return glob.charAt(at);
        }

        private static String quoted(char c) {
            return Character.isLetterOrDigit(c) || c > 127 ? String.valueOf(c) : "\\" + c;
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
            regex.append(c == '/' ? "/" : quoted(c));
        }
    }
}
