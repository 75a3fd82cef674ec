package io.cairn.shell;

import io.cairn.app.CairnException;
import io.cairn.app.Fetch;
import io.cairn.dht.id.Key;
import java.util.List;

/** Finds the fetch that a command is about: the latest one of its hash. */
final class FetchControl {
    private FetchControl() {}

    static Fetch named(Session session, String hashOrName) throws CairnException {
        Key hash = session.resolve(hashOrName).hash();
        List<Fetch> fetches = session.node().fetches();
        for (int i = fetches.size() - 1; i >= 0; i--) {
            if (fetches.get(i).hash().equals(hash)) {
                return fetches.get(i);
            }
        }
        throw new CairnException(
                CairnException.Kind.USAGE,
                "there is no fetch of " + hashOrName,
                "nothing with this hash was fetched since this node started",
                "fetches lists them");
    }
}
