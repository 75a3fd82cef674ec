package io.cairn.transfer.content.manifest;

/** The bytes, or the parts of a new manifest, do not make an acceptable manifest or torrent. The message is the reason, for the user. */
public final class InvalidManifestException extends Exception {
    private static final long serialVersionUID = 1L;

    public InvalidManifestException(String reason) {
        super(reason);
    }
}
