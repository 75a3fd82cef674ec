package io.cairn.transfer.protocol.catalogue;

import io.cairn.dht.id.Key;
import io.cairn.transfer.content.ShareSecret;
import org.jspecify.annotations.Nullable;

/**
 * An entry of a catalogue.
 *
 * @param name as the node that lists it says, at most {@value CatalogueLimits#NAME_BYTES_MAX} bytes in UTF-8; never trusted as a path or
 *     printed as it is
 * @param size in bytes
 * @param files how many files it has; 1 if it is no folder
 * @param sinceMillis since when it is listed, by the clock of the node that lists it
 * @param secret of a share that is for some alone; null if it is for all
 */
public record ListedShare(
        Key hash,
        String name,
        long size,
        boolean folder,
        int files,
        long sinceMillis,
        @Nullable ShareSecret secret) {}
