package io.cairn.control.server.route;

import static io.cairn.control.server.route.ControlRoute.get;
import static io.cairn.control.server.route.ControlRoute.post;

import io.cairn.app.CairnException;
import io.cairn.app.CairnException.Kind;
import io.cairn.app.Reason;
import io.cairn.control.http.ControlApi;
import io.cairn.control.http.ProcessRequests;
import io.cairn.control.http.ProcessStatus;
import io.cairn.control.server.answer.ControlAnswer;
import io.cairn.control.server.answer.FailureAnswer;
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
    private final ProcessRequests process;

    ProcessRoutes(ProcessStatus running, ProcessRequests process) {
        this.running = running;
        this.process = process;
    }

    List<ControlRoute> all() {
        return List.of(
                get("/v1/status", call -> ControlAnswer.json(running.json())),
                post(
                        "/v1/stop",
                        call -> new ControlAnswer.Then(ControlAnswer.json(202, running.json()), process::stop)),
                post("/v1/yield", call -> process.handOver().map(this::yielded).orElseGet(this::kept)),
                get(
                        "/v1/openapi.json",
                        call -> ControlAnswer.bytes(200, ControlApi.JSON, ByteBuffer.wrap(description()))));
    }

    private ControlAnswer yielded(Runnable handOver) {
        return new ControlAnswer.Then(ControlAnswer.json(202, running.json()), handOver);
    }

    private ControlAnswer kept() {
        return FailureAnswer.of(
                409,
                new CairnException(
                        Kind.USAGE,
                        "cannot take over the node",
                        "process " + running.pid() + " (" + running.mode() + ") runs it, and keeps it",
                        Reason.SEE_NEXT.says("use that one, or stop it first").and("process", running.pid())));
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
