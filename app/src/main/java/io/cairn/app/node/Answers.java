package io.cairn.app.node;

import io.cairn.app.CairnException;
import io.cairn.app.network.Diagnosis;
import io.cairn.app.network.NetworkView;
import io.cairn.app.work.StateFailures;
import io.cairn.app.work.Work;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;

/** Makes the futures of a node's API. Failures of the data directory or a file become a {@link CairnException}. */
final class Answers {
    private final Work work;
    private final Path database;
    private final Supplier<NetworkView> view;

    /** @param view the network as this node sees it now; called on the loop */
    Answers(Work work, Path database, Supplier<NetworkView> view) {
        this.work = work;
        this.database = database;
        this.view = view;
    }

    /**
     * Runs a task on the loop. Any thread.
     *
     * @param what the action to name in a failure
     */
    <T> CompletableFuture<T> of(String what, Supplier<? extends CompletionStage<T>> task) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        CompletableFuture<T> unused = work.onLoop(task).whenComplete((value, failure) -> {
            if (failure == null) {
                answer.complete(value);
            } else {
                answer.completeExceptionally(explained(what, Work.cause(failure)));
            }
        });
        return answer;
    }

    private Throwable explained(String what, Throwable cause) {
        if (cause instanceof IOException trouble) {
            return StateFailures.whileRunning(what, database, trouble);
        }
        return cause instanceof CairnException known ? explained(known) : cause;
    }

    /** A failure because nothing was found says why this node knows no other, if that is so. On the loop. */
    CairnException explained(CairnException failure) {
        return failure.kind() == CairnException.Kind.NO_PROVIDER ? Diagnosis.explained(failure, view.get()) : failure;
    }

    /**
     * An answer that is worth something only if some node was heard. On the loop.
     *
     * @param what the action that may be in vain
     * @param isHeard whether a node answered
     * @throws CompletionException with a failure of kind DENIED if none did, and all that this node hears uses another network or key
     */
    <T> T unlessDenied(String what, boolean isHeard, T answer) {
        Optional<CairnException> denial = isHeard ? Optional.empty() : Diagnosis.denial(what, view.get());
        if (denial.isPresent()) {
            throw new CompletionException(denial.get());
        }
        return answer;
    }

    /**
     * What the node says to a question at once. Any thread.
     *
     * @param once completes before it can answer
     * @param closed the answer of a closed node
     */
    <T> T unlessClosed(CompletableFuture<?> once, Supplier<T> question, T closed) {
        try {
            return work.ask(once, question);
        } catch (CairnException isClosed) {
            return closed;
        }
    }

    /** As {@link #of(String, Supplier)}, for a task that checks whether its future was cancelled, and then ends early. */
    <T> CompletableFuture<T> of(String what, Function<BooleanSupplier, ? extends CompletionStage<T>> task) {
        AtomicBoolean over = new AtomicBoolean();
        CompletableFuture<T> answer = of(what, () -> task.apply(over::get));
        CompletableFuture<T> unused = answer.whenComplete((value, failure) -> over.set(true));
        return answer;
    }
}
