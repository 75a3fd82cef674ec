package io.cairn.transfer.net.session;

import io.cairn.transfer.protocol.PeerMessage;

/** Estimates the memory in bytes of a waiting message: several times its length on the wire if it lists numbers. */
public final class MessageWeight {
    private static final int OBJECT = 200;
    private static final int NUMBER = 20;
    private static final int ENTRY = 150;

    private MessageWeight() {}

    public static int of(PeerMessage message) {
        return OBJECT + content(message);
    }

    private static int content(PeerMessage message) {
        if (message instanceof PeerMessage.ManifestPart part) {
            return part.part().length;
        } else if (message instanceof PeerMessage.Have have) {
            return have.chunks().chunkCount() / Byte.SIZE;
        } else if (message instanceof PeerMessage.HaveMore more) {
            return NUMBER * more.chunks().size();
        } else if (message instanceof PeerMessage.Want want) {
            return NUMBER * want.chunks().size();
        } else if (message instanceof PeerMessage.Chunks chunks) {
            return NUMBER * chunks.chunks().size();
        } else if (message instanceof PeerMessage.Reject reject) {
            return NUMBER * reject.chunks().size();
        } else if (message instanceof PeerMessage.Cancel cancel) {
            return NUMBER * cancel.chunks().size();
        } else if (message instanceof PeerMessage.Peers others) {
            return ENTRY * others.peers().size();
        } else if (message instanceof PeerMessage.Locate locate) {
            return ENTRY * locate.keys().size();
        } else if (message instanceof PeerMessage.Located located) {
            return ENTRY * located.places().size();
        } else if (message instanceof PeerMessage.Ask ask) {
            return ask.body().length;
        } else if (message instanceof PeerMessage.Answer answer) {
            byte[] body = answer.body();
            return body == null ? 0 : body.length;
        } else if (message instanceof PeerMessage.Hello
                || message instanceof PeerMessage.ManifestRequest
                || message instanceof PeerMessage.Prove
                || message instanceof PeerMessage.DialBack
                || message instanceof PeerMessage.DialledBack) {
            return 0;
        }
        throw new IllegalArgumentException("no weight for " + message);
    }
}
