package io.cairn.dht.node.answer;

import io.cairn.dht.DialBackTurns;
import io.cairn.dht.env.Packet;
import io.cairn.dht.id.Contact;
import io.cairn.dht.id.Endpoint;
import io.cairn.dht.node.request.Local;
import io.cairn.dht.wire.Message;

/**
 * Tells others whether they can be reached: knocks at the port they name, but only at the address they ask from, which a token has proven.
 * Two small datagrams for one request, within the turns of {@link DialBackTurns}.
 */
final class Knocks {
    /** Between the two knocks, of which one may be lost. */
    private static final long AGAIN_MILLIS = 300;

    private final Local local;
    private final DialBackTurns turns = new DialBackTurns();

    Knocks(Local local) {
        this.local = local;
    }

    Message.DialledBack asked(Message.DialBack dialBack, Contact asker, boolean isProven) {
        return new Message.DialledBack(isProven ? answer(dialBack, asker) : Message.Refusal.TOKEN, asker.endpoint());
    }

    private Message.Refusal answer(Message.DialBack dialBack, Contact asker) {
        DialBackTurns.Turn turn = turns.take(asker.endpoint().address(), dialBack.nonce(), local.monotonicMillis());
        if (turn == DialBackTurns.Turn.GRANTED) {
            Endpoint door = new Endpoint(asker.endpoint().address(), dialBack.port());
            Packet knock = local.seal(dialBack.nonce(), asker.id(), null, new Message.Knock(), 0);
            knock(door, knock);
            local.environment().scheduler().schedule(AGAIN_MILLIS, () -> knock(door, knock));
        }
        return turn == DialBackTurns.Turn.REFUSED ? Message.Refusal.FULL : Message.Refusal.NONE;
    }

    private void knock(Endpoint door, Packet knock) {
        local.traffic().datagramSent();
        local.environment().network().sendFromAnotherPort(door, knock);
    }
}
