package io.cairn.control.server;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** Measures how many requests one connection carries, one after the other: started by hand, it prints one line a second. */
final class RequestsPerSecond {
    private static final int SECONDS = 10;

    private RequestsPerSecond() {}

    public static void main(String[] arguments) throws Exception {
        Path folder = Files.createTempDirectory("cairn-requests-");
        try (ServedNode served = ServedNode.start(folder.resolve("data"));
                RawClient client = RawClient.of(served.server().socket())) {
            for (int second = 1; second <= SECONDS; second++) {
                long end = System.nanoTime() + 1_000_000_000L;
                int answered = 0;
                while (System.nanoTime() < end) {
                    if (client.get("/v1/shares").answer().code() != 200) {
                        throw new IllegalStateException("refused");
                    }
                    answered++;
                }
                System.out.println("second " + second + ": " + answered + " requests");
            }
        }
        try (Stream<Path> left = Files.walk(folder)) {
            for (Path path : left.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
