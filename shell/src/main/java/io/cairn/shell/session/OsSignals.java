package io.cairn.shell.session;

import java.lang.reflect.Proxy;
import org.slf4j.LoggerFactory;

/**
 * Signals of the operating system. Java has no public way to hear of them but {@code sun.misc.Signal} of the supported module
 * {@code jdk.unsupported}, which the compiler warns of whenever it is named; so it is not named but looked up.
 */
public final class OsSignals {
    private OsSignals() {}

    /**
     * Replaces what Java does at a signal. A signal that the process was started to ignore stays ignored; where there are no
     * signals, nothing happens.
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
