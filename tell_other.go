//go:build !windows

package main

import (
	"context"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"time"

	"github.com/mattn/go-isatty"
)

// software is what draws where no graphics card does.
const software = ", or Mesa (on Debian and Ubuntu the package libgl1-mesa-dri)"

// tell says why there is no window: on standard error, and, where nobody reads that, in a box of
// whatever program the desktop has for it.
func tell(message string) {
	fmt.Fprintln(os.Stderr, "ganvas: "+message)
	if !unread(os.Stderr) || os.Getenv("DISPLAY")+os.Getenv("WAYLAND_DISPLAY") == "" {
		return
	}
	ctx, stop := context.WithTimeout(context.Background(), time.Minute)
	defer stop()
	for _, box := range [][]string{
		{"zenity", "--error", "--no-markup", "--title=Ganvas", "--text=" + message},
		{"kdialog", "--title", "Ganvas", "--error", message},
		{"xmessage", "-center", "Ganvas: " + message},
	} {
		if c := exec.CommandContext(ctx, box[0], box[1:]...); c.Err == nil {
			_ = c.Run()
			return
		}
	}
}

// unread tells whether output goes where desktops send that of what they start: to a log's socket or
// to nothing. A terminal, a file or a pipe has somebody who reads it.
func unread(f *os.File) bool {
	stat, err := f.Stat()
	return err != nil || stat.Mode()&(fs.ModeSocket|fs.ModeCharDevice) != 0 && !isatty.IsTerminal(f.Fd())
}
