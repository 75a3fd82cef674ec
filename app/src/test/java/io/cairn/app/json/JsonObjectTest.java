package io.cairn.app.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonObjectTest {
    @ParameterizedTest
    @ValueSource(ints = {0x1b, 0x7f, 0x85, 0x9b, 0xad, 0x200b, 0x200f, 0x2028, 0x2029, 0x202e, 0x2066, 0xfeff, 0xe0041})
    void whatATerminalObeysIsNamedByItsNumber(int point) throws IOException {
        String odd = "a" + Character.toString(point) + "b";
        String line = line(odd);
        assertThat(line).matches("\\{\"type\":\"x\",\"name\":\"a(\\\\u[0-9A-Fa-f]{4})+b\"\\}\n");
        assertThat(new ObjectMapper().readTree(line).get("name").asText()).isEqualTo(odd);
    }

    @ParameterizedTest
    @ValueSource(strings = {"film ü.mkv", "映画", "Ωμέγα"})
    void lettersStayAsTheyAre(String name) {
        assertThat(line(name)).isEqualTo("{\"type\":\"x\",\"name\":\"" + name + "\"}\n");
    }

    private static String line(String name) {
        return new String(new JsonObject("x", fields -> fields.text("name", name)).line(), StandardCharsets.UTF_8);
    }
}
