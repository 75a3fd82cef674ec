package io.cairn.transfer.protocol.catalogue;

import java.util.List;

/**
 * One page of changes. Removals come before entries.
 *
 * @param anew whether what was known before is void
 * @param state what is known with these changes
 * @param more whether more changes follow this state
 * @param removed shares that are no longer listed
 * @param entries shares that are listed or changed
 */
public record CatalogueDifference(
        boolean anew, CatalogueState state, boolean more, List<ShareTag> removed, List<ListedShare> entries) {
    public CatalogueDifference {
        removed = List.copyOf(removed);
        entries = List.copyOf(entries);
    }
}
