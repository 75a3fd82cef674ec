package io.cairn.dht.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.netty.channel.socket.DatagramPacket;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.Queue;
import org.junit.jupiter.api.Test;

class OtherTasksWaitForAFewPacketsOnlyTest {
    private final Queue<Runnable> loop = new ArrayDeque<>();
    private final PacketIntake intake = new PacketIntake(loop::add, null, new SystemClock());
    private int heard;

    @Test
    void howeverManyHaveArrivedBefore() {
        intake.listen((from, packet) -> heard++);
        arrive(1_000);
        int[] heardBefore = {-1};
        loop.add(() -> heardBefore[0] = heard);

        while (heardBefore[0] < 0) {
            loop.remove().run();
        }
        assertThat(heardBefore[0]).isEqualTo(PacketIntake.BATCH);

        runAll();
        assertThat(heard).isEqualTo(1_000);
        assertThat(intake.receivedCount()).isEqualTo(1_000);
    }

    @Test
    void tooManyAreDroppedAndThoseAfterThemHeardAgain() {
        intake.listen((from, packet) -> heard++);
        arrive(PacketIntake.WAITING_MAX + 7);
        assertThat(intake.droppedCount()).isEqualTo(7);
        runAll();
        arrive(1);
        runAll();

        assertThat(heard).isEqualTo(PacketIntake.WAITING_MAX + 1);
    }

    @Test
    void aReceiverThatFailsLosesOnePacketOnly() {
        intake.listen((from, packet) -> {
            heard++;
            if (heard == 3) {
                throw new IllegalStateException("the third is too much");
            }
        });
        arrive(100);
        int failures = 0;
        while (!loop.isEmpty()) {
            try {
                loop.remove().run();
            } catch (IllegalStateException third) {
                failures++;
            }
        }

        assertThat(failures).isEqualTo(1);
        assertThat(heard).isEqualTo(100);
    }

    @Test
    void thoseThatWaitWhenTheNetworkClosesAreDropped() {
        intake.listen((from, packet) -> {
            heard++;
            intake.close();
        });
        arrive(100);
        runAll();
        arrive(1);
        runAll();

        assertThat(heard).isEqualTo(1);
        assertThat(intake.receivedCount()).isEqualTo(1);
        assertThat(intake.droppedCount()).isEqualTo(100);
    }

    private void arrive(int count) {
        InetSocketAddress here = new InetSocketAddress(Station.LOOPBACK, 1);
        for (int i = 0; i < count; i++) {
            intake.arrived(new DatagramPacket(Unpooled.wrappedBuffer(new byte[200]), here, here), false);
        }
    }

    private void runAll() {
        while (!loop.isEmpty()) {
            loop.remove().run();
        }
    }
}
