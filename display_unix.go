//go:build unix && !darwin

package main

import (
	"errors"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// checkDisplay says in one line what is missing when no window can be opened, before a library says
// it in many.
func checkDisplay() error {
	display, wayland := os.Getenv("DISPLAY"), os.Getenv("WAYLAND_DISPLAY")
	if display == "" && wayland == "" {
		return errors.New("open the window: there is no display (neither DISPLAY nor WAYLAND_DISPLAY is set): use a command instead, such as \"ganvas demo\"")
	}
	if wayland != "" && answers("unix", waylandSocket(wayland)) {
		return nil
	}
	if display == "" {
		return fmt.Errorf("open the window: the display WAYLAND_DISPLAY=%s does not answer: use a command instead, such as \"ganvas demo\"", wayland)
	}
	network, address := xAddress(display)
	// "@" is Linux' abstract name space, where some servers listen only.
	if answers(network, address) || network == "unix" && answers(network, "@"+address) {
		return nil
	}
	return fmt.Errorf("open the window: the display DISPLAY=%s does not answer: use a command instead, such as \"ganvas demo\"", display)
}

func waylandSocket(name string) string {
	if filepath.IsAbs(name) {
		return name
	}
	return filepath.Join(os.Getenv("XDG_RUNTIME_DIR"), name)
}

// xAddress returns where the X server of a display such as ":0", "unix:1.0" or "host:10.0" listens.
func xAddress(display string) (network, address string) {
	i := strings.LastIndex(display, ":")
	if i < 0 {
		return "unix", display
	}
	host, number := display[:i], display[i+1:]
	number, _, _ = strings.Cut(number, ".")
	switch {
	case strings.HasPrefix(host, "/"): // a launcher's socket, as in XQuartz
		return "unix", display[:i] + ":" + number
	case host == "" || host == "unix":
		return "unix", "/tmp/.X11-unix/X" + number
	}
	port := 0
	if _, err := fmt.Sscan(number, &port); err != nil {
		return "unix", display
	}
	return "tcp", net.JoinHostPort(strings.Trim(host, "[]"), fmt.Sprint(6000+port))
}

// asked are the connections of answers. They stay open until the program ends: an X server such as
// Xvfb starts afresh when its last connection is closed, and the window's comes a moment later.
var asked []net.Conn

func answers(network, address string) bool {
	c, err := net.DialTimeout(network, address, 2*time.Second)
	if err != nil {
		return false
	}
	asked = append(asked, c)
	return true
}
