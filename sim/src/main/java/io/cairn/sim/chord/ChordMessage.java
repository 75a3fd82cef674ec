package io.cairn.sim.chord;

import io.cairn.dht.id.Contact;
import io.cairn.dht.id.Key;
import io.cairn.dht.id.NodeId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What Chord nodes say to each other. There is no encoding: these travel as they are, through the simulator only. */
sealed interface ChordMessage {
    /** Asks for something. */
    sealed interface Request extends ChordMessage {}

    /** Answers a request. */
    sealed interface Response extends ChordMessage {}

    /** Whether the asked one lives. Answered by {@link Heard}. */
    record Ping() implements Request {}

    /**
     * One step of a look-up. Answered by {@link Nearer} or {@link Successors}.
     *
     * @param avoided nodes that were silent
     */
    record FindSuccessor(Key key, Route route, List<NodeId> avoided) implements Request {}

    /**
     * Who stands beside the asked one. Answered by {@link Neighbours}.
     *
     * @param successorsMax how many successors to name
     */
    record GetNeighbours(int successorsMax) implements Request {}

    /** The sender believes to be the predecessor of the asked one. Answered by {@link Heard}. */
    record Notify() implements Request {}

    /** The sender leaves, and says who stood beside it. Answered by {@link Heard}. */
    record Leave(@Nullable Contact predecessor, List<Contact> successors) implements Request {}

    /** It was heard. */
    record Heard() implements Response {}

    /** Nodes between the answering one and the key, the best to go on with first. */
    record Nearer(List<Contact> contacts) implements Response {}

    /** The answering node is the last before the key: the first of these keeps it, if it lives; if not, the next. */
    record Successors(List<Contact> contacts) implements Response {}

    /** Who stands beside the answering node. */
    record Neighbours(@Nullable Contact predecessor, List<Contact> successors) implements Response {}
}
