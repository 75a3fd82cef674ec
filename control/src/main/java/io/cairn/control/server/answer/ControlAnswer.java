package io.cairn.control.server.answer;

import io.cairn.app.Subscription;
import io.cairn.app.json.JsonObject;
import io.cairn.control.http.ControlApi;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** The answer to a request. */
public sealed interface ControlAnswer {
    /** One object with status 200. */
    static Whole json(JsonObject object) {
        return json(200, object);
    }

    static Whole json(int status, JsonObject object) {
        return bytes(status, ControlApi.JSON, ByteBuffer.wrap(object.line()));
    }

    /** An array of objects, one a line. */
    static Whole json(List<JsonObject> objects) {
        ByteArrayOutputStream array = new ByteArrayOutputStream(1024);
        array.write('[');
        for (int at = 0; at < objects.size(); at++) {
            byte[] line = objects.get(at).line();
            array.writeBytes(at == 0 ? new byte[0] : ",\n".getBytes(StandardCharsets.US_ASCII));
            array.write(line, 0, line.length - 1);
        }
        array.writeBytes("]\n".getBytes(StandardCharsets.US_ASCII));
        return bytes(200, ControlApi.JSON, ByteBuffer.wrap(array.toByteArray()));
    }

    static Whole bytes(int status, String contentType, ByteBuffer body) {
        return new Whole(status, Map.of("content-type", contentType), body);
    }

    /** An answer that is there. */
    record Whole(int code, Map<String, String> headers, ByteBuffer body) implements ControlAnswer {
        public Whole {
            headers = Map.copyOf(headers);
            body = body.asReadOnlyBuffer();
        }
    }

    /**
     * An answer that takes time.
     *
     * @param work cancelled if the client goes
     */
    record Later(CompletableFuture<?> work, CompletableFuture<Whole> answer) implements ControlAnswer {}

    /**
     * An answer with a consequence.
     *
     * @param after called once the answer is on its way
     */
    record Then(Whole answer, Runnable after) implements ControlAnswer {}

    /**
     * One object a line, for as long as there are any.
     *
     * @param waitingBytesMax most bytes that wait for a client that reads slowly; further lines are lost
     */
    record Lines(Feed feed, int waitingBytesMax) implements ControlAnswer {
        /** Room for some minutes of a fetch, in bytes. */
        private static final int USUAL_BYTES_MAX = 256 << 10;

        /** Lines of events, of which some may be lost. */
        public Lines(Feed feed) {
            this(feed, USUAL_BYTES_MAX);
        }
    }

    /** What writes lines once a client is there to read them. */
    @FunctionalInterface
    interface Feed {
        /**
         * Begins; may wait for the node.
         *
         * @return closed if the client goes, or all was written
         */
        Subscription begin(LineSink sink);
    }
}
