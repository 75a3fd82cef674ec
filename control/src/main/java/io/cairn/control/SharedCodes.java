package io.cairn.control;

import io.cairn.app.Codes;
import io.cairn.app.Operation;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** The codes of whichever node is the current one. */
final class SharedCodes implements Codes {
    private final Succession succession;

    SharedCodes(Succession succession) {
        this.succession = succession;
    }

    @Override
    public Operation<SendEvent, Sent> send(Send what) {
        return SteadyOperation.begun(succession, on -> on.node().codes().send(what));
    }

    @Override
    public CompletableFuture<Met> meet(String code) {
        return succession.carry(on -> on.node().codes().meet(code));
    }

    @Override
    public List<Met> gifts() {
        return succession.ask(on -> on.node().codes().gifts());
    }

    @Override
    public CompletableFuture<Void> settle(String ticket, Settlement settlement) {
        return succession.carry(on -> on.node().codes().settle(ticket, settlement));
    }

    @Override
    public CodeStatistics statistics() {
        return succession.ask(on -> on.node().codes().statistics());
    }
}
