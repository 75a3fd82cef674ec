package io.cairn.shell;

import io.cairn.app.CairnException;
import io.cairn.app.CairnException.Kind;
import io.cairn.app.Reason;
import io.cairn.app.Values;
import java.util.concurrent.CompletableFuture;

/** The values of a fake node: all nodes of its world have them at once. */
final class FakeValues implements Values {
    private final FakeNode node;

    FakeValues(FakeNode node) {
        this.node = node;
    }

    @Override
    public CompletableFuture<Written> put(Put put) {
        Name name;
        try {
            name = new Name(Name.checked(put.name()), node.identity.nodeId());
        } catch (CairnException wrong) {
            return CompletableFuture.failedFuture(wrong);
        }
        if (put.content().remaining() > CONTENT_BYTES_MAX) {
            return failed(Kind.USAGE, "the value is too long", Reason.SEE_NEXT);
        }
        Read before = node.world.values.get(name);
        long sequence = before == null ? 0 : before.sequence();
        if (put.ifSequence() != null && put.ifSequence() != sequence) {
            return failed(Kind.EXISTS, "not written: " + put.name(), Reason.READ_IT_AGAIN);
        }
        if (node.closed) {
            return node.answer(new Written(name, 0, 0, 0, 0));
        }
        long next = Math.max(sequence + 1, System.currentTimeMillis());
        node.world.values.put(name, new Read(name, put.content(), next, 0));
        int nodes = node.world.nodes.size();
        return node.answer(new Written(name, next, put.content().remaining(), nodes, nodes));
    }

    @Override
    public CompletableFuture<Read> get(Name name) {
        if (node.closed) {
            return CompletableFuture.failedFuture(FakeOperation.closed());
        }
        Read value = node.world.values.get(name);
        return value != null
                ? CompletableFuture.completedFuture(value)
                : failed(Kind.NO_PROVIDER, "no value " + name, Reason.CHECK_THE_NAME);
    }

    private static <T> CompletableFuture<T> failed(Kind kind, String what, Reason reason) {
        return CompletableFuture.failedFuture(new CairnException(kind, what, "it is so", reason.says("do otherwise")));
    }
}
