package io.cairn.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.util.List;
import org.junit.jupiter.api.Test;

class ALeakFailsTheBuildTest {
    @Test
    void aBufferThatNobodyReleasesIsReportedWithWhereItWasMade() throws InterruptedException {
        makeGarbage(false);
        List<String> leaks = LeaksFailTheClass.leaksNow();
        assertThat(leaks).singleElement().asString().contains("ByteBuf").contains("makeGarbage");
    }

    @Test
    void aBufferThatIsReleasedIsNot() throws InterruptedException {
        makeGarbage(true);
        assertThat(LeaksFailTheClass.leaksNow()).isEmpty();
    }

    private static void makeGarbage(boolean released) {
        ByteBuf buffer = UnpooledByteBufAllocator.DEFAULT.directBuffer(16);
        buffer.writeInt(1);
        if (released) {
            buffer.release();
        }
    }
}
