package io.cairn.control.server.answer;

import io.cairn.app.CairnException;
import io.cairn.app.CairnException.Kind;
import io.cairn.app.Reason;
import io.cairn.app.json.ErrorJson;
import io.cairn.app.json.JsonObject;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** FailureAnswer as answers: the status says of what kind, the body says all. */
public final class FailureAnswer {
    private static final Logger LOG = LoggerFactory.getLogger(FailureAnswer.class);

    private FailureAnswer() {}

    /** A request that is wrong in itself. */
    public static CairnException usage(String what, String why) {
        return new CairnException(Kind.USAGE, what, why, "see the description of the interface at /v1/openapi.json");
    }

    public static ControlAnswer.Whole of(Throwable failure) {
        CairnException known = known(failure);
        return of(status(known), known);
    }

    public static ControlAnswer.Whole of(int status, CairnException failure) {
        return ControlAnswer.json(status, ErrorJson.of(failure));
    }

    /** Too many requests wait. */
    public static ControlAnswer.Whole busy() {
        return of(
                503,
                new CairnException(
                        Kind.OTHER, "too many requests", "others wait for the node", "ask again in a moment"));
    }

    /** The line that ends a long answer which failed. */
    public static JsonObject line(Throwable failure) {
        return ErrorJson.of(known(failure));
    }

    private static CairnException known(Throwable failure) {
        Throwable cause = failure;
        while ((cause instanceof CompletionException || cause instanceof ExecutionException)
                && cause.getCause() != null) {
            cause = cause.getCause();
        }
        if (cause instanceof CairnException expected) {
            return expected;
        } else if (cause instanceof CancellationException) {
            return new CairnException(Kind.INTERRUPTED, "cancelled", "the request was cancelled", "ask again");
        }
        LOG.error("a request failed", cause);
        return new CairnException(
                Kind.OTHER,
                "a fault in this program",
                String.valueOf(cause),
                Reason.REPORT_THE_FAULT.says("report it with the log of the node"));
    }

    private static int status(CairnException failure) {
        return switch (failure.reason()) {
            case LIST_THE_SHARES,
                    LIST_SHARES_AND_FETCHES,
                    CHECK_THE_NAME,
                    ANNOUNCE_A_SERVICE,
                    LIST_THE_SERVICES,
                    LIST_THE_CONTACTS -> 404;
            case WAIT_FOR_THE_OWNER, WATCH_THE_FETCH, LIST_THE_FETCHES -> 409;
            default ->
                switch (failure.kind()) {
                    case USAGE -> 400;
                    case DENIED -> 403;
                    case EXISTS -> 409;
                    case OTHER -> 500;
                    case NO_PROVIDER, NETWORK, INTEGRITY -> 502;
                    case INTERRUPTED -> 503;
                    case STALLED -> 504;
                    case DISK_FULL -> 507;
                };
        };
    }
}
