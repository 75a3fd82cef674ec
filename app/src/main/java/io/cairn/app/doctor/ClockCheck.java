package io.cairn.app.doctor;

import io.cairn.app.Check;
import io.cairn.app.Node.Notice.ClockDiffers;
import io.cairn.dht.Misfit;
import java.util.List;

/** This machine's clock against those of its peers. Nodes accept no message that is five minutes off. */
final class ClockCheck {
    static final String NAME = "clock";

    /** Well before others refuse this node's messages. */
    private static final long FAR_MILLIS = 60_000;

    private static final long SECOND_MILLIS = 1_000;

    private ClockCheck() {}

    /**
     * @param aheadMillis of the clocks of peers whose messages are accepted
     * @param misfits of which those with another clock count
     */
    static Check judge(List<Long> aheadMillis, List<Misfit> misfits) {
        List<Misfit> wrong = misfits.stream().filter(Misfit::isClock).toList();
        if (!wrong.isEmpty()) {
            Misfit first = wrong.get(0);
            String clause = new ClockDiffers(first.address(), first.aheadMillis()).text();
            int agreeing = aheadMillis.size();
            String which = "set the clock of this machine (switch network time on), or that of the other";
            if (wrong.size() > agreeing) {
                return Check.bad(NAME, clause + ", and no more peers agree with this one", which);
            }
            return Check.warning(
                    NAME,
                    clause + "; " + agreeing + (agreeing == 1 ? " other peer agrees" : " other peers agree")
                            + " with this one",
                    wrong.size() == agreeing
                            ? which
                            : "set the clock of " + first.address().getHostAddress());
        }
        if (aheadMillis.isEmpty()) {
            return Check.ok(NAME, "no peer to compare it with");
        }
        long median = aheadMillis.stream()
                .sorted()
                .skip(aheadMillis.size() / 2)
                .findFirst()
                .orElse(0L);
        String detail = Math.abs(median) < SECOND_MILLIS
                ? "within a second of " + counted(aheadMillis.size())
                : Math.abs(median) / SECOND_MILLIS + " seconds " + (median > 0 ? "behind " : "ahead of ")
                        + counted(aheadMillis.size());
        return Math.abs(median) < FAR_MILLIS
                ? Check.ok(NAME, detail)
                : Check.warning(
                        NAME,
                        detail,
                        "set the clock of this machine (switch network time on): at five minutes, others refuse its messages");
    }

    private static String counted(int peers) {
        return peers == 1 ? "one peer" : "the median of " + peers + " peers";
    }
}
