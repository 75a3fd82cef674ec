package io.cairn.app.json;

import io.cairn.app.Advice;
import io.cairn.app.CairnException;
import io.cairn.app.CairnException.Kind;
import io.cairn.app.Reason;

/** Failures in JSON. */
public final class ErrorJson {
    private ErrorJson() {}

    /** A failure in its own words, with the exit code of its kind. */
    public static JsonObject of(CairnException failure) {
        return of(failure, failure.kind().exitCode(), String.valueOf(failure.getMessage()), failure.next());
    }

    /** The failure, in the words of the face that wrote it. A kind or reason that this version does not know is the general one. */
    public static CairnException read(JsonTree json) {
        return new CairnException(
                known(json, "kind", Kind.class, Kind.OTHER), json.text("what"), json.text("why"), readAdvice(json));
    }

    static Advice readAdvice(JsonTree json) {
        return new Advice(
                known(json, "reason", Reason.class, Reason.SEE_NEXT),
                json.text("next"),
                json.child("facts").scalars());
    }

    private static <E extends Enum<E>> E known(JsonTree json, String field, Class<E> type, E otherwise) {
        try {
            return json.constant(field, type);
        } catch (IllegalArgumentException newer) {
            return otherwise;
        }
    }

    /**
     * @param exitCode of the program; may differ from that of the kind
     * @param what the failure in the words of the face that shows it
     * @param next the next step in these words
     */
    public static JsonObject of(CairnException failure, int exitCode, String what, String next) {
        return new JsonObject(
                "error",
                fields -> reason(
                        fields.number("code", exitCode)
                                .constant("kind", failure.kind())
                                .text("what", what)
                                .text("why", failure.why())
                                .text("next", next),
                        failure));
    }

    static JsonFields reason(JsonFields fields, CairnException failure) {
        return advice(fields, failure.advice());
    }

    /** The reason and the facts of an advice; its text is that of the face that shows it. */
    static JsonFields advice(JsonFields fields, Advice advice) {
        return fields.constant("reason", advice.reason())
                .object("facts", facts -> advice.facts().forEach(facts::scalar));
    }
}
