package io.cairn.transfer.protocol.catalogue;

/**
 * Which changes of a node's catalogue are known: those of one epoch, counted apart for what is listed for all and for some, so that the
 * numbers do not tell a stranger of the latter.
 *
 * @param epoch drawn by the node for each run; 0 if nothing is known
 * @param open changes of what is listed for all
 * @param restricted changes of what is listed for some
 */
public record CatalogueState(long epoch, long open, long restricted) {
    /** Nothing is known. */
    public static final CatalogueState NONE = new CatalogueState(0, 0, 0);

    public CatalogueState {
        if (open < 0 || restricted < 0) {
            throw new IllegalArgumentException("changes are counted from 0, not " + open + " and " + restricted);
        }
    }

    /** Whether this state has more changes of the same epoch. */
    public boolean isBeyond(CatalogueState other) {
        return epoch == other.epoch
                && open >= other.open
                && restricted >= other.restricted
                && (open > other.open || restricted > other.restricted);
    }
}
