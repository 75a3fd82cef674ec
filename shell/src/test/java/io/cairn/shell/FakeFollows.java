package io.cairn.shell;

import io.cairn.app.CairnException;
import io.cairn.app.CairnException.Kind;
import io.cairn.app.FetchEvent;
import io.cairn.app.Follows;
import io.cairn.app.Node;
import io.cairn.app.Operation;
import io.cairn.app.Reason;
import io.cairn.app.Subscription;
import io.cairn.app.Values;
import io.cairn.app.values.Pointers;
import io.cairn.dht.id.Key;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** Watched folders that never change, and copies that are up to date at once. */
final class FakeFollows implements Follows {
    private final FakeNode node;
    private final List<Watched> watched = new ArrayList<>();

    FakeFollows(FakeNode node) {
        this.node = node;
    }

    @Override
    public Operation<Node.HashProgress, Version> watch(Watch watch) {
        Operation<Node.HashProgress, Node.ShareReport> sharing = node.share(watch.path(), watch.options());
        CompletableFuture<Version> version = sharing.completion().thenCompose(report -> {
            Key hash = report.share().hash();
            watched.add(new Watched(watch.path(), watch.name(), hash, watch.kept()));
            return node.values()
                    .put(Pointers.to(watch.name(), hash))
                    .thenApply(written -> new Version(
                            written.name(), report, written.sequence(), written.storedOn(), written.targets()));
        });
        return new Ended<>(List.of(), version, () -> {});
    }

    @Override
    public List<Watched> watched() {
        return List.copyOf(watched);
    }

    @Override
    public Operation<FollowEvent, FollowEvent.UpToDate> follow(Follow follow) {
        Values.Read read = node.world.values.get(follow.name());
        if (read == null) {
            return new Ended<>(
                    List.of(),
                    CompletableFuture.failedFuture(new CairnException(
                            Kind.NO_PROVIDER,
                            "no value " + follow.name(),
                            "it is so",
                            Reason.CHECK_THE_NAME.says("do otherwise"))),
                    () -> {});
        }
        Key hash = Key.fromHex(
                StandardCharsets.UTF_8.decode(read.content().duplicate()).toString());
        FetchEvent.Complete complete =
                new FetchEvent.Complete(hash, "notes", follow.output().path(), 1_000, 1, 5, List.of(), 0, false);
        return new Ended<>(
                List.of(
                        new FollowEvent.Newer(follow.name(), hash, read.sequence()),
                        new FollowEvent.Fetching(hash, new FetchEvent.Verified(1)),
                        new FollowEvent.UpToDate(follow.name(), read.sequence(), complete)),
                new CompletableFuture<>(),
                () -> node.whenFollowed.run());
    }

    /** An operation whose events have all happened. */
    private record Ended<E, R>(List<E> all, CompletableFuture<R> completion, Runnable then) implements Operation<E, R> {
        @Override
        public Subscription events(Consumer<? super E> listener) {
            all.forEach(listener);
            then.run();
            return () -> {};
        }
    }
}
