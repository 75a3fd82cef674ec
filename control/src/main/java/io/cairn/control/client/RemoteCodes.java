package io.cairn.control.client;

import io.cairn.app.Codes;
import io.cairn.app.Operation;
import io.cairn.app.json.people.CodeJson;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** The codes of a node in another process. */
final class RemoteCodes implements Codes {
    private static final String CODES = "/codes";

    private final NodeCalls calls;

    RemoteCodes(NodeCalls calls) {
        this.calls = calls;
    }

    @Override
    public Operation<SendEvent, Sent> send(Send what) {
        return calls.operation(
                Request.post(CODES, CodeJson.of(what)),
                new OperationLines.Shape<>(
                        CodeJson::isEvent, CodeJson::readEvent, CodeJson::readSent, SendEvent::subject));
    }

    @Override
    public CompletableFuture<Met> meet(String code) {
        return calls.call(Request.post("/meetings", CodeJson.meet(code)), Answer.object(CodeJson::readMet));
    }

    @Override
    public List<Met> gifts() {
        return calls.ask(Request.get("/gifts"), Answer.array(CodeJson::readMet), List::of);
    }

    @Override
    public CompletableFuture<Void> settle(String ticket, Settlement settlement) {
        return calls.call(
                        Request.post("/settlements", CodeJson.settled(ticket, settlement)),
                        Answer.object(CodeJson::readTicket))
                .thenAccept(settled -> {});
    }

    @Override
    public CodeStatistics statistics() {
        return calls.ask(
                Request.get(CODES),
                Answer.object(CodeJson::readStatistics),
                () -> new CodeStatistics(0, 0, 0, 0, 0, 0));
    }
}
