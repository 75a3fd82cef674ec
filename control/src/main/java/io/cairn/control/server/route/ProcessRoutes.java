package io.cairn.control.server.route;

import static io.cairn.control.server.route.ControlRoute.get;
import static io.cairn.control.server.route.ControlRoute.post;

import io.cairn.control.http.ControlApi;
import io.cairn.control.http.ProcessStatus;
import io.cairn.control.server.answer.ControlAnswer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.List;

/** Requests about the process and its interface, which clients of any version may send. */
final class ProcessRoutes {
    /** The description of the interface, beside {@link ControlApi}. */
    private static final String DESCRIPTION = "openapi.json";

    private final ProcessStatus running;
    private final Runnable stop;

    /** @param stop begins the end of the process, and returns at once */
    ProcessRoutes(ProcessStatus running, Runnable stop) {
        this.running = running;
        this.stop = stop;
    }

    List<ControlRoute> all() {
        return List.of(
                get("/v1/status", call -> ControlAnswer.json(running.json())),
                post("/v1/stop", call -> new ControlAnswer.Then(ControlAnswer.json(202, running.json()), stop)),
                get(
                        "/v1/openapi.json",
                        call -> ControlAnswer.bytes(200, ControlApi.JSON, ByteBuffer.wrap(description()))));
    }

    private static byte[] description() {
        try (InputStream file = ControlApi.class.getResourceAsStream(DESCRIPTION)) {
            if (file == null) {
                throw new IllegalStateException("the program lacks " + DESCRIPTION);
            }
            return file.readAllBytes();
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot read the description of the interface", failure);
        }
    }
}
