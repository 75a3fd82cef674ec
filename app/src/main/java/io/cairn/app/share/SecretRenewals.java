package io.cairn.app.share;

import io.cairn.app.people.NodeFinder;
import io.cairn.dht.env.Clock;
import io.cairn.dht.id.Key;
import io.cairn.dht.id.NodeId;
import io.cairn.transfer.content.ShareSecret;
import io.cairn.transfer.swarm.Swarm;
import io.cairn.transfer.swarm.port.PeerId;
import io.cairn.transfer.swarm.port.Topic;
import io.cairn.transfer.swarm.talk.Talks;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Spreads another secret of a share, so that a removed member gets nothing from members that still hold the former one. The node that drew a
 * secret tells the members to ask again; a member asks that node, and no other, when it is told to, at its start, and every hour. On the
 * loop.
 */
public final class SecretRenewals {
    /** How often an owner is asked, and the longest time after which a node that could not be reached is tried again. */
    static final long EVERY_MILLIS = 3_600_000;

    private static final byte[] ASK_AGAIN = {};
    private static final byte[] HEARD = {};

    private final Swarm swarm;
    private final NodeFinder finder;
    private final Audiences audiences;
    private final Visits telling;
    private final Visits asking;

    SecretRenewals(Clock clock, Swarm swarm, NodeFinder finder, Audiences audiences) {
        this.swarm = swarm;
        this.finder = finder;
        this.audiences = audiences;
        this.telling = new Visits(clock, this::visitMember, false);
        this.asking = new Visits(clock, this::visitOwner, true);
    }

    /** Hears from now on who asks to be asked again. Whoever owns nothing here is ignored, and gets the same answer. */
    void listen() {
        swarm.talks().answer(Topic.RENEWAL, (asker, body) -> {
            NodeId node = asker.peer().node();
            if (node != null && asking.isPlanned(node)) {
                asking.now(node);
            }
            return CompletableFuture.completedFuture(HEARD);
        });
    }

    /** A member should ask this node again. */
    void tell(NodeId member) {
        telling.now(member);
    }

    /** Members should ask this node again, but not before it has run for a while. */
    void tellLater(Collection<NodeId> members) {
        members.forEach(telling::later);
    }

    /** Tells and asks those whose turn it is. The first call, when this node has joined, begins with it; more follow twice a minute. */
    public void look() {
        CompletableFuture<Void> unused = audiences.restored().thenRun(() -> {
            asking.are(audiences.owners().keySet());
            asking.proceed();
            telling.proceed();
        });
    }

    private CompletionStage<Boolean> visitMember(NodeId member) {
        return ask(member, Topic.RENEWAL, ASK_AGAIN).handle((answered, failure) -> failure == null);
    }

    private CompletionStage<Boolean> visitOwner(NodeId owner) {
        CompletionStage<?> asked = CompletableFuture.completedFuture(true);
        for (Key hash : audiences.owners().getOrDefault(owner, List.of())) {
            asked = asked.thenCompose(before -> ask(owner, Topic.SECRET, hash.toBytes()))
                    .thenCompose(answer -> answered(owner, hash, answer.body()));
        }
        return asked.handle((done, failure) -> failure == null); // a refusal says nothing: the owner cannot tell now
    }

    private CompletableFuture<Talks.Answered> ask(NodeId node, Topic topic, byte[] body) {
        return finder.find(node).thenCompose(at -> swarm.talks().ask(PeerId.of(node), at, topic, body));
    }

    private CompletableFuture<Key> answered(NodeId owner, Key hash, byte[] body) {
        return switch (body.length) {
            case ShareSecret.BYTES -> audiences.renewed(hash, owner, ShareSecret.of(body));
            case 0 -> audiences.denied(hash, owner);
            case 1 -> audiences.opened(hash, owner);
            default -> CompletableFuture.completedFuture(hash);
        };
    }
}
