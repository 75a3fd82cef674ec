package io.cairn.transfer.net.tls;

import io.cairn.dht.crypto.Identity;
import io.cairn.dht.crypto.NetworkKeys;
import io.cairn.dht.env.Clock;
import io.cairn.dht.env.Scheduler;
import io.cairn.dht.id.Endpoint;
import io.cairn.dht.wire.NetworkId;
import io.cairn.transfer.net.Face;
import io.cairn.transfer.net.TransferNetwork;
import io.cairn.transfer.net.admission.TransferLimits;
import io.cairn.transfer.net.session.TransferConfig;
import io.netty.handler.ssl.SslProvider;
import java.io.IOException;
import java.net.InetAddress;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A node with real time, a real loop and a transfer network on the loopback interface. */
public final class RealNode implements Clock, Scheduler, AutoCloseable {
    public static final NetworkId NETWORK = NetworkId.ofName("test");

    public final Identity identity = Identity.generate(new SecureRandom());
    public final TransferNetwork network;
    private final ScheduledExecutorService loop = Executors.newSingleThreadScheduledExecutor();
    private final ExecutorService workers = Executors.newFixedThreadPool(2);
    private volatile long clockErrorMillis;

    private RealNode(
            NetworkId networkId,
            @Nullable NetworkKeys keys,
            TransferLimits limits,
            @Nullable SslProvider provider,
            Map<Integer, Face> otherFaces)
            throws IOException {
        network = TransferNetwork.open(
                new TransferConfig(
                        identity, networkId, keys, List.of(InetAddress.getLoopbackAddress()), 0, "test", limits),
                provider == null
                        ? RunTls.prepare(this, this)
                        : RunTls.prepare(this, () -> Tls.generate(new SecureRandom(), wallMillis(), provider)),
                this,
                this,
                otherFaces);
    }

    public static RealNode start() throws IOException {
        return start(NETWORK, TransferLimits.DEFAULT);
    }

    public static RealNode start(NetworkId networkId, TransferLimits limits) throws IOException {
        return new RealNode(networkId, null, limits, null, Map.of());
    }

    /** One of a private network. */
    public static RealNode start(NetworkKeys keys, TransferLimits limits) throws IOException {
        return new RealNode(NETWORK, keys, limits, null, Map.of());
    }

    /** One that uses this TLS, and not the fastest that is there. */
    static RealNode start(SslProvider provider) throws IOException {
        return new RealNode(NETWORK, null, TransferLimits.DEFAULT, provider, Map.of());
    }

    /** One that speaks something else as well. */
    public static RealNode start(TransferLimits limits, Map<Integer, Face> otherFaces) throws IOException {
        return new RealNode(NETWORK, null, limits, null, otherFaces);
    }

    public Endpoint endpoint() {
        return new Endpoint(InetAddress.getLoopbackAddress(), network.port());
    }

    /** From now on the wall clock is wrong. */
    public void setClockWrong(long millis) {
        clockErrorMillis = millis;
    }

    /** Does something on the loop and waits for it. */
    <T> T onLoop(Supplier<T> work) {
        return CompletableFuture.supplyAsync(work, loop)
                .orTimeout(10, TimeUnit.SECONDS)
                .join();
    }

    @Override
    public long wallMillis() {
        return System.currentTimeMillis() + clockErrorMillis;
    }

    @Override
    public long monotonicMillis() {
        return System.nanoTime() / 1_000_000;
    }

    @Override
    public void execute(Runnable task) {
        if (!loop.isShutdown()) {
            loop.execute(task);
        }
    }

    @Override
    public Timer schedule(long delayMillis, Runnable task) {
        ScheduledFuture<?> scheduled = loop.schedule(task, delayMillis, TimeUnit.MILLISECONDS);
        return () -> scheduled.cancel(false);
    }

    @Override
    public <T extends @Nullable Object> void offload(
            Callable<T> work, BiConsumer<@Nullable T, @Nullable Throwable> done) {
        workers.execute(() -> {
            T result;
            try {
                result = work.call();
            } catch (Exception failure) {
                execute(() -> done.accept(null, failure));
                return;
            }
            execute(() -> done.accept(result, null));
        });
    }

    @Override
    public void close() {
        network.close();
        loop.shutdownNow();
        workers.shutdown();
    }
}
