package io.cairn.control.client;

import io.cairn.app.Follows;
import io.cairn.app.Node;
import io.cairn.app.Operation;
import io.cairn.app.json.ShareJson;
import io.cairn.app.json.directory.FollowJson;
import java.util.List;

/** The watched folders and followed copies of a node in another process. */
final class RemoteFollows implements Follows {
    private static final String WATCHED = "/watched";

    private final NodeCalls calls;

    RemoteFollows(NodeCalls calls) {
        this.calls = calls;
    }

    @Override
    public Operation<Node.HashProgress, Version> watch(Watch watch) {
        return calls.operation(
                Request.post(WATCHED, FollowJson.of(watch)),
                new OperationLines.Shape<>(
                        line -> line.type().equals("hashing"),
                        ShareJson::readProgress,
                        FollowJson::readVersion,
                        progress -> Node.HashProgress.class));
    }

    @Override
    public List<Watched> watched() {
        return calls.ask(Request.get(WATCHED), Answer.array(FollowJson::readWatched), List::of);
    }

    @Override
    public Operation<FollowEvent, FollowEvent.UpToDate> follow(Follow follow) {
        return calls.operation(
                Request.post("/follows", FollowJson.of(follow)),
                new OperationLines.Shape<>(
                        line -> !line.type().equals("error"),
                        FollowJson::readEvent,
                        FollowJson::readUpToDate,
                        event -> null));
    }
}
