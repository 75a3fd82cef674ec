package io.cairn.shell.output;

import java.util.Arrays;

/** A set of code points, as sorted ranges. */
final class CodePoints {
    private final int[] bounds;

    /** @param ranges hexadecimal, sorted and apart: {@code "1100-115f 2705"} */
    CodePoints(String ranges) {
        String[] words = ranges.split(" ", -1);
        bounds = new int[2 * words.length];
        for (int i = 0; i < words.length; i++) {
            String word = words[i];
            int dash = word.indexOf('-');
            bounds[2 * i] = Integer.parseInt(dash < 0 ? word : word.substring(0, dash), 16);
            bounds[2 * i + 1] = Integer.parseInt(word.substring(dash + 1), 16) + 1;
        }
    }

    boolean contains(int point) {
        int found = Arrays.binarySearch(bounds, point);
        return found >= 0 ? found % 2 == 0 : -found % 2 == 0;
    }
}
