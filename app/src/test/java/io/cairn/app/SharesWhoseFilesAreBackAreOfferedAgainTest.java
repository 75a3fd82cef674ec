package io.cairn.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.cairn.app.node.LocalNode;
import io.cairn.dht.id.Endpoint;
import io.cairn.dht.id.Key;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A drive is unplugged and plugged in again, without a restart of the node. */
class SharesWhoseFilesAreBackAreOfferedAgainTest {
    private static final int DEADLINE_SECONDS = 60;

    @TempDir
    Path temporary;

    private Path drive;
    private Path away;
    private Path file;
    private byte[] bytes;
    private Node node;
    private int copies;
    private final BlockingQueue<Node.Notice> notices = new LinkedBlockingQueue<>();

    @BeforeEach
    void start() throws Exception {
        drive = Files.createDirectory(temporary.resolve("drive"));
        away = temporary.resolve("away");
        file = drive.resolve("file");
        bytes = random(1);
        Files.write(file, bytes);
        node = startNode();
    }

    @AfterEach
    void stop() {
        node.close();
    }

    @Test
    void aFileThatWasMovedAwayAndBack() throws Exception {
        Key hash = share(file);
        Files.move(file, away);
        await(hash, false);
        Files.move(away, file);
        await(hash, true);
        assertThat(fetched(hash)).hasBinaryContent(bytes);
    }

    @Test
    void aFolderOfWhichAPartWasAway() throws Exception {
        Files.write(Files.createDirectories(drive.resolve("folder/below")).resolve("one"), random(2));
        Files.write(drive.resolve("folder/two"), random(3));
        Key hash = share(drive.resolve("folder"));
        Files.move(drive.resolve("folder/below"), away);
        await(hash, false);
        Files.move(away, drive.resolve("folder/below"));
        await(hash, true);
        assertThat(fetched(hash).resolve("below/one")).hasBinaryContent(random(2));
    }

    @Test
    void aDriveThatWasAwayWhenTheNodeStarted() throws Exception {
        Key hash = share(file);
        node.close();
        Files.move(drive, away);
        node = startNode();
        await(hash, false);
        Files.move(away, drive);
        await(hash, true);
    }

    @Test
    void aCopyOfAnotherTimeIsHashedFirst() throws Exception {
        Key hash = share(file);
        Files.delete(file);
        await(hash, false);
        Files.write(file, bytes);
        Files.setLastModifiedTime(file, FileTime.fromMillis(1_000_000));
        await(hash, true);
        node.close();
        node = startNode();
        await(hash, true);
    }

    @Test
    void somethingElseInItsPlaceIsNotOffered() throws Exception {
        Key hash = share(file);
        Path probe = Files.write(temporary.resolve("probe"), random(5));
        Key probed = share(probe);
        Files.delete(file);
        await(hash, false);
        Files.write(file, random(4));
        for (int round = 0; round < 3; round++) { // each takes one or two checks
            Files.move(probe, away);
            await(probed, false);
            Files.move(away, probe);
            await(probed, true);
        }
        assertThat(isAvailable(hash)).isFalse();
        Files.delete(file);
        Files.write(file, bytes);
        await(hash, true);
    }

    @Test
    void aDamagedFileThatLooksUnchangedIsOfferedOnlyOnceItIsRight() throws Exception {
        Key hash = share(file);
        FileTime time = Files.getLastModifiedTime(file);
        Files.write(file, random(4));
        Files.setLastModifiedTime(file, time);
        for (boolean isFound = false; !isFound; ) {
            isFound = findsOut(hash);
        }
        await(hash, false);
        node.close();
        node = startNode();
        await(hash, false);
        Files.write(file, bytes);
        Files.setLastModifiedTime(file, time);
        await(hash, true);
        assertThat(fetched(hash)).hasBinaryContent(bytes);
    }

    /**
     * Whether the node finds out when it copies its own share. If it looked just between the two changes of the file, it did not offer the
     * share for that while, and copied nothing.
     */
    private boolean findsOut(Key hash) throws InterruptedException {
        assertThat(node.fetch(options(hash)).completion()).failsWithin(DEADLINE_SECONDS, TimeUnit.SECONDS);
        while (true) {
            Node.Notice notice = notices.poll(DEADLINE_SECONDS, TimeUnit.SECONDS);
            assertThat(notice).as("what became of the share").isNotNull();
            if (notice instanceof Node.Notice.ShareReturned) {
                return false;
            }
            if (notice instanceof Node.Notice.ShareChanged changed
                    && changed.what().contains("does not hold what was shared")) {
                return true;
            }
        }
    }

    private Node startNode() throws CairnException {
        Node started = LocalNode.start(NodeConfig.builder(temporary.resolve("data"))
                .port(0)
                .bind(List.of(InetAddress.getLoopbackAddress()))
                .network("test")
                .lan(false)
                .build());
        started.onNotice(notices::add);
        return started;
    }

    private Key share(Path path) throws Exception {
        return node.share(path)
                .completion()
                .get(DEADLINE_SECONDS, TimeUnit.SECONDS)
                .share()
                .hash();
    }

    /** The file as another node fetches it. */
    private Path fetched(Key hash) throws Exception {
        copies++;
        Path target = temporary.resolve("copy" + copies);
        try (Node fetcher = LocalNode.start(NodeConfig.builder(temporary.resolve("fetcher" + copies))
                .port(0)
                .bind(List.of(InetAddress.getLoopbackAddress()))
                .network("test")
                .lan(false)
                .build())) {
            Endpoint peer =
                    new Endpoint(InetAddress.getLoopbackAddress(), node.info().port());
            FetchTarget from = new FetchTarget(hash, "", -1, List.of(peer));
            fetcher.fetch(FetchOptions.to(from, target).build()).completion().get(DEADLINE_SECONDS, TimeUnit.SECONDS);
        }
        return target;
    }

    private FetchOptions options(Key hash) {
        copies++;
        return FetchOptions.to(new FetchTarget(hash, "", -1, List.of()), temporary.resolve("own" + copies))
                .build();
    }

    private void await(Key hash, boolean available) throws InterruptedException {
        while (isAvailable(hash) != available) {
            assertThat(notices.poll(DEADLINE_SECONDS, TimeUnit.SECONDS))
                    .as("waited for the share to be " + (available ? "offered" : "withdrawn"))
                    .isNotNull();
        }
    }

    private boolean isAvailable(Key hash) {
        return node.shares().stream().anyMatch(share -> share.hash().equals(hash) && share.available());
    }

    private static byte[] random(int seed) {
        byte[] bytes = new byte[300_000];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }
}
