package io.cairn.app.doctor;

import io.cairn.dht.DialBack;
import io.cairn.dht.id.Endpoint;
import io.cairn.transfer.swarm.peer.DialBacks;
import org.jspecify.annotations.Nullable;

/**
 * A peer's attempt to reach this node, over UDP or TCP.
 *
 * @param helper where the peer is
 * @param observed where the peer sees this node; null if it does not say
 */
record Attempt(Endpoint helper, Verdict verdict, @Nullable Endpoint observed) {
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
        /** There is no session to ask over, although the peer answers by UDP. */
        NO_SESSION
    }

    static Attempt of(DialBack report) {
        Verdict verdict = switch (report.outcome()) {
            case REACHED -> Verdict.REACHED;
            case NOT_REACHED -> Verdict.CUT_OFF;
            case DECLINED -> Verdict.DECLINED;
            case UNANSWERED -> Verdict.SILENT;
        };
        return new Attempt(report.helper().endpoint(), verdict, report.observed());
    }

    static Attempt of(DialBacks.Report report) {
        return new Attempt(report.helper(), verdict(report), null);
    }

    static Attempt silent(Endpoint helper) {
        return new Attempt(helper, Verdict.SILENT, null);
    }

    private static Verdict verdict(DialBacks.Report report) {
        if (report.end() == null) {
            return report.noSession() == null ? Verdict.SILENT : Verdict.NO_SESSION;
        }
        return switch (report.end()) {
            case CONNECTED -> Verdict.REACHED;
            case REFUSED -> Verdict.REFUSED;
            case UNREACHABLE, TIMED_OUT -> Verdict.CUT_OFF;
            case DECLINED -> Verdict.DECLINED;
        };
    }
}
