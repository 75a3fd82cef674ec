package io.cairn.samples.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A decorator overrides each method of its port, those with a default too: otherwise a method that the port gets later would end in the
 * default, and only on a node with tracing.
 */
class DecoratorsForwardEveryMethodTest {
    /** Defaults that are made of other methods of the port. */
    private static final Set<String> COMPOSED = Set.of("findProviders", "provide", "withdraw(Key)");

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    io.cairn.dht.node.trace.TracedDht                               | io.cairn.dht.Dht
                    io.cairn.dht.node.trace.TracedDht$TracedSearch                  | io.cairn.dht.Dht$Search
                    io.cairn.dht.node.trace.TracedDht$TracedSearch                  | io.cairn.dht.Dht$RecordListener
                    io.cairn.dht.node.trace.TracedEnvelopes                         | io.cairn.dht.wire.Envelopes
                    io.cairn.dht.node.trace.TracedEnvelopes$Opened                  | io.cairn.dht.wire.Envelopes$Arrived
                    io.cairn.transfer.swarm.trace.TracedConnections                 | io.cairn.transfer.swarm.port.PeerConnections
                    io.cairn.transfer.swarm.trace.TracedConnections$Dialling        | io.cairn.transfer.swarm.port.PeerConnections$DialListener
                    io.cairn.transfer.swarm.trace.TracedConnection                  | io.cairn.transfer.swarm.port.PeerConnection
                    io.cairn.transfer.swarm.trace.TracedConnection$TracedReceiver   | io.cairn.transfer.swarm.port.PeerConnection$Receiver
                    io.cairn.transfer.swarm.trace.TracedFetches$Listening           | io.cairn.transfer.swarm.fetch.FetchListener
                    """)
    void declaresAll(String decorator, String port) throws ClassNotFoundException {
        Class<?> decorating = Class.forName(decorator);
        Class<?> decorated = Class.forName(port);
        assertThat(decorated).isAssignableFrom(decorating);
        assertThat(Arrays.stream(decorated.getDeclaredMethods())
                        .filter(method -> !Modifier.isStatic(method.getModifiers()) && !method.isSynthetic())
                        .filter(method -> !COMPOSED.contains(method.getName()) && !COMPOSED.contains(signature(method)))
                        .filter(method -> isMissing(decorating, method)))
                .as(decorator + " does not forward")
                .isEmpty();
    }

    private static String signature(Method method) {
        return method.getName() + "("
                + String.join(
                        ", ",
                        Arrays.stream(method.getParameterTypes())
                                .map(Class::getSimpleName)
                                .toList())
                + ")";
    }

    private static boolean isMissing(Class<?> decorating, Method method) {
        return Arrays.stream(decorating.getDeclaredMethods())
                .noneMatch(own -> own.getName().equals(method.getName())
                        && Arrays.equals(own.getParameterTypes(), method.getParameterTypes()));
    }
}
