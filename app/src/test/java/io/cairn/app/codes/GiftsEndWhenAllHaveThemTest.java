package io.cairn.app.codes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.cairn.app.CairnException.Kind;
import io.cairn.app.Codes.End;
import io.cairn.app.Codes.Met;
import io.cairn.app.Codes.Recipient;
import io.cairn.app.Codes.Send;
import io.cairn.app.Codes.SendEvent;
import io.cairn.app.Codes.Sent;
import io.cairn.app.Codes.Settlement;
import io.cairn.app.Codes.Stand;
import io.cairn.app.Contacts;
import io.cairn.app.FetchOptions;
import io.cairn.app.Node;
import io.cairn.app.Operation;
import io.cairn.dht.id.NodeId;
import io.cairn.transfer.content.ShareOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is sent to contacts and groups without a code. */
class GiftsEndWhenAllHaveThemTest extends TwoNodesAndACode {
    private Node third;

    @BeforeEach
    void becomeContacts() throws Exception {
        third = start("third", sender);
        get(receiver.contacts().add("bob", sender.info().node()));
        get(third.contacts().add("bob", sender.info().node()));
        get(sender.contacts().add("ann", receiver.info().node()));
        get(sender.contacts().add("carl", third.info().node()));
        get(sender.contacts().setGroup(new Contacts.Group("lab", List.of("ann", "carl"))));
    }

    @AfterEach
    void closeThird() {
        third.close();
    }

    /** A send, and what becomes of its recipients. */
    private record Gift(Operation<SendEvent, Sent> operation, BlockingQueue<Recipient> changes) {
        Recipient next() throws InterruptedException {
            Recipient change = changes.poll(DEADLINE_SECONDS, TimeUnit.SECONDS);
            assertThat(change).isNotNull();
            return change;
        }

        @Nullable
        String next(Stand stand) throws InterruptedException {
            Recipient change = next();
            assertThat(change.stand()).isEqualTo(stand);
            return change.person().who();
        }
    }

    private Gift give(List<Path> paths, @Nullable String text, int seconds, String... to) {
        Operation<SendEvent, Sent> operation =
                sender.codes().send(new Send(paths, ShareOptions.DEFAULT, text, seconds, 1, List.of(to)));
        BlockingQueue<Recipient> changes = new LinkedBlockingQueue<>();
        operation.events(event -> {
            if (event instanceof SendEvent.Changed changed) {
                changes.add(changed.recipient());
            }
        });
        return new Gift(operation, changes);
    }

    private void take(Node node, Met met) throws Exception {
        Path copy = folder.resolve(met.ticket());
        get(node.codes().settle(met.ticket(), Settlement.TAKING));
        get(node.fetch(FetchOptions.to(met.items().get(0).target(), copy).build())
                .completion());
        assertThat(copy).hasSameBinaryContentAs(film);
    }

    @Test
    void itEndsWhenTheLastHasIt() throws Exception {
        BlockingQueue<Node.Notice> notices = new LinkedBlockingQueue<>();
        receiver.onNotice(notice -> {
            if (notice instanceof Node.Notice.GiftArrived) {
                notices.add(notice);
            }
        });
        Gift gift = give(
                List.of(film), null, 600, "ann", "lab", sender.info().node().toHex());
        assertThat(List.of(gift.next(Stand.TOLD), gift.next(Stand.TOLD))).containsExactlyInAnyOrder("ann", "carl");
        assertThat(notices.poll(DEADLINE_SECONDS, TimeUnit.SECONDS))
                .isEqualTo(new Node.Notice.GiftArrived(sender.info().node(), "bob", 1, Files.size(film), false));
        Met met = receiver.codes().gifts().get(0);
        assertThat(met.sender().who()).isEqualTo("bob");
        take(receiver, met);
        assertThat(gift.next(Stand.RECEIVED)).isEqualTo("ann"); // its node says so itself
        assertThat(sender.shares()).hasSize(1);
        assertThat(gift.operation.completion()).isNotDone();
        await(() -> receiver.codes().gifts().isEmpty());
        get(third.codes().settle(third.codes().gifts().get(0).ticket(), Settlement.DECLINED));
        Sent sent = get(gift.operation.completion());
        assertThat(sent.end()).isEqualTo(End.USED);
        assertThat(sent.receivers()).extracting(person -> person.who()).containsExactly("ann");
        assertThat(sent.lacking())
                .extracting(recipient -> recipient.person().who(), Recipient::stand)
                .containsExactly(tuple("carl", Stand.DECLINED));
        assertThat(sender.shares()).isEmpty();
    }

    @Test
    void whatYouShareYourselfStays() throws Exception {
        get(sender.share(film).completion());
        Gift gift = give(List.of(film), null, 600, "ann");
        gift.next(Stand.TOLD);
        take(receiver, receiver.codes().gifts().get(0));
        assertThat(get(gift.operation.completion()).end()).isEqualTo(End.USED);
        assertThat(sender.shares()).hasSize(1);
    }

    @Test
    void aTextArrivesWithTheGift() throws Exception {
        Gift gift = give(List.of(), "words", 600, "lab");
        assertThat(get(gift.operation.completion()).receivers()).hasSize(2);
        assertThat(receiver.codes().gifts())
                .singleElement()
                .satisfies(met -> assertThat(met.text()).isEqualTo("words"));
    }

    @Test
    void withTheTimeItIsWithdrawnFromThoseWhoHaveNotTakenIt() throws Exception {
        Gift gift = give(List.of(film), null, 1, "ann");
        gift.next(Stand.TOLD);
        gift.operation.completion().cancel(true);
        sharesEnd();
        await(() -> receiver.codes().gifts().isEmpty());
        assertThat(kind(receiver.codes().settle("00", Settlement.STOPPED))).isEqualTo(Kind.USAGE);
    }

    @Test
    void aNodeThatCannotBeReachedIsToldLater() throws Exception {
        third.close();
        Gift gift = give(List.of(film), null, 600, "lab");
        List<Recipient> first = List.of(gift.next(), gift.next());
        assertThat(first).extracting(Recipient::stand).containsExactlyInAnyOrder(Stand.TOLD, Stand.UNREACHABLE);
        third = start("third", sender);
        assertThat(gift.next(Stand.TOLD)).isEqualTo("carl");
        assertThat(third.codes().gifts()).hasSize(1);
    }

    @Test
    void theTimeEndsForThoseWhoCannotBeReached() throws Exception {
        String nobody = NodeId.of(new byte[NodeId.LENGTH_BYTES]).toHex();
        Gift gift = give(List.of(film), null, 1, nobody);
        gift.next(Stand.UNREACHABLE);
        Sent sent = get(gift.operation.completion());
        assertThat(sent.end()).isEqualTo(End.EXPIRED);
        assertThat(sent.lacking()).extracting(Recipient::stand).containsExactly(Stand.UNREACHABLE);
        assertThat(sender.shares()).isEmpty();
    }

    @Test
    void onlyContactsMaySendWithoutACode() throws Exception {
        get(receiver.contacts().remove("bob"));
        assertThat(kind(give(List.of(film), null, 600, "ann").operation.completion()))
                .isEqualTo(Kind.DENIED);
        assertThat(receiver.codes().gifts()).isEmpty();
        assertThat(sender.shares()).isEmpty();
        Gift gift = give(List.of(), "words", 600, "lab");
        Sent sent = get(gift.operation.completion());
        assertThat(sent.receivers()).extracting(person -> person.who()).containsExactly("carl");
        assertThat(sent.lacking()).extracting(Recipient::stand).containsExactly(Stand.REFUSED);
    }

    @Test
    void whoIsNobodyIsRefusedAtOnce() throws Exception {
        for (String nobody : List.of("dora", sender.info().node().toHex())) {
            assertThat(kind(give(List.of(film), null, 600, nobody).operation.completion()))
                    .isEqualTo(Kind.USAGE);
        }
        assertThat(sender.shares()).isEmpty();
    }
}
