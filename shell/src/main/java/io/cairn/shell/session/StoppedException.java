package io.cairn.shell.session;

/** A waiting command received a stop request. */
public final class StoppedException extends Exception {
    private static final long serialVersionUID = 1L;

    private final Stop stop;

    StoppedException(Stop stop) {
        super(stop.name(), null, false, false);
        this.stop = stop;
    }

    public Stop stop() {
        return stop;
    }
}
