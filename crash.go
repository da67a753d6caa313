package main

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime/debug"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// A panic in any goroutine ends the program, and whoever started it by a double click sees nothing
// of it. Each window therefore has a file that the Go runtime writes the panic to. The next window
// finds it, keeps it under another name, and says where.

// A crashFile takes what the runtime writes when the program crashes. Its name has the number of
// the process.
type crashFile struct{ path string }

// logCrashes makes the file in home. Without it the window works as well, so nothing is said if
// that fails.
func logCrashes(home string) crashFile {
	if os.MkdirAll(home, 0o755) != nil {
		return crashFile{}
	}
	path := filepath.Join(home, fmt.Sprintf("running-%d.log", os.Getpid()))
	f, err := os.Create(path)
	if err != nil {
		return crashFile{}
	}
	defer f.Close() // the runtime has a copy
	fmt.Fprintf(f, "Ganvas %s, started on %s%s", versionText(), time.Now().Format(time.RFC3339), headEnd)
	_ = debug.SetCrashOutput(f, debug.CrashOptions{})
	return crashFile{path}
}

// headEnd is what stands between the head of a crash file and what the runtime writes.
const headEnd = "\n\n"

// remove takes the file away at a proper end.
func (c crashFile) remove() {
	if c.path == "" {
		return
	}
	_ = debug.SetCrashOutput(nil, debug.CrashOptions{}) // closes the file, which Windows would not remove otherwise
	_ = os.Remove(c.path)
}

// takeCrashes returns the path of the newest report of a crash since the last start, or "". It
// keeps each report under a name with its time, and removes the files of windows that ended without
// one, as when the computer was switched off.
func takeCrashes(home string) (newest string) {
	entries, err := os.ReadDir(home)
	if err != nil {
		return "" // the first start
	}
	var latest time.Time
	for _, e := range entries {
		pid, ok := pidOf(e.Name())
		if !ok {
			continue
		}
		path := filepath.Join(home, e.Name())
		stat, err := e.Info()
		if err != nil {
			continue
		}
		text, err := os.ReadFile(path)
		if err != nil {
			continue
		}
		if _, report, _ := strings.Cut(string(text), headEnd); report == "" {
			if !isRunning(pid) {
				_ = os.Remove(path)
			}
			continue
		}
		kept := filepath.Join(home, fmt.Sprintf("crash-%s-%d.log", stat.ModTime().Format("20060102-150405"), pid))
		if os.Rename(path, kept) == nil && !stat.ModTime().Before(latest) {
			newest, latest = kept, stat.ModTime()
		}
	}
	return newest
}

// pidOf returns the process that a crash file is named after.
func pidOf(name string) (pid int, ok bool) {
	name, log := strings.CutSuffix(name, ".log")
	number, running := strings.CutPrefix(name, "running-")
	pid, err := strconv.Atoi(number)
	return pid, log && running && err == nil
}

// isRunning says whether a process runs. Windows does not tell, but does not let the file of a
// running process be removed either.
func isRunning(pid int) bool {
	p, err := os.FindProcess(pid)
	return err == nil && p.Signal(syscall.Signal(0)) == nil
}
