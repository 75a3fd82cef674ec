package io.cairn.app.node;

import io.cairn.app.CairnException;
import io.cairn.app.Fetch;
import io.cairn.app.FetchOptions;
import io.cairn.app.FetchTarget;
import io.cairn.app.Node;
import io.cairn.app.NodeConfig;
import io.cairn.dht.id.Endpoint;
import io.cairn.dht.id.Key;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Warms up the JVM with transfers between two temporary nodes: in this process, on the loopback interface, in a separate network, in a
 * folder in memory that is deleted afterwards. Where there is no file system in memory, nothing is rehearsed. The JVM then compiles the code for the first real transfer: a fresh process needs longer to become
 * fast than to transfer one GiB once it is. Runs on a separate thread; its failures have no consequences.
 */
final class Rehearsal implements AutoCloseable {
    /** The link to its folder, within the data directory of the real node. */
    static final String LINK = "rehearsal";

    /** Transfers of 12 MiB in 49 chunks: after them the JVM's first compiler has done most of its work. */
    static final int ROUNDS = 12;

    private static final Logger LOG = LoggerFactory.getLogger(Rehearsal.class);
    private static final long CLOSE_MILLIS = 10_000;
    private static final int LARGE_BYTES = 12 << 20;

    /** Few, since ext4 looks at every recently deleted inode when it creates a file. */
    private static final int SMALL_FILES = 16;

    private static final int SMALL_BYTES = 16 << 10;

    /** Source, target, and the state of two nodes. */
    private static final long SPACE_BYTES = 4L * LARGE_BYTES;

    private final Path link;
    private final Thread thread = new Thread(this::run, "cairn-rehearsal");
    private @Nullable Fetch fetch;
    private boolean over;
    private int rounds;

    private Rehearsal(Path link) {
        this.link = link;
        thread.setDaemon(true);
    }

    /**
     * Begins; ends by itself.
     *
     * @param link names the folder while it exists, and after a kill
     */
    static Rehearsal begin(Path link) {
        Rehearsal rehearsal = new Rehearsal(link);
        rehearsal.thread.start();
        return rehearsal;
    }

    /** Asks it to end as soon as possible. Returns at once. */
    synchronized void end() {
        over = true;
        if (fetch != null) {
            fetch.stop();
        }
    }

    /** Ends it and waits until it has cleaned up. */
    @Override
    public void close() {
        end();
        try {
            thread.join(CLOSE_MILLIS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits until it has ended and cleaned up. */
    void await() throws InterruptedException {
        thread.join();
    }

    /** The number of transfers completed so far. */
    synchronized int rounds() {
        return rounds;
    }

    private void run() {
        try {
            MemoryFolder.deleteRemains(link);
            Optional<Path> place = MemoryFolder.place(SPACE_BYTES);
            if (place.isEmpty()) {
                LOG.debug("no rehearsal: no file system in memory with {} bytes free", SPACE_BYTES);
                return;
            }
            try (MemoryFolder folder = MemoryFolder.create(place.get(), link)) {
                perform(folder.path());
            }
        } catch (IOException | CairnException | ExecutionException | CancellationException failure) {
            LOG.debug("the rehearsal ended early", failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void perform(Path folder) throws IOException, CairnException, ExecutionException, InterruptedException {
        String network = HexFormat.of().formatHex(SecureRandom.getSeed(16));
        Path source = folder.resolve("source");
        write(source);
        try (Node sender = start(folder.resolve("sender"), network, List.of())) {
            Key hash = sender.share(source).completion().get().share().hash();
            Endpoint at =
                    new Endpoint(InetAddress.getLoopbackAddress(), sender.info().port());
            FetchTarget target = new FetchTarget(hash, "", -1, List.of(at));
            try (Node receiver = start(folder.resolve("receiver"), network, List.of(at.toString()))) {
                for (int round = 0; round < ROUNDS && !isOver(); round++) {
                    transfer(receiver, target, folder.resolve("target"));
                }
            }
        }
    }

    private void transfer(Node receiver, FetchTarget source, Path target)
            throws IOException, ExecutionException, InterruptedException {
        Fetch begun = receiver.fetch(FetchOptions.to(source, target).build());
        synchronized (this) {
            fetch = begun;
            if (over) {
                begun.stop();
            }
        }
        begun.completion().get();
        synchronized (this) {
            fetch = null;
            rounds++;
        }
        MemoryFolder.delete(target);
    }

    private synchronized boolean isOver() {
        return over;
    }

    private static Node start(Path folder, String network, List<String> bootstrap) throws CairnException {
        return LocalNode.start(NodeConfig.builder(folder)
                .port(0)
                .bind(List.of(InetAddress.getLoopbackAddress()))
                .bootstrap(bootstrap)
                .network(network)
                .lan(false)
                .build());
    }

    private static void write(Path source) throws IOException {
        Files.createDirectories(source);
        Random random = new Random();
        byte[] small = new byte[SMALL_BYTES];
        for (int file = 0; file < SMALL_FILES; file++) {
            random.nextBytes(small);
            Files.write(source.resolve("small" + file), small);
        }
        byte[] large = new byte[LARGE_BYTES];
        random.nextBytes(large);
        Files.write(source.resolve("large"), large);
    }
}
