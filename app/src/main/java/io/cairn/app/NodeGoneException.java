package io.cairn.app;

/** A question that has no failure of its own could not be asked, because the node's process has ended or does not answer. */
public final class NodeGoneException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** @param cause of reason {@link Reason#NODE_GONE}, or why no other node took its place */
    public NodeGoneException(CairnException cause) {
        super(cause.getMessage(), cause);
    }
}
