package io.cairn.sim.chord;

import io.cairn.dht.env.Clock;
import io.cairn.dht.id.Contact;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Executes one look-up. If a node on the way does not answer the first attempt, the look-up bypasses it, while the request continues in
 * order to find out whether the node is dead. It waits for the keeper, which has no substitute, and for the start. If that leads nowhere,
 * as may happen in a small ring that loses packets, the look-up restarts and waits for every node.
 */
final class ChordLookupRun {
    private final Supplier<ChordLookup> beginning;
    private final Routing routing;
    private final ChordRequests requests;
    private final Clock clock;
    private final Consumer<ChordResult> listener;
    private final long startMillis;
    private ChordLookup lookup;
    private boolean isPatient;
    private int asked;
    private int timeouts;

    /**
     * @param beginning creates the look-up, and after a failure a new one
     */
    ChordLookupRun(
            Supplier<ChordLookup> beginning,
            Routing routing,
            ChordRequests requests,
            Clock clock,
            Consumer<ChordResult> listener) {
        this.beginning = beginning;
        this.lookup = beginning.get();
        this.routing = routing;
        this.requests = requests;
        this.clock = clock;
        this.listener = listener;
        this.startMillis = clock.monotonicMillis();
    }

    /** Sends requests until an answer is needed, or the look-up has ended. */
    void proceed() {
        Optional<ChordLookup.Question> next = lookup.next();
        while (next.isPresent() && isSelf(next.get().contact())) {
            answerOurselves(next.get());
            next = lookup.next();
        }
        if (next.isPresent()) {
            asked++;
            ChordLookup.Question question = next.get();
            requests.ask(question.contact(), question.request(), new Answering(question));
        } else if (lookup.keeper().isEmpty() && timeouts > 0 && !isPatient) {
            isPatient = true;
            lookup = beginning.get();
            proceed();
        } else {
            listener.accept(new ChordResult(
                    lookup.keeper(), lookup.hops(), asked, timeouts, clock.monotonicMillis() - startMillis));
        }
    }

    private boolean isSelf(Contact contact) {
        return contact.id().equals(routing.self().id());
    }

    private void answerOurselves(ChordLookup.Question question) {
        if (question.request() instanceof ChordMessage.FindSuccessor step) {
            tell(routing.keeps(step.key()) ? new ChordMessage.Successors(List.of(routing.self())) : routing.step(step));
        } else {
            lookup.confirmed(routing.neighbourhood().predecessor());
        }
    }

    private void tell(ChordMessage.Response response) {
        if (response instanceof ChordMessage.Nearer nearer) {
            lookup.referred(nearer.contacts());
        } else if (response instanceof ChordMessage.Successors successors) {
            lookup.named(successors.contacts());
        } else if (response instanceof ChordMessage.Neighbours neighbours) {
            lookup.confirmed(neighbours.predecessor());
        }
    }

    private final class Answering implements ChordRequests.Asker {
        private final ChordLookup.Question question;
        private boolean isPassedBy;

        Answering(ChordLookup.Question question) {
            this.question = question;
        }

        @Override
        public void answered(ChordMessage.Response response) {
            if (!isPassedBy) {
                tell(response);
                proceed();
            }
        }

        @Override
        public void unanswered() {
            if (!isPassedBy) {
                passBy();
            }
        }

        @Override
        public void stalled() {
            if (!isPatient && !isPassedBy && lookup.mayPassBy(question)) {
                passBy();
            }
        }

        private void passBy() {
            isPassedBy = true;
            timeouts++;
            lookup.silent();
            proceed();
        }
    }
}
