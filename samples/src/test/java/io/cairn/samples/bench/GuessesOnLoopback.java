package io.cairn.samples.bench;

import io.cairn.app.CairnException;
import io.cairn.app.CairnException.Kind;
import io.cairn.app.Codes;
import io.cairn.app.Codes.Send;
import io.cairn.app.Codes.SendEvent;
import io.cairn.app.Codes.Sent;
import io.cairn.app.Node;
import io.cairn.app.NodeConfig;
import io.cairn.app.Operation;
import io.cairn.app.node.LocalNode;
import io.cairn.transfer.content.ShareOptions;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * Guesses codes of real nodes: one process, real sessions over loopback. One wrong guess for each of many sends, then three for some of them,
 * then the right codes. Prints one line; fails if a guess was not counted, or a right code was refused while tries were left.
 */
public final class GuessesOnLoopback {
    private static final int DEADLINE_SECONDS = 60;
    private static final int VOIDED_EVERY = 10;

    private GuessesOnLoopback() {}

    /**
     * The program.
     *
     * @param words a folder for the nodes' data, and perhaps the number of sends; 1,000 by default
     */
    public static void main(String... words) throws Exception {
        int sends = words.length > 1 ? Integer.parseInt(words[1]) : 1_000;
        try (Node sender = start(Path.of(words[0]).resolve("sender"), List.of());
                Node guesser = start(
                        Path.of(words[0]).resolve("guesser"),
                        List.of("127.0.0.1:" + sender.info().port()))) {
            guesser.joined().join();
            guess(sender, guesser, sends);
        }
    }

    private static void guess(Node sender, Node guesser, int sends) throws Exception {
        Map<String, Integer> left = new ConcurrentHashMap<>();
        List<String> codes = new ArrayList<>();
        List<Operation<SendEvent, Sent>> running = new ArrayList<>();
        for (int i = 0; i < sends; i++) {
            CompletableFuture<String> told = new CompletableFuture<>();
            Operation<SendEvent, Sent> sending = sender.codes()
                    .send(new Send(List.of(), ShareOptions.DEFAULT, "text " + i, Codes.FOR_SECONDS_MAX, 1, List.of()));
            sending.events(event -> {
                if (event instanceof SendEvent.Ready ready) {
                    told.complete(ready.code());
                } else if (event instanceof SendEvent.WrongTry wrong) {
                    left.put(told.join(), wrong.left());
                }
            });
            running.add(sending);
            codes.add(told.get(DEADLINE_SECONDS, TimeUnit.SECONDS));
        }
        double[] millis = new double[sends];
        int counted = 0;
        for (int i = 0; i < sends; i++) {
            long began = System.nanoTime();
            check(kind(guesser, wrong(codes.get(i))) == Kind.DENIED, "a wrong code was not denied");
            millis[i] = (System.nanoTime() - began) / 1e6;
            counted += left.getOrDefault(codes.get(i), 3) == 2 ? 1 : 0;
        }
        check(counted == sends, counted + " of " + sends + " guesses were counted");
        int voided = 0;
        int worked = 0;
        for (int i = 0; i < sends; i++) {
            if (i % VOIDED_EVERY == 0) {
                check(kind(guesser, wrong(codes.get(i))) == Kind.DENIED, "a second wrong code was not denied");
                check(kind(guesser, wrong(codes.get(i))) == Kind.DENIED, "a third wrong code was not denied");
                Sent sent = running.get(i).completion().get(DEADLINE_SECONDS, TimeUnit.SECONDS);
                check(sent.end() == Codes.End.GUESSED, "three wrong codes, and it is " + sent.end());
                voided++;
            } else {
                Codes.Met met = guesser.codes().meet(codes.get(i)).get(DEADLINE_SECONDS, TimeUnit.SECONDS);
                check(("text " + i).equals(met.text()), "the right code led to something else");
                worked++;
            }
        }
        Arrays.sort(millis);
        System.out.printf(
                "%d sends, %d wrong guesses counted, %d codes void after three, %d right codes worked; a wrong guess took %.1f ms, p99 %.1f ms%n",
                sends,
                sender.codes().statistics().wrongTries(),
                voided,
                worked,
                millis[sends / 2],
                millis[sends * 99 / 100]);
    }

    private static String wrong(String code) {
        String number = code.substring(0, code.indexOf('-'));
        return number + (code.endsWith("-apple-apple") ? "-orbit-orbit" : "-apple-apple");
    }

    private static Kind kind(Node guesser, String code) throws Exception {
        try {
            guesser.codes().meet(code).get(DEADLINE_SECONDS, TimeUnit.SECONDS);
            throw new IllegalStateException("a wrong code worked");
        } catch (ExecutionException failure) {
            if (failure.getCause() instanceof CairnException told) {
                return told.kind();
            }
            throw failure;
        }
    }

    private static void check(boolean holds, String what) {
        if (!holds) {
            throw new IllegalStateException(what);
        }
    }

    private static Node start(Path folder, List<String> known) throws CairnException {
        NodeConfig.Builder config = NodeConfig.builder(folder)
                .port(0)
                .network("bench")
                .bind(List.of(InetAddress.getLoopbackAddress()))
                .lan(false);
        return LocalNode.start(config.bootstrap(known).build());
    }
}
