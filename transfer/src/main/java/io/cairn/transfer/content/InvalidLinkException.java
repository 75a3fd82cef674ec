package io.cairn.transfer.content;

/** Text that is no magnet link this program can use. The message is the reason, for people. */
public final class InvalidLinkException extends Exception {
    private static final long serialVersionUID = 1L;

    InvalidLinkException(String reason) {
        super(reason);
    }
}
