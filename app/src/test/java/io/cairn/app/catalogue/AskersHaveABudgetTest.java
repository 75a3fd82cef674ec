package io.cairn.app.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import io.cairn.app.fetch.AppLoop;
import io.cairn.dht.id.NodeId;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** In virtual time: an asker, and all strangers together, get a bounded number of bytes. */
final class AskersHaveABudgetTest {
    private static final int PAGE = 60 * 1024;

    private final AppLoop loop = new AppLoop();
    private final Random random = new Random(1);
    private final AnswerBudget budget = new AnswerBudget(loop);

    @Test
    void anAskerReadsTheLargestCatalogueAtOnceAndThenWaits() {
        NodeId asker = NodeId.random(random);
        long at = bytesNow(asker, false, PAGE);
        assertThat(at).isBetween(AnswerBudget.ASKER_BYTES, AnswerBudget.ASKER_BYTES + PAGE);
        loop.run(10_000);
        assertThat(bytesNow(asker, false, PAGE))
                .isBetween(
                        10 * AnswerBudget.ASKER_BYTES_PER_SECOND - PAGE,
                        10 * AnswerBudget.ASKER_BYTES_PER_SECOND + PAGE);
    }

    @Test
    void emptyAnswersAreNotFree() {
        NodeId asker = NodeId.random(random);
        assertThat(questionsNow(asker, true, 0))
                .isEqualTo((int) (AnswerBudget.ASKER_BYTES / AnswerBudget.ANSWER_BYTES_MIN));
    }

    @Test
    void newIdsBringNothing() {
        long all = 0;
        for (int i = 0; i < 100; i++) {
            all += bytesNow(NodeId.random(random), true, PAGE);
        }
        assertThat(all).isBetween(AnswerBudget.STRANGERS_BYTES, AnswerBudget.STRANGERS_BYTES + PAGE);
        assertThat(bytesNow(NodeId.random(random), false, PAGE)).isGreaterThan(AnswerBudget.ASKER_BYTES - PAGE);
    }

    private long bytesNow(NodeId asker, boolean isStranger, int bytes) {
        return (long) questionsNow(asker, isStranger, bytes) * bytes;
    }

    private int questionsNow(NodeId asker, boolean isStranger, int bytes) {
        int questions = 0;
        while (budget.allows(asker, isStranger)) {
            budget.pay(asker, isStranger, bytes);
            questions++;
        }
        return questions;
    }
}
