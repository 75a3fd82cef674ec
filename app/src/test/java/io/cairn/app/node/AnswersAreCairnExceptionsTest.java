package io.cairn.app.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.cairn.app.CairnException;
import io.cairn.app.CairnException.Kind;
import io.cairn.app.Reason;
import io.cairn.app.fetch.AppLoop;
import io.cairn.app.network.NetworkView;
import io.cairn.app.work.Work;
import io.cairn.dht.Misfit;
import io.cairn.dht.id.Endpoint;
import io.cairn.dht.net.LocalAddresses;
import io.cairn.transfer.store.state.StateDatabaseException;
import io.cairn.transfer.store.state.StateDatabaseException.Trouble;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever goes wrong with the data directory of a running node, the user learns what failed, why and what to do. */
class AnswersAreCairnExceptionsTest {
    private List<Misfit> heard = List.of();

    @ParameterizedTest
    @EnumSource(Trouble.class)
    void whateverIsWrongWithTheState(Trouble trouble) {
        CairnException told = told(new StateDatabaseException(trouble, "the state is unwell"));
        assertThat(told.getMessage()).isEqualTo("cannot do it");
        assertThat(told.why()).contains("the state is unwell");
        assertThat(told.next()).isNotEmpty();
        assertThat(told.kind())
                .isEqualTo(
                        switch (trouble) {
                            case DISK_FULL -> Kind.DISK_FULL;
                            case DENIED -> Kind.DENIED;
                            case DAMAGED, OF_ANOTHER_PROGRAM, OF_A_NEWER_VERSION, LOCKED, EMPTY, UNUSABLE -> Kind.OTHER;
                        });
    }

    @Test
    void nobodyIsToldToStartANodeThatRuns() {
        assertThat(told(new StateDatabaseException(Trouble.DISK_FULL, "full")).next())
                .isEqualTo("make room on that disk and try again");
        assertThat(told(new StateDatabaseException(Trouble.LOCKED, "locked")).next())
                .endsWith("open and try again");
    }

    @Test
    void whateverIsWrongWithAFile() {
        CairnException told = told(new NoSuchFileException("film.mkv"));
        assertThat(told.kind()).isEqualTo(Kind.OTHER);
        assertThat(told.why()).contains("film.mkv");
    }

    @Test
    void whatSaysAllAlreadyStaysAsItIs() {
        CairnException said = new CairnException(Kind.USAGE, "what", "why", "next");
        assertThat(failure(said)).isSameAs(said);
    }

    @Test
    void nothingIsFoundWhereEverybodyHasAnotherKey() {
        CairnException nothing = new CairnException(
                Kind.NO_PROVIDER,
                "no value motd of ann",
                "no other node of this network is known",
                Reason.CHECK_THE_NAME.says("check the name").and("name", "motd"));
        assertThat(failure(nothing)).as("nothing is heard").isSameAs(nothing);
        heard = List.of(Misfit.unopened(Endpoint.parseAddress("192.0.2.8")));
        CairnException denied = (CairnException) failure(nothing);
        assertThat(denied.kind()).isEqualTo(Kind.DENIED);
        assertThat(denied.getMessage()).isEqualTo(nothing.getMessage());
        assertThat(denied.why()).isEqualTo("denied: 192.0.2.8 uses another network or key");
        assertThat(denied.facts()).containsEntry("name", "motd");
        heard = List.of(new Misfit(Endpoint.parseAddress("192.0.2.8"), 600_000));
        CairnException late = (CairnException) failure(nothing);
        assertThat(late.kind()).isEqualTo(Kind.NO_PROVIDER);
        assertThat(late.why()).contains("the clock of 192.0.2.8 is 10 minutes ahead");
    }

    @Test
    void aFaultInTheProgramStaysOne() {
        IllegalStateException fault = new IllegalStateException("a fault");
        assertThat(failure(fault)).isSameAs(fault);
    }

    private CairnException told(IOException failure) {
        Throwable told = failure(failure);
        assertThat(told).isInstanceOf(CairnException.class).hasCause(failure);
        return (CairnException) told;
    }

    private Throwable failure(Throwable failure) {
        AppLoop time = new AppLoop();
        NetworkView view = new NetworkView(
                LocalAddresses.look(List.of(Endpoint.parseAddress("192.0.2.7"))),
                List.of(),
                heard,
                List.of(),
                Map.of());
        Answers here = new Answers(new Work(time, () -> false), Path.of("data", "cairn.db"), () -> view);
        CompletableFuture<String> answer =
                here.of("cannot do it", () -> CompletableFuture.failedFuture(new CompletionException(failure)));
        time.run(1);
        Throwable thrown = catchThrowable(() -> answer.get(1, TimeUnit.SECONDS));
        assertThat(thrown).isInstanceOf(ExecutionException.class);
        return Objects.requireNonNull(thrown.getCause());
    }
}
