package io.cairn.dht.node.lookup;

import io.cairn.dht.id.Contact;
import io.cairn.dht.kad.Lookup;
import io.cairn.dht.kad.NetworkSizeSamples;
import io.cairn.dht.node.request.Local;
import io.cairn.dht.node.request.Requests;
import io.cairn.dht.wire.Message;
import java.util.List;
import java.util.Optional;

/** Carries out one look-up: asks whom {@link Lookup} names and tells it what came back, until it has ended. What it found is a sample of the network's size. */
public final class LookupRun {
    private final Local local;
    private final Lookup lookup;
    private final Message.Request question;
    private final Requests requests;
    private final NetworkSizeSamples sizes;
    private final Listener listener;
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
    }

    /** Hears of a look-up. */
    @FunctionalInterface
    public interface Listener {
        /**
         * It has ended; told once.
         *
         * @param closest those who answered, closest first
         */
        void ended(List<Contact> closest);

        default void asked(Contact contact) {}

        default void answered(Contact contact, Message.Response response) {}

        /** It is taken for silent; {@link #answered} may follow all the same. */
        default void unanswered(Contact contact) {}

        /** A datagram went out. */
        default void sent() {}
    }

    /** Asks whoever is to be asked now. */
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
            sizes.add(lookup.target(), lookup.closest(), local.monotonicMillis());
            listener.ended(lookup.closest());
        }
    }

    Lookup lookup() {
        return lookup;
    }

    /** Asks nobody any more, and tells nothing. */
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

        /** The look-up goes on as if no answer came; if one does, it counts. */
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
