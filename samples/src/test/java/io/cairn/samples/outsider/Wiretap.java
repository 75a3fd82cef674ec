package io.cairn.samples.outsider;

import io.cairn.dht.id.Endpoint;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** Passes the datagrams and connections of one node to another, unchanged, and keeps all of them: what an eavesdropper has. */
final class Wiretap implements AutoCloseable {
    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();
    private static final int CONNECTION_BYTES_KEPT = 4_096;

    private final Endpoint target;
    private final ServerSocket listening;
    private final DatagramSocket near;
    private final DatagramSocket far;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<byte[]> datagrams = Collections.synchronizedList(new ArrayList<>());
    private final List<byte[]> connections = Collections.synchronizedList(new ArrayList<>());
    private volatile @Nullable SocketAddress client;

    Wiretap(Endpoint target) throws IOException {
        this.target = target;
        listening = new ServerSocket(0, 50, LOOPBACK);
        near = new DatagramSocket(listening.getLocalPort(), LOOPBACK);
        far = new DatagramSocket(0, LOOPBACK);
        threads.execute(() -> passOn(near, far));
        threads.execute(() -> passOn(far, near));
        threads.execute(this::accept);
    }

    Endpoint endpoint() {
        return new Endpoint(LOOPBACK, listening.getLocalPort());
    }

    /** All that were sent through, in both directions. */
    List<byte[]> datagrams() {
        return List.copyOf(datagrams);
    }

    /** The beginnings of the connections, as their diallers sent them. */
    List<byte[]> connections() {
        return List.copyOf(connections);
    }

    private void passOn(DatagramSocket from, DatagramSocket to) {
        byte[] buffer = new byte[2_048];
        while (!from.isClosed()) {
            try {
                DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
                from.receive(packet);
                datagrams.add(Arrays.copyOf(buffer, packet.getLength()));
                SocketAddress back = client;
                if (from == near) {
                    client = packet.getSocketAddress();
                    to.send(new DatagramPacket(buffer, packet.getLength(), target.address(), target.port()));
                } else if (back != null) {
                    to.send(new DatagramPacket(buffer, packet.getLength(), back));
                }
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void accept() {
        while (!listening.isClosed()) {
            try {
                Socket in = listening.accept();
                Socket out = new Socket(target.address(), target.port());
                threads.execute(() -> pump(in, out, true));
                threads.execute(() -> pump(out, in, false));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void pump(Socket from, Socket to, boolean isKept) {
        byte[] buffer = new byte[1 << 16];
        byte[] kept = new byte[0];
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                if (isKept && kept.length < CONNECTION_BYTES_KEPT) {
                    int before = kept.length;
                    kept = Arrays.copyOf(kept, before + read);
                    System.arraycopy(buffer, 0, kept, before, read);
                }
                out.write(buffer, 0, read);
            }
        } catch (IOException closed) {
            // either side ended the connection
        }
        if (kept.length > 0) {
            connections.add(kept);
        }
    }

    @Override
    public void close() throws IOException {
        listening.close();
        near.close();
        far.close();
        threads.shutdown();
    }
}
