package io.cairn.dht.node;

import io.cairn.dht.id.Contact;
import io.cairn.dht.id.Endpoint;
import io.cairn.dht.kad.Admission;
import io.cairn.dht.kad.RoutingTable;
import io.cairn.dht.wire.Message;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Keeps the routing table true: every answer and every silence goes into it, the contacts it wants asked are asked, and strangers are
 * verified by a PING of ours before they may enter.
 */
final class Contacts implements Requests.Observer {
    /** So many silences in a row mean that this node is cut off, not that all others left (as pymdht does). */
    private static final int SILENCES_MAX = 10;

    private static final int REMEMBERED_MAX = 512;
    private static final long REMEMBERED_MILLIS = 10_000;

    private final Local local;
    private final RoutingTable table;
    private final Requests requests;
    private final List<Consumer<Contact>> listeners = new ArrayList<>();
    private final Set<Contact> beingAsked = new LinkedHashSet<>();
    private final Map<Endpoint, Long> verifiedLately = new LinkedHashMap<>();
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
        Long askedMillis = verifiedLately.get(stranger.endpoint());
        boolean isTooSoon = askedMillis != null && local.monotonicMillis() - askedMillis < REMEMBERED_MILLIS;
        return !isTooSoon
                && table.hasRoomFor(stranger)
                && beingAsked.size() < local.limits().guard().verificationsMax();
    }

    /**
     * Asks a stranger whether it is there, if that is worth it: by a single datagram, since whoever named it may have lied. Its answer
     * brings it into the table.
     */
    void verify(Contact stranger) {
        if (!isWorthVerifying(stranger) || !beingAsked.add(stranger)) {
            return;
        }
        verifiedLately.remove(stranger.endpoint());
        verifiedLately.put(stranger.endpoint(), local.monotonicMillis());
        if (verifiedLately.size() > REMEMBERED_MAX) {
            verifiedLately.remove(verifiedLately.keySet().iterator().next());
        }
        requests.tryOnce(stranger, new Checking(stranger));
    }

    private void check(Contact contact) {
        if (beingAsked.add(contact)) {
            requests.ask(contact, new Message.Ping(), new Checking(contact));
        }
    }

    private final class Checking implements Requests.Asker {
        private final Contact contact;

        Checking(Contact contact) {
            this.contact = contact;
        }

        @Override
        public void answered(Contact from, Message.Response response) {
            beingAsked.remove(contact);
        }

        @Override
        public void unanswered() {
            beingAsked.remove(contact);
        }
    }
}
