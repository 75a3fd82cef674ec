package io.cairn.app.node;

import io.cairn.app.Node.HashProgress;
import io.cairn.app.Node.ShareReport;
import io.cairn.app.Operation;
import io.cairn.app.codes.LocalCodes;
import io.cairn.app.share.Shares;
import io.cairn.app.work.Broadcast;
import io.cairn.app.work.LocalOperation;
import io.cairn.app.work.Work;
import io.cairn.transfer.content.ShareOptions;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

/** Shares paths for the user and for what is sent. Callable from any thread. */
final class PathSharing implements LocalCodes.Sharing {
    private final Work work;
    private final Answers answers;
    private final Shares shares;
    private final CompletableFuture<Integer> joined;
    private final AtomicInteger running = new AtomicInteger();

    /** @param joined completes after the first attempt to join */
    PathSharing(Work work, Answers answers, Shares shares, CompletableFuture<Integer> joined) {
        this.work = work;
        this.answers = answers;
        this.shares = shares;
        this.joined = joined;
    }

    /** Whether a path is being shared. */
    boolean isBusy() {
        return running.get() > 0;
    }

    @Override
    public Operation<HashProgress, ShareReport> share(Path path, ShareOptions options, LocalCodes.Owner owner) {
        Broadcast<HashProgress> progress = new Broadcast<>(work, progressed -> HashProgress.class);
        CompletableFuture<ShareReport> result = answers.of(
                "cannot share " + path,
                over -> owner.begin(offer -> shares.add(path, options, offer, progress::tell, over, joined)));
        running.incrementAndGet();
        CompletableFuture<ShareReport> unused = result.whenComplete((report, failure) -> running.decrementAndGet());
        return new LocalOperation<>(progress, result);
    }
}
