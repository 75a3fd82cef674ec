package io.cairn.app.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.cairn.app.Check;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class CheckJsonTest {
    @Test
    void everyLevelIsReadAsItIsWritten() {
        for (Check check : List.of(
                Check.ok("port", "UDP and TCP port 4747"),
                Check.warning("network", "network \"a\": no other node", "start one"),
                Check.bad("udp", "no peer reaches it", "let it through"))) {
            assertThat(CheckJson.read(JsonTree.object(CheckJson.of(check).line())))
                    .isEqualTo(check);
        }
    }

    @Test
    void theLineHasTheseFieldsInThisOrder() {
        assertThat(new String(CheckJson.of(Check.ok("disk", "fast")).line(), StandardCharsets.UTF_8))
                .isEqualTo(
                        "{\"type\":\"check\",\"name\":\"disk\",\"level\":\"ok\",\"detail\":\"fast\",\"next\":\"\"}\n");
    }

    @Test
    void anUnknownLevelOrAMissingFieldIsRefused() {
        for (String json : List.of(
                "{\"type\":\"check\",\"name\":\"a\",\"level\":\"fine\",\"detail\":\"b\",\"next\":\"\"}",
                "{\"type\":\"check\",\"name\":\"a\",\"level\":\"ok\",\"detail\":\"b\",\"next\":\"do\"}",
                "{\"type\":\"check\",\"name\":\"a\",\"level\":\"bad\",\"detail\":\"b\",\"next\":\"\"}",
                "{\"type\":\"check\",\"name\":\"a\",\"level\":\"ok\",\"next\":\"\"}")) {
            assertThatIllegalArgumentException()
                    .as(json)
                    .isThrownBy(() -> CheckJson.read(JsonTree.object(json.getBytes(StandardCharsets.UTF_8))));
        }
    }
}
