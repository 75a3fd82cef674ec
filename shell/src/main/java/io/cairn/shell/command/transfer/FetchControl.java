package io.cairn.shell.command.transfer;

import io.cairn.app.CairnException;
import io.cairn.app.Fetch;
import io.cairn.app.FetchState;
import io.cairn.app.json.FetchJson;
import io.cairn.dht.id.Key;
import io.cairn.shell.session.Session;
import io.cairn.shell.session.SessionSource;
import io.cairn.shell.session.StoppedException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * The common part of pause, resume and cancel: each acts on the unfinished fetch of a hash, or else on the latest, and reports its
 * state afterwards.
 */
final class FetchControl {
    private FetchControl() {}

    /** Lets a node that this command has started know the fetches of earlier runs. */
    static void prepare(Session session, SessionSource source) throws CairnException, StoppedException {
        if (source.isOneShot() && session.isHere()) {
            session.await(session.node().takeUpFetches());
        }
    }

    /** Changes the state of each named fetch in turn, and reports the resulting state. */
    static void each(
            Session session,
            List<String> names,
            FetchState wanted,
            Function<Fetch, CompletableFuture<Fetch.Status>> change)
            throws CairnException, StoppedException {
        for (String name : names) {
            Fetch fetch = named(session, name);
            Fetch.Status status = session.await(wanted.text(), "waiting for its work to end", change.apply(fetch));
            tell(session, fetch, status.state().text(), status.state() == wanted ? wanted.text() : "fetch", status);
        }
    }

    /**
     * Reports an action on a fetch and the resulting status.
     *
     * @param word the action, in text output
     * @param type of the JSON object
     */
    static void tell(Session session, Fetch fetch, String word, String type, Fetch.Status status) {
        session.output().data(word + "  " + fetch.hash());
        session.output().json(FetchJson.changed(type, fetch, status));
    }

    static Fetch named(Session session, String hashOrName) throws CairnException, StoppedException {
        List<Fetch> latestFirst = new ArrayList<>(session.node().fetches());
        Collections.reverse(latestFirst);
        Key hash = hash(session, hashOrName, latestFirst);
        latestFirst.removeIf(fetch -> !fetch.hash().equals(hash));
        for (Fetch fetch : latestFirst) {
            if (!fetch.status().isEnded()) {
                return fetch;
            }
        }
        if (!latestFirst.isEmpty()) {
            return latestFirst.get(0);
        }
        throw new CairnException(
                CairnException.Kind.USAGE,
                "there is no fetch of " + hashOrName,
                "nothing with this hash is being fetched here, or was since this node started",
                "fetches lists them");
    }

    /** A name means the unfinished fetch of that name, even if shares or other fetches have the same name. */
    private static Key hash(Session session, String hashOrName, List<Fetch> fetches)
            throws CairnException, StoppedException {
        Set<Key> called = new LinkedHashSet<>();
        for (Fetch fetch : fetches) {
            Fetch.Status status = fetch.status();
            if (!status.isEnded() && status.name().equals(hashOrName)) {
                called.add(fetch.hash());
            }
        }
        return called.size() == 1
                ? called.iterator().next()
                : session.resolve(hashOrName).hash();
    }
}
