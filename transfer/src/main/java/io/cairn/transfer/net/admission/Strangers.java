package io.cairn.transfer.net.admission;

import java.net.InetAddress;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Accepted connections that have not greeted yet. When there is one too many, one of the busiest network (/24, /64), and there of the
 * busiest address, is closed: among the older half of its connections those with the least progress, and of these the oldest. A flood
 * therefore displaces itself, and a peer that greets at once survives it even when it shares the address. Thread-safe.
 */
public final class Strangers {
    private final int max;
    private final Set<Stranger> oldestFirst = new LinkedHashSet<>();

    public Strangers(int max) {
        this.max = max;
    }

    /** A stranger's progress. */
    public enum Progress {
        /** It has sent nothing. */
        SILENT,
        /** It has sent an incomplete start. */
        BEGUN,
        /** It has sent something complete, and TLS has answered. */
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
     * @param close called if this one is displaced later, on the thread that brings the other one
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
