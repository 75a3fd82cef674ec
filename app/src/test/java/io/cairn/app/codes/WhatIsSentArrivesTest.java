package io.cairn.app.codes;

import static org.assertj.core.api.Assertions.assertThat;

import io.cairn.app.CairnException.Kind;
import io.cairn.app.Codes.End;
import io.cairn.app.Codes.Item;
import io.cairn.app.Codes.Met;
import io.cairn.app.Codes.Send;
import io.cairn.app.Codes.SendEvent;
import io.cairn.app.Codes.Sent;
import io.cairn.app.Codes.Settlement;
import io.cairn.app.FetchOptions;
import io.cairn.app.Offers.Offer;
import io.cairn.transfer.content.ShareOptions;
import io.cairn.transfer.store.state.StateDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Two real nodes and a code. */
class WhatIsSentArrivesTest extends TwoNodesAndACode {
    @Test
    void filesAndFoldersArriveAndAreSharedNoLonger() throws Exception {
        Path album = Files.createDirectories(folder.resolve("album/more"));
        Files.writeString(album.resolve("picture"), "a picture");
        Files.writeString(folder.resolve("album/list"), "a list");
        Sending sending = send(List.of(film, folder.resolve("album")), null, 600, 1);
        Met met = get(receiver.codes().meet(sending.code()));
        assertThat(met.items()).extracting(item -> item.target().name()).containsExactly("film.mkv", "album");
        assertThat(met.items()).extracting(Item::files).containsExactly(1, 2);
        assertThat(met.sender().claims()).contains("@");
        Path target = Files.createDirectories(folder.resolve("received"));
        for (Item item : met.items()) {
            get(receiver.fetch(FetchOptions.into(item.target(), target).build()).completion());
        }
        assertThat(target.resolve("film.mkv")).hasSameBinaryContentAs(film);
        assertThat(target.resolve("album/more/picture")).hasContent("a picture");
        assertThat(sending.operation().completion()).isNotDone();
        get(receiver.codes().settle(met.ticket(), Settlement.RECEIVED));
        Sent sent = get(sending.operation().completion());
        assertThat(sent.end()).isEqualTo(End.USED);
        assertThat(sent.receivers()).singleElement().satisfies(person -> {
            assertThat(person.node()).isEqualTo(receiver.info().node());
            assertThat(person.phrase()).isEqualTo(met.sender().phrase()).contains(" ");
        });
        assertThat(sender.shares()).isEmpty();
    }

    @Test
    void whatWasSharedBeforeStaysShared() throws Exception {
        get(sender.share(film).completion());
        Sending sending = send(List.of(film), null, 600, 1);
        Met met = get(receiver.codes().meet(sending.code()));
        get(receiver.codes().settle(met.ticket(), Settlement.DECLINED));
        Sent sent = get(sending.operation().completion());
        assertThat(sent.end()).isEqualTo(End.DECLINED);
        assertThat(sent.receivers()).isEmpty();
        assertThat(sender.shares()).hasSize(1);
    }

    @Test
    void aCodeThatNobodyUsesExpires() throws Exception {
        Sending sending = send(List.of(film), null, 1, 1);
        assertThat(get(sending.operation().completion()).end()).isEqualTo(End.EXPIRED);
        assertThat(sender.shares()).isEmpty();
        assertThat(kind(receiver.codes().meet(sending.code()))).isEqualTo(Kind.NO_PROVIDER);
    }

    @Test
    void aCancelledCodeIsUnknownAndItsShareEnds() throws Exception {
        Sending sending = send(List.of(film), null, 600, 1);
        assertThat(sender.shares()).hasSize(1);
        assertThat(sending.operation().completion().cancel(true)).isTrue();
        sharesEnd();
        assertThat(kind(receiver.codes().meet(sending.code()))).isEqualTo(Kind.NO_PROVIDER);
    }

    @Test
    void wrongCodesAreDeniedAndTheThirdVoidsTheCode() throws Exception {
        Sending sending = send(List.of(), "words", 600, 1);
        String wrong = sending.code().substring(0, sending.code().indexOf('-')) + "-orbit-orbit";
        for (int left = 2; left >= 0; left--) {
            assertThat(kind(receiver.codes().meet(wrong))).isEqualTo(Kind.DENIED);
            assertThat(sending.next()).isEqualTo(new SendEvent.WrongTry(left));
        }
        assertThat(get(sending.operation().completion()).end()).isEqualTo(End.GUESSED);
        assertThat(sender.codes().statistics().wrongTries()).isEqualTo(3);
    }

    @Test
    void aTextIsForAsManyAsWereAllowed() throws Exception {
        Sending sending = send(List.of(), "words", 600, 2);
        assertThat(get(receiver.codes().meet(sending.code())).text()).isEqualTo("words");
        assertThat(sending.operation().completion()).isNotDone();
        assertThat(get(receiver.codes().meet(sending.code())).text()).isEqualTo("words");
        assertThat(get(sending.operation().completion()).receivers()).hasSize(2);
    }

    private static String number(Sending sending) throws Exception {
        return sending.code().substring(0, sending.code().indexOf('-'));
    }

    @Test
    void twoSendersTakeDifferentNumbers() throws Exception {
        Sending one = send(List.of(), "one", 600, 1);
        Sending two = send(List.of(), "two", 600, 1);
        assertThat(number(one)).isNotEqualTo(number(two));
        assertThat(get(receiver.codes().meet(two.code())).text()).isEqualTo("two");
        assertThat(get(receiver.codes().meet(one.code())).text()).isEqualTo("one");
    }

    @Test
    void whatAKilledRunLeftBehindEndsWithTheNext() throws Exception {
        String hash = get(sender.share(film).completion()).share().hash().toHex();
        sender.close();
        try (StateDatabase state = StateDatabase.open(folder.resolve("sender").resolve(StateDatabase.FILE_NAME))) {
            state.settings().put("sent.shares", hash);
        }
        sender = start("sender", null);
        sharesEnd();
    }

    @Test
    void whatIsSharedElsewhereStaysThereAndForWhomItIs() throws Exception {
        get(sender.share(film).completion());
        Path copy =
                Files.copy(film, Files.createDirectories(folder.resolve("sub")).resolve("film.mkv"));
        Sending sending = send(List.of(copy), null, 600, 1);
        assertThat(sender.shares()).singleElement().satisfies(share -> {
            assertThat(share.path()).isEqualTo(film.toRealPath());
            assertThat(share.offer()).isEqualTo(Offer.OPEN);
        });
        withdraw(sending);
        assertThat(sender.shares()).hasSize(1);
    }

    @Test
    void aNewVersionOfWhatIsSharedStaysShared() throws Exception {
        get(sender.share(film).completion());
        Files.writeString(film, "another film");
        withdraw(send(List.of(film), null, 600, 1));
        assertThat(sender.shares())
                .singleElement()
                .satisfies(share -> assertThat(share.size()).isEqualTo(Files.size(film)));
    }

    @Test
    void whatYouShareWhileItIsSentStaysAndIsOpen() throws Exception {
        Sending sending = send(List.of(film), null, 600, 1);
        get(sender.share(film).completion());
        Path copy = folder.resolve("copy.mkv");
        Met met = get(receiver.codes().meet(sending.code()));
        get(receiver.fetch(FetchOptions.to(met.items().get(0).target(), copy).build())
                .completion());
        assertThat(copy).hasSameBinaryContentAs(film);
        get(receiver.codes().settle(met.ticket(), Settlement.RECEIVED));
        get(sending.operation().completion());
        assertThat(sender.shares())
                .singleElement()
                .satisfies(share -> assertThat(share.offer()).isEqualTo(Offer.OPEN));
    }

    @Test
    void whatIsSentTwiceStaysUntilBothAreOver() throws Exception {
        Sending one = send(List.of(film), null, 600, 1);
        Sending two = send(List.of(film), null, 600, 1);
        withdraw(one);
        assertThat(sender.shares()).hasSize(1);
        two.operation().completion().cancel(true);
        sharesEnd();
    }

    @Test
    void aFailedSendLeavesNothingShared() throws Exception {
        List<Path> paths = List.of(film, folder.resolve("missing"));
        failing(new Send(paths, ShareOptions.DEFAULT, null, 600, 1, List.of()));
        failing(new Send(
                paths,
                ShareOptions.DEFAULT,
                null,
                600,
                1,
                List.of(receiver.info().node().toHex())));
    }

    private void failing(Send what) throws Exception {
        assertThat(kind(sender.codes().send(what).completion())).isEqualTo(Kind.OTHER);
        sharesEnd();
    }

    private void withdraw(Sending sending) throws Exception {
        int open = sender.codes().statistics().open();
        sending.operation().completion().cancel(true);
        await(() -> sender.codes().statistics().open() < open);
    }
}
