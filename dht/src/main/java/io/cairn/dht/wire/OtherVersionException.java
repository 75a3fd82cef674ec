package io.cairn.dht.wire;

/** An envelope of another version of the protocol. It is dropped like any malformed one, but users can be told. */
public final class OtherVersionException extends MalformedException {
    private static final long serialVersionUID = 1L;

    private final int version;

    OtherVersionException(int version) {
        super("protocol version " + version + ", not " + SignedEnvelope.VERSION);
        this.version = version;
    }

    /** The version it names, at least 1. */
    public int version() {
        return version;
    }
}
