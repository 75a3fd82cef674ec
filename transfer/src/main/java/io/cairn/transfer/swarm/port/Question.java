package io.cairn.transfer.swarm.port;

import org.jspecify.annotations.Nullable;

/**
 * A question to a peer that is not about chunks. It is answered once, by a {@link Reply} with its number.
 *
 * @param number different from those of the asker's other questions without an answer
 * @param topic null for one that this version does not know
 * @param body encoded as the topic says; not copied
 */
@SuppressWarnings("ArrayRecordComponent")
public record Question(int number, @Nullable Topic topic, byte[] body) {}
