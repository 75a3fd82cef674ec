package io.cairn.dht.wire;

/** A stranger's bytes violate the specification. The caller drops and counts them, and never answers. */
public sealed class MalformedException extends Exception {
    private static final long serialVersionUID = 1L;

    public MalformedException(String reason) {
        super(reason);
    }

    public MalformedException(String reason, Throwable cause) {
        super(reason, cause);
    }

    /** An envelope of another version of the protocol. It is dropped like any malformed one, but users can be told. */
    public static final class OtherVersion extends MalformedException {
        private static final long serialVersionUID = 1L;

        private final int version;

        OtherVersion(int version) {
            super("protocol version " + version + ", not " + SignedEnvelope.VERSION);
            this.version = version;
        }

        /** The version it names, at least 1. */
        public int version() {
            return version;
        }
    }
}
