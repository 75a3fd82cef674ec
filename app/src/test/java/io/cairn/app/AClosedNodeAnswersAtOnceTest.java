package io.cairn.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.cairn.app.Verifier.VerifyReport;
import io.cairn.app.node.LocalNode;
import io.cairn.dht.id.Key;
import io.cairn.transfer.content.ShareOptions;
import io.cairn.transfer.content.manifest.Manifest;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AClosedNodeAnswersAtOnceTest {
    private static final int DEADLINE_SECONDS = 60;

    @TempDir
    Path folder;

    private Node node;
    private FetchOptions options;
    private Map<Class<?>, Object> samples;

    @BeforeEach
    void prepare() throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "content");
        Manifest manifest = Hashed.manifest(file);
        FetchTarget target = new FetchTarget(Key.ofContent(new byte[1]), "", -1, List.of());
        Consumer<Object> listener = told -> {};
        options = FetchOptions.to(target, folder.resolve("copy")).build();
        samples = new HashMap<>(Map.of(
                Path.class,
                file,
                Consumer.class,
                listener,
                Key.class,
                target.hash(),
                String.class,
                "localhost:1",
                FetchTarget.class,
                target,
                ShareOptions.class,
                ShareOptions.DEFAULT,
                Manifest.class,
                manifest,
                VerifyReport.class,
                new VerifyReport(List.of(), 1, List.of(), List.of(), List.of()),
                SpeedLimits.class,
                SpeedLimits.NONE,
                FetchOptions.class,
                FetchOptions.to(target, folder.resolve("copy")).build()));
        samples.put(long.class, 0L);
        samples.put(int.class, 1);
        node = LocalNode.start(NodeConfig.builder(folder.resolve("data"))
                .port(0)
                .bind(List.of(InetAddress.getLoopbackAddress()))
                .network("test")
                .lan(false)
                .build());
    }

    @Test
    void whateverItIsAsked() throws Exception {
        Fetch open = node.fetch(options);
        CompletableFuture<Manifest> asked = node.manifest(options.target());
        node.close();
        fails("an open look-up", asked);
        fails("an open fetch", open.completion());
        fails("pause", open.pause());
        fails("resume", open.resume());
        fails("cancel", open.cancel());
        open.stop();
        List<Method> methods = Stream.of(Node.class.getMethods())
                .filter(method -> !Modifier.isStatic(method.getModifiers()))
                .toList();
        assertThat(methods).hasSizeGreaterThan(15);
        for (Method method : methods) {
            CompletableFuture<@Nullable Object> answer = new CompletableFuture<>();
            Thread caller = new Thread(() -> call(method, answer), "asking " + method.getName());
            caller.setDaemon(true);
            caller.start();
            Object returned = settled(method.getName(), answer);
            if (returned instanceof CompletableFuture<?> future
                    && !method.getName().equals("joined")) {
                fails(method.getName(), future);
            } else if (returned instanceof Operation<?, ?> operation) {
                fails(method.getName(), operation.completion());
            } else if (returned instanceof CompletableFuture<?> joined) {
                assertThat(joined.handle((contacts, failure) -> true)).isCompletedWithValue(true);
            }
        }
        assertThat(node.shares()).isEmpty();
        assertThat(node.peers()).isEmpty();
    }

    private void call(Method method, CompletableFuture<@Nullable Object> answer) {
        try {
            Object[] arguments =
                    Stream.of(method.getParameterTypes()).map(samples::get).toArray();
            answer.complete(method.invoke(node, arguments));
        } catch (InvocationTargetException thrown) {
            answer.completeExceptionally(thrown.getCause());
        } catch (IllegalAccessException | RuntimeException failure) {
            answer.completeExceptionally(failure);
        }
    }

    private static @Nullable Object settled(String method, CompletableFuture<@Nullable Object> answer)
            throws Exception {
        try {
            return answer.get(DEADLINE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException thrown) {
            assertThat(thrown.getCause()).as(method).isInstanceOf(CairnException.class);
            return null;
        }
    }

    private static void fails(String what, CompletableFuture<?> future) {
        assertThat(future)
                .as(what)
                .failsWithin(DEADLINE_SECONDS, TimeUnit.SECONDS)
                .withThrowableOfType(ExecutionException.class)
                .satisfies(failed -> assertThat(failed.getCause()).as(what).isInstanceOf(CairnException.class));
    }
}
