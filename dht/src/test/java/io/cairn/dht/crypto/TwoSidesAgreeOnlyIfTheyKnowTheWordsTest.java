package io.cairn.dht.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cairn.dht.crypto.WordExchange.Parties;
import io.cairn.dht.crypto.WordExchange.Role;
import io.cairn.dht.id.NodeId;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TwoSidesAgreeOnlyIfTheyKnowTheWordsTest {
    private final Random random = new Random(20_261_130);
    private final Parties parties = new Parties(NodeId.random(random), NodeId.random(random), 7);

    @Test
    void theSameWordsGiveTheSameKey() throws GeneralSecurityException {
        Keys keys = exchange("orbit-lamp", parties, "orbit-lamp", parties);
        assertThat(keys.sender.isTag(keys.receiver.tag())).isTrue();
        assertThat(keys.receiver.isTag(keys.sender.tag())).isTrue();
        assertThat(keys.sender.phrase()).isEqualTo(keys.receiver.phrase());
        byte[] message = {1, 2, 3};
        assertThat(keys.receiver.open(keys.sender.seal(message))).isEqualTo(message);
        assertThat(keys.sender.open(keys.receiver.seal(message))).isEqualTo(message);
    }

    @Test
    void aTagIsOfOneSideAlone() throws GeneralSecurityException {
        Keys keys = exchange("orbit-lamp", parties, "orbit-lamp", parties);
        assertThat(keys.sender.isTag(keys.sender.tag())).isFalse();
        byte[] sealed = keys.sender.seal(new byte[8]);
        assertThatThrownBy(() -> keys.sender.open(sealed)).isInstanceOf(GeneralSecurityException.class);
    }

    @Test
    void otherWordsGiveAnotherKey() throws GeneralSecurityException {
        Keys keys = exchange("orbit-lamp", parties, "orbit-lamb", parties);
        assertThat(keys.sender.isTag(keys.receiver.tag())).isFalse();
        assertThat(keys.receiver.isTag(keys.sender.tag())).isFalse();
        byte[] sealed = keys.sender.seal(new byte[8]);
        assertThatThrownBy(() -> keys.receiver.open(sealed)).isInstanceOf(GeneralSecurityException.class);
    }

    @Test
    void anExchangeIsOfTwoNodesAndOneNumber() {
        NodeId other = NodeId.random(random);
        for (Parties wrong : new Parties[] {
            new Parties(parties.sender(), parties.receiver(), 8),
            new Parties(other, parties.receiver(), 7),
            new Parties(parties.sender(), other, 7)
        }) {
            assertThatThrownBy(() -> exchange("orbit-lamp", parties, "orbit-lamp", wrong))
                    .isInstanceOf(GeneralSecurityException.class);
        }
    }

    @Test
    void aSidesOwnMessagesAreOfNoUse() throws GeneralSecurityException {
        WordExchange sender = new WordExchange(Role.SENDER, parties, "orbit-lamp", random);
        assertThatThrownBy(() -> sender.second(sender.first())).isInstanceOf(GeneralSecurityException.class);
    }

    @Test
    void aChangedMessageIsRefused() throws GeneralSecurityException {
        WordExchange receiver = new WordExchange(Role.RECEIVER, parties, "orbit-lamp", random);
        byte[] first = receiver.first();
        for (int i = 0; i < first.length; i += 7) {
            byte[] changed = first.clone();
            changed[i] ^= (byte) (1 << random.nextInt(8));
            WordExchange sender = new WordExchange(Role.SENDER, parties, "orbit-lamp", random);
            assertThatThrownBy(() -> sender.second(changed))
                    .as("byte %s", i)
                    .isInstanceOf(GeneralSecurityException.class);
        }
        WordExchange sender = new WordExchange(Role.SENDER, parties, "orbit-lamp", random);
        byte[] senderSecond = sender.second(first);
        byte[] second = receiver.second(sender.first());
        second[40] ^= 1;
        assertThatThrownBy(() -> sender.key(second)).isInstanceOf(GeneralSecurityException.class);
        assertThat(senderSecond).hasSize(WordExchange.SECOND_BYTES);
    }

    @Test
    void stepsComeOnceAndInOrder() throws GeneralSecurityException {
        WordExchange sender = new WordExchange(Role.SENDER, parties, "orbit-lamp", random);
        WordExchange receiver = new WordExchange(Role.RECEIVER, parties, "orbit-lamp", random);
        byte[] second = receiver.second(sender.first());
        assertThatThrownBy(() -> sender.key(second)).isInstanceOf(GeneralSecurityException.class);
        byte[] mine = sender.second(receiver.first());
        assertThatThrownBy(() -> sender.second(receiver.first())).isInstanceOf(GeneralSecurityException.class);
        assertThat(mine).hasSize(WordExchange.SECOND_BYTES);
        sender.key(second);
        assertThatThrownBy(() -> sender.key(second)).isInstanceOf(GeneralSecurityException.class);
        assertThatThrownBy(() -> receiver.second(new byte[3])).isInstanceOf(GeneralSecurityException.class);
    }

    @Test
    void infinityAndOtherEncodingsAreRefused() {
        for (int fill : new int[] {0, 0xff, 4}) {
            byte[] odd = new byte[WordExchange.FIRST_BYTES];
            Arrays.fill(odd, (byte) fill);
            WordExchange sender = new WordExchange(Role.SENDER, parties, "orbit-lamp", random);
            assertThatThrownBy(() -> sender.second(odd)).isInstanceOf(GeneralSecurityException.class);
        }
    }

    private Keys exchange(String sendersWords, Parties senders, String receiversWords, Parties receivers)
            throws GeneralSecurityException {
        WordExchange sender = new WordExchange(Role.SENDER, senders, sendersWords, random);
        WordExchange receiver = new WordExchange(Role.RECEIVER, receivers, receiversWords, random);
        byte[] sendersSecond = sender.second(receiver.first());
        byte[] receiversSecond = receiver.second(sender.first());
        return new Keys(sender.key(receiversSecond), receiver.key(sendersSecond));
    }

    private record Keys(WordKey sender, WordKey receiver) {}
}
