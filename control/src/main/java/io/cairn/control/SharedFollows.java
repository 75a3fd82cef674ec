package io.cairn.control;

import io.cairn.app.Follows;
import io.cairn.app.Node;
import io.cairn.app.Operation;
import java.util.List;
import java.util.function.Function;

/**
 * The watched folders and followed copies of whichever node is the current one. A copy is followed on by the next node. A folder that is watched
 * only as long as a node lives is watched again by the command that asked for it.
 */
final class SharedFollows implements Follows {
    private final Succession succession;

    SharedFollows(Succession succession) {
        this.succession = succession;
    }

    @Override
    public Operation<Node.HashProgress, Version> watch(Watch watch) {
        return operation(follows -> follows.watch(watch));
    }

    @Override
    public List<Watched> watched() {
        return succession.ask(on -> on.node().follows().watched());
    }

    @Override
    public Operation<FollowEvent, FollowEvent.UpToDate> follow(Follow follow) {
        return operation(follows -> follows.follow(follow));
    }

    private <E, R> Operation<E, R> operation(Function<Follows, Operation<E, R>> call) {
        SteadyOperation<E, R> operation = new SteadyOperation<>(
                succession, (on, before) -> call.apply(on.node().follows()));
        operation.begin();
        return operation;
    }
}
