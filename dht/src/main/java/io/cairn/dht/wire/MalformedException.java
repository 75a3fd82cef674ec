package io.cairn.dht.wire;

/** A stranger's bytes violate the specification. The caller drops and counts them, and never answers. */
public sealed class MalformedException extends Exception permits OtherVersionException {
    private static final long serialVersionUID = 1L;

    public MalformedException(String reason) {
        super(reason);
    }

    public MalformedException(String reason, Throwable cause) {
        super(reason, cause);
    }
}
