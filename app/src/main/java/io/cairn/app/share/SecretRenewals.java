package io.cairn.app.share;

import io.cairn.app.people.NodeFinder;
import io.cairn.app.work.Work;
import io.cairn.dht.env.Clock;
import io.cairn.dht.id.Key;
import io.cairn.dht.id.NodeId;
import io.cairn.transfer.content.ShareSecret;
import io.cairn.transfer.swarm.Swarm;
import io.cairn.transfer.swarm.port.PeerId;
import io.cairn.transfer.swarm.port.Topic;
import io.cairn.transfer.swarm.talk.TalkException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

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

    private final Asking asking;
    private final Audiences audiences;
    private final Visits members;
    private final Visits owners;

    SecretRenewals(Clock clock, Asking asking, Audiences audiences) {
        this.asking = asking;
        this.audiences = audiences;
        this.members = new Visits(clock, this::visitMember, false);
        this.owners = new Visits(clock, this::visitOwner, true);
    }

    /** Asks other nodes. */
    @FunctionalInterface
    interface Asking {
        /** Completes on the loop with the answer of this very node, none if it refuses; fails if it does not answer. */
        CompletableFuture<Optional<byte[]>> ask(NodeId node, Topic topic, byte[] body);
    }

    /** Asks over sessions, wherever the nodes are. */
    static Asking overSessions(NodeFinder finder, Swarm swarm) {
        return (node, topic, body) -> finder.find(node)
                .thenCompose(at -> swarm.talks().ask(PeerId.of(node), at, topic, body))
                .thenApply(answered -> Optional.of(answered.body()))
                .exceptionallyCompose(failure -> isRefused(failure)
                        ? CompletableFuture.completedFuture(Optional.empty())
                        : CompletableFuture.failedFuture(failure));
    }

    private static boolean isRefused(Throwable failure) {
        return Work.cause(failure) instanceof TalkException talk && talk.kind() == TalkException.Kind.REFUSED;
    }

    /** A node asks to be asked again. One that owns nothing here is ignored, and gets the same answer. */
    byte[] heard(@Nullable NodeId node) {
        if (node != null && owners.isPlanned(node)) {
            owners.now(node);
        }
        return HEARD;
    }

    /** A member should ask this node again. */
    void tell(NodeId member) {
        members.now(member);
    }

    /** A node has told a secret: it is asked again, and heard. */
    void told(NodeId owner) {
        owners.later(owner);
    }

    /** Members should ask this node again, but not before it has run for a while. */
    void tellLater(Collection<NodeId> nodes) {
        nodes.forEach(members::later);
    }

    /** Tells and asks those whose turn it is. The first call, when this node has joined, begins with it; more follow twice a minute. */
    public void look() {
        CompletableFuture<Void> unused = audiences.restored().thenRun(() -> {
            owners.are(audiences.owners().keySet());
            owners.proceed();
            members.proceed();
        });
    }

    private CompletionStage<Boolean> visitMember(NodeId member) {
        return asking.ask(member, Topic.RENEWAL, ASK_AGAIN).handle((answered, failure) -> failure == null);
    }

    private CompletionStage<Boolean> visitOwner(NodeId owner) {
        CompletionStage<?> asked = CompletableFuture.completedFuture(true);
        for (Key hash : audiences.owners().getOrDefault(owner, List.of())) {
            asked = asked.thenCompose(before -> asking.ask(owner, Topic.SECRET, hash.toBytes()))
                    .thenCompose(answer -> answered(owner, hash, answer));
        }
        return asked.handle((done, failure) -> failure == null);
    }

    /** A refusal changes nothing: the owner cannot tell now, has forgotten the share, or shares it no more. */
    private CompletableFuture<Key> answered(NodeId owner, Key hash, Optional<byte[]> answer) {
        if (answer.isEmpty()) {
            return CompletableFuture.completedFuture(hash);
        }
        byte[] body = answer.get();
        return switch (body.length) {
            case ShareSecret.BYTES -> audiences.renewed(hash, owner, ShareSecret.of(body));
            case 0 -> audiences.denied(hash, owner);
            case 1 -> audiences.opened(hash, owner);
            default -> CompletableFuture.completedFuture(hash);
        };
    }
}
