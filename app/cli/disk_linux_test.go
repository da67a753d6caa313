package cli

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// onFullDisk runs a command in a small file system of its own, and says what is left there.
func onFullDisk(env Env) int {
	dir, size, args := os.Args[1], os.Args[2], os.Args[3:]
	if err := syscall.Mount("tmpfs", dir, "tmpfs", 0, "size="+size); err != nil {
		fmt.Fprintln(os.Stderr, "mount:", err)
		return 99
	}
	status := Run(context.Background(), args, env)
	entries, err := os.ReadDir(dir)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 99
	}
	for _, e := range entries {
		fmt.Println("left:", e.Name())
	}
	return status
}

func TestFullDisk(t *testing.T) {
	project := trained(t, t.TempDir(), "a.ganvas", "2")
	dir := t.TempDir()
	for _, test := range []struct {
		name, size string
		args       []string
		says       string
	}{
		{"at the start", "16k", []string{"train", "moons", "--steps", "2", "--out", filepath.Join(dir, "b.ganvas")}, "full"},
		{"with the first state", "200k", []string{"train", "digits", "--steps", "2", "--out", filepath.Join(dir, "b.ganvas")}, "full"},
		{"after the first state", "700k", []string{
			"train", "moons", "--steps", "100000000", "--autosave", "1ns", "--set", "g.layers=linear 64,relu,linear 64,relu,linear 2",
			"--out", filepath.Join(dir, "b.ganvas"),
		}, "full"},
		{"numbers", "16k", []string{"sample", project, "--n", "100000", "--out", filepath.Join(dir, "x.csv")}, "16.4 kB are free on the disk: choose fewer items"},
		{"a gallery", "16k", []string{"sample", project, "--scale", "4", "--out", filepath.Join(dir, "x.png")}, "full"},
	} {
		t.Run(test.name, func(t *testing.T) {
			c := child("full disk", append([]string{dir, test.size}, test.args...)...)
			var stdout, stderr bytes.Buffer
			c.Stdout, c.Stderr = &stdout, &stderr
			c.SysProcAttr = &syscall.SysProcAttr{
				Cloneflags:  syscall.CLONE_NEWUSER | syscall.CLONE_NEWNS,
				UidMappings: []syscall.SysProcIDMap{{ContainerID: 0, HostID: os.Getuid(), Size: 1}},
				GidMappings: []syscall.SysProcIDMap{{ContainerID: 0, HostID: os.Getgid(), Size: 1}},
			}
			err := c.Run()
			if errors.Is(err, syscall.EPERM) || c.ProcessState != nil && c.ProcessState.ExitCode() == 99 {
				t.Skipf("this system lets no test mount a file system of its own: %v %s", err, stderr.String())
			}
			if got := c.ProcessState.ExitCode(); got != exitFailed {
				t.Errorf("exit %d, want %d", got, exitFailed)
			}
			said := stderr.String()
			if i := strings.LastIndex(strings.TrimSuffix(said, "\n"), "\n"); i >= 0 { // lines of progress come before
				said = said[i+1:]
			}
			if !strings.HasPrefix(said, "ganvas: ") || !strings.Contains(said, test.says) {
				t.Errorf("says %q, want %q in it", said, test.says)
			}
			if left := stdout.String(); left != "" && test.name != "after the first state" {
				t.Errorf("left behind: %s", left)
			}
		})
	}
}
