package io.cairn.app.codes;

import io.cairn.app.CairnException;
import io.cairn.app.CairnException.Kind;
import io.cairn.app.work.Work;
import io.cairn.dht.Dht;
import io.cairn.dht.Provider;
import io.cairn.dht.SearchReport;
import io.cairn.dht.crypto.WordExchange;
import io.cairn.dht.crypto.WordExchange.Parties;
import io.cairn.dht.crypto.WordExchange.Role;
import io.cairn.dht.crypto.WordKey;
import io.cairn.dht.env.Clock;
import io.cairn.dht.id.AddressScope;
import io.cairn.dht.id.Contact;
import io.cairn.dht.id.Endpoint;
import io.cairn.dht.id.Key;
import io.cairn.dht.id.NodeId;
import io.cairn.dht.wire.MalformedException;
import io.cairn.transfer.protocol.code.CodeCodec;
import io.cairn.transfer.protocol.code.CodeReply;
import io.cairn.transfer.protocol.code.CodeStep;
import io.cairn.transfer.protocol.code.Offering;
import io.cairn.transfer.swarm.port.PeerId;
import io.cairn.transfer.swarm.port.Topic;
import io.cairn.transfer.swarm.talk.TalkException;
import io.cairn.transfer.swarm.talk.Talks;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A receiver with a code: finds the senders that use its number, and tries them one after another, at most three, until one knows the
 * words. On the loop; computes on workers.
 */
final class CodeMeeting {
    /** Most senders that get to judge a try: each could learn whether one guess of its own was right. */
    static final int SENDERS_MAX = 3;

    /** Most senders that are asked at all. */
    private static final int ASKED_MAX = 12;

    /** Most failures of one sender to answer. */
    private static final int FAILURES_MAX = 3;

    /** How long a sender is looked for. */
    static final long LOOK_MILLIS = 10_000;

    /** A number without a record is given up earlier: after this many look-ups in a network that was joined, and at the earliest then. */
    private static final int EMPTY_LOOKS_MAX = 4;

    private static final long EMPTY_MILLIS = 5_000;

    private static final long AGAIN_MILLIS = 500;

    /** Until nodes of the local network are asked directly. */
    private static final long DIRECT_MILLIS = 250;

    private static final int DIRECT_MAX = 16;

    private final Work work;
    private final Clock clock;
    private final Dht dht;
    private final Talks talks;
    private final RandomGenerator random;
    private final SpokenCode code;
    private final String claim;
    private final CompletableFuture<Found> result = new CompletableFuture<>();
    private final Map<NodeId, Set<Endpoint>> candidates = new LinkedHashMap<>();
    private final Map<NodeId, Integer> failures = new HashMap<>();
    private final Set<NodeId> asked = new HashSet<>();
    private final Set<NodeId> askedDirectly = new HashSet<>();
    private final List<Dht.Search> searches = new ArrayList<>();
    private int looking;
    private int judged;
    private boolean trying;
    private boolean heard;
    private boolean hasJoined;
    private int emptyLooks;
    private long startedMillis;
    private boolean timeIsOver;

    /**
     * A sender that knows the words.
     *
     * @param phrase the same number on both sides
     */
    record Found(NodeId sender, List<Endpoint> endpoints, Offering offering, long phrase) {}

    /** @param claim what this node calls itself */
    CodeMeeting(Work work, Clock clock, Dht dht, Talks talks, RandomGenerator random, SpokenCode code, String claim) {
        this.work = work;
        this.clock = clock;
        this.dht = dht;
        this.talks = talks;
        this.random = random;
        this.code = code;
        this.claim = claim;
    }

    /**
     * Starts. Fails with a {@link CairnException} of kind DENIED or NO_PROVIDER.
     *
     * @param joined completes when there may be more nodes to ask
     */
    CompletableFuture<Found> start(CompletableFuture<Integer> joined) {
        startedMillis = clock.monotonicMillis();
        work.scheduler().schedule(LOOK_MILLIS, () -> {
            timeIsOver = true;
            next();
        });
        work.scheduler().schedule(DIRECT_MILLIS, this::askDirectly);
        look();
        rehearse(work, random);
        var unused = joined.handle((contacts, failure) -> {
            hasJoined = contacts != null && contacts > 0;
            look();
            return contacts;
        });
        var unusedEnd = result.whenComplete((found, failure) -> searches.forEach(Dht.Search::cancel));
        return result;
    }

    /** Loads what the first exchange of a run needs, while sender and receiver look for each other. */
    static void rehearse(Work work, RandomGenerator random) {
        work.scheduler().offload(() -> WordExchange.rehearse(random), (done, failure) -> {});
    }

    private boolean isOver() {
        return result.isDone();
    }

    private void look() {
        if (isOver() || timeIsOver) {
            return;
        }
        for (Key key : MeetingPlace.around(code.number(), clock.wallMillis())) {
            looking++;
            searches.add(dht.findProviders(key, new Dht.SearchListener() {
                @Override
                public void found(Provider provider) {
                    candidate(provider.id(), provider.endpoints());
                }

                @Override
                public void ended(SearchReport report) {
                    looking--;
                    next();
                }
            }));
        }
    }

    /** Asks nodes of this network that may not have published yet, or whose records are not found. */
    private void askDirectly() {
        if (isOver() || timeIsOver) {
            return;
        }
        if (candidates.isEmpty() && !trying) {
            dht.contacts().stream()
                    .filter(contact -> AddressScope.of(contact.endpoint().address()) != AddressScope.WORLD)
                    .filter(contact -> askedDirectly.size() < DIRECT_MAX && askedDirectly.add(contact.id()))
                    .forEach(this::askDirectly);
        }
        work.scheduler().schedule(AGAIN_MILLIS, this::askDirectly);
    }

    private void askDirectly(Contact contact) {
        var unused = ask(contact.id(), List.of(contact.endpoint()), new CodeStep.Find(code.number()))
                .handle((reply, failure) -> {
                    if (reply instanceof CodeReply.Open) {
                        candidate(contact.id(), List.of(contact.endpoint()));
                    }
                    return null;
                });
    }

    private void candidate(NodeId node, List<Endpoint> endpoints) {
        if (isOver()
                || asked.contains(node)
                || asked.size() + candidates.size() >= ASKED_MAX
                || node.equals(dht.id())) {
            return;
        }
        candidates.computeIfAbsent(node, sender -> new LinkedHashSet<>()).addAll(endpoints);
        next();
    }

    /** Tries the next sender, or ends. */
    private void next() {
        if (isOver() || trying) {
            return;
        }
        if (judged < SENDERS_MAX && !candidates.isEmpty()) {
            NodeId node = candidates.keySet().iterator().next();
            List<Endpoint> endpoints = List.copyOf(candidates.getOrDefault(node, Set.of()));
            candidates.remove(node);
            asked.add(node);
            attempt(node, endpoints);
        } else if (judged > 0 && (looking == 0 || judged >= SENDERS_MAX || timeIsOver)) {
            result.completeExceptionally(denied());
        } else if (timeIsOver) {
            result.completeExceptionally(unknown());
        } else if (looking == 0) {
            emptyLooks += hasJoined && !heard ? 1 : 0;
            if (emptyLooks >= EMPTY_LOOKS_MAX && clock.monotonicMillis() - startedMillis >= EMPTY_MILLIS) {
                timeIsOver = true;
                result.completeExceptionally(unknown());
                return;
            }
            looking++;
            work.scheduler().schedule(AGAIN_MILLIS, () -> {
                looking--;
                look();
            });
        }
    }

    private void attempt(NodeId sender, List<Endpoint> endpoints) {
        trying = true;
        heard = true;
        Parties parties = new Parties(sender, dht.id(), code.number());
        var unusedSession = ask(sender, endpoints, new CodeStep.Find(code.number())); // opens it during the computation
        var unused = work.offload(() -> new WordExchange(Role.RECEIVER, parties, code.words(), random))
                .thenCompose(exchange -> ask(sender, endpoints, new CodeStep.Begin(code.number(), exchange.first()))
                        .thenCompose(reply -> reply instanceof CodeReply.Begun begun
                                ? confirm(sender, endpoints, exchange, begun)
                                : CompletableFuture.completedFuture(end(reply))))
                .handle((end, failure) -> {
                    trying = false;
                    ended(sender, endpoints, end, failure);
                    return null;
                });
    }

    private CompletableFuture<Attempted> confirm(
            NodeId sender, List<Endpoint> endpoints, WordExchange exchange, CodeReply.Begun begun) {
        return work.offload(() -> {
                    byte[] second = exchange.second(begun.first());
                    return new Agreed(second, exchange.key(begun.second()));
                })
                .thenCompose(agreed -> {
                    judged++;
                    return ask(
                                    sender,
                                    endpoints,
                                    new CodeStep.Confirm(
                                            begun.attempt(),
                                            agreed.second,
                                            agreed.key.tag(),
                                            agreed.key.seal(claim.getBytes(StandardCharsets.UTF_8))))
                            .thenCompose(reply -> reply instanceof CodeReply.Accepted accepted
                                    ? work.offload(() -> opened(sender, endpoints, agreed.key, accepted))
                                    : CompletableFuture.completedFuture(end(reply)));
                });
    }

    private static Attempted opened(NodeId sender, List<Endpoint> endpoints, WordKey key, CodeReply.Accepted accepted)
            throws GeneralSecurityException, MalformedException {
        if (!key.isTag(accepted.tag())) {
            throw new GeneralSecurityException("the sender does not know the words");
        }
        Offering offering = CodeCodec.decodeOffering(key.open(accepted.sealedOffer()));
        return new Attempted(new Found(sender, endpoints, offering, key.phrase()), null);
    }

    private static Attempted end(CodeReply reply) {
        return new Attempted(null, reply);
    }

    private void ended(NodeId sender, List<Endpoint> endpoints, @Nullable Attempted end, @Nullable Throwable failure) {
        if (end != null && end.found != null) {
            result.complete(end.found);
            return;
        }
        boolean isSilent = failure != null
                && Work.cause(failure) instanceof TalkException talk
                && talk.kind() != TalkException.Kind.REFUSED;
        boolean isBusy = end != null && end.reply instanceof CodeReply.Busy;
        if ((isSilent || isBusy) && failures.merge(sender, 1, Integer::sum) < FAILURES_MAX * (isBusy ? 4 : 1)) {
            looking++;
            work.scheduler().schedule(AGAIN_MILLIS, () -> {
                looking--;
                asked.remove(sender);
                candidate(sender, endpoints);
                next();
            });
        }
        next();
    }

    private CompletableFuture<CodeReply> ask(NodeId node, List<Endpoint> endpoints, CodeStep step) {
        return talks.ask(PeerId.of(node), endpoints, Topic.CODE, CodeCodec.encode(step))
                .thenCompose(answered -> {
                    try {
                        return CompletableFuture.completedFuture(CodeCodec.decodeReply(answered.body()));
                    } catch (MalformedException malformed) {
                        return CompletableFuture.failedFuture(malformed);
                    }
                });
    }

    private CairnException denied() {
        return new CairnException(
                Kind.DENIED,
                "wrong code",
                judged == 1
                        ? "the sender with the number " + code.number() + " has other words"
                        : judged + " senders use the number " + code.number() + ", and none has these words",
                "ask the sender for the code again: a code is void after three wrong tries");
    }

    private CairnException unknown() {
        return new CairnException(
                Kind.NO_PROVIDER,
                "no sender with this code",
                heard
                        ? "what was sent under the number " + code.number() + " cannot be reached or is over"
                        : dht.contacts().isEmpty()
                                ? "no other node of this network is known"
                                : "no node of this network sends under the number " + code.number() + " now",
                "check the code, and that the sender still waits: a code is good for ten minutes, once, unless the sender says otherwise");
    }

    @SuppressWarnings("ArrayRecordComponent")
    private record Agreed(byte[] second, WordKey key) {}

    private record Attempted(
            @Nullable Found found, @Nullable CodeReply reply) {}
}
