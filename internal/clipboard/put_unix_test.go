//go:build unix && !darwin

package clipboard

import (
	"image"
	"strings"
	"testing"
)

// Where there is no clipboard it is said why, and what helps.
func TestNoClipboard(t *testing.T) {
	for _, c := range []struct{ wayland, x11, want string }{
		{"", "", "no display"},
		{"wayland-7", "", "install wl-clipboard"},
		{"", ":65000", "does not answer"},
		{"wayland-7", ":65000", "does not answer"},
	} {
		t.Setenv("WAYLAND_DISPLAY", c.wayland)
		t.Setenv("DISPLAY", c.x11)
		t.Setenv("PATH", t.TempDir())
		err := Copy(image.NewRGBA(image.Rect(0, 0, 2, 2)))
		if err == nil || !strings.Contains(err.Error(), c.want) || !strings.HasSuffix(err.Error(), "save it as a file instead") {
			t.Errorf("%+v: %v", c, err)
		}
	}
}
