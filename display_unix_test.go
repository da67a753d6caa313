//go:build unix && !darwin

package main

import (
	"strings"
	"testing"
)

func TestXAddress(t *testing.T) {
	for _, test := range []struct{ display, network, address string }{
		{":0", "unix", "/tmp/.X11-unix/X0"},
		{":99.0", "unix", "/tmp/.X11-unix/X99"},
		{"unix:1", "unix", "/tmp/.X11-unix/X1"},
		{"localhost:10.0", "tcp", "localhost:6010"},
		{"[::1]:1", "tcp", "[::1]:6001"},
		{"/run/xquartz/org.x:0", "unix", "/run/xquartz/org.x:0"},
	} {
		network, address := xAddress(test.display)
		if network != test.network || address != test.address {
			t.Errorf("DISPLAY=%s is at %s %s, want %s %s", test.display, network, address, test.network, test.address)
		}
	}
}

func TestCheckDisplay(t *testing.T) {
	for _, test := range []struct{ display, wayland, says string }{
		{"", "", "there is no display"},
		{":65432", "", "DISPLAY=:65432 does not answer"},
		{"", "wayland-nowhere", "WAYLAND_DISPLAY=wayland-nowhere does not answer"},
	} {
		t.Setenv("DISPLAY", test.display)
		t.Setenv("WAYLAND_DISPLAY", test.wayland)
		t.Setenv("XDG_RUNTIME_DIR", t.TempDir())
		err := checkDisplay()
		if err == nil || !strings.Contains(err.Error(), test.says) || strings.Contains(err.Error(), "\n") {
			t.Errorf("DISPLAY=%q WAYLAND_DISPLAY=%q: %v, want one line with %q", test.display, test.wayland, err, test.says)
		}
	}
}
