package io.cairn.transfer.content;

/** Bytes that are no acceptable manifest or torrent, or parts that make none. The message is the reason, for people. */
public final class InvalidManifestException extends Exception {
    private static final long serialVersionUID = 1L;

    public InvalidManifestException(String reason) {
        super(reason);
    }
}
