package io.cairn.sim.chord;

import io.cairn.dht.id.Contact;
import io.cairn.dht.id.Key;
import io.cairn.dht.id.NodeId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The messages between Chord nodes. They have no encoding: the simulator passes them as objects. */
sealed interface ChordMessage {
    /** Asks for something. */
    sealed interface Request extends ChordMessage {}

    /** Answers a request. */
    sealed interface Response extends ChordMessage {}

    /** Asks whether the recipient is alive. Answered by {@link Heard}. */
    record Ping() implements Request {}

    /**
     * One step of a look-up. Answered by {@link Nearer} or {@link Successors}.
     *
     * @param avoided silent nodes
     */
    record FindSuccessor(Key key, Route route, List<NodeId> avoided) implements Request {}

    /**
     * Asks for the recipient's neighbours. Answered by {@link Neighbours}.
     *
     * @param successorsMax how many successors to name
     */
    record GetNeighbours(int successorsMax) implements Request {}

    /** The sender believes it is the recipient's predecessor. Answered by {@link Heard}. */
    record Notify() implements Request {}

    /** The sender leaves, and names its neighbours. Answered by {@link Heard}. */
    record Leave(@Nullable Contact predecessor, List<Contact> successors) implements Request {}

    /** Acknowledges a request. */
    record Heard() implements Response {}

    /** Nodes between the sender and the key, the best one to ask next first. */
    record Nearer(List<Contact> contacts) implements Response {}

    /** The sender is the last node before the key: the first living one of these keeps it. */
    record Successors(List<Contact> contacts) implements Response {}

    /** The neighbours of the sender. */
    record Neighbours(@Nullable Contact predecessor, List<Contact> successors) implements Response {}
}
