package io.cairn.app.codes;

import static org.assertj.core.api.Assertions.assertThat;

import io.cairn.app.CairnException;
import io.cairn.app.CairnException.Kind;
import io.cairn.app.Codes.Send;
import io.cairn.app.Codes.SendEvent;
import io.cairn.app.Codes.Sent;
import io.cairn.app.Node;
import io.cairn.app.NodeConfig;
import io.cairn.app.Operation;
import io.cairn.app.node.LocalNode;
import io.cairn.testing.PolledCondition;
import io.cairn.transfer.content.ShareOptions;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Two real nodes on loopback, and what one sends to the other. */
abstract class TwoNodesAndACode {
    static final int DEADLINE_SECONDS = 60;

    @TempDir
    Path folder;

    Node sender;
    Node receiver;
    Path film;

    @BeforeEach
    void start() throws Exception {
        sender = start("sender", null);
        receiver = start("receiver", sender);
        film = Files.writeString(folder.resolve("film.mkv"), "moving pictures\n".repeat(50_000));
    }

    @AfterEach
    void close() {
        receiver.close();
        sender.close();
    }

    record Sending(Operation<SendEvent, Sent> operation, String code, BlockingQueue<SendEvent> events) {
        SendEvent next() throws InterruptedException {
            SendEvent event = events.poll(DEADLINE_SECONDS, TimeUnit.SECONDS);
            assertThat(event).isNotNull();
            return event;
        }
    }

    Sending send(List<Path> paths, @Nullable String text, int seconds, int times) throws Exception {
        Operation<SendEvent, Sent> operation =
                sender.codes().send(new Send(paths, ShareOptions.DEFAULT, text, seconds, times, List.of()));
        BlockingQueue<SendEvent> events = new LinkedBlockingQueue<>();
        CompletableFuture<String> code = new CompletableFuture<>();
        operation.events(event -> {
            if (event instanceof SendEvent.Ready ready) {
                code.complete(ready.code());
            } else if (!(event instanceof SendEvent.Hashing)) {
                events.add(event);
            }
        });
        return new Sending(operation, get(code), events);
    }

    Node start(String name, @Nullable Node known) throws Exception {
        NodeConfig.Builder config = NodeConfig.builder(folder.resolve(name))
                .port(0)
                .network("public")
                .bind(List.of(InetAddress.getLoopbackAddress()))
                .lan(false);
        Node node = LocalNode.start(
                known == null
                        ? config.build()
                        : config.bootstrap(List.of("127.0.0.1:" + known.info().port()))
                                .build());
        node.joined().get(DEADLINE_SECONDS, TimeUnit.SECONDS);
        return node;
    }

    static <T> T get(CompletableFuture<T> future) throws Exception {
        return future.get(DEADLINE_SECONDS, TimeUnit.SECONDS);
    }

    static @Nullable Kind kind(CompletableFuture<?> future) throws Exception {
        try {
            future.get(DEADLINE_SECONDS, TimeUnit.SECONDS);
            return null;
        } catch (ExecutionException failure) {
            return failure.getCause() instanceof CairnException told ? told.kind() : null;
        }
    }

    void sharesEnd() throws Exception {
        await(() -> sender.shares().isEmpty());
    }

    static void await(BooleanSupplier condition) throws Exception {
        PolledCondition.await(
                (millis, task) -> CompletableFuture.delayedExecutor(millis, TimeUnit.MILLISECONDS)
                        .execute(task),
                condition);
    }
}
