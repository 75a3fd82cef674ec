package io.cairn.control.server;

import io.cairn.app.Node;
import io.cairn.control.http.ProcessStatus;
import java.io.IOException;

public final class ControlServer implements AutoCloseable {
    public static ControlServer open(Node node, ProcessStatus process, Runnable stop) throws IOException {
        throw new IOException("stub");
    }

    @Override
    public void close() {}
}
