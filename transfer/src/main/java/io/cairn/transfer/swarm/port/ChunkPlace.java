package io.cairn.transfer.swarm.port;

import io.cairn.dht.id.Key;

/**
 * Where a peer has a chunk.
 *
 * @param key the chunk's key: the SHA-1 of its bytes
 * @param share a share that the peer serves
 * @param chunk the chunk's number in that share
 * @param length in bytes
 */
public record ChunkPlace(Key key, Key share, int chunk, int length) {}
