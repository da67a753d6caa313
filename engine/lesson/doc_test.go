package lesson

import (
	"os"
	"strings"
	"testing"
)

// docs/lessons.md names everything that a lesson can say, and its examples are lessons.
func TestDocs(t *testing.T) {
	text, err := os.ReadFile("../../docs/lessons.md")
	if err != nil {
		t.Fatal(err)
	}
	page := string(text)
	for _, n := range Names() {
		if !strings.Contains(page, "| `"+n.Name+"` | "+n.Text+" |") {
			t.Errorf("docs/lessons.md does not say: | `%s` | %s |", n.Name, n.Text)
		}
	}
	for what, list := range map[string][]string{"views": Views, "layers": Layers, "examples": Examples} {
		for _, name := range list {
			if !strings.Contains(page, "`"+name+"`") {
				t.Errorf("docs/lessons.md names the %s without %s", what, name)
			}
		}
	}
	_, example, _ := strings.Cut(page, "```\n")
	example, _, _ = strings.Cut(example, "```")
	if _, err := Parse([]byte(example), "docs/lessons.md"); err != nil {
		t.Error(err)
	}
	if _, err := Read("../../docs/lessons/example.lesson"); err != nil {
		t.Error(err)
	}
}
