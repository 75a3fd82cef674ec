package io.cairn.shell;

import io.cairn.app.CairnException;
import io.cairn.app.CairnException.Kind;
import io.cairn.app.Codes;
import io.cairn.app.FetchTarget;
import io.cairn.app.Node;
import io.cairn.app.Operation;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** Codes of a world in which everybody hears each other: the words are always orbit-lamp. */
public final class FakeCodes implements Codes {
    /** The words of every code. */
    public static final String WORDS = "-orbit-lamp";

    private final FakeNode node;
    public final List<Send> sent = new ArrayList<>();
    public final List<Met> gifts = new ArrayList<>();
    public final Map<String, Settlement> settled = new LinkedHashMap<>();

    /** What happens once a code is good. */
    public Runnable whenReady = () -> {};

    /** How a send to contacts goes; it ends at once, and this node's own owner has it. */
    public Consumer<Given> gives = given -> given.end.complete(new Sent(End.USED, List.of(person("")), List.of()));

    /** How a code ends when it is used. */
    public End end = End.USED;

    private long made;
    private long used;

    FakeCodes(FakeNode node) {
        this.node = node;
    }

    @Override
    public Operation<SendEvent, Sent> send(Send what) {
        FakeOperation<SendEvent, Sent> operation = new FakeOperation<>();
        if (node.refuses(operation.completion)) {
            return operation;
        }
        sent.add(what);
        List<Item> items = new ArrayList<>();
        for (Path path : what.paths()) {
            Node.Share share =
                    node.share(path, what.options()).completion().join().share();
            items.add(new Item(new FetchTarget(share.hash(), share.name(), share.size(), List.of(node.endpoint())), 1));
        }
        if (!what.to().isEmpty()) {
            gives.accept(new Given(operation::tell, operation.completion));
            return operation;
        }
        made++;
        int number = node.world.codes.size() + 1;
        node.world.codes.put(number, new OpenFake(node, what, items, operation));
        operation.tell(new SendEvent.Ready(number + WORDS, 1_796_006_763_527L));
        whenReady.run();
        return operation;
    }

    @Override
    public CompletableFuture<Met> meet(String code) {
        if (node.closed) {
            return CompletableFuture.failedFuture(FakeOperation.closed());
        }
        String[] parts = code.split("-", 2);
        if (parts.length < 2) {
            return failed(Kind.USAGE);
        }
        OpenFake open = node.world.codes.get(Integer.parseInt(parts[0]));
        if (open == null || open.operation.completion.isDone()) {
            return failed(Kind.NO_PROVIDER);
        } else if (!code.endsWith(WORDS)) {
            open.operation.tell(new SendEvent.WrongTry(2));
            return failed(Kind.DENIED);
        }
        open.node.codes.used++;
        open.operation.tell(new SendEvent.Taken(person("maple tunnel")));
        open.operation.completion.complete(new Sent(
                open.node.codes.end,
                open.node.codes.end == End.USED ? List.of(person("maple tunnel")) : List.of(),
                List.of()));
        return CompletableFuture.completedFuture(
                new Met("ticket " + parts[0], open.node.codes.person("maple tunnel"), open.items, open.what.text()));
    }

    private static <T> CompletableFuture<T> failed(Kind kind) {
        return CompletableFuture.failedFuture(new CairnException(kind, "no such code", "it is so", "do otherwise"));
    }

    /** This node as others see it. */
    Person person(String phrase) {
        return new Person(node.identity.nodeId(), null, "ann\u001b[2J@laptop", phrase);
    }

    @Override
    public List<Met> gifts() {
        return List.copyOf(gifts);
    }

    @Override
    public CompletableFuture<Void> settle(String ticket, Settlement settlement) {
        if (settlement == Settlement.RECEIVED || settlement == Settlement.DECLINED) {
            gifts.removeIf(gift -> gift.ticket().equals(ticket));
        }
        settled.put(ticket, settlement);
        return ticket.equals("none") ? failed(Kind.USAGE) : CompletableFuture.completedFuture(null);
    }

    @Override
    public CodeStatistics statistics() {
        return new CodeStatistics(0, made, used, 0, 0, gifts.size());
    }

    /** A send to contacts. */
    public record Given(Consumer<SendEvent> events, CompletableFuture<Sent> end) {}

    record OpenFake(FakeNode node, Send what, List<Item> items, FakeOperation<SendEvent, Sent> operation) {}
}
