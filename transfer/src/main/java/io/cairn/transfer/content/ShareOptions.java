package io.cairn.transfer.content;

import java.util.List;

/**
 * How a path is shared.
 *
 * @param exclude patterns of what is not shared, as {@link PathGlob} takes them
 * @param odd what happens to entries that cannot be shared
 * @param times whether the manifest keeps the times of modification, which gives the share another hash
 */
public record ShareOptions(List<String> exclude, OddEntries odd, boolean times) {
    /** Shares all that can be shared, without times. */
    public static final ShareOptions DEFAULT = new ShareOptions(List.of(), OddEntries.LEAVE_OUT, false);

    public ShareOptions {
        exclude = List.copyOf(exclude);
    }

    public ShareOptions excluding(List<String> globs) {
        return new ShareOptions(globs, odd, times);
    }
}
