package io.cairn.shell.command.transfer;

import io.cairn.app.Offers.Offer;
import io.cairn.shell.output.Plain;
import java.util.List;

/** For whom a share is, in words. */
final class OfferText {
    private OfferText() {}

    static String of(Offer offer) {
        List<String> to = offer.to();
        if (to == null) {
            return "whoever knows its hash";
        }
        return to.isEmpty() ? "whoever has its link" : Plain.line(String.join(", ", to)) + ", and whoever has its link";
    }
}
