package io.cairn.app.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTreeTest {
    @Test
    void readsFieldsByTheirTypes() {
        JsonTree tree = tree("""
                {"type":"t","text":"a\\u00e9","number":-7,"half":0.5,"on":true,"none":null,
                 "texts":["x","y"],"child":{"n":1,"s":"2"},"objects":[{"type":"a"},{"type":"b"}]}
                """);
        assertThat(tree.type()).isEqualTo("t");
        assertThat(tree.text("text")).isEqualTo("aé");
        assertThat(tree.number("number")).isEqualTo(-7);
        assertThat(tree.integer("number")).isEqualTo(-7);
        assertThat(tree.decimal("half")).isEqualTo(0.5);
        assertThat(tree.decimal("number")).isEqualTo(-7.0);
        assertThat(tree.bool("on")).isTrue();
        assertThat(tree.has("none")).isFalse();
        assertThat(tree.textOr("none", "other")).isEqualTo("other");
        assertThat(tree.numberOr("absent", 3)).isEqualTo(3);
        assertThat(tree.boolOr("absent", true)).isTrue();
        assertThat(tree.texts("texts")).containsExactly("x", "y");
        assertThat(tree.child("child").scalars()).isEqualTo(Map.of("n", 1L, "s", "2"));
        assertThat(tree.objects("objects")).extracting(JsonTree::type).isEqualTo(List.of("a", "b"));
    }

    @Test
    void namesTheFieldThatIsMissingOrOfAnotherType() {
        JsonTree tree = tree("{\"text\":1,\"big\":4294967296}");
        assertThatThrownBy(() -> tree.text("text"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the field text is not a text");
        assertThatThrownBy(() -> tree.number("absent")).hasMessage("the field absent is missing");
        assertThatThrownBy(() -> tree.integer("big")).hasMessage("the field big is out of range");
        assertThatThrownBy(() -> tree.texts("text")).hasMessage("the field text is not a list");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[1", "{} {}", "nothing", "{\"a\":}", "3", "[]", "{\"a\":99999999999999999999}"})
    void refusesWhatIsNotOneObject(String text) {
        assertThatThrownBy(() -> tree(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void boundsTheDepth() {
        assertThatThrownBy(() -> tree("{\"a\":".repeat(17) + "1" + "}".repeat(17)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static JsonTree tree(String text) {
        return JsonTree.object(text.getBytes(StandardCharsets.UTF_8));
    }
}
