package io.cairn.shell.command.node;

import io.cairn.app.CairnException;
import io.cairn.app.CairnException.Kind;
import io.cairn.app.FetchEvent;
import io.cairn.app.FetchOptions;
import io.cairn.app.FetchTarget;
import io.cairn.app.Node;
import io.cairn.app.NodeConfig;
import io.cairn.app.Verifier;
import io.cairn.app.Verifier.VerifyReport;
import io.cairn.app.Verifier.VerifyReport.BadChunk;
import io.cairn.app.work.Reasons;
import io.cairn.control.reach.NodeStarter;
import io.cairn.dht.id.Key;
import io.cairn.shell.output.Output;
import io.cairn.shell.output.Sizes;
import io.cairn.shell.session.StoppedException;
import io.cairn.shell.session.Stops;
import io.cairn.transfer.content.manifest.Manifest;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/** Runs three real nodes on loopback: share, fetch, fetch from two peers at once, corrupt, verify. Leaves no files behind. */
public final class Demo {
    private static final int MEBIBYTES = 40;

    private final Output output;
    private final Stops stops;
    private final NodeStarter starter;
    private final Verifier verifier;
    private final List<Node> nodes = new ArrayList<>();

    public Demo(Output output, Stops stops, NodeStarter starter, Verifier verifier) {
        this.output = output;
        this.stops = stops;
        this.starter = starter;
        this.verifier = verifier;
    }

    public void run() throws CairnException, StoppedException {
        long started = System.nanoTime();
        Path folder = null;
        try {
            folder = Files.createTempDirectory("cairn-demo");
            tell(folder);
        } catch (IOException failure) {
            throw new CairnException(
                    Reasons.kind(failure),
                    "the demo failed",
                    Reasons.of(failure),
                    "is there room in the folder for temporary files?",
                    failure);
        } finally {
            nodes.forEach(Node::close);
            if (folder != null) {
                delete(folder);
            }
        }
        say("done in " + Sizes.duration((System.nanoTime() - started) / 1_000_000) + "; nothing is left behind");
    }

    private void tell(Path folder) throws IOException, CairnException, StoppedException {
        say("Three nodes on this machine, each with an identity and a data folder of its own:");
        Node a = start(folder, "a");
        Node b = start(folder, "b");
        Node c = start(folder, "c");
        for (Node node : nodes) {
            stops.await(node.joined());
        }

        Path original = folder.resolve("holiday.mov");
        writeRandom(original);
        say("a makes a file of " + MEBIBYTES + " MiB and shares it:");
        Node.ShareReport shared = stops.await(a.share(original).completion());
        Key hash = shared.share().hash();
        say("  hash " + hash + "  " + Sizes.count(shared.share().chunks(), "chunk") + "  stored on "
                + shared.publication().rootStoredOn() + "/"
                + shared.publication().rootTargets() + " nodes");

        say("b knows only the hash, and fetches it:");
        Path copyOfB = fetch(b, hash, folder.resolve("b-copy/"));
        say("c fetches it too, from both who have it by now:");
        Path copyOfC = fetch(c, hash, folder.resolve("c-copy/"));
        if (Files.mismatch(original, copyOfB) != -1 || Files.mismatch(original, copyOfC) != -1) {
            throw new CairnException(
                    Kind.INTEGRITY, "the demo failed", "a copy differs from the original", "please report this");
        }
        say("all three files are equal, byte for byte");
        corruptAndVerify(c, hash, copyOfC);
    }

    private Node start(Path folder, String name) throws IOException, CairnException {
        List<String> bootstrap = nodes.isEmpty()
                ? List.of()
                : List.of("127.0.0.1:" + nodes.get(0).info().port());
        Node node = starter.start(NodeConfig.builder(Files.createDirectory(folder.resolve(name)))
                .port(0)
                .bind(List.of(InetAddress.getByAddress(new byte[] {127, 0, 0, 1})))
                .bootstrap(bootstrap)
                .network("demo")
                .lan(false)
                .build());
        nodes.add(node);
        say("  " + name + "  " + node.info().node().toShortString() + "  127.0.0.1:"
                + node.info().port());
        return node;
    }

    private Path fetch(Node node, Key hash, Path into) throws CairnException, StoppedException {
        FetchTarget target = new FetchTarget(hash, "", -1, List.of());
        FetchEvent.Complete complete = stops.await(
                node.fetch(FetchOptions.into(target, into).keepSharing(true).build())
                        .completion());
        say("  " + Sizes.bytes(complete.size()) + " in " + Sizes.duration(complete.millis()) + "  "
                + Sizes.rate(complete.size() * 1000 / Math.max(1, complete.millis())) + "  every chunk verified");
        for (FetchEvent.Contribution peer : complete.peers()) {
            say("  " + Sizes.count(peer.chunks(), "chunk") + " from " + nameOf(peer));
        }
        return complete.path();
    }

    private void corruptAndVerify(Node node, Key hash, Path copy) throws IOException, CairnException, StoppedException {
        Manifest manifest = stops.await(node.manifest(new FetchTarget(hash, "", -1, List.of())));
        long offset = manifest.totalBytes() * 43 / 100;
        try (RandomAccessFile file = new RandomAccessFile(copy.toFile(), "rw")) {
            file.seek(offset);
            int before = file.read();
            file.seek(offset);
            file.write(before ^ 1);
        }
        say("one bit of c's copy flips, at byte " + Sizes.count(offset) + "; verify reads all of it again:");
        VerifyReport report = verifier.verify(copy, manifest, progress -> {});
        for (BadChunk bad : report.bad()) {
            say("  bad chunk " + bad.chunk() + "  bytes " + bad.offset() + "-" + (bad.offset() + bad.length() - 1));
        }
        if (report.bad().size() != 1 || report.bad().get(0).chunk() != offset / manifest.chunkBytes()) {
            throw new CairnException(
                    Kind.INTEGRITY,
                    "the demo failed",
                    "verify did not name exactly the chunk that was changed",
                    "please report this");
        }
    }

    private String nameOf(FetchEvent.Contribution peer) {
        for (int i = 0; i < nodes.size(); i++) {
            if (nodes.get(i).info().node().equals(peer.node())) {
                return String.valueOf("abc".charAt(i));
            }
        }
        return peer.node().toShortString();
    }

    private void say(String line) {
        output.data(line);
        output.json("phase", fields -> fields.text("phase", "demo").text("text", line.strip()));
    }

    private static void writeRandom(Path file) throws IOException {
        SplittableRandom random = new SplittableRandom();
        byte[] block = new byte[1 << 20];
        try (OutputStream out = Files.newOutputStream(file)) {
            for (int i = 0; i < MEBIBYTES; i++) {
                random.nextBytes(block);
                out.write(block);
            }
        }
    }

    private void delete(Path folder) throws CairnException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (IOException failure) {
            throw new CairnException(
                    Reasons.kind(failure),
                    "cannot clean up after the demo",
                    Reasons.of(failure),
                    "delete " + folder + " by hand",
                    failure);
        }
    }
}
