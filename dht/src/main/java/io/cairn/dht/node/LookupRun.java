package io.cairn.dht.node;

import io.cairn.dht.id.Contact;
import io.cairn.dht.kad.Lookup;
import io.cairn.dht.wire.Message;
import java.util.List;
import java.util.Optional;

/** Carries out one look-up: asks whom {@link Lookup} names and tells it what came back, until it has ended. */
final class LookupRun {
    private final Lookup lookup;
    private final Message.Request question;
    private final Requests requests;
    private final Listener listener;
    private boolean hasEnded;

    LookupRun(Lookup lookup, Message.Request question, Requests requests, Listener listener) {
        this.lookup = lookup;
        this.question = question;
        this.requests = requests;
        this.listener = listener;
    }

    /** Hears of a look-up. */
    @FunctionalInterface
    interface Listener {
        /**
         * It has ended; told once.
         *
         * @param closest those who answered, closest first
         */
        void ended(List<Contact> closest);

        default void asked(Contact contact) {}

        default void answered(Contact contact, Message.Response response) {}

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
            listener.ended(lookup.closest());
        }
    }

    /** How many referrals led to the closest of those who answered; -1 if nobody did. */
    int hops() {
        return lookup.hops();
    }

    /** Asks nobody any more, and tells nothing. */
    void cancel() {
        hasEnded = true;
    }

    private static List<Contact> contactsIn(Contact from, Message.Response response) {
        List<Contact> named = List.of();
        if (response instanceof Message.Nodes nodes) {
            named = nodes.closest();
        } else if (response instanceof Message.Values values) {
            named = values.closest();
        }
        return named.stream()
                .filter(contact -> contact.endpoint().isMeaningfulTo(from.endpoint()))
                .toList();
    }

    private final class Answering implements Requests.Asker {
        private final Contact contact;

        Answering(Contact contact) {
            this.contact = contact;
        }

        @Override
        public void answered(Contact from, Message.Response response) {
            if (!hasEnded) {
                listener.answered(contact, response);
            }
            lookup.onAnswer(contact, contactsIn(contact, response));
            proceed();
        }

        @Override
        public void unanswered() {
            if (!hasEnded) {
                listener.unanswered(contact);
            }
            lookup.onFailure(contact);
            proceed();
        }

        @Override
        public void stalled() {
            lookup.onStalled(contact);
            proceed();
        }

        @Override
        public void sent() {
            listener.sent();
        }
    }
}
