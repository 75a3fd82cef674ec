package io.cairn.dht.node.upkeep;

import io.cairn.dht.id.Contact;
import io.cairn.dht.kad.RoutingTable;
import io.cairn.dht.kad.TableVerdict;
import io.cairn.dht.node.request.Local;
import io.cairn.dht.node.request.Requests;
import io.cairn.dht.wire.Message;
import java.util.ArrayList;
import java.util.List;

/**
 * Keeps the routing table accurate: feeds it every answer and time-out, checks the contacts it wants checked, and verifies strangers with a
 * PING before they may enter.
 */
public final class TableContacts implements Requests.Observer {
    /** This many silences in a row mean that this node is cut off, not that all others left (as pymdht does). */
    private static final int SILENCES_MAX = 10;

    private final Local local;
    private final RoutingTable table;
    private final Requests requests;
    private final List<Observer> observers = new ArrayList<>(2);
    private final AskedLately askedLately = new AskedLately();
    private int verifying;
    private int silences;

    public TableContacts(Local local, RoutingTable table, Requests requests) {
        this.local = local;
        this.table = table;
        this.requests = requests;
    }

    /** Hears of changes in the table and in this node's connectivity. */
    @FunctionalInterface
    public interface Observer {
        /** A contact newly enters the table. */
        void appeared(Contact contact);

        /** A contact leaves the table because it does not answer. */
        default void departed(Contact contact) {}

        /** A node answers after this node was cut off. */
        default void returned() {}
    }

    public void observe(Observer observer) {
        observers.add(observer);
    }

    /** Whether {@link #SILENCES_MAX} requests in a row were unanswered: then this node itself is unreachable. */
    boolean isCutOff() {
        return silences >= SILENCES_MAX;
    }

    /** Whether the last request that ended was answered. */
    boolean isHeard() {
        return silences == 0;
    }

    /** This node has slept: its knowledge is old, and its location may have changed. */
    void wake() {
        silences = 0;
        table.doubtAll();
    }

    @Override
    public void answered(Contact contact, long nowMillis) {
        boolean isBack = isCutOff();
        silences = 0;
        TableVerdict verdict = table.answered(contact, nowMillis);
        if (verdict instanceof TableVerdict.Added) {
            List.copyOf(observers).forEach(observer -> observer.appeared(contact));
        } else if (verdict instanceof TableVerdict.Ask ask) {
            check(ask.oldest());
        }
        if (isBack) {
            observers.forEach(Observer::returned);
        }
    }

    @Override
    public void unanswered(Contact contact) {
        silences++;
        if (!isCutOff() && table.failed(contact)) {
            observers.forEach(observer -> observer.departed(contact));
        }
    }

    /** Whether to probe a stranger: the table has room for it and it was not probed recently. */
    public boolean isWorthVerifying(Contact stranger) {
        return table.hasRoomFor(stranger)
                && verifying < local.limits().guard().verificationsMax()
                && !askedLately.mayHave(stranger.endpoint(), local.monotonicMillis());
    }

    /**
     * Probes a stranger if worthwhile, with a single datagram, since the node that named it may have lied. An answer adds it to the table.
     */
    public void verify(Contact stranger) {
        verify(stranger, () -> {});
    }

    /**
     * Probes the strangers that a contact named, as far as worthwhile.
     *
     * @param max most to probe; may be negative for none
     * @param ended called for each one probed, whether it answered or not; not before this returns
     * @return how many are probed
     */
    int verify(Contact source, List<Contact> named, int max, Runnable ended) {
        int asked = 0;
        for (int i = 0; i < named.size() && asked < max; i++) {
            Contact stranger = named.get(i).namedBy(source);
            boolean isMeaningful = stranger.endpoint().isMeaningfulTo(source.endpoint());
            asked += isMeaningful && verify(stranger, ended) ? 1 : 0;
        }
        return asked;
    }

    private boolean verify(Contact stranger, Runnable ended) {
        if (!isWorthVerifying(stranger)) {
            return false;
        }
        askedLately.add(stranger.endpoint(), local.monotonicMillis());
        verifying++;
        requests.tryOnce(stranger, new Verification(ended));
        return true;
    }

    /** Checks whether a known contact still lives; the table learns the outcome as of every request. */
    private void check(Contact contact) {
        long nowMillis = local.monotonicMillis();
        if (!askedLately.mayHave(contact.endpoint(), nowMillis)) {
            askedLately.add(contact.endpoint(), nowMillis);
            requests.ask(contact, new Message.Ping(), new Unconcerned());
        }
    }

    private final class Verification implements Requests.Asker {
        private final Runnable ended;

        Verification(Runnable ended) {
            this.ended = ended;
        }

        @Override
        public void answered(Contact from, Message.Response response) {
            verifying--;
            ended.run();
        }

        @Override
        public void unanswered() {
            verifying--;
            ended.run();
        }
    }

    /** Ignores the outcome, which the observer of all requests handles. */
    private static final class Unconcerned implements Requests.Asker {
        @Override
        public void answered(Contact from, Message.Response response) {}

        @Override
        public void unanswered() {}
    }
}
