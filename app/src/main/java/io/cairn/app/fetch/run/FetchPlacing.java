package io.cairn.app.fetch.run;

import io.cairn.app.FetchEvent;
import io.cairn.app.Node;
import io.cairn.app.share.Shares;
import io.cairn.transfer.store.part.PartialContent;
import io.cairn.transfer.swarm.fetch.FetchOutcome;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;

/** Finishes the content of a run: places it if complete, else keeps or deletes it. Confined to the loop; disk access runs on workers. */
final class FetchPlacing {
    private final FetchTools tools;
    private final FetchTask task;

    FetchPlacing(FetchTools tools, FetchTask task) {
        this.tools = tools;
        this.task = task;
    }

    /** Moves the files to their target; then shares them from there, or lets go of them. */
    CompletableFuture<FetchEvent.Complete> place(PartialContent opened, FetchOutcome.Completed completed) {
        return withoutEarlierShares(opened.target())
                .thenCompose(withdrawn -> tools.work().offload(opened::finish))
                .thenCompose(path -> release(opened, path).thenApply(closed -> complete(opened, path, completed)));
    }

    /** An update ends the shares of earlier versions of the copy before it changes their files. */
    private CompletableFuture<?> withoutEarlierShares(Path target) {
        CompletableFuture<?> ended = CompletableFuture.completedFuture(true);
        if (task.options().update() != null) {
            for (Node.Share share : tools.shares().list()) {
                if (share.path().equals(target) && !share.hash().equals(task.hash())) {
                    ended = ended.thenCompose(before -> tools.shares().remove(share.hash()));
                }
            }
        }
        return ended;
    }

    private CompletableFuture<?> release(PartialContent opened, Path path) {
        task.tell(new FetchEvent.Verified(opened.wanted().size()));
        Shares shares = tools.shares();
        if (task.options().keepSharing() && shares.served(task.hash()).isEmpty()) {
            return shares.adopt(opened.manifest(), path, opened.stamps()).thenCompose(served -> close(opened));
        }
        leave();
        return close(opened)
                .thenCombine(tools.shares().audiences().forgetTold(task.hash()), (closed, forgotten) -> closed);
    }

    private FetchEvent.Complete complete(PartialContent opened, Path path, FetchOutcome.Completed completed) {
        return new FetchEvent.Complete(
                task.hash(),
                opened.manifest().name(),
                path,
                opened.chosenBytes(),
                opened.wanted().size(),
                task.elapsedMillis(),
                FetchNews.contributions(completed.peers()),
                completed.badChunks(),
                opened.wasThere(),
                opened.substituted(),
                opened.changes()
                        .map(changes -> new FetchEvent.Updated(
                                completed.peers().stream()
                                        .mapToInt(peer -> peer.chunks())
                                        .sum(),
                                changes.chunksReused(),
                                changes.placed(),
                                changes.removed(),
                                changes.conflicts()))
                        .orElse(null));
    }

    /** @param discard whether to delete what arrived */
    CompletableFuture<PartialContent> putAway(PartialContent opened, boolean discard) {
        leave();
        if (!discard) {
            return close(opened);
        }
        return tools.work()
                .offload(() -> {
                    opened.discard();
                    task.place().removeMade();
                    return opened;
                })
                .thenCombine(tools.shares().audiences().forgetTold(task.hash()), (discarded, forgotten) -> discarded);
    }

    CompletableFuture<PartialContent> close(PartialContent opened) {
        return tools.work().offload(() -> {
            opened.close();
            return opened;
        });
    }

    /** Stops offering it to peers, unless it is shared from elsewhere. */
    void leave() {
        if (tools.shares().served(task.hash()).isEmpty()) {
            tools.swarm().stopServing(task.hash());
            tools.shares().publications().withdraw(task.hash());
        }
    }
}
