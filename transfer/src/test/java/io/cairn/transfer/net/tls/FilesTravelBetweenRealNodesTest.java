package io.cairn.transfer.net.tls;

import static org.assertj.core.api.Assertions.assertThat;

import io.cairn.dht.Provider;
import io.cairn.transfer.content.manifest.Manifest;
import io.cairn.transfer.content.manifest.TestManifests;
import io.cairn.transfer.swarm.Swarm;
import io.cairn.transfer.swarm.fetch.FetchOutcome;
import io.cairn.transfer.swarm.fetch.FetchPlan;
import io.cairn.transfer.swarm.peer.SwarmLimits;
import io.cairn.transfer.swarm.port.FakeDht;
import io.cairn.transfer.swarm.port.MemoryContent;
import io.cairn.transfer.swarm.port.RecordingListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.commons.codec.digest.DigestUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole swarms over TCP and TLS. */
final class FilesTravelBetweenRealNodesTest {
    private static final int MIB = 1024 * 1024;

    @TempDir
    private Path folder;

    @Test
    void eightyMebibytesArriveAsTheyWere() throws Exception {
        byte[] bytes = random(80 * MIB + 77);
        Path original = Files.write(folder.resolve("original"), bytes);
        Manifest manifest = TestManifests.of("original", bytes, MIB);
        try (SwarmNode seed = new SwarmNode();
                SwarmNode fetcher = new SwarmNode();
                FileContent content = new FileContent(manifest, original, true);
                FileContent target = new FileContent(manifest, folder.resolve("copy"), false)) {
            seed.serve(content);
            fetcher.find(manifest, seed);
            FetchOutcome outcome = fetcher.fetch(manifest, target);
            assertThat(outcome).isInstanceOf(FetchOutcome.Completed.class);
            assertThat(sha256(folder.resolve("copy"))).isEqualTo(sha256(original));
            assertThat(seed.node.onLoop(() -> seed.swarm.uploadedBytes(manifest.hash())))
                    .isEqualTo(bytes.length);
        }
    }

    @Test
    void twoFetchersAndASeedWithALiarAmongThem() throws Exception {
        byte[] bytes = random(24 * MIB);
        Manifest manifest = TestManifests.of("film", bytes, MIB / 4);
        try (SwarmNode seed = new SwarmNode();
                SwarmNode liar = new SwarmNode();
                SwarmNode one = new SwarmNode();
                SwarmNode two = new SwarmNode()) {
            MemoryContent lies = MemoryContent.whole(manifest, bytes);
            lies.lieAbout(chunk -> true);
            liar.serve(lies);
            seed.serve(MemoryContent.whole(manifest, bytes));
            one.find(manifest, seed, liar, two);
            two.find(manifest, liar, seed, one);
            MemoryContent first = MemoryContent.empty(manifest);
            MemoryContent second = MemoryContent.empty(manifest);
            CompletableFuture<FetchOutcome> firstEnd = one.start(manifest, first);
            CompletableFuture<FetchOutcome> secondEnd = two.start(manifest, second);
            assertThat(firstEnd.get(30, TimeUnit.SECONDS)).isInstanceOf(FetchOutcome.Completed.class);
            assertThat(secondEnd.get(30, TimeUnit.SECONDS)).isInstanceOf(FetchOutcome.Completed.class);
            assertThat(first.bytes()).isEqualTo(bytes);
            assertThat(second.bytes()).isEqualTo(bytes);
        }
    }

    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }

    private static String sha256(Path file) throws IOException {
        return DigestUtils.sha256Hex(Files.readAllBytes(file));
    }

    /** A real node with a swarm. */
    private static final class SwarmNode implements AutoCloseable {
        final RealNode node = RealNode.start();
        final FakeDht dht = new FakeDht(node.identity.nodeId(), node);
        final Swarm swarm = node.onLoop(() -> new Swarm(
                dht,
                node,
                node,
                new SecureRandom(),
                node.network,
                TestManifests::read,
                SwarmLimits.DEFAULT,
                (share, failure) -> {}));

        SwarmNode() throws IOException {}

        void serve(io.cairn.transfer.content.Content content) {
            node.onLoop(() -> {
                swarm.serve(content);
                return 0;
            });
        }

        void find(Manifest manifest, SwarmNode... providers) {
            List<Provider> known = new ArrayList<>();
            for (SwarmNode provider : providers) {
                known.add(new Provider(
                        provider.node.identity.publicKey(), List.of(provider.node.endpoint()), Long.MAX_VALUE));
            }
            node.onLoop(() -> {
                known.forEach(provider -> dht.add(manifest.hash(), provider));
                return 0;
            });
        }

        CompletableFuture<FetchOutcome> start(Manifest manifest, io.cairn.transfer.content.GrowingContent target) {
            return node.onLoop(() -> swarm.fetch(
                            manifest.hash(), List.of(), opened -> target, FetchPlan.WHOLE, new RecordingListener())
                    .end());
        }

        FetchOutcome fetch(Manifest manifest, io.cairn.transfer.content.GrowingContent target) throws Exception {
            return start(manifest, target).get(40, TimeUnit.SECONDS);
        }

        @Override
        public void close() {
            node.onLoop(() -> {
                swarm.close();
                return 0;
            });
            node.close();
        }
    }
}
