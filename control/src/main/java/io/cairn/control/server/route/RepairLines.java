package io.cairn.control.server.route;

import io.cairn.app.FetchEvent;
import io.cairn.app.Node;
import io.cairn.app.Operation;
import io.cairn.app.Subscription;
import io.cairn.app.Verifier.VerifyReport;
import io.cairn.app.json.FetchEventJson;
import io.cairn.app.json.RepairJson.Repair;
import io.cairn.control.server.answer.ControlAnswer;
import io.cairn.control.server.answer.FailureAnswer;
import io.cairn.control.server.answer.LineSink;
import io.cairn.dht.id.Key;
import io.cairn.transfer.content.manifest.Manifest;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** A repair as lines: the manifest, which the node has or fetches, and then its events. */
final class RepairLines implements ControlAnswer.Feed {
    private final Node node;
    private final Repair repair;

    RepairLines(Node node, Repair repair) {
        this.node = node;
        this.repair = repair;
    }

    @Override
    public Subscription begin(LineSink sink) {
        CompletableFuture<Manifest> manifest = node.manifest(repair.target());
        CompletableFuture<Operation<FetchEvent, FetchEvent.Complete>> begun = manifest.thenApply(this::repair);
        Key hash = repair.target().hash();
        CompletableFuture<FetchEvent.Complete> ended = begun.thenCompose(operation -> {
            operation.events(event -> {
                if (!(event instanceof FetchEvent.Complete)) {
                    sink.line(FetchEventJson.of(hash, event));
                }
            });
            return operation.completion();
        });
        CompletableFuture<FetchEvent.Complete> unused = ended.whenComplete((complete, failure) ->
                sink.last(failure == null ? FetchEventJson.complete(complete) : FailureAnswer.line(failure)));
        return () -> {
            manifest.cancel(true);
            CompletableFuture<Void> unusedEnd =
                    begun.thenAccept(operation -> operation.completion().cancel(true));
        };
    }

    private Operation<FetchEvent, FetchEvent.Complete> repair(Manifest manifest) {
        for (VerifyReport.BadChunk bad : repair.found().bad()) {
            if (bad.chunk() < 0 || bad.chunk() >= manifest.chunkCount()) {
                throw new CompletionException(
                        FailureAnswer.usage("cannot repair that", "the share has no chunk " + bad.chunk()));
            }
        }
        return node.repair(repair.target(), manifest, repair.place(), repair.found());
    }
}
