package io.cairn.dht;

import io.cairn.dht.id.Contact;
import io.cairn.dht.id.Endpoint;
import org.jspecify.annotations.Nullable;

/**
 * Whether another node reaches this one by UDP from a port to which this node has sent nothing.
 *
 * @param helper the node that was asked
 * @param observed where the helper sees this node; null if it said nothing
 */
public record DialBack(
        Contact helper, Outcome outcome, @Nullable Endpoint observed) {
    /** How it ended. */
    public enum Outcome {
        /** The helper's datagram arrived. */
        REACHED,
        /** The helper sent its datagrams, as it says, and none arrived. */
        NOT_REACHED,
        /** The helper is asked too often. */
        DECLINED,
        /** The helper did not answer: it is gone, or does not know the message. */
        UNANSWERED
    }
}
