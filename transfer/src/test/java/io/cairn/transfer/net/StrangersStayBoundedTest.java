package io.cairn.transfer.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.embedded.EmbeddedChannel;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What connections that have not greeted may take, however long a node lives. */
final class StrangersStayBoundedTest {
    private static final TransferLimits LIMITS =
            new TransferLimits(5_000, 4_000, 4, 256, 64, 1 << 24, 96 * 1024 * 1024);

    @Test
    void theLimitHoldsAfterAThousandSessionsHaveComeAndGone() {
        Admission admission = new Admission(LIMITS);
        for (int i = 0; i < 1_000; i++) {
            assertThat(admission.admitStranger()).isTrue();
            Acceptance acceptance = new Acceptance(admission, connection -> {});
            assertThat(admission.admitSession()).isTrue();
            acceptance.leave(); // it has greeted
            acceptance.leave(); // its channel is closed
            admission.sessionGone();
        }
        assertThat(strangersAdmitted(admission)).isEqualTo(LIMITS.strangersMax());
    }

    @Test
    void dialledSessionsDoNotRaiseTheLimit() {
        Admission admission = new Admission(LIMITS);
        for (int i = 0; i < 1_000; i++) {
            assertThat(admission.admitSession()).isTrue();
            admission.sessionGone();
        }
        assertThat(strangersAdmitted(admission)).isEqualTo(LIMITS.strangersMax());
    }

    @Test
    void anIncompleteRecordIsKeptInOneBufferHoweverManyReadsItComesIn() throws Exception {
        Tls tls = Tls.generate(new SecureRandom(), System.currentTimeMillis());
        EmbeddedChannel channel = new EmbeddedChannel(tls.handler(UnpooledByteBufAllocator.DEFAULT, false, 5_000));
        List<ByteBuf> reads = new ArrayList<>();
        reads.add(Unpooled.directBuffer(4_096).writeBytes(new byte[] {0x16, 3, 1, 0x40, 0}));
        for (int i = 0; i < 1_000; i++) {
            reads.add(Unpooled.directBuffer(4_096).writeByte(0));
        }
        reads.forEach(channel::writeInbound);
        assertThat(reads).filteredOn(read -> read.refCnt() > 0).hasSizeLessThanOrEqualTo(1);
        channel.finishAndReleaseAll();
        assertThat(reads).allMatch(read -> read.refCnt() == 0);
    }

    private static int strangersAdmitted(Admission admission) {
        int admitted = 0;
        while (admitted <= 2 * LIMITS.strangersMax() + 2_000 && admission.admitStranger()) {
            admitted++;
        }
        return admitted;
    }
}
