package main

import (
	"bytes"
	"log"
	"strings"
	"testing"
)

// TestNoGraphics holds that Fyne's words for a window that cannot be opened end the program with
// one sentence, once, and that other lines pass.
func TestNoGraphics(t *testing.T) {
	for _, test := range []struct{ line, want string }{
		{"Fyne error:  window creation error", "OpenGL 2.1"},
		{"Fyne error:  failed to initialise OpenGL", "OpenGL 2.1"},
		{"Fyne error:  failed to initialise GLFW", "own screen"},
		{"PlatformError: WGL: Failed to set pixel format for dummy context: Invalid window handle.", "OpenGL 2.1"},
		{"PlatformError: Win32: Failed to open clipboard: Access denied.", ""},
		{"Fyne error:  failed to watch theme settings", ""},
		{"window creation error", ""},
	} {
		var said []string
		var out bytes.Buffer
		l := log.New(&graphicsLog{to: &out, fail: func(m string) { said = append(said, m) }}, "", log.LstdFlags)
		l.Println(test.line)
		l.Println(test.line)
		if test.want == "" && len(said) > 0 || test.want != "" && (len(said) != 1 || !strings.Contains(said[0], test.want) || strings.Contains(said[0], "\n")) {
			t.Errorf("%q: it fails with %q, want one line with %q", test.line, said, test.want)
		}
		opened := &graphicsLog{to: &out, fail: func(m string) { t.Errorf("%q: it fails with %q although the window was there", test.line, m) }}
		opened.opened.Store(true)
		log.New(opened, "", 0).Println(test.line)
		if strings.Count(out.String(), test.line) != 3 {
			t.Errorf("%q does not pass: %q", test.line, out.String())
		}
	}
}
