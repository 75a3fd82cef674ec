package io.cairn.dht.node.request;

import io.cairn.dht.DialBack;
import io.cairn.dht.DialBack.Outcome;
import io.cairn.dht.id.Contact;
import io.cairn.dht.id.Endpoint;
import io.cairn.dht.wire.Header;
import io.cairn.dht.wire.Message;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Asks contacts to knock at this node's port. A knock comes from a port that this node never sent to, so it is recognised by its nonce and
 * its signature instead. It proves nothing else and changes no routing table.
 */
public final class DialBackRequests {
    /** From the helper's answer to the arrival of its knocks, which it sends within 300 ms. */
    private static final long KNOCK_MILLIS = 1_500;

    /** Open at once: a check asks three. */
    private static final int OPEN_MAX = 16;

    private final Local local;
    private final Requests requests;
    private final Map<Long, Open> open = new LinkedHashMap<>();

    public DialBackRequests(Local local, Requests requests) {
        this.local = local;
        this.requests = requests;
    }

    /**
     * Asks one contact.
     *
     * @param port at which this node serves, 1 to 65535
     * @param done called once
     */
    public void ask(Contact helper, int port, Consumer<DialBack> done) {
        long nonce = local.environment().random().nextLong();
        if (nonce == 0 || open.containsKey(nonce) || open.size() >= OPEN_MAX) {
            local.environment().scheduler().execute(() -> done.accept(new DialBack(helper, Outcome.UNANSWERED, null)));
            return;
        }
        Open asked = new Open(nonce, helper, done);
        open.put(nonce, asked);
        requests.ask(helper, new Message.DialBack(port, nonce), asked);
    }

    /** Whether a header could belong to a knock that this node has asked for. Only one signature is checked for each. */
    public boolean isAwaited(Header claimed) {
        Open asked = open.get(claimed.requestId());
        if (asked == null
                || asked.isChecked
                || !asked.helper.id().equals(claimed.sender().nodeId())) {
            return false;
        }
        asked.isChecked = true;
        return true;
    }

    /** A verified knock. */
    public void knocked(Header header) {
        Open asked = open.get(header.requestId());
        if (asked != null) {
            asked.hasKnocked = true;
            if (asked.observed != null) {
                asked.end(Outcome.REACHED);
            }
        }
    }

    private final class Open implements Requests.Asker {
        private final long nonce;
        private final Contact helper;
        private final Consumer<DialBack> done;
        private @Nullable Endpoint observed;
        private boolean isChecked;
        private boolean hasKnocked;

        Open(long nonce, Contact helper, Consumer<DialBack> done) {
            this.nonce = nonce;
            this.helper = helper;
            this.done = done;
        }

        @Override
        public void answered(Contact from, Message.Response response) {
            Message.DialledBack dialled = (Message.DialledBack) response;
            observed = dialled.observed();
            if (hasKnocked) {
                end(Outcome.REACHED);
            } else if (dialled.refusal() != Message.Refusal.NONE) {
                end(Outcome.DECLINED);
            } else {
                local.environment().scheduler().schedule(KNOCK_MILLIS, () -> end(Outcome.NOT_REACHED));
            }
        }

        @Override
        public void unanswered() {
            end(hasKnocked ? Outcome.REACHED : Outcome.UNANSWERED);
        }

        private void end(Outcome outcome) {
            if (open.remove(nonce, this)) {
                done.accept(new DialBack(helper, outcome, observed));
            }
        }
    }
}
