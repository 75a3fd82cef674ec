package io.cairn.transfer.net.tls;

import io.cairn.dht.id.Endpoint;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Relays one connection byte for byte, except for one bit of the response. */
final class TamperingRelay implements AutoCloseable {
    private final ServerSocket listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private final long tamperedByte;

    private TamperingRelay(long tamperedByte) throws IOException {
        this.tamperedByte = tamperedByte;
    }

    /** @param tamperedByte index of the changed byte among those the target sends, from 0 */
    static TamperingRelay to(Endpoint target, long tamperedByte) throws IOException {
        TamperingRelay relay = new TamperingRelay(tamperedByte);
        relay.start(() -> {
            Socket near = relay.kept(relay.listening.accept());
            Socket far = relay.kept(new Socket(target.address(), target.port()));
            relay.start(() -> relay.pass(near, far, -1));
            relay.pass(far, near, relay.tamperedByte);
        });
        return relay;
    }

    Endpoint endpoint() {
        return new Endpoint(listening.getInetAddress(), listening.getLocalPort());
    }

    @Override
    public void close() throws IOException {
        listening.close();
        closeAll();
    }

    private void closeAll() {
        for (Socket socket : sockets) {
            try {
                socket.close();
            } catch (IOException unclean) {
                throw new UncheckedIOException(unclean);
            }
        }
    }

    private Socket kept(Socket socket) {
        sockets.add(socket);
        return socket;
    }

    private void start(Work work) {
        Thread thread = new Thread(() -> {
            try {
                work.run();
            } catch (IOException eitherSideIsGone) {
                closeAll();
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    private void pass(Socket from, Socket to, long tampered) throws IOException {
        InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream();
        byte[] bytes = new byte[8 * 1024];
        long passed = 0;
        for (int read = in.read(bytes); read >= 0; read = in.read(bytes)) {
            if (tampered >= passed && tampered < passed + read) {
                bytes[(int) (tampered - passed)] ^= 1;
            }
            out.write(bytes, 0, read);
            passed += read;
        }
        to.shutdownOutput();
    }

    private interface Work {
        void run() throws IOException;
    }
}
