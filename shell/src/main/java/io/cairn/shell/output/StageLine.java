package io.cairn.shell.output;

/**
 * A stage without figures of its own. That of the command in the foreground, which is drawn again each second, says for how long it has
 * lasted: {@code lookup     asked 4 nodes, 0 providers  12s}.
 *
 * @param name what it is about; empty for the command in the foreground
 */
record StageLine(String name, String word, String text, long startedNanos) implements LiveLine {
    private static final long TOLD_NANOS = 2_000_000_000L;

    static StageLine now(String name, String word, String text) {
        return new StageLine(name, word, text, System.nanoTime());
    }

    /** This line, with the time since a line before it began if that is about the same stage. */
    StageLine following(LiveLine before) {
        return before instanceof StageLine stage && stage.name.equals(name) && stage.word.equals(word)
                ? new StageLine(name, word, text, stage.startedNanos)
                : this;
    }

    @Override
    public String fit(int columns) {
        return Cells.cut(name.isEmpty() ? plain() : ProgressLine.named(name, columns) + words(), columns - 1);
    }

    @Override
    public String plain() {
        return name.isEmpty() ? Stage.label(word) + timed() : name + "  " + words();
    }

    private String words() {
        return text.isEmpty() ? word : word + "  " + text;
    }

    private String timed() {
        long nanos = System.nanoTime() - startedNanos;
        return nanos < TOLD_NANOS ? text : text + "  " + Sizes.duration(nanos / 1_000_000_000 * 1000);
    }
}
