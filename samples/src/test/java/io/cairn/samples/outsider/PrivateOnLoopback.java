package io.cairn.samples.outsider;

import io.cairn.app.Node;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Measures a private network beside an open one: real nodes in one process, over loopback. Prints what an outsider gets in answer, the times
 * of a fetch in both networks in turns, and those in the private one while the sharing node is flooded with crafted datagrams.
 */
public final class PrivateOnLoopback {
    private static final int DATAGRAMS = 10_000;
    private static final int CONNECTIONS = 1_000;
    private static final int FLOOD_PER_SECOND = 50_000;

    private final Path folder;
    private final int rounds;
    private final Random random = new Random(1);
    private final Path file;
    private final Path key;
    private int nodes;

    private PrivateOnLoopback(Path folder, int mebibytes, int rounds) throws IOException {
        this.folder = folder;
        this.rounds = rounds;
        this.key = Files.write(folder.resolve("lab.key"), bytes(32));
        this.file = Files.write(folder.resolve("file"), bytes(mebibytes << 20));
    }

    /**
     * The program.
     *
     * @param words a folder for the nodes' data, and perhaps the size of the file in MiB and the number of rounds; 512 7 by default
     */
    public static void main(String... words) throws Exception {
        int mebibytes = words.length > 1 ? Integer.parseInt(words[1]) : 512;
        int rounds = words.length > 2 ? Integer.parseInt(words[2]) : 7;
        new PrivateOnLoopback(Path.of(words[0]), mebibytes, rounds).run();
    }

    private void run() throws Exception {
        try (Node open = Member.start(folder.resolve("open"), null, 0, List.of());
                Node secret = Member.start(folder.resolve("private"), key, 0, List.of())) {
            String hash = open.share(file).completion().join().share().hash().toHex();
            var unused = secret.share(file).completion().join();
            outsider(secret, hash);
            double[] openly = new double[rounds];
            double[] privately = new double[rounds];
            double[] flooded = new double[rounds];
            List<Double> rates = new ArrayList<>();
            for (int i = -2; i < rounds; i++) {
                int at = Math.max(i, 0); // two rounds for the JVM
                if (i % 2 == 0) {
                    openly[at] = fetch(open, null, hash);
                    privately[at] = fetch(secret, key, hash);
                } else {
                    privately[at] = fetch(secret, key, hash);
                    openly[at] = fetch(open, null, hash);
                }
                flooded[at] = fetchUnderFlood(secret, hash, rates);
            }
            long bytes = Files.size(file);
            double base = median(openly);
            System.out.printf("medians of %d rounds, and the fastest%n", rounds);
            System.out.printf(
                    "open                   %7.0f ms  %6.0f MiB/s%34.0f ms%n",
                    base, mebibytes(bytes, base), Arrays.stream(openly).min().orElse(0));
            print("private", bytes, base, privately);
            print("private, while flooded", bytes, base, flooded);
            System.out.printf(
                    "flood                  %7.0f datagrams a second%n",
                    rates.stream().mapToDouble(rate -> rate).average().orElse(0));
        }
    }

    private void outsider(Node secret, String hash) throws Exception {
        try (Wiretap wire = new Wiretap(Member.endpoint(secret))) {
            Path copy = folder.resolve("copy");
            try (Node member = Member.start(next(), key, 0, List.of(wire.endpoint()))) {
                var unused = Member.fetch(member, hash, wire.endpoint(), copy);
            }
            Files.delete(copy);
            try (Outsider outsider = new Outsider(Member.endpoint(secret), Member.NETWORK, wire, random)) {
                outsider.sendDatagrams(DATAGRAMS);
                long onConnections = outsider.connect(CONNECTIONS);
                fetch(secret, key, hash);
                System.out.printf(
                        "outsider               %,d datagrams: %d bytes in answer; %,d connections: %d bytes in answer%n",
                        DATAGRAMS, outsider.answeredBytes(), CONNECTIONS, onConnections);
            }
        }
    }

    private double fetchUnderFlood(Node from, String hash, List<Double> rates) throws Exception {
        try (Wiretap nothing = new Wiretap(Member.endpoint(from));
                Outsider outsider = new Outsider(Member.endpoint(from), Member.NETWORK, nothing, random)) {
            AtomicLong sent = new AtomicLong();
            long began = System.nanoTime();
            Thread flood = new Thread(
                    () -> {
                        try {
                            sent.set(outsider.flood(FLOOD_PER_SECOND));
                        } catch (IOException refused) {
                            throw new UncheckedIOException(refused);
                        }
                    },
                    "flood");
            flood.start();
            try {
                return fetch(from, key, hash);
            } finally {
                flood.interrupt();
                flood.join();
                rates.add(sent.get() / ((System.nanoTime() - began) / 1e9));
            }
        }
    }

    /** By a node that is new, but for the code of the JVM. */
    private double fetch(Node from, @Nullable Path withKey, String hash) throws Exception {
        Path copy = folder.resolve("copy");
        try (Node member = Member.start(next(), withKey, 0, List.of(Member.endpoint(from)))) {
            var unused = member.joined().join();
            return Member.fetch(member, hash, Member.endpoint(from), copy);
        } finally {
            Files.deleteIfExists(copy);
        }
    }

    private Path next() {
        return folder.resolve("node" + nodes++);
    }

    private static void print(String what, long bytes, double base, double[] all) {
        double millis = median(all);
        System.out.printf(
                "%-22s %7.0f ms  %6.0f MiB/s  %.3f x the throughput of open%5.0f ms%n",
                what,
                millis,
                mebibytes(bytes, millis),
                base / millis,
                Arrays.stream(all).min().orElse(0));
    }

    private static double mebibytes(long bytes, double millis) {
        return bytes / 1048.576 / millis;
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    private byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }
}
