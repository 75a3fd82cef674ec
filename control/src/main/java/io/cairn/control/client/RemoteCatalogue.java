package io.cairn.control.client;

import io.cairn.app.Catalogue;
import io.cairn.app.FetchTarget;
import io.cairn.app.Operation;
import io.cairn.app.json.FetchTargetJson;
import io.cairn.app.json.people.ListingJson;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

/** What other nodes list for a node in another process. */
final class RemoteCatalogue implements Catalogue {
    private static final String CATALOGUE = "/catalogue";

    private final NodeCalls calls;

    RemoteCatalogue(NodeCalls calls) {
        this.calls = calls;
    }

    @Override
    public Operation<Heard, Browsed> browse(Browse what) {
        return calls.operation(
                Request.get(CATALOGUE + words(what.words())),
                new OperationLines.Shape<>(
                        ListingJson::isHeard, ListingJson::readHeard, ListingJson::readBrowsed, event -> null));
    }

    @Override
    public List<Listing> known() {
        return calls.ask(Request.get(CATALOGUE + "/known"), Answer.array(ListingJson::read), List::of);
    }

    @Override
    public CompletableFuture<FetchTarget> find(List<String> words) {
        return calls.call(Request.get(CATALOGUE + "/target" + words(words)), Answer.object(FetchTargetJson::read));
    }

    @Override
    public CompletableFuture<Matches> matches(List<String> words) {
        return calls.call(Request.get(CATALOGUE + "/matches" + words(words)), Answer.object(ListingJson::readMatches));
    }

    private static String words(List<String> words) {
        return words.isEmpty()
                ? ""
                : words.stream().map(word -> "word=" + Request.encoded(word)).collect(Collectors.joining("&", "?", ""));
    }
}
