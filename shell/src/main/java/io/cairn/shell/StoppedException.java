package io.cairn.shell;

/** A command was told to end while it waited. */
final class StoppedException extends Exception {
    private static final long serialVersionUID = 1L;

    private final Stop stop;

    StoppedException(Stop stop) {
        super(stop.name(), null, false, false);
        this.stop = stop;
    }

    Stop stop() {
        return stop;
    }
}
