package io.cairn.shell.command.code;

import io.cairn.app.CairnException;
import io.cairn.app.CairnException.Kind;
import io.cairn.app.Codes.Person;
import io.cairn.app.Codes.Recipient;
import io.cairn.app.Codes.Send;
import io.cairn.app.Codes.SendEvent;
import io.cairn.app.Codes.Sent;
import io.cairn.app.Codes.Stand;
import io.cairn.app.Node.HashProgress;
import io.cairn.app.json.people.CodeJson;
import io.cairn.shell.output.Output;
import io.cairn.shell.output.Plain;
import io.cairn.shell.output.Sizes;
import io.cairn.shell.session.Stop;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Says what happens while something is sent, and how it ended. Events come on a thread of the node. */
final class SendReport {
    /** Most recipients that an error names. */
    private static final int NAMED_MAX = 5;

    private final Output output;
    private final Send what;
    private final Map<Person, Stand> recipients = new LinkedHashMap<>();
    private String code = "";

    SendReport(Output output, Send what) {
        this.output = output;
        this.what = what;
        output.waiting("send", "starts");
    }

    void accept(SendEvent event) {
        if (event instanceof SendEvent.Hashing hashing) {
            hashing(hashing.progress());
        } else if (event instanceof SendEvent.Ready ready) {
            ready(ready);
        } else if (event instanceof SendEvent.WrongTry wrong) {
            output.warning("a wrong code was tried"
                    + (wrong.left() == 0 ? "" : "; " + Sizes.count(wrong.left(), "more", "more") + " and it is void"));
            output.json(CodeJson.of(wrong));
        } else if (event instanceof SendEvent.Taken taken) {
            taken(taken);
        } else if (event instanceof SendEvent.Changed changed) {
            changed(changed);
        }
    }

    private void hashing(HashProgress progress) {
        if (progress.hashedBytes() < progress.totalBytes()) {
            output.progress("hashing", progress.hashedBytes(), progress.totalBytes());
        } else {
            output.waiting("publishing", "storing the records of " + Sizes.bytes(progress.totalBytes()));
        }
    }

    private void ready(SendEvent.Ready ready) {
        synchronized (this) {
            code = ready.code();
        }
        output.endProgress();
        output.note("on the other machine: cairn receive " + ready.code());
        output.note("good for " + Sizes.count(what.times(), "receiver") + " and "
                + Sizes.duration(what.seconds() * 1_000L) + ", and void after three wrong tries");
        output.data(ready.code());
        output.json(CodeJson.of(ready));
        output.waiting("send", "waits for a receiver; Ctrl-C withdraws the code");
    }

    private void taken(SendEvent.Taken taken) {
        Person receiver = taken.receiver();
        synchronized (this) {
            recipients
                    .entrySet()
                    .removeIf(earlier -> earlier.getKey().node().equals(receiver.node())
                            && (earlier.getValue() == Stand.STOPPED || earlier.getValue() == Stand.GONE));
            recipients.put(receiver, what.paths().isEmpty() ? Stand.RECEIVED : Stand.TOLD);
        }
        output.stage("met", PersonText.text(receiver));
        output.stage("check", Plain.line(receiver.phrase()) + "  (the receiver must see the same words)");
        output.json(CodeJson.of(taken));
        if (!what.paths().isEmpty()) {
            output.waiting("send", "until the receiver has everything; Ctrl-C ends it");
        }
    }

    private void changed(SendEvent.Changed changed) {
        Recipient recipient = changed.recipient();
        synchronized (this) {
            recipients.put(recipient.person(), recipient.stand());
        }
        output.stage(word(recipient.stand()), PersonText.text(recipient.person()) + remark(recipient.stand()));
        output.json(CodeJson.of(changed));
        output.waiting(
                "send", "until " + (what.to().isEmpty() ? "the receiver has" : "all have") + " it; Ctrl-C ends it");
    }

    private static String word(Stand stand) {
        return switch (stand) {
            case UNREACHABLE -> "away";
            case REFUSED -> "refused";
            case TOLD -> "told";
            case STOPPED -> "stopped";
            case GONE -> "gone";
            case DECLINED -> "declined";
            case RECEIVED -> "has it";
        };
    }

    private String remark(Stand stand) {
        return switch (stand) {
            case UNREACHABLE -> ": its node cannot be reached; it is told when it can";
            case REFUSED -> ": its node takes nothing from this one, which must be a contact there";
            case STOPPED, GONE ->
                ", before it had everything; it may go on"
                        + (what.to().isEmpty() ? ", and the code is good for it again while its time lasts" : "");
            case TOLD, DECLINED, RECEIVED -> "";
        };
    }

    /** How many have it, of how many. */
    void sent(Sent sent) {
        int have = sent.receivers().size();
        int all = have + sent.lacking().size();
        output.note(have == all ? "sent" : "sent to " + have + " of " + all + " receivers");
    }

    /** Nobody has it who was to have it under the code. */
    CairnException underCode(Kind kind, String why, String next) {
        return new CairnException(kind, "not sent under the code " + code(), why, next);
    }

    /** What became of receivers that did not say that they have it. */
    static String silence(Sent sent) {
        Stand last = sent.lacking().isEmpty()
                ? Stand.TOLD
                : sent.lacking().get(sent.lacking().size() - 1).stand();
        return switch (last) {
            case STOPPED -> "the receiver stopped before it had everything";
            case GONE -> "the receiver was gone before it had everything";
            default -> "the receiver did not say that it has it, and takes nothing any more";
        };
    }

    /** Some of those who were named do not have it. */
    static CairnException lacking(List<Recipient> lacking) {
        Kind kind = has(lacking, Stand.REFUSED)
                ? Kind.DENIED
                : lacking.stream().allMatch(one -> one.stand() == Stand.DECLINED) ? Kind.OTHER : Kind.NO_PROVIDER;
        String why = lacking.stream()
                .collect(Collectors.groupingBy(Recipient::stand, LinkedHashMap::new, Collectors.toList()))
                .entrySet()
                .stream()
                .map(group -> names(group.getValue()) + " "
                        + without(group.getKey(), group.getValue().size() == 1))
                .collect(Collectors.joining("; "));
        return new CairnException(
                kind,
                "not sent to " + names(lacking),
                why,
                switch (kind) {
                    case DENIED -> "this node must be a contact there: give its id there, with contacts add";
                    case OTHER -> "ask them, and send it again";
                    default -> "send it again, with a longer --for, or leave it there for them: share --to";
                });
    }

    private static boolean has(List<Recipient> recipients, Stand stand) {
        return recipients.stream().anyMatch(one -> one.stand() == stand);
    }

    private static String without(Stand stand, boolean isOne) {
        return switch (stand) {
            case UNREACHABLE -> "could not be reached";
            case REFUSED -> (isOne ? "takes" : "take") + " nothing from this node";
            case TOLD ->
                isOne ? "was told, and has not said that it has it" : "were told, and have not said that they have it";
            case STOPPED, GONE -> "stopped before " + (isOne ? "it" : "they") + " had everything";
            case DECLINED -> "declined it";
            case RECEIVED -> (isOne ? "has" : "have") + " it";
        };
    }

    private static String names(List<Recipient> recipients) {
        String names = recipients.stream()
                .limit(NAMED_MAX)
                .map(recipient -> PersonText.name(recipient.person()))
                .collect(Collectors.joining(", "));
        return recipients.size() <= NAMED_MAX ? names : names + " and " + (recipients.size() - NAMED_MAX) + " more";
    }

    /** It was stopped here. */
    CairnException withdrawn(Stop stop) {
        List<Recipient> cutOff;
        synchronized (this) {
            cutOff = recipients.entrySet().stream()
                    .filter(one -> one.getValue() == Stand.TOLD)
                    .map(one -> new Recipient(one.getKey(), one.getValue()))
                    .toList();
        }
        String how = stop == Stop.INTERRUPT ? "Ctrl-C" : "told to end";
        String called = code();
        boolean isWithdrawn = !called.isEmpty() && cutOff.isEmpty();
        return new CairnException(
                Kind.INTERRUPTED,
                isWithdrawn
                        ? "withdrew the code " + called
                        : what.to().isEmpty()
                                ? "stopped sending"
                                : "stopped sending to " + Plain.line(String.join(", ", what.to())),
                cutOff.isEmpty() ? how : how + ", before " + names(cutOff) + " had everything",
                called.isEmpty() ? "send it again" : "send again for a new code");
    }

    private synchronized String code() {
        return code;
    }
}
