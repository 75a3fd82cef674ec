package io.cairn.transfer.swarm;

import io.cairn.dht.id.Key;

/**
 * The bytes of a chunk as they came, in a lent array.
 *
 * @param array holds them from its start; may be longer
 * @param length in bytes
 * @param release gives the array back; to be run once, after which nobody touches the array
 */
public record ReceivedChunk(Key share, int chunk, byte[] array, int length, Runnable release) {}
