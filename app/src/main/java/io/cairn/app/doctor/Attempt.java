package io.cairn.app.doctor;

import io.cairn.dht.DialBack;
import io.cairn.dht.id.Endpoint;
import io.cairn.transfer.swarm.peer.DialBacks;
import io.cairn.transfer.swarm.port.DialFailure;
import org.jspecify.annotations.Nullable;

/**
 * A peer's attempt to reach this node, over UDP or TCP.
 *
 * @param helper where the peer is
 * @param observed where the peer sees this node; null if it does not say
 * @param trouble why there is no session, if the way is not the reason: completes the sentence "the peer ..."; else empty
 */
record Attempt(Endpoint helper, Verdict verdict, @Nullable Endpoint observed, String trouble) {
    /** How it ended. */
    enum Verdict {
        REACHED,
        /** Nothing arrived. */
        CUT_OFF,
        /** Something else answered at this node's address and port, or nothing listens there. */
        REFUSED,
        /** The peer is asked too often. */
        DECLINED,
        /** The peer did not answer. */
        SILENT,
        /** There is no session to ask over: no TCP connection gets through, although the peer answers by UDP. */
        NO_SESSION,
        /** There is no session to ask over, for another reason. */
        NOT_ASKED
    }

    static Attempt of(DialBack report) {
        Verdict verdict = switch (report.outcome()) {
            case REACHED -> Verdict.REACHED;
            case NOT_REACHED -> Verdict.CUT_OFF;
            case DECLINED -> Verdict.DECLINED;
            case UNANSWERED -> Verdict.SILENT;
        };
        return new Attempt(report.helper().endpoint(), verdict, report.observed(), "");
    }

    static Attempt of(DialBacks.Report report) {
        Verdict verdict = verdict(report);
        DialFailure failure = report.noSession();
        return new Attempt(
                report.helper(),
                verdict,
                null,
                failure == null || verdict == Verdict.NO_SESSION ? "" : failure.reason());
    }

    static Attempt silent(Endpoint helper) {
        return new Attempt(helper, Verdict.SILENT, null, "");
    }

    private static Verdict verdict(DialBacks.Report report) {
        if (report.end() == null) {
            return report.noSession() == null
                    ? Verdict.SILENT
                    : switch (report.noSession().kind()) {
                        case TIMED_OUT, UNREACHABLE -> Verdict.NO_SESSION;
                        default -> Verdict.NOT_ASKED;
                    };
        }
        return switch (report.end()) {
            case CONNECTED -> Verdict.REACHED;
            case REFUSED -> Verdict.REFUSED;
            case UNREACHABLE, TIMED_OUT -> Verdict.CUT_OFF;
            case DECLINED -> Verdict.DECLINED;
        };
    }
}
