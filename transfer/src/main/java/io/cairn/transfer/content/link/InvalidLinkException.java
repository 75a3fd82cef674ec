package io.cairn.transfer.content.link;

/** The text is not a magnet link that this program can use. The message is the reason, for the user. */
public final class InvalidLinkException extends Exception {
    private static final long serialVersionUID = 1L;

    InvalidLinkException(String reason) {
        super(reason);
    }
}
