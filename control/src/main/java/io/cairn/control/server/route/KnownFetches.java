package io.cairn.control.server.route;

import io.cairn.app.CairnException;
import io.cairn.app.CairnException.Kind;
import io.cairn.app.Fetch;
import io.cairn.app.Node;
import io.cairn.app.Reason;
import io.cairn.app.json.FetchJson;
import io.cairn.app.json.JsonObject;
import io.cairn.dht.id.Key;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.WeakHashMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;

/**
 * Numbers the fetches of a node, so that a client can name one. A fetch is known by its completion: it is the same for each handle, before
 * and after the end.
 */
final class KnownFetches {
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,18}");

    private final Node node;
    private final Map<CompletableFuture<?>, Long> ids = Collections.synchronizedMap(new WeakHashMap<>());
    private final AtomicLong last = new AtomicLong();

    KnownFetches(Node node) {
        this.node = node;
    }

    JsonObject json(Fetch fetch) {
        return FetchJson.of(fetch, id(fetch));
    }

    /** The fetch that the parameter {@code id} names: a number, or else a target, for its latest fetch. */
    Fetch named(Call call) throws CairnException, NotFoundException {
        String name = call.parameter("id");
        List<Fetch> fetches = node.fetches();
        if (NUMBER.matcher(name).matches()) {
            long number = Long.parseLong(name);
            Optional<Fetch> numbered =
                    fetches.stream().filter(fetch -> id(fetch) == number).findFirst();
            if (numbered.isPresent()) {
                return numbered.get();
            }
        }
        Key hash = hash(name);
        for (int at = fetches.size() - 1; at >= 0; at--) {
            if (fetches.get(at).hash().equals(hash)) {
                return fetches.get(at);
            }
        }
        throw unknown(name, "it is not being fetched here, and was not lately");
    }

    private Key hash(String name) throws NotFoundException {
        try {
            return node.resolve(name).hash();
        } catch (CairnException unknown) {
            throw unknown(name, unknown.why());
        }
    }

    private static NotFoundException unknown(String name, String why) {
        return new NotFoundException(new CairnException(
                Kind.USAGE,
                "no such fetch: " + name,
                why,
                Reason.LIST_THE_FETCHES.says("see how each fetch stands").and("hash", name)));
    }

    private long id(Fetch fetch) {
        return ids.computeIfAbsent(fetch.completion(), unnumbered -> last.incrementAndGet());
    }
}
