package io.cairn.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.cairn.app.node.LocalNode;
import io.cairn.dht.id.Key;
import io.cairn.transfer.content.ChunkSet;
import io.cairn.transfer.content.hashing.FileStamp;
import io.cairn.transfer.content.manifest.Manifest;
import io.cairn.transfer.store.state.StateDatabase;
import io.cairn.transfer.store.state.StoredFetch;
import io.cairn.transfer.store.state.StoredFetch.StoredFetchState;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An existing target is left alone; only if an earlier run placed the share and was then killed is a fetch to it complete. */
class WhatIsThereIsNotFetchedAgainTest {
    private static final int LENGTH = 1_000_000;

    @TempDir
    Path folder;

    private final Queue<FetchEvent> events = new ConcurrentLinkedQueue<>();
    private Path original;

    @BeforeEach
    void writeTheFile() throws Exception {
        byte[] bytes = new byte[LENGTH];
        new Random(1).nextBytes(bytes);
        original = Files.write(folder.resolve("original"), bytes);
    }

    @Test
    void theSameFetchAgainFindsTheTargetThere() throws Exception {
        Path copy = folder.resolve("copy");
        try (Node node = start("data")) {
            Key hash = share(node);
            assertThat(fetch(node, hash, copy).alreadyThere()).isFalse();
            FileTime placed = Files.getLastModifiedTime(copy);
            assertThat(fetch(node, hash, copy).alreadyThere()).isTrue();
            assertThat(Files.getLastModifiedTime(copy)).isEqualTo(placed);
            Files.write(copy, new byte[LENGTH]);
            CairnException failure = failure(node, hash, copy);
            assertThat(failure.kind()).isEqualTo(CairnException.Kind.EXISTS);
            assertThat(failure.why()).isEqualTo(copy + " exists already, and differs from this share");
            assertThat(copy).hasBinaryContent(new byte[LENGTH]);
        }
    }

    @Test
    void aFolderThatAFetchMadeIsTheShareAndNotWhereItGoes() throws Exception {
        Path shared = Files.createDirectory(folder.resolve("shared"));
        Files.write(shared.resolve("a"), new byte[] {1, 2, 3});
        Files.write(shared.resolve("b"), new byte[] {4});
        original = shared;
        Path copy = folder.resolve("copy");
        try (Node node = start("data")) {
            Key hash = share(node);
            assertThat(fetch(node, hash, copy).path()).isEqualTo(copy);
            FetchEvent.Complete again = fetch(node, hash, copy);
            assertThat(again.path()).isEqualTo(copy);
            assertThat(again.alreadyThere()).isTrue();
            Files.write(copy.resolve("a"), new byte[] {1, 2, 4});
            assertThat(failure(node, hash, copy).kind()).isEqualTo(CairnException.Kind.EXISTS);

            Path full = Files.createDirectory(folder.resolve("full"));
            Files.write(full.resolve("a"), new byte[] {1, 2, 3});
            Files.write(full.resolve("mine"), new byte[] {9});
            assertThat(fetch(node, hash, full).path()).isEqualTo(full.resolve("shared"));
            Path empty = Files.createDirectory(folder.resolve("empty"));
            assertThat(fetch(node, hash, empty).path()).isEqualTo(empty.resolve("shared"));
        }
    }

    @Test
    void aManifestOfTheStateNeedsNobody() throws Exception {
        Path copy = Files.copy(original, folder.resolve("copy"));
        try (Node node = start("data")) {
            Key hash = share(node);
            Files.write(original, new byte[LENGTH]);
            FetchEvent.Complete complete = fetch(node, hash, copy);
            assertThat(complete.alreadyThere()).isTrue();
            assertThat(events).noneMatch(FetchEvent.Lookup.class::isInstance);
        }
    }

    @Test
    void whatCannotBeComparedSinceNobodyHasItIsInTheWay() throws Exception {
        Path copy = Files.writeString(folder.resolve("copy"), "mine");
        try (Node node = start("data")) {
            CairnException failure = failure(node, Key.ofContent(new byte[] {1}), copy);
            assertThat(failure.kind()).isEqualTo(CairnException.Kind.EXISTS);
            assertThat(failure.why()).contains(copy.toString());
            assertThat(copy).hasContent("mine");
        }
    }

    @Test
    void whatARunPlacedThatWasKilledThereNeedsNobody() throws Exception {
        Path copy = folder.resolve("copy");
        Files.copy(original, copy);
        Manifest manifest = manifest();
        leaveKilled(manifest, copy);
        try (Node alone = start("alone")) {
            FetchEvent.Complete complete = fetch(alone, manifest.hash(), copy);
            assertThat(complete.alreadyThere()).isTrue();
            assertThat(complete.size()).isEqualTo(LENGTH);
            assertThat(events).contains(new FetchEvent.Comparing(copy));
            assertThat(events).noneMatch(FetchEvent.Lookup.class::isInstance);
        }
    }

    @Test
    void whatIsNotWhatItPlacedIsInTheWay() throws Exception {
        Path copy = Files.write(folder.resolve("copy"), new byte[LENGTH]);
        Manifest manifest = manifest();
        leaveKilled(manifest, copy);
        try (Node alone = start("alone")) {
            assertThat(failure(alone, manifest.hash(), copy).kind()).isEqualTo(CairnException.Kind.EXISTS);
            assertThat(copy).hasBinaryContent(new byte[LENGTH]);
        }
    }

    private Manifest manifest() throws Exception {
        try (Node node = start("data")) {
            return node.manifest(new FetchTarget(share(node), "", -1, List.of()))
                    .get(30, TimeUnit.SECONDS);
        }
    }

    /** The state left by a run that was killed after the rename and before it forgot the fetch. */
    private void leaveKilled(Manifest manifest, Path placed) throws Exception {
        Path data = Files.createDirectories(folder.resolve("alone"));
        try (StateDatabase state = StateDatabase.open(data.resolve(StateDatabase.FILE_NAME))) {
            state.fetches()
                    .put(new StoredFetch(
                            manifest,
                            placed,
                            placed.resolveSibling("copy.part"),
                            ChunkSet.all(manifest.chunkCount()),
                            Map.of(0, FileStamp.of(placed)),
                            StoredFetchState.ACTIVE,
                            false,
                            1));
        }
    }

    private Node start(String data) throws CairnException {
        return LocalNode.start(NodeConfig.builder(folder.resolve(data))
                .port(0)
                .bind(List.of(InetAddress.getLoopbackAddress()))
                .network("test")
                .lan(false)
                .build());
    }

    private Key share(Node node) throws Exception {
        return node.share(original)
                .completion()
                .get(30, TimeUnit.SECONDS)
                .share()
                .hash();
    }

    private Fetch begin(Node node, Key hash, Path to) {
        FetchTarget target = new FetchTarget(hash, "", -1, List.of());
        Fetch fetch = node.fetch(FetchOptions.to(target, to).build());
        fetch.events(events::add);
        return fetch;
    }

    private FetchEvent.Complete fetch(Node node, Key hash, Path to) throws Exception {
        return begin(node, hash, to).completion().get(30, TimeUnit.SECONDS);
    }

    private CairnException failure(Node node, Key hash, Path to) {
        return failure(begin(node, hash, to));
    }

    private static CairnException failure(Fetch fetch) {
        Throwable cause = assertThat(fetch.completion())
                .failsWithin(30, TimeUnit.SECONDS)
                .withThrowableOfType(ExecutionException.class)
                .actual()
                .getCause();
        assertThat(cause).isInstanceOf(CairnException.class);
        return (CairnException) cause;
    }
}
