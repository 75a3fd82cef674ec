package io.cairn.transfer.content;

import java.util.List;

/**
 * Options for sharing a path.
 *
 * @param exclude patterns of entries to exclude, in the syntax of {@link PathGlob}
 * @param odd how to handle entries that cannot be shared
 * @param layout how the files lie in the stream, which changes the share's hash
 * @param times whether the manifest holds modification times, which changes the share's hash
 */
public record ShareOptions(List<String> exclude, OddEntries odd, ShareLayout layout, boolean times) {
    /** Shares every entry that can be shared, packed, without times. */
    public static final ShareOptions DEFAULT =
            new ShareOptions(List.of(), OddEntries.LEAVE_OUT, ShareLayout.PACKED, false);

    public ShareOptions {
        exclude = List.copyOf(exclude);
    }

    public ShareOptions excluding(List<String> globs) {
        return new ShareOptions(globs, odd, layout, times);
    }

    public ShareOptions in(ShareLayout other) {
        return new ShareOptions(exclude, odd, other, times);
    }
}
