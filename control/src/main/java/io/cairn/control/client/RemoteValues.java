package io.cairn.control.client;

import io.cairn.app.Values;
import io.cairn.app.json.directory.ValueJson;
import java.util.concurrent.CompletableFuture;

/** The values of a node in another process. */
final class RemoteValues implements Values {
    private static final String VALUES = "/values/";

    private final NodeCalls calls;

    RemoteValues(NodeCalls calls) {
        this.calls = calls;
    }

    @Override
    public CompletableFuture<Written> put(Put put) {
        return calls.call(
                Request.put(VALUES + Request.encoded(put.name()), ValueJson.of(put)),
                Answer.object(ValueJson::readWritten));
    }

    @Override
    public CompletableFuture<Read> get(Name name) {
        return calls.call(Request.get(VALUES + Request.encoded(name.toString())), Answer.object(ValueJson::readRead));
    }
}
