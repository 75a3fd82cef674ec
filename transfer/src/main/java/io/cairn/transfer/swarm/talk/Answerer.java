package io.cairn.transfer.swarm.talk;

import io.cairn.dht.id.Endpoint;
import io.cairn.transfer.swarm.port.PeerId;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Answers the questions of one topic. Called on the node's loop; must not block. */
@FunctionalInterface
public interface Answerer {
    /**
     * A peer asks.
     *
     * @param body a stranger's bytes, at most {@value io.cairn.transfer.protocol.ProtocolLimits#TALK_BYTES_MAX}, not yet parsed
     * @return completes on the loop, within a few seconds, with the body of the answer; with null to refuse. A failure also refuses
     */
    CompletionStage<byte @Nullable []> asked(Asker asker, byte[] body);

    /**
     * Who asks.
     *
     * @param peer as its session has proven
     * @param at where it can be reached, as far as known
     */
    record Asker(PeerId peer, Endpoint at) {}
}
