package io.cairn.transfer.swarm.port;

import org.jspecify.annotations.Nullable;

/**
 * The answer to a {@link Question}.
 *
 * @param body encoded as the topic says, not copied; null if the question is refused
 */
@SuppressWarnings("ArrayRecordComponent")
public record Reply(int number, byte @Nullable [] body) {}
