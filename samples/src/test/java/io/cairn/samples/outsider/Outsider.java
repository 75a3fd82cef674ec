package io.cairn.samples.outsider;

import io.cairn.dht.crypto.Identity;
import io.cairn.dht.id.Endpoint;
import io.cairn.dht.wire.Datagram;
import io.cairn.dht.wire.DatagramCodec;
import io.cairn.dht.wire.Header;
import io.cairn.dht.wire.Message;
import io.cairn.dht.wire.NetworkId;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;

/**
 * Somebody without the key of a private network, who knows its name, a node's address and id, and all that went over the wire. Sends what such
 * a one can think of, and counts the bytes that come in answer.
 */
final class Outsider implements AutoCloseable {
    private static final int SOCKETS = 8;
    private static final int CONNECTIONS_AT_ONCE = 60;
    private static final int READ_MILLIS_MAX = 60_000;
    private static final long PAUSE_NANOS = 500_000;

    private final Endpoint target;
    private final NetworkId network;
    private final List<byte[]> datagrams;
    private final List<byte[]> connections;
    private final Random random;
    private final Identity identity;
    private final List<DatagramChannel> sockets = new ArrayList<>();

    Outsider(Endpoint target, String network, Wiretap heard, Random random) throws IOException {
        this.target = target;
        this.network = NetworkId.ofPrivate(network);
        this.datagrams = heard.datagrams();
        this.connections = heard.connections();
        this.random = random;
        this.identity = Identity.generate(random);
        for (int i = 0; i < SOCKETS; i++) {
            DatagramChannel socket = DatagramChannel.open();
            sockets.add(socket);
            socket.configureBlocking(false);
            socket.connect(new InetSocketAddress(target.address(), target.port()));
        }
    }

    /** Sends datagrams: recorded ones, recorded ones that are changed, envelopes of its own, random bytes. */
    void sendDatagrams(int count) throws IOException {
        for (int i = 0; i < count; i++) {
            send(i, crafted(i));
        }
    }

    /** Sends each recorded datagram once, as it was. */
    void repeatAll() throws IOException {
        for (int i = 0; i < datagrams.size(); i++) {
            send(i, datagrams.get(i));
        }
    }

    /** Random bytes of the size of a request, as many a second until it is interrupted. Returns how many. */
    long flood(int perSecond) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocateDirect(300);
        byte[] noise = new byte[bytes.capacity()];
        random.nextBytes(noise);
        bytes.put(noise);
        long began = System.nanoTime();
        long sent = 0;
        while (!Thread.interrupted()) {
            long due = (System.nanoTime() - began) / 1_000 * perSecond / 1_000_000;
            for (; sent < due; sent++) {
                bytes.clear();
                bytes.putLong(0, sent);
                int unused = sockets.get((int) (sent % SOCKETS)).write(bytes);
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
        return sent;
    }

    /** Bytes of datagrams that have come in answer. */
    long answeredBytes() throws IOException {
        long bytes = 0;
        ByteBuffer answer = ByteBuffer.allocate(2_048);
        for (DatagramChannel socket : sockets) {
            for (int read = socket.read(answer.clear()); read > 0; read = socket.read(answer.clear())) {
                bytes += read;
            }
        }
        return bytes;
    }

    /** Opens connections and says something on each. Returns the bytes that come in answer until the other side closes. */
    long connect(int count) throws InterruptedException, ExecutionException {
        ExecutorService threads = Executors.newFixedThreadPool(CONNECTIONS_AT_ONCE);
        try {
            List<Callable<Long>> all = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                byte[] said = opening(i);
                all.add(() -> answeredBytes(said));
            }
            long bytes = 0;
            for (Future<Long> one : threads.invokeAll(all)) {
                bytes += one.get();
            }
            return bytes;
        } finally {
            threads.shutdown();
        }
    }

    private byte[] crafted(int number) {
        byte[] recorded = datagrams.get(random.nextInt(datagrams.size()));
        return switch (number % 4) {
            case 0 -> recorded;
            case 1 -> changed(recorded);
            case 2 -> ping();
            default -> noise(random.nextInt(1_300));
        };
    }

    private byte[] opening(int number) {
        byte[] recorded = connections.get(random.nextInt(connections.size()));
        return switch (number % 5) {
            case 0 -> recorded;
            case 1 -> changed(recorded);
            case 2 -> Arrays.copyOfRange(recorded, 88, recorded.length); // TLS without a greeting
            case 3 -> noise(random.nextInt(2_000));
            default -> new byte[0];
        };
    }

    private byte[] ping() {
        Header header =
                new Header(network, random.nextLong(), identity.publicKey(), null, System.currentTimeMillis(), null);
        return new DatagramCodec(identity)
                .seal(new Datagram(header, null, new Message.Ping()))
                .toBytes();
    }

    private byte[] changed(byte[] bytes) {
        byte[] changed = bytes.clone();
        changed[random.nextInt(changed.length)] ^= (byte) (1 << random.nextInt(8));
        return changed;
    }

    private byte[] noise(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private void send(int number, byte[] bytes) throws IOException {
        int unused = sockets.get(number % SOCKETS).write(ByteBuffer.wrap(bytes));
    }

    private long answeredBytes(byte[] said) throws IOException {
        try (Socket socket = new Socket(target.address(), target.port())) {
            socket.setSoTimeout(READ_MILLIS_MAX);
            long bytes = 0;
            try {
                socket.getOutputStream().write(said);
                InputStream in = socket.getInputStream();
                while (in.read() >= 0) {
                    bytes++;
                }
            } catch (SocketException closed) {
                return bytes; // with bytes of ours unread
            }
            return bytes;
        }
    }

    @Override
    public void close() throws IOException {
        for (DatagramChannel socket : sockets) {
            socket.close();
        }
    }
}
