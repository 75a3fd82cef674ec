package io.cairn.app;

/** An expected failure in three parts: what failed, why, and what to do next. Its kind determines the program's exit code. */
public final class CairnException extends Exception {
    private static final long serialVersionUID = 1L;

    private final Kind kind;
    private final String why;
    private final String next;

    public CairnException(Kind kind, String what, String why, String next) {
        super(what);
        this.kind = kind;
        this.why = why;
        this.next = next;
    }

    public CairnException(Kind kind, String what, String why, String next, Throwable cause) {
        super(what, cause);
        this.kind = kind;
        this.why = why;
        this.next = next;
    }

    public Kind kind() {
        return kind;
    }

    /** The cause, in a sentence. */
    public String why() {
        return why;
    }

    /** The next step, in a sentence or a command. */
    public String next() {
        return next;
    }

    /** The kind of failure; the number is the exit code of the command line. */
    public enum Kind {
        OTHER(1),
        USAGE(2),
        NO_PROVIDER(3),
        STALLED(4),
        NETWORK(5),
        INTEGRITY(6),
        DISK_FULL(7),
        EXISTS(8),
        DENIED(9),
        INTERRUPTED(130);

        private final int exitCode;

        Kind(int exitCode) {
            this.exitCode = exitCode;
        }

        public int exitCode() {
            return exitCode;
        }
    }
}
