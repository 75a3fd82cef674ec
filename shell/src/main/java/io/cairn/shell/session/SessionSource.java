package io.cairn.shell.session;

import io.cairn.app.CairnException;
import io.cairn.app.Fetch;
import io.cairn.app.FetchOptions;
import io.cairn.app.Node;
import io.cairn.app.Verifier;
import io.cairn.app.config.ConfigSources;
import io.cairn.app.node.StoredNode;
import io.cairn.control.Attachment;
import io.cairn.control.http.ProcessStatus;
import io.cairn.dht.id.Key;
import io.cairn.shell.output.Output;
import io.cairn.transfer.content.manifest.Manifest;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Supplies a command with its node. In the shell, that is the shell's. Elsewhere it is the node that runs on the data directory, or one
 * that the command starts.
 */
public interface SessionSource {
    /** Opens a session; the command closes it. */
    Session open() throws CairnException;

    /** The same for a command that keeps its node running: a node it starts also rehearses. */
    Session openToStay() throws CairnException;

    /** The same for a node that is always this process's own, in place of one that another command runs. */
    Session openOwn() throws CairnException;

    /** A session with the node that runs on the data directory, if one does; in the shell, with the shell's. The command closes it. */
    Optional<Session> attach() throws CairnException;

    /**
     * The node that runs, of whatever version; in the shell, the shell's, which the command must not close. Waits while a process starts
     * or ends its node.
     *
     * @throws CairnException if a process holds the data directory and does not answer
     */
    Optional<Attachment> running() throws CairnException;

    /** The process of {@link #running()}. */
    default Optional<ProcessStatus> process() throws CairnException {
        Optional<Attachment> running = SlowStep.ofProcess(output(), this::running);
        if (running.isEmpty()) {
            return Optional.empty();
        }
        try (Attachment attachment = running.get()) {
            return Optional.of(attachment.process());
        }
    }

    /** The shares, without starting a node, ordered by name. */
    default List<Node.Share> shares() throws CairnException {
        Optional<Session> running = attach();
        if (running.isEmpty()) {
            return StoredNode.shares(dataDirectory());
        }
        try (Session session = running.get()) {
            return session.node().shares();
        }
    }

    /** The fetches, without starting a node, oldest first. */
    default List<ListedFetch> fetches() throws CairnException {
        Optional<Session> running = attach();
        if (running.isEmpty()) {
            return ListedFetch.of(StoredNode.fetches(dataDirectory()));
        }
        try (Session session = running.get()) {
            return ListedFetch.of(session.node().fetches());
        }
    }

    /** The manifest for a hash or link, if it is known without starting a node. */
    Optional<Manifest> storedManifest(String hashOrLink) throws CairnException;

    /** The data directory in use. */
    Path dataDirectory() throws CairnException;

    /** The output for commands without a node. */
    Output output();

    /** The stop requests for commands without a node. */
    Stops stops();

    /** Compares files with manifests. */
    Verifier verifier();

    /** What a command may read as its input; empty in the shell, whose lines come from there. */
    Optional<InputStream> input();

    /** The way to ask the user; empty where nobody can answer. */
    Optional<Asking> asking();

    /** Asks the user. */
    @FunctionalInterface
    interface Asking {
        /** Ends a question whose default is no. */
        String YES_OR_NO = " [y/N] ";

        /** The line that the user enters after a question; empty if it is given up with Ctrl-D. */
        String answer(String question) throws CairnException, StoppedException;

        /** Whether the user says yes; no is the default. */
        default boolean isAgreed(String question) throws CairnException, StoppedException {
            return isYes(answer(question + YES_OR_NO));
        }

        /** Whether an answer begins with y. */
        static boolean isYes(String answer) {
            return answer.strip().toLowerCase(Locale.ROOT).startsWith("y");
        }
    }

    /** The settings of the program with their sources. */
    ConfigSources configuration() throws CairnException;

    /** Whether the command may keep the node to itself and serve until it is stopped. */
    boolean isOneShot();

    /** A fetch in a list. */
    record ListedFetch(FetchOptions options, Fetch.Status status) {
        public Key hash() {
            return options.target().hash();
        }

        public static List<ListedFetch> of(List<Fetch> fetches) {
            return fetches.stream()
                    .map(fetch -> new ListedFetch(fetch.options(), fetch.status()))
                    .toList();
        }

        public static List<ListedFetch> of(Map<FetchOptions, Fetch.Status> fetches) {
            return fetches.entrySet().stream()
                    .map(fetch -> new ListedFetch(fetch.getKey(), fetch.getValue()))
                    .toList();
        }
    }
}
