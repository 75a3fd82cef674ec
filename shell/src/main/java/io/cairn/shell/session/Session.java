package io.cairn.shell.session;

import io.cairn.app.CairnException;
import io.cairn.app.Catalogue.Matches;
import io.cairn.app.FetchTarget;
import io.cairn.app.Node;
import io.cairn.app.Verifier;
import io.cairn.app.catalogue.Wanted;
import io.cairn.app.values.Pointers;
import io.cairn.control.Attachment;
import io.cairn.control.SharedNode;
import io.cairn.dht.id.Key;
import io.cairn.shell.output.Output;
import io.cairn.shell.output.Plain;
import io.cairn.shell.session.SessionSource.ListedFetch;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The tools of a command: a running node, its output, its stop requests, and the user.
 *
 * @param asking the way to ask the user; null where nobody can answer
 * @param owned whether the node, or the way to it, ends with the command
 */
public record Session(
        SharedNode node,
        Verifier verifier,
        Output output,
        Stops stops,
        SessionSource.@Nullable Asking asking,
        boolean owned)
        implements AutoCloseable {
    /** Waits for a result or a stop request, and draws the live lines again once a second. */
    public <T> T await(CompletableFuture<T> future) throws CairnException, StoppedException {
        return stops.await(future, output::refresh);
    }

    /**
     * The same, and says what it waits for if that lasts.
     *
     * @param word for the kind of work
     */
    public <T> T await(String word, String text, CompletableFuture<T> future) throws CairnException, StoppedException {
        output.waiting(word, text);
        try {
            return await(future);
        } finally {
            output.endProgress();
        }
    }

    /** What a text names; {@code NAME@PUBLISHER} asks the network. Where several shares or fetches here have the name, the user chooses. */
    public FetchTarget resolve(String hashOrLink) throws CairnException, StoppedException {
        try {
            return await("name", "asking for " + Plain.line(hashOrLink), Pointers.resolve(node, hashOrLink));
        } catch (CairnException refused) {
            return known(refused);
        }
    }

    /** The names that the user gave to nodes, as of now. */
    public Names names() {
        return Names.of(node);
    }

    /**
     * What a fetch takes: as {@link #resolve}, a torrent file, or words from what is listed, for which other nodes are asked. Where several
     * listed shares fit, the user chooses.
     */
    public FetchTarget wanted(String text) throws CairnException, StoppedException {
        Matches found;
        try {
            found = await("name", "asking for " + Plain.line(text), Wanted.matches(node, text, Path.of("")));
        } catch (CairnException refused) {
            return known(refused);
        }
        return found.count() == 1
                ? found.first().get(0).target()
                : Choice.listed(asking, output, found, Wanted.several(text, found));
    }

    private FetchTarget known(CairnException refused) throws CairnException, StoppedException {
        Key chosen = Choice.known(asking, output, node::shares, () -> ListedFetch.of(node.fetches()), refused);
        return node.resolve(chosen.toHex());
    }

    /** Whether the node runs in this process: it ends with it. */
    public boolean isHere() {
        return node.attachment().isHere();
    }

    /** Whether a daemon runs the node: it stays when this process ends. */
    public boolean isOfDaemon() {
        Attachment attachment = node.attachment();
        return !attachment.isHere() && attachment.process().isDaemon();
    }

    /** Serves until a stop request, and shows who takes what; announces that, unless a request is already pending or nothing is offered. */
    public Stop serve() {
        if (!stops.wish().isDone()) {
            boolean offers = node.shares().stream().anyMatch(Node.Share::available);
            output.note(
                    offers
                            ? "serving until Ctrl-C"
                            : "nothing is offered, since the files are not what was shared; waiting until Ctrl-C");
        }
        return stops.awaitStop(new Takers(node::shares, node::peers, names(), output, System::nanoTime)::look);
    }

    @Override
    public void close() {
        if (owned) {
            node.close();
        }
    }
}
