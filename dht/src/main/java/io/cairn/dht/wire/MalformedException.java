package io.cairn.dht.wire;

/** A stranger's bytes violate the specification. The caller drops and counts them, and never answers. */
public final class MalformedException extends Exception {
    private static final long serialVersionUID = 1L;

    private final int version;

    public MalformedException(String reason) {
        this(reason, SignedEnvelope.VERSION);
    }

    private MalformedException(String reason, int version) {
        super(reason);
        this.version = version;
    }

    /** The bytes are of another version of the protocol. */
    static MalformedException ofVersion(int version) {
        return new MalformedException("protocol version " + version + ", not " + SignedEnvelope.VERSION, version);
    }

    public MalformedException(String reason, Throwable cause) {
        super(reason, cause);
        this.version = SignedEnvelope.VERSION;
    }

    /** Whether the bytes are of another version of the protocol; nothing else of them is known then. */
    public boolean isOtherVersion() {
        return version > 0 && version != SignedEnvelope.VERSION;
    }

    /** The version of the protocol that they claim. */
    public int version() {
        return version;
    }
}
