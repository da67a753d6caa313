package finder

import (
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// TestInbox: what comes before the window is ready waits for it, what comes later is opened at once,
// and nothing is opened twice.
func TestInbox(t *testing.T) {
	b := new(Inbox)
	b.put([]string{"a"})
	b.put([]string{"b", "c"})
	var opened []string
	if got := b.Take(func(paths []string) { opened = append(opened, paths...) }); !slices.Equal(got, []string{"a", "b", "c"}) {
		t.Errorf("waiting: %v", got)
	}
	b.put([]string{"d"})
	if !slices.Equal(opened, []string{"d"}) {
		t.Errorf("opened %v", opened)
	}
	if got := b.Take(nil); len(got) > 0 {
		t.Errorf("still waiting: %v", got)
	}
}

// TestDelegate: GLFW's delegate still has the name that Listen looks for, and takes no files itself.
func TestDelegate(t *testing.T) {
	dir, err := exec.Command("go", "list", "-f", "{{.Dir}}", "github.com/go-gl/glfw/v3.4/glfw").Output()
	if err != nil {
		t.Fatal(err)
	}
	source, err := os.ReadFile(filepath.Join(strings.TrimSpace(string(dir)), "glfw", "src", "cocoa_init.m"))
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(source), "@implementation "+delegateClass+"\n") {
		t.Errorf("no class %s in %s", delegateClass, source)
	}
	if strings.Contains(string(source), "openFiles:") {
		t.Error("GLFW takes files itself: see whether Fyne hands them on")
	}
}
