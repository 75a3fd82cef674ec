package io.cairn.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.cairn.app.CairnException.Kind;
import io.cairn.app.node.LocalNode;
import io.cairn.dht.id.Endpoint;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A node without the share uses a peer's manifest to find out whether the target is that share, and leaves it unchanged. */
class ATargetIsComparedByTheManifestOfPeersTest {
    @TempDir
    private Path folder;

    private Node sharing;
    private Node fetching;

    @BeforeEach
    void startTwoNodes() throws Exception {
        sharing = start("sharing");
        fetching = start("fetching");
        write(folder.resolve("original"));
    }

    @AfterEach
    void close() {
        fetching.close();
        sharing.close();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whatIsIdenticalIsSuccess(boolean isFolder) throws Exception {
        write(folder.resolve("copy"));
        FileTime before = Files.getLastModifiedTime(folder.resolve("copy/film"));
        FetchEvent.Complete complete = fetch(isFolder).completion().get(60, TimeUnit.SECONDS);
        assertThat(complete.alreadyThere()).isTrue();
        assertThat(complete.peers()).isEmpty();
        assertThat(Files.getLastModifiedTime(folder.resolve("copy/film"))).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whatDiffersInOneByteIsInTheWay(boolean isFolder) throws Exception {
        write(folder.resolve("copy"));
        byte[] changed = Files.readAllBytes(folder.resolve("copy/film"));
        changed[changed.length - 1] ^= 1;
        Files.write(folder.resolve("copy/film"), changed);
        Throwable failure = catchThrowable(() -> fetch(isFolder).completion().get(60, TimeUnit.SECONDS));
        assertThat(failure.getCause()).isInstanceOf(CairnException.class);
        assertThat(((CairnException) failure.getCause()).kind()).isEqualTo(Kind.EXISTS);
        assertThat(folder.resolve("copy/film")).hasBinaryContent(changed);
    }

    /** Fetches the file to its exact path, or the folder into a folder that already holds one of its name. */
    private Fetch fetch(boolean isFolder) throws Exception {
        Path source = folder.resolve("original").resolve(isFolder ? "" : "film");
        Path target = isFolder ? folder.resolve("into") : folder.resolve("copy/film");
        if (isFolder) {
            Files.createDirectory(target);
            Files.move(folder.resolve("copy"), target.resolve("original"));
            Files.createSymbolicLink(folder.resolve("copy"), target.resolve("original"));
        }
        Node.ShareReport report = sharing.share(source).completion().get(30, TimeUnit.SECONDS);
        Endpoint known =
                new Endpoint(InetAddress.getLoopbackAddress(), sharing.info().port());
        FetchTarget from = new FetchTarget(report.share().hash(), "", -1, List.of(known));
        return fetching.fetch(FetchOptions.to(from, target).build());
    }

    private static void write(Path into) throws IOException {
        byte[] film = new byte[700_000];
        new Random(1).nextBytes(film);
        Files.createDirectory(into);
        Files.write(into.resolve("film"), film);
        Files.writeString(into.resolve("notes"), "the same everywhere");
    }

    private Node start(String data) throws CairnException {
        return LocalNode.start(NodeConfig.builder(folder.resolve(data))
                .port(0)
                .bind(List.of(InetAddress.getLoopbackAddress()))
                .network("compared-with-peers")
                .lan(false)
                .build());
    }
}
