package io.cairn.transfer.net.admission;

import java.net.InetAddress;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The connections that others opened and that have not greeted. When there is one too many, one of the busiest network (/24, /64), and
 * there of the busiest address, is closed: among the older half of its connections the one that has come least far, and of these the
 * oldest. So a flood displaces itself, and a peer that greets at once outlives it even where it comes from the same address.
 * Thread-safe.
 */
public final class Strangers {
    private final int max;
    private final Set<Stranger> oldestFirst = new LinkedHashSet<>();

    public Strangers(int max) {
        this.max = max;
    }

    /** How far a stranger has come. */
    public enum Progress {
        /** It has sent nothing. */
        SILENT,
        /** It has sent the beginning of something. */
        BEGUN,
        /** What it sent was whole, and TLS has answered. */
        ANSWERED
    }

    /** One connection. */
    public static final class Stranger {
        private final InetAddress address;
        private final Runnable close;
        private Progress progress = Progress.SILENT;

        private Stranger(InetAddress address, Runnable close) {
            this.address = address;
            this.close = close;
        }
    }

    /**
     * Counts a connection, and closes another if there are too many.
     *
     * @param close is run if it has to make room later, on the thread that brings another one
     */
    public Stranger came(InetAddress address, Runnable close) {
        Stranger newcomer = new Stranger(address, close);
        Stranger tooMany = null;
        synchronized (this) {
            if (oldestFirst.size() >= max) {
                tooMany = leastWelcome(newcomer);
                oldestFirst.remove(tooMany);
            }
            oldestFirst.add(newcomer);
        }
        if (tooMany != null) {
            tooMany.close.run();
        }
        return newcomer;
    }

    public synchronized void advanced(Stranger stranger, Progress progress) {
        stranger.progress = progress;
    }

    /** It has greeted, or its connection is closed. */
    public synchronized void left(Stranger stranger) {
        oldestFirst.remove(stranger);
    }

    public synchronized int count() {
        return oldestFirst.size();
    }

    private Stranger leastWelcome(Stranger newcomer) {
        Crowd crowd = new Crowd();
        crowd.add(newcomer.address);
        oldestFirst.forEach(stranger -> crowd.add(stranger.address));
        List<Stranger> busiest = crowd.busiest(oldestFirst, stranger -> stranger.address);
        return busiest.stream()
                .limit((busiest.size() + 1) / 2)
                .min(Comparator.comparing(stranger -> stranger.progress)) // of equals, the first: the oldest
                .orElseThrow();
    }
}
