package io.cairn.dht.kad;

import io.cairn.dht.id.Contact;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A node that a look-up may ask: the state of its request, and the reliability of its referrals. */
final class Candidate {
    /** Most alternative endpoints remembered for one id. */
    private static final int ALTERNATIVES_MAX = 2;

    private static final List<Contact> NONE = List.of();

    private Contact contact;
    private List<Contact> alternatives = NONE;
    private State state = State.FRESH;
    private @Nullable Candidate source;
    private @Nullable Candidate secondSource;
    private int depth;
    private int namedSilent;
    private boolean namedAlive;
    private int paths;
    private int askedOn = -1;

    Candidate(Contact contact, @Nullable Candidate source) {
        this.contact = contact;
        this.source = source;
        this.depth = depthBelow(source);
    }

    enum State {
        FRESH,
        IN_FLIGHT,
        /** Its answer is late. */
        STALLED,
        ANSWERED,
        FAILED
    }

    Contact contact() {
        return contact;
    }

    /** The number of referrals that led here: 0 for a node known before. */
    int depth() {
        return depth;
    }

    boolean isFresh() {
        return state == State.FRESH;
    }

    boolean isInFlight() {
        return state == State.IN_FLIGHT;
    }

    boolean hasAnswered() {
        return state == State.ANSWERED;
    }

    /** Whether it was asked and may still answer. */
    boolean isOpen() {
        return state == State.IN_FLIGHT || state == State.STALLED;
    }

    /** Whether it was asked at this endpoint and has not answered, even if the request was given up. */
    boolean isAwaited(Contact asked) {
        return state != State.FRESH && state != State.ANSWERED && contact.equals(asked);
    }

    boolean isStalled() {
        return state == State.STALLED;
    }

    /**
     * @param path the disjoint path that asks; -1 if there are none
     */
    void ask(int path) {
        state = State.IN_FLIGHT;
        askedOn = path;
    }

    int askedOn() {
        return askedOn;
    }

    void stall() {
        state = State.STALLED;
        blame(1);
    }

    void answer() {
        if (state != State.IN_FLIGHT) {
            blame(-1);
        }
        state = State.ANSWERED;
        if (source != null) {
            source.namedAlive = true;
        }
        if (secondSource != null) {
            secondSource.namedAlive = true;
        }
    }

    /** No answer will arrive. If another endpoint was named for the node, that one is tried next. */
    void fail() {
        if (state != State.STALLED) {
            blame(1);
        }
        if (alternatives.isEmpty()) {
            state = State.FAILED;
        } else {
            contact = alternatives.remove(0);
            state = State.FRESH;
        }
    }

    private void blame(int count) {
        if (source != null) {
            source.namedSilent += count;
        }
        if (secondSource != null) {
            secondSource.namedSilent += count;
        }
    }

    /** A second source counts if the first is a liar; another endpoint is kept in case the first fails. */
    void learnAgain(Contact again, Candidate newSource, Shortlist all) {
        depth = Math.min(depth, depthBelow(newSource));
        if (newSource != source && state == State.FRESH) {
            secondSource = newSource;
        }
        boolean isElsewhere = !again.endpoint().equals(contact.endpoint());
        boolean isNews = isElsewhere && alternatives.size() < ALTERNATIVES_MAX && !alternatives.contains(again);
        if (isNews && all.mayBeAt(again.endpoint())) {
            if (state == State.FAILED) {
                contact = again;
                state = State.FRESH;
            } else {
                alternatives = alternatives.isEmpty() ? new ArrayList<>(ALTERNATIVES_MAX) : alternatives;
                alternatives.add(again);
            }
        }
    }

    /** Whether it does not answer, or is named only by sources whose word no longer counts. */
    boolean isOut(int liesMax) {
        if (state == State.FRESH) {
            return source != null && source.isLiar(liesMax) && (secondSource == null || secondSource.isLiar(liesMax));
        }
        return state == State.FAILED;
    }

    private boolean isLiar(int liesMax) {
        return namedSilent >= liesMax && !namedAlive;
    }

    boolean isOn(int path) {
        return (paths & 1 << path) != 0;
    }

    boolean isOnAnyPath() {
        return paths != 0;
    }

    void putOn(int path) {
        paths |= 1 << path;
    }

    void takeOff(int path) {
        paths &= ~(1 << path);
    }

    private static int depthBelow(@Nullable Candidate source) {
        return source == null ? 0 : source.depth + 1;
    }
}
