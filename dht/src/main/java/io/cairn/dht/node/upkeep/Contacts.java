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
 * Keeps the routing table true: every answer and every silence goes into it, the contacts it wants asked are asked, and strangers are
 * verified by a PING of ours before they may enter.
 */
public final class Contacts implements Requests.Observer {
    /** So many silences in a row mean that this node is cut off, not that all others left (as pymdht does). */
    private static final int SILENCES_MAX = 10;

    private final Local local;
    private final RoutingTable table;
    private final Requests requests;
    private final List<Observer> observers = new ArrayList<>(2);
    private final AskedLately askedLately = new AskedLately();
    private int verifying;
    private int silences;

    public Contacts(Local local, RoutingTable table, Requests requests) {
        this.local = local;
        this.table = table;
        this.requests = requests;
    }

    /** Hears how the table and this node's connection change. */
    @FunctionalInterface
    public interface Observer {
        /** A contact newly enters the table. */
        void appeared(Contact contact);

        /** A contact leaves the table because it does not answer. */
        default void departed(Contact contact) {}

        /** Somebody answers after this node was cut off. */
        default void returned() {}
    }

    public void observe(Observer observer) {
        observers.add(observer);
    }

    /** Whether so many requests in a row stayed unanswered that it must be this node whom nobody hears. */
    boolean isCutOff() {
        return silences >= SILENCES_MAX;
    }

    /** Whether the last request that ended was answered. */
    boolean isHeard() {
        return silences == 0;
    }

    /** This node has slept: what it knew is old, and it may be elsewhere now. */
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

    /** Whether to ask a stranger if it is there: the table has room for it, and it was not asked a moment ago. */
    public boolean isWorthVerifying(Contact stranger) {
        return table.hasRoomFor(stranger)
                && verifying < local.limits().guard().verificationsMax()
                && !askedLately.mayHave(stranger.endpoint(), local.monotonicMillis());
    }

    /**
     * Asks a stranger whether it is there, if that is worth it: by a single datagram, since whoever named it may have lied. Its answer
     * brings it into the table.
     */
    public void verify(Contact stranger) {
        verify(stranger, () -> {});
    }

    /**
     * Asks strangers whom a contact named whether they are there, as far as that is worth it.
     *
     * @param max how many to ask at most; may be negative for none
     * @param ended told for each that was asked, whether it answered or not; not before this returns
     * @return how many are asked
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

    /** Asks a known contact whether it still lives; the table hears of it as of every request. */
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

    /** What there is to know of the answer or the silence, the observer of all requests knows. */
    private static final class Unconcerned implements Requests.Asker {
        @Override
        public void answered(Contact from, Message.Response response) {}

        @Override
        public void unanswered() {}
    }
}
