package io.cairn.samples.bench;

import io.cairn.app.Node;
import io.cairn.app.NodeConfig;
import io.cairn.app.Offers.Offer;
import io.cairn.app.node.LocalNode;
import io.cairn.dht.crypto.Identity;
import io.cairn.dht.id.Endpoint;
import io.cairn.dht.id.Key;
import io.cairn.dht.id.NodeId;
import io.cairn.dht.net.NodeLoop;
import io.cairn.dht.net.SystemClock;
import io.cairn.dht.wire.NetworkId;
import io.cairn.transfer.content.ChunkSet;
import io.cairn.transfer.content.ShareOptions;
import io.cairn.transfer.content.ShareSecret;
import io.cairn.transfer.content.manifest.Manifest;
import io.cairn.transfer.net.TransferNetwork;
import io.cairn.transfer.net.admission.TransferLimits;
import io.cairn.transfer.net.session.TransferConfig;
import io.cairn.transfer.net.tls.RunTls;
import io.cairn.transfer.swarm.port.Block;
import io.cairn.transfer.swarm.port.ChunkPlace;
import io.cairn.transfer.swarm.port.DialBackEnd;
import io.cairn.transfer.swarm.port.DialFailure;
import io.cairn.transfer.swarm.port.ManifestPiece;
import io.cairn.transfer.swarm.port.PeerAddress;
import io.cairn.transfer.swarm.port.PeerConnection;
import io.cairn.transfer.swarm.port.PeerConnections;
import io.cairn.transfer.swarm.port.Question;
import io.cairn.transfer.swarm.port.ReceivedBlock;
import io.cairn.transfer.swarm.port.RefusalReason;
import io.cairn.transfer.swarm.port.Reply;
import io.cairn.transfer.swarm.port.Topic;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * An outsider who knows the hash, the manifest and the address of a share that is not for it, and asks for it over a real session in every
 * way there is, in turns with hashes that the node does not know. Compares the answers, and their times with the two-sample test of
 * Kolmogorov and Smirnov.
 */
public final class AnOutsiderAsks {
    private static final int OPEN_SHARES = 50;
    private static final int SHARE_BYTES = 4_000_000;
    private static final int WARM_UP = 3_000;
    private static final double P_MIN = 0.01;
    private static final NetworkId NETWORK = NetworkId.ofName("audience-bench");

    private final Node node;
    private final Manifest manifest;
    private final NodeId sharer;
    private final Random random = new Random(11);
    private final NodeLoop loop = NodeLoop.start();
    private final SystemClock clock = new SystemClock();
    private final Identity identity = Identity.generate(new SecureRandom());
    private final BlockingQueue<Heard> heard = new LinkedBlockingQueue<>();
    private int number;

    private AnOutsiderAsks(Node node, Manifest manifest) {
        this.node = node;
        this.manifest = manifest;
        this.sharer = node.info().node();
    }

    /** The ways to ask. */
    private enum Way {
        MANIFEST,
        OFFER,
        WANT,
        LOCATE,
        PROVE,
        SECRET
    }

    /** @param answer without the hash */
    private record Heard(String answer, long nanos) {}

    /** Arguments: an empty folder, and the number of requests. */
    public static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments[0]);
        NodeConfig config = NodeConfig.builder(folder.resolve("node"))
                .port(0)
                .bind(List.of(InetAddress.getLoopbackAddress()))
                .network("audience-bench")
                .lan(false)
                .build();
        boolean isAlike;
        try (Node node = LocalNode.start(config)) {
            for (int i = 0; i < OPEN_SHARES; i++) {
                Path small = Files.writeString(folder.resolve("open" + i), "open share " + i);
                var unused = node.share(small).completion().get(60, TimeUnit.SECONDS);
            }
            byte[] bytes = new byte[SHARE_BYTES];
            new Random(1).nextBytes(bytes);
            Path film = Files.write(folder.resolve("film"), bytes);
            String member = NodeId.random(new Random(2)).toHex();
            Key hash = node.share(film, ShareOptions.DEFAULT, new Offer(false, List.of(member)))
                    .completion()
                    .get(60, TimeUnit.SECONDS)
                    .share()
                    .hash();
            Manifest manifest = node.manifest(node.resolve(hash.toHex())).get(60, TimeUnit.SECONDS);
            isAlike = new AnOutsiderAsks(node, manifest).ask(Integer.parseInt(arguments[1]));
        }
        System.exit(isAlike ? 0 : 1);
    }

    private boolean ask(int requests) throws Exception {
        Map<Way, List<Double>> ofShare = new EnumMap<>(Way.class);
        Map<Way, List<Double>> ofUnknown = new EnumMap<>(Way.class);
        Set<String> saidOfShare = new HashSet<>();
        Set<String> saidOfUnknown = new HashSet<>();
        try (TransferNetwork network = TransferNetwork.open(
                new TransferConfig(
                        identity,
                        NETWORK,
                        List.of(InetAddress.getLoopbackAddress()),
                        0,
                        "outsider",
                        TransferLimits.DEFAULT),
                RunTls.prepare(clock, loop),
                clock,
                loop)) {
            PeerConnection session = session(network);
            for (int i = -WARM_UP; i < requests; i++) {
                Way way = Way.values()[Math.floorMod(i / 2, Way.values().length)];
                boolean isShare = random.nextBoolean();
                Key unknown = Key.random(random);
                Heard answer = answer(session, way, isShare ? manifest.hash() : unknown, isShare);
                if (i >= 0) {
                    (isShare ? ofShare : ofUnknown)
                            .computeIfAbsent(way, w -> new ArrayList<>())
                            .add(answer.nanos() / 1e3);
                    (isShare ? saidOfShare : saidOfUnknown).add(way + ": " + answer.answer());
                }
            }
        } finally {
            loop.close();
        }
        return tell(ofShare, ofUnknown, saidOfShare, saidOfUnknown);
    }

    private PeerConnection session(TransferNetwork network) throws Exception {
        BlockingQueue<PeerConnection> opened = new LinkedBlockingQueue<>();
        Endpoint at = new Endpoint(InetAddress.getLoopbackAddress(), node.info().port());
        loop.execute(() -> network.dial(at, null, new PeerConnections.DialListener() {
            @Override
            public void connected(PeerConnection connection) {
                connection.receive(new Ear());
                opened.add(connection);
            }

            @Override
            public void failed(DialFailure failure) {
                throw new IllegalStateException(failure.reason());
            }
        }));
        PeerConnection session = opened.poll(30, TimeUnit.SECONDS);
        if (session == null) {
            throw new IllegalStateException("no session");
        }
        return session;
    }

    private Heard answer(PeerConnection session, Way way, Key share, boolean isShare) throws InterruptedException {
        byte[] proof = ShareSecret.random(random).proof(share, identity.nodeId(), sharer);
        Key chunk = isShare ? manifest.chunkKey(random.nextInt(manifest.chunkCount())) : share;
        List<Block> blocks = List.of(new Block(0, 0, manifest.chunkLength(0)));
        ChunkSet none = ChunkSet.none(manifest.chunkCount());
        long[] begun = new long[1];
        loop.execute(() -> {
            begun[0] = System.nanoTime();
            switch (way) {
                case MANIFEST -> session.requestManifest(share, 0);
                case OFFER -> session.offer(share, none);
                case WANT -> session.request(share, blocks);
                case LOCATE -> session.locate(List.of(chunk));
                case PROVE -> session.prove(share, proof);
                case SECRET -> session.ask(new Question(++number, Topic.SECRET, share.toBytes()));
            }
        });
        Heard answer = heard.poll(30, TimeUnit.SECONDS);
        if (answer == null) {
            throw new IllegalStateException("no answer to " + way);
        }
        return new Heard(answer.answer(), answer.nanos() - begun[0]);
    }

    private static boolean tell(
            Map<Way, List<Double>> ofShare,
            Map<Way, List<Double>> ofUnknown,
            Set<String> saidOfShare,
            Set<String> saidOfUnknown) {
        boolean isSaidAlike = saidOfShare.equals(saidOfUnknown);
        System.out.println("answers " + (isSaidAlike ? "alike: " : "differ: ") + saidOfShare + " " + saidOfUnknown);
        double least = 1;
        for (Way way : Way.values()) {
            List<Double> one = ofShare.getOrDefault(way, List.of());
            List<Double> other = ofUnknown.getOrDefault(way, List.of());
            double p = alike(one, other);
            least = Math.min(least, p);
            System.out.printf(
                    "%-9s %5d of the share, median %7.1f us; %5d of unknown hashes, median %7.1f us; p = %.3f%n",
                    way, one.size(), median(one), other.size(), median(other), p);
        }
        double corrected = Math.min(1, least * Way.values().length);
        System.out.printf(
                "times: least p of %d tests, corrected for their number: %.3f%n", Way.values().length, corrected);
        boolean isAlike = isSaidAlike && corrected > P_MIN;
        System.out.println(isAlike ? "alike" : "NOT alike");
        return isAlike;
    }

    private static double median(List<Double> sample) {
        List<Double> sorted = new ArrayList<>(sample);
        Collections.sort(sorted);
        return sorted.isEmpty() ? Double.NaN : sorted.get(sorted.size() / 2);
    }

    /** The probability of a distance as large as that of these samples if both have one distribution: Numerical Recipes, 14.3. */
    private static double alike(List<Double> one, List<Double> other) {
        List<Double> first = new ArrayList<>(one);
        List<Double> second = new ArrayList<>(other);
        Collections.sort(first);
        Collections.sort(second);
        double distance = 0;
        int i = 0;
        int j = 0;
        while (i < first.size() && j < second.size()) {
            double at = Math.min(first.get(i), second.get(j));
            while (i < first.size() && first.get(i) <= at) {
                i++;
            }
            while (j < second.size() && second.get(j) <= at) {
                j++;
            }
            distance = Math.max(distance, Math.abs((double) i / first.size() - (double) j / second.size()));
        }
        double size = Math.sqrt((double) first.size() * second.size() / (first.size() + second.size()));
        double lambda = (size + 0.12 + 0.11 / size) * distance;
        double sum = 0;
        for (int k = 1; k <= 100; k++) {
            sum += (k % 2 == 1 ? 2 : -2) * Math.exp(-2 * lambda * lambda * k * k);
        }
        return lambda < 0.2 ? 1 : Math.max(0, Math.min(1, sum)); // the series does not converge near 0
    }

    /** Notes when an answer comes. */
    private final class Ear implements PeerConnection.Receiver {
        private void said(String what) {
            heard.add(new Heard(what, System.nanoTime()));
        }

        @Override
        public void manifestRequested(Key share, int offset) {
            said("manifest requested");
        }

        @Override
        public void manifestDelivered(ManifestPiece piece) {
            said("manifest delivered");
        }

        @Override
        public void offered(Key share, ChunkSet chunks) {
            said("offered");
        }

        @Override
        public void offeredMore(Key share, List<Integer> chunks) {
            said("offered more");
        }

        @Override
        public void requested(Key share, List<Block> blocks) {
            said("requested");
        }

        @Override
        public void cancelled(Key share, List<Block> blocks) {
            said("cancelled");
        }

        @Override
        public void refused(Key share, List<Block> blocks, RefusalReason reason) {
            said("refused " + blocks.size() + " " + reason);
        }

        @Override
        public void delivered(ReceivedBlock block) {
            block.release();
            said("delivered");
        }

        @Override
        public void introduced(Key share, List<PeerAddress> others) {
            said("introduced");
        }

        @Override
        public void locationsAsked(List<Key> chunkKeys) {
            said("locations asked");
        }

        @Override
        public void located(List<ChunkPlace> places) {
            said("located " + places.size());
        }

        @Override
        public void dialBackAsked() {
            said("dial back asked");
        }

        @Override
        public void dialledBack(DialBackEnd end) {
            said("dialled back");
        }

        @Override
        public void asked(Question question) {
            said("asked");
        }

        @Override
        public void answered(Reply reply) {
            said(reply.body() == null ? "answered with nothing" : "answered");
        }

        @Override
        public void proven(Key share, byte[] proof) {
            said("proven");
        }

        @Override
        public void closed(String reason) {
            said("closed: " + reason);
        }
    }
}
