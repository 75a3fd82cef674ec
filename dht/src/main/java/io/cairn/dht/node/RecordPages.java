package io.cairn.dht.node;

import io.cairn.dht.id.Contact;
import io.cairn.dht.id.Id160;
import io.cairn.dht.id.NodeId;
import io.cairn.dht.node.request.Requests;
import io.cairn.dht.wire.Message;
import io.cairn.dht.wire.SignedRecord;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Predicate;

/**
 * Reads all records that holders have under a key, page by page in the order of their publishers, because one answer shows only as many as
 * fit a datagram. Several holders are read: each may hold records that another lacks.
 */
final class RecordPages {
    /** Holders that are read; more seldom bring anything. */
    static final int HOLDERS_MAX = 6;

    /** Pages read in all: a bound against holders that make records up. */
    private static final int PAGES_MAX = 128;

    private static final NodeId BEFORE_ALL = NodeId.of(new byte[Id160.LENGTH_BYTES]);

    private final Requests requests;
    private final Message.FindValue question;
    private final Deque<Contact> holders;
    private final Reader reader;
    private int pages;

    /** @param holders those to read, best first */
    RecordPages(Requests requests, Message.FindValue question, List<Contact> holders, Reader reader) {
        this.requests = requests;
        this.question = question;
        this.holders = new ArrayDeque<>(holders);
        this.reader = reader;
    }

    /** Receives the pages. */
    interface Reader {
        /** Whether records of a holder are still unknown. */
        boolean isLacking(Contact holder);

        /** A page; never empty. */
        void page(Contact holder, List<SignedRecord> records);

        /** There is nothing more to read; called once. */
        void ended();
    }

    void proceed() {
        holders.removeIf(Predicate.not(reader::isLacking));
        Contact holder = holders.poll();
        if (holder == null || pages >= PAGES_MAX) {
            reader.ended();
        } else {
            read(holder, BEFORE_ALL);
        }
    }

    /** A holder that turns back, or shows fewer than it claims, is left for the next. */
    private void read(Contact holder, NodeId after) {
        pages++;
        Message.FindValue next = new Message.FindValue(question.key(), question.type(), after);
        requests.ask(holder, next, new Requests.Asker() {
            @Override
            public void answered(Contact from, Message.Response response) {
                if (response instanceof Message.Values values
                        && !values.records().isEmpty()) {
                    reader.page(holder, values.records());
                    NodeId last = last(values.records());
                    if (last.compareTo(after) > 0 && pages < PAGES_MAX && reader.isLacking(holder)) {
                        read(holder, last);
                        return;
                    }
                }
                proceed();
            }

            @Override
            public void unanswered() {
                proceed();
            }
        });
    }

    private static NodeId last(List<SignedRecord> records) {
        return records.get(records.size() - 1).statement().publisher().nodeId();
    }
}
