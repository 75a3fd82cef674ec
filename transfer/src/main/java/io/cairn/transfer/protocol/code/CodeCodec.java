package io.cairn.transfer.protocol.code;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.cairn.dht.crypto.WordExchange;
import io.cairn.dht.crypto.WordKey;
import io.cairn.dht.id.Key;
import io.cairn.dht.wire.MalformedException;
import io.cairn.transfer.content.ShareSecret;
import io.cairn.transfer.protocol.ProtocolLimits;
import io.cairn.transfer.protocol.code.CodeStep.Receipt;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Converts between what is said about codes and gifts and bytes. Every length and number is checked before use. */
public final class CodeCodec {
    /** The largest number of a code; the smallest is 1. */
    public static final int NUMBER_MAX = 9_999;

    private CodeCodec() {}

    public static byte[] encode(CodeStep step) {
        var encoded = io.cairn.transfer.protocol.proto.CodeStep.newBuilder();
        if (step instanceof CodeStep.Find find) {
            encoded.getFindBuilder().setNumber(find.number());
        } else if (step instanceof CodeStep.Begin begin) {
            encoded.getBeginBuilder().setNumber(begin.number()).setFirst(ByteString.copyFrom(begin.first()));
        } else if (step instanceof CodeStep.Confirm confirm) {
            encoded.getConfirmBuilder()
                    .setAttempt(ByteString.copyFrom(confirm.attempt()))
                    .setSecond(ByteString.copyFrom(confirm.second()))
                    .setTag(ByteString.copyFrom(confirm.tag()))
                    .setSealedClaim(ByteString.copyFrom(confirm.sealedClaim()));
        } else if (step instanceof CodeStep.Settle settle) {
            encoded.getSettleBuilder()
                    .setTicket(ByteString.copyFrom(settle.ticket()))
                    .setReceived(settle.receipt() == Receipt.RECEIVED)
                    .setStopped(settle.receipt() == Receipt.STOPPED);
        } else {
            CodeStep.Withdraw withdraw = (CodeStep.Withdraw) step;
            encoded.getWithdrawBuilder().setTicket(ByteString.copyFrom(withdraw.ticket()));
        }
        return encoded.build().toByteArray();
    }

    /** @throws MalformedException if the bytes are no step, or exceed a limit */
    public static CodeStep decodeStep(byte[] bytes) throws MalformedException {
        try {
            checkLength(bytes);
            var encoded = io.cairn.transfer.protocol.proto.CodeStep.parseFrom(bytes);
            return switch (encoded.getStepCase()) {
                case FIND -> new CodeStep.Find(number(encoded.getFind().getNumber()));
                case BEGIN ->
                    new CodeStep.Begin(
                            number(encoded.getBegin().getNumber()),
                            exactly(WordExchange.FIRST_BYTES, encoded.getBegin().getFirst()));
                case CONFIRM -> {
                    var confirm = encoded.getConfirm();
                    yield new CodeStep.Confirm(
                            exactly(Offering.TICKET_BYTES, confirm.getAttempt()),
                            exactly(WordExchange.SECOND_BYTES, confirm.getSecond()),
                            exactly(WordKey.TAG_BYTES, confirm.getTag()),
                            atMost(Offering.CLAIM_BYTES_MAX + WordKey.SEAL_BYTES, confirm.getSealedClaim()));
                }
                case SETTLE ->
                    new CodeStep.Settle(
                            exactly(Offering.TICKET_BYTES, encoded.getSettle().getTicket()),
                            encoded.getSettle().getReceived()
                                    ? Receipt.RECEIVED
                                    : encoded.getSettle().getStopped() ? Receipt.STOPPED : Receipt.DECLINED);
                case WITHDRAW ->
                    new CodeStep.Withdraw(
                            exactly(Offering.TICKET_BYTES, encoded.getWithdraw().getTicket()));
                case STEP_NOT_SET -> throw new MalformedException("no step of a code");
            };
        } catch (InvalidProtocolBufferException invalid) {
            throw new MalformedException("not a step of a code", invalid);
        }
    }

    public static byte[] encode(CodeReply reply) {
        var encoded = io.cairn.transfer.protocol.proto.CodeReply.newBuilder();
        if (reply instanceof CodeReply.Open) {
            encoded.getOpenBuilder();
        } else if (reply instanceof CodeReply.Begun begun) {
            encoded.getBegunBuilder()
                    .setAttempt(ByteString.copyFrom(begun.attempt()))
                    .setFirst(ByteString.copyFrom(begun.first()))
                    .setSecond(ByteString.copyFrom(begun.second()));
        } else if (reply instanceof CodeReply.Accepted accepted) {
            encoded.getAcceptedBuilder()
                    .setTag(ByteString.copyFrom(accepted.tag()))
                    .setSealedOffer(ByteString.copyFrom(accepted.sealedOffer()));
        } else if (reply instanceof CodeReply.Denied denied) {
            encoded.getDeniedBuilder().setLeft(denied.left());
        } else if (reply instanceof CodeReply.Unknown) {
            encoded.getUnknownBuilder();
        } else {
            encoded.getBusyBuilder();
        }
        return encoded.build().toByteArray();
    }

    /** @throws MalformedException if the bytes are no reply, or exceed a limit */
    public static CodeReply decodeReply(byte[] bytes) throws MalformedException {
        try {
            checkLength(bytes);
            var encoded = io.cairn.transfer.protocol.proto.CodeReply.parseFrom(bytes);
            return switch (encoded.getReplyCase()) {
                case OPEN -> new CodeReply.Open();
                case BEGUN ->
                    new CodeReply.Begun(
                            exactly(Offering.TICKET_BYTES, encoded.getBegun().getAttempt()),
                            exactly(WordExchange.FIRST_BYTES, encoded.getBegun().getFirst()),
                            exactly(
                                    WordExchange.SECOND_BYTES,
                                    encoded.getBegun().getSecond()));
                case ACCEPTED ->
                    new CodeReply.Accepted(
                            exactly(WordKey.TAG_BYTES, encoded.getAccepted().getTag()),
                            encoded.getAccepted().getSealedOffer().toByteArray());
                case DENIED -> new CodeReply.Denied(within(encoded.getDenied().getLeft(), 0, 1_000));
                case UNKNOWN -> new CodeReply.Unknown();
                case BUSY -> new CodeReply.Busy();
                case REPLY_NOT_SET -> throw new MalformedException("no answer about a code");
            };
        } catch (InvalidProtocolBufferException invalid) {
            throw new MalformedException("not an answer about a code", invalid);
        }
    }

    public static byte[] encode(Offering offering) {
        var encoded = io.cairn.transfer.protocol.proto.Offering.newBuilder()
                .setTicket(ByteString.copyFrom(offering.ticket()))
                .setClaim(offering.claim());
        for (Offering.Item item : offering.items()) {
            ShareSecret secret = item.secret();
            encoded.addItemsBuilder()
                    .setShare(ByteString.copyFrom(item.share().toBytes()))
                    .setSecret(secret == null ? ByteString.EMPTY : ByteString.copyFrom(secret.toBytes()))
                    .setName(item.name())
                    .setSize(item.size())
                    .setFiles(item.files());
        }
        String text = offering.text();
        if (text != null) {
            encoded.setHasText(true).setText(text);
        }
        return encoded.build().toByteArray();
    }

    /** @throws MalformedException if the bytes are no offering, or exceed a limit */
    public static Offering decodeOffering(byte[] bytes) throws MalformedException {
        try {
            checkLength(bytes);
            var encoded = io.cairn.transfer.protocol.proto.Offering.parseFrom(bytes);
            within(encoded.getItemsCount(), encoded.getHasText() ? 0 : 1, Offering.ITEMS_MAX);
            List<Offering.Item> items = new ArrayList<>();
            for (var item : encoded.getItemsList()) {
                if (item.getSize() < 0 || item.getFiles() < 0) {
                    throw new MalformedException("a size out of range");
                }
                items.add(new Offering.Item(
                        Key.of(exactly(Key.LENGTH_BYTES, item.getShare())),
                        item.getSecret().isEmpty()
                                ? null
                                : ShareSecret.of(exactly(ShareSecret.BYTES, item.getSecret())),
                        text(Offering.NAME_BYTES_MAX, item.getName()),
                        item.getSize(),
                        item.getFiles()));
            }
            return new Offering(
                    exactly(Offering.TICKET_BYTES, encoded.getTicket()),
                    text(Offering.CLAIM_BYTES_MAX, encoded.getClaim()),
                    items,
                    encoded.getHasText() ? text(Offering.TEXT_BYTES_MAX, encoded.getText()) : null);
        } catch (InvalidProtocolBufferException invalid) {
            throw new MalformedException("not an offering", invalid);
        }
    }

    private static void checkLength(byte[] bytes) throws MalformedException {
        within(bytes.length, 0, ProtocolLimits.TALK_BYTES_MAX);
    }

    private static int number(int number) throws MalformedException {
        return within(number, 1, NUMBER_MAX);
    }

    private static int within(int number, int min, int max) throws MalformedException {
        if (number < min || number > max) {
            throw new MalformedException(number + " is not from " + min + " to " + max);
        }
        return number;
    }

    private static byte[] exactly(int length, ByteString bytes) throws MalformedException {
        within(bytes.size(), length, length);
        return bytes.toByteArray();
    }

    private static byte[] atMost(int length, ByteString bytes) throws MalformedException {
        within(bytes.size(), 0, length);
        return bytes.toByteArray();
    }

    private static String text(int bytesMax, String text) throws MalformedException {
        within(text.getBytes(StandardCharsets.UTF_8).length, 0, bytesMax);
        return text;
    }
}
