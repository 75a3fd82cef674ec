package io.cairn.dht.node;

import io.cairn.dht.id.Contact;
import io.cairn.dht.kad.Admission;
import io.cairn.dht.kad.RoutingTable;
import io.cairn.dht.wire.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Keeps the routing table true: every answer and every silence goes into it, the contacts it wants asked are asked, and strangers are
 * verified by a PING of ours before they may enter.
 */
final class Contacts implements Requests.Observer {
    /** So many silences in a row mean that this node is cut off, not that all others left (as pymdht does). */
    private static final int SILENCES_MAX = 10;

    private final Local local;
    private final RoutingTable table;
    private final Requests requests;
    private final List<Consumer<Contact>> listeners = new ArrayList<>(2);
    private final AskedLately askedLately = new AskedLately();
    private int verifying;
    private int silences;

    Contacts(Local local, RoutingTable table, Requests requests) {
        this.local = local;
        this.table = table;
        this.requests = requests;
    }

    /** Tells of each contact that newly enters the table. */
    void onNewContact(Consumer<Contact> listener) {
        listeners.add(listener);
    }

    @Override
    public void answered(Contact contact, long nowMillis) {
        silences = 0;
        Admission admission = table.answered(contact, nowMillis);
        if (admission instanceof Admission.Added) {
            List.copyOf(listeners).forEach(listener -> listener.accept(contact));
        } else if (admission instanceof Admission.Ask ask) {
            check(ask.oldest());
        }
    }

    @Override
    public void unanswered(Contact contact) {
        silences++;
        if (silences <= SILENCES_MAX) {
            table.failed(contact);
        }
    }

    /** Whether to ask a stranger if it is there: the table has room for it, and it was not asked a moment ago. */
    boolean isWorthVerifying(Contact stranger) {
        return table.hasRoomFor(stranger)
                && verifying < local.limits().guard().verificationsMax()
                && !askedLately.mayHave(stranger.endpoint(), local.monotonicMillis());
    }

    /**
     * Asks a stranger whether it is there, if that is worth it: by a single datagram, since whoever named it may have lied. Its answer
     * brings it into the table.
     *
     * @return whether it is asked
     */
    boolean verify(Contact stranger) {
        if (!isWorthVerifying(stranger)) {
            return false;
        }
        askedLately.add(stranger.endpoint(), local.monotonicMillis());
        verifying++;
        requests.tryOnce(stranger, new Verification());
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
        @Override
        public void answered(Contact from, Message.Response response) {
            verifying--;
        }

        @Override
        public void unanswered() {
            verifying--;
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
