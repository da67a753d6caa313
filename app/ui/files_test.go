package ui

import (
	"path/filepath"
	"testing"

	"ganvas/app/studio"
)

func TestSavePath(t *testing.T) {
	home := t.TempDir()
	t.Setenv("HOME", home)        // os.UserHomeDir's, but on Windows
	t.Setenv("USERPROFILE", home) // there
	for _, c := range []struct{ typed, want string }{
		{"", ""},
		{"  ", ""},
		{"digits", "/home/me/digits.ganvas"},
		{"digits.ganvas", "/home/me/digits.ganvas"},
		{"digits.GANVAS", "/home/me/digits.GANVAS"},
		{"v1.2", "/home/me/v1.2.ganvas"},
		{"/tmp/x", "/tmp/x.ganvas"},
		{"sub/x", "/home/me/sub/x.ganvas"},
		{"sub/", ""},
		{`"my digits"`, "/home/me/my digits.ganvas"},
		{"~/x", filepath.Join(home, "x.ganvas")},
	} {
		if got := savePath("/home/me", c.typed, studio.ProjectExtension); got != c.want {
			t.Errorf("savePath(%q) = %q, want %q", c.typed, got, c.want)
		}
	}
}
