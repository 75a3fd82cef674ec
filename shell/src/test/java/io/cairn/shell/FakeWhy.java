package io.cairn.shell;

import io.cairn.app.Reason;
import io.cairn.app.Why;
import io.cairn.dht.id.Key;
import java.util.List;

/** The answer of a node that has seen nothing. */
final class FakeWhy {
    private FakeWhy() {}

    static Why neverFetched(Key hash) {
        return new Why(
                hash,
                "",
                null,
                "it was never fetched here",
                Reason.FETCH_AGAIN.says("fetch it"),
                List.of(),
                List.of(),
                List.of(),
                new Why.Missing(0, 0, List.of(), 0),
                List.of(),
                0);
    }
}
