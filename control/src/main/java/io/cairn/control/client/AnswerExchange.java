package io.cairn.control.client;

import io.cairn.app.CairnException;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponse;
import java.io.ByteArrayOutputStream;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Collects an answer. Cancelling its future abandons the exchange. */
final class AnswerExchange implements Exchange {
    private final int bytesMax;
    private final CompletableFuture<Answer> answer = new CompletableFuture<>();
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private HttpHeaders headers = new DefaultHttpHeaders();
    private int status;
    private volatile @Nullable HttpConnection connection;

    /** @param bytesMax longest body */
    AnswerExchange(int bytesMax) {
        this.bytesMax = bytesMax;
        CompletableFuture<Answer> unused = answer.whenComplete((done, failure) -> {
            HttpConnection used = connection;
            if (answer.isCancelled() && used != null) {
                used.abandon();
            }
        });
    }

    /** Completes on the I/O thread. */
    CompletableFuture<Answer> answer() {
        return answer;
    }

    @Override
    public void sent(HttpConnection on) {
        connection = on;
        if (answer.isCancelled()) {
            on.abandon();
        }
    }

    @Override
    public void head(HttpResponse response) {
        status = response.status().code();
        headers = response.headers();
    }

    @Override
    public void content(ByteBuf bytes) throws CairnException {
        if (bytes.readableBytes() > bytesMax - body.size()) {
            throw Failures.tooLong(bytesMax);
        }
        byte[] part = new byte[bytes.readableBytes()];
        bytes.readBytes(part);
        body.writeBytes(part);
    }

    @Override
    public void end() {
        connection = null;
        answer.complete(new Answer(status, headers, body.toByteArray()));
    }

    @Override
    public void fail(CairnException failure) {
        connection = null;
        answer.completeExceptionally(failure);
    }
}
