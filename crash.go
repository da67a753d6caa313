package main

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"runtime/debug"
	"strings"
	"syscall"
	"time"
)

// A panic in any goroutine ends the program, and whoever started it by a double click sees nothing of it. A second process of the same
// program therefore waits for what the Go runtime writes in that case, and keeps it in a file.

const crashWatch = "GANVAS_CRASH_WATCH" // set in the environment of the process that waits

func watchingForCrash() bool { return os.Getenv(crashWatch) != "" }

// startCrashWatch starts the process that waits. Without it the window works as well, so nothing is said if it fails.
func startCrashWatch() {
	exe, err := os.Executable()
	if err != nil {
		return
	}
	r, w, err := os.Pipe()
	if err != nil {
		return
	}
	defer r.Close()
	defer w.Close() // the runtime has a copy
	c := exec.Command(exe)
	c.Env = append(os.Environ(), crashWatch+"=1")
	c.Stdin, c.Stderr = r, os.Stderr
	if c.Start() != nil {
		return
	}
	_ = debug.SetCrashOutput(w, debug.CrashOptions{})
	_ = c.Process.Release()
}

// watchForCrash reads until the other process has ended and keeps what it left, if anything, in a file in home.
func watchForCrash(from io.Reader, message io.Writer, home string) int {
	signal.Ignore(os.Interrupt, syscall.SIGTERM, syscall.SIGHUP)
	report, err := io.ReadAll(from)
	if err != nil || len(report) == 0 {
		return 0
	}
	text := fmt.Sprintf("Ganvas %s stopped on %s\n\n%s", versionText(), time.Now().Format(time.RFC3339), report)
	path := filepath.Join(home, "crash-"+time.Now().Format("20060102-150405")+".log")
	if err := os.MkdirAll(home, 0o755); err == nil {
		err = os.WriteFile(path, []byte(text), 0o644)
		if err == nil {
			first, _, _ := bytes.Cut(report, []byte("\n"))
			fmt.Fprintf(message, "ganvas: stopped by an error in the program (%s): everything up to the last save is kept; please report it with %s\n",
				strings.TrimSpace(string(first)), path)
			return 1
		}
	}
	fmt.Fprintf(message, "ganvas: stopped by an error in the program, and %s cannot be written\n", path)
	return 1
}
