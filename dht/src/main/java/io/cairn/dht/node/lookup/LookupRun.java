package io.cairn.dht.node.lookup;

import io.cairn.dht.id.Contact;
import io.cairn.dht.kad.Lookup;
import io.cairn.dht.kad.NetworkSizeSamples;
import io.cairn.dht.node.request.Local;
import io.cairn.dht.node.request.Requests;
import io.cairn.dht.wire.Message;
import java.util.List;
import java.util.Optional;

/**
 * Carries out one look-up: sends the requests that {@link Lookup} chooses and reports their results to it until it ends. Its result is a
 * sample of the network's size.
 */
public final class LookupRun {
    private final Local local;
    private final Lookup lookup;
    private final Message.Request question;
    private final Requests requests;
    private final NetworkSizeSamples sizes;
    private final Listener listener;
    private final long startMillis;
    private boolean hasEnded;

    LookupRun(
            Local local,
            Lookup lookup,
            Message.Request question,
            Requests requests,
            NetworkSizeSamples sizes,
            Listener listener) {
        this.local = local;
        this.lookup = lookup;
        this.question = question;
        this.requests = requests;
        this.sizes = sizes;
        this.listener = listener;
        this.startMillis = local.monotonicMillis();
    }

    /** Receives the events of a look-up. */
    @FunctionalInterface
    public interface Listener {
        /**
         * The look-up has ended; called once.
         *
         * @param closest the nodes that answered, closest first
         */
        void ended(List<Contact> closest);

        default void asked(Contact contact) {}

        default void answered(Contact contact, Message.Response response) {}

        /** The contact counts as silent; {@link #answered} may still follow. */
        default void unanswered(Contact contact) {}

        /** A datagram was sent. */
        default void sent() {}
    }

    /** Sends the requests that are due. */
    void proceed() {
        if (hasEnded) {
            return;
        }
        for (Optional<Contact> next = lookup.next(); next.isPresent(); next = lookup.next()) {
            Contact contact = next.get();
            listener.asked(contact);
            requests.ask(contact, question, new Answering(contact));
        }
        if (lookup.isFinished()) {
            hasEnded = true;
            local.traffic().lookupEnded(local.monotonicMillis() - startMillis);
            sizes.add(lookup.target(), lookup.closest(), local.monotonicMillis());
            listener.ended(lookup.closest());
        }
    }

    Lookup lookup() {
        return lookup;
    }

    /** Stops asking and reporting. */
    public void cancel() {
        hasEnded = true;
    }

    private static List<Contact> contactsIn(Message.Response response, Contact source) {
        List<Contact> named = response.closest();
        return named.stream().anyMatch(contact -> contact.endpoint().lacksScope())
                ? named.stream().map(contact -> contact.namedBy(source)).toList()
                : named;
    }

    private final class Answering implements Requests.Asker {
        private final Contact contact;
        private boolean isOverdue;

        Answering(Contact contact) {
            this.contact = contact;
        }

        @Override
        public void answered(Contact from, Message.Response response) {
            if (!hasEnded) {
                listener.answered(contact, response);
                lookup.onAnswer(contact, contactsIn(response, contact));
                proceed();
            }
        }

        @Override
        public void unanswered() {
            if (!isOverdue) {
                overdue();
            }
        }

        /** The look-up continues as if no answer came; a late one still counts. */
        @Override
        public void overdue() {
            isOverdue = true;
            if (!hasEnded) {
                listener.unanswered(contact);
                lookup.onFailure(contact);
                proceed();
            }
        }

        @Override
        public void stalled() {
            if (!hasEnded) {
                lookup.onStalled(contact);
                proceed();
            }
        }

        @Override
        public void sent() {
            listener.sent();
        }
    }
}
