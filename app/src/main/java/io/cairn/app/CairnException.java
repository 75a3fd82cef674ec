package io.cairn.app;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An expected failure in three parts: what failed, why, and what to do next. Its kind determines the program's exit code. */
public final class CairnException extends Exception {
    private static final long serialVersionUID = 1L;

    private final Kind kind;
    private final String why;
    private final Advice advice;

    public CairnException(Kind kind, String what, String why, String next) {
        this(kind, what, why, Reason.SEE_NEXT.says(next), null);
    }

    public CairnException(Kind kind, String what, String why, String next, Throwable cause) {
        this(kind, what, why, Reason.SEE_NEXT.says(next), cause);
    }

    public CairnException(Kind kind, String what, String why, Advice advice) {
        this(kind, what, why, advice, null);
    }

    public CairnException(Kind kind, String what, String why, Advice advice, @Nullable Throwable cause) {
        super(what, cause);
        this.kind = kind;
        this.why = why;
        this.advice = advice;
    }

    public Kind kind() {
        return kind;
    }

    /** The cause, in a sentence. */
    public String why() {
        return why;
    }

    /** The next step, in a sentence without the words of a command line. */
    public String next() {
        return advice.text();
    }

    /** The next step, to switch on. */
    public Reason reason() {
        return advice.reason();
    }

    /** What a face needs to word the step itself: texts and numbers. */
    public Map<String, Object> facts() {
        return advice.facts();
    }

    /** The next step as text, reason and facts. */
    public Advice advice() {
        return advice;
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
