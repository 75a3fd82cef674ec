package io.cairn.control.client;

import io.cairn.app.CairnException;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpResponse;

/** What happens to one request. Called on the I/O thread; ends with either {@link #end} or {@link #fail}, once. */
interface Exchange {
    /** It was sent on this connection, which may be closed to abandon it. */
    void sent(HttpConnection connection);

    void head(HttpResponse response) throws CairnException;

    /** Bytes of the body; the buffer is valid during the call. */
    void content(ByteBuf bytes) throws CairnException;

    void end() throws CairnException;

    void fail(CairnException failure);
}
