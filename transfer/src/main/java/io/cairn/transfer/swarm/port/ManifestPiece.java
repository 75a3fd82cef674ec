package io.cairn.transfer.swarm.port;

import io.cairn.dht.id.Key;

/**
 * A part of a share's manifest.
 *
 * @param offset in the encoded manifest, in bytes
 * @param total the length of the whole encoded manifest in bytes, as the sender claims
 * @param bytes at least one; not copied
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record ManifestPiece(Key share, int offset, long total, byte[] bytes) {}
