package io.cairn.shell.output;

/**
 * How many columns of a terminal a text takes: 2 for a CJK character or an emoji, 0 for a combining mark, else 1. A letter with its marks,
 * a joined emoji and a flag are never cut apart. JLine measures the same, but a start without its line editor does not open its jar.
 */
public final class Cells {
    private static final String ELLIPSIS = "…";

    /** The East Asian widths W and F, and emoji with a picture by default (Unicode 15.1). */
    private static final CodePoints WIDE = new CodePoints(
            "1100-115f 231a-231b 2329-232a 23e9-23ec 23f0 23f3 25fd-25fe 2614-2615 2630-2637"
                    + " 2648-2653 267f 268a-268f 2693 26a1 26aa-26ab 26bd-26be 26c4-26c5 26ce 26d4 26ea 26f2-26f3 26f5 26fa 26fd 2705"
                    + " 270a-270b 2728 274c 274e 2753-2755 2757 2795-2797 27b0 27bf 2b1b-2b1c 2b50 2b55 2e80-303e 3041-3247 3250-a4cf"
                    + " a960-a97c ac00-d7a3 f900-faff fe10-fe19 fe30-fe6f ff00-ff60 ffe0-ffe6 16fe0-16ff1 17000-18cd5"
                    + " 18cff-18d08 1aff0-1aff3 1aff5-1affb 1affd-1affe 1b000-1b122 1b132 1b150-1b152 1b155 1b164-1b167 1b170-1b2fb"
                    + " 1d300-1d356 1d360-1d376 1f004 1f0cf 1f18e 1f191-1f19a 1f1e6-1f202 1f210-1f23b 1f240-1f248 1f250-1f251 1f260-1f265"
                    + " 1f300-1f320 1f32d-1f335 1f337-1f37c 1f37e-1f393 1f3a0-1f3ca 1f3cf-1f3d3 1f3e0-1f3f0 1f3f4 1f3f8-1f43e 1f440"
                    + " 1f442-1f4fc 1f4ff-1f53d 1f54b-1f54e 1f550-1f567 1f57a 1f595-1f596 1f5a4 1f5fb-1f64f 1f680-1f6c5 1f6cc 1f6d0-1f6d2"
                    + " 1f6d5-1f6d7 1f6dc-1f6df 1f6eb-1f6ec 1f6f4-1f6fc 1f7e0-1f7eb 1f7f0 1f90c-1f93a 1f93c-1f945 1f947-1f9ff"
                    + " 1fa70-1fa7c 1fa80-1fa89 1fa8f-1fac6 1face-1fadc 1fadf-1fae9 1faf0-1faf8 20000-2fffd 30000-3fffd");

    private Cells() {}

    static boolean isWide(int point) {
        return WIDE.contains(point);
    }

    /** The columns of a text. */
    public static int of(String text) {
        int columns = 0;
        for (int at = 0, end; at < text.length(); at = end) {
            end = clusterEnd(text, at);
            columns += clusterColumns(text, at, end);
        }
        return columns;
    }

    /** The text, followed by spaces up to a width. */
    public static String pad(String text, int columns) {
        return text + " ".repeat(Math.max(0, columns - of(text)));
    }

    /** The text after spaces, so that it ends at a width. */
    static String padLeft(String text, int columns) {
        return " ".repeat(Math.max(0, columns - of(text))) + text;
    }

    /** The beginning of a text that fits a width. */
    static String cut(String text, int columns) {
        return text.substring(0, fitting(text, columns));
    }

    /** The text, or its beginning and end around an ellipsis if it is wider: names often differ at both ends. */
    public static String cutMiddle(String text, int columns) {
        if (of(text) <= columns) {
            return text;
        }
        if (columns < 1) {
            return "";
        }
        String head = cut(text, columns / 2);
        int tail = tailStart(text, columns - 1 - of(head));
        return head + ELLIPSIS + text.substring(tail);
    }

    private static int fitting(String text, int columns) {
        int used = 0;
        for (int at = 0, end; at < text.length(); at = end) {
            end = clusterEnd(text, at);
            used += clusterColumns(text, at, end);
            if (used > columns) {
                return at;
            }
        }
        return text.length();
    }

    /** Where the longest ending that fits a width begins. */
    private static int tailStart(String text, int columns) {
        int beyond = of(text) - columns;
        int at = 0;
        while (beyond > 0 && at < text.length()) {
            int end = clusterEnd(text, at);
            beyond -= clusterColumns(text, at, end);
            at = end;
        }
        return at;
    }

    /** The end of what is drawn as one: a character, its marks, and what is joined to it. */
    private static int clusterEnd(String text, int start) {
        int first = text.codePointAt(start);
        int at = start + Character.charCount(first);
        if (Emoji.isRegion(first) && at < text.length() && Emoji.isRegion(text.codePointAt(at))) {
            return at + Character.charCount(text.codePointAt(at));
        }
        while (at < text.length()) {
            int point = text.codePointAt(at);
            if (point == Emoji.JOINER && Emoji.joins(text, at)) {
                at++;
                at += Character.charCount(text.codePointAt(at));
            } else if (isMark(point) || Emoji.isSkin(point) && Emoji.isPicture(first)) {
                at += Character.charCount(point);
            } else {
                return at;
            }
        }
        return at;
    }

    private static int clusterColumns(String text, int start, int end) {
        int first = text.codePointAt(start);
        if (isMark(first)) {
            return 0;
        }
        int selector = text.indexOf(Emoji.AS_PICTURE, start);
        return isWide(first) || selector >= 0 && selector < end ? 2 : 1;
    }

    /** Whether a point is drawn onto the one before it: combining marks, and the second and third part of a Hangul syllable. */
    private static boolean isMark(int point) {
        return switch (Character.getType(point)) {
            case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK, Character.FORMAT -> true;
            default -> point >= 0x1160 && point <= 0x11ff;
        };
    }
}
