package io.cairn.shell.session;

import java.lang.reflect.Proxy;
import org.slf4j.LoggerFactory;

/**
 * Signals of the operating system. Java's only public access to them is {@code sun.misc.Signal} in the supported module
 * {@code jdk.unsupported}. The compiler warns of each use of that name, so the class is looked up by reflection.
 */
public final class OsSignals {
    private OsSignals() {}

    /**
     * Replaces Java's handler for a signal. A signal that the process ignored at its start stays ignored; on a system without signals,
     * does nothing.
     *
     * @param name without {@code SIG}
     */
    public static void handle(String name, Runnable told) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Object listener = Proxy.newProxyInstance(
                    OsSignals.class.getClassLoader(), new Class<?>[] {handler}, (proxy, method, arguments) -> {
                        if (method.getName().equals("handle")) {
                            told.run();
                            return null;
                        }
                        return method.invoke(told, arguments); // equals, hashCode, toString
                    });
            signal.getMethod("handle", signal, handler)
                    .invoke(null, signal.getConstructor(String.class).newInstance(name), listener);
        } catch (ReflectiveOperationException unavailable) {
            LoggerFactory.getLogger(OsSignals.class).debug("no signal {}", name, unavailable);
        }
    }
}
