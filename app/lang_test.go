package app

import (
	"encoding/json"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2/lang"
)

// langChild has this test program, started as another process, print Fyne's words instead of
// testing: the language is that of the environment at its start.
const langChild = "GANVAS_LANG_CHILD"

func printWords() {
	if err := speakEnglish(); err != nil {
		panic(err)
	}
	os.Stdout.WriteString(lang.L("Cancel") + "," + lang.L("Open") + "," + lang.X("file.parent", "Parent"))
}

// TestOneLanguage starts in many languages.
func TestOneLanguage(t *testing.T) {
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	for _, l := range []string{"de_DE.UTF-8", "de", "fr_FR.UTF-8", "zh_CN.UTF-8", "zh_TW", "pt_BR.UTF-8", "sr_RS@latin", "en_US.UTF-8", "C", "xx"} {
		c := exec.Command(exe)
		c.Env = append(os.Environ(), langChild+"=1", "LC_ALL="+l, "LANG="+l, "LANGUAGE="+strings.TrimSuffix(l, ".UTF-8"))
		out, err := c.Output()
		if err != nil || string(out) != "Cancel,Open,Parent" {
			t.Errorf("%s: %q, %v", l, out, err)
		}
	}
}

// TestEveryWordOfFyne holds that no word of Fyne's is left to the language of the system.
func TestEveryWordOfFyne(t *testing.T) {
	dir, err := exec.Command("go", "list", "-m", "-f", "{{.Dir}}", "fyne.io/fyne/v2").Output()
	if err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(filepath.Join(strings.TrimSpace(string(dir)), "lang", "translations", "base.en.json"))
	if err != nil {
		t.Fatal(err)
	}
	var want, got map[string]any
	if err := json.Unmarshal(text, &want); err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal([]byte(english), &got); err != nil {
		t.Fatal(err)
	}
	if a, b := slices.Sorted(maps.Keys(got)), slices.Sorted(maps.Keys(want)); !slices.Equal(a, b) {
		t.Errorf("words %v, want %v", a, b)
	}
}
